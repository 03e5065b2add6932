"""Whether a message is a whole question, whatever was spoken of before."""

from __future__ import annotations

from bot.matching.reading import Reading
from bot.resolving.case import SETS

# With one of these a message points to what was spoken of.
_POINTING = (
    "it", "and", "another", "among", "both", "whichone", "thatday", "mend", "dropping", "only",
    "except", "why", "sure", "source", "us", "ours",
)  # fmt: skip
_OF_A_TIME = ("since", "later", "earlier")  # with a time of their own they point to nothing


def is_whole(r: Reading) -> bool:
    """Whether a message says all by itself: it opens as a question or an order, names
    arrangements as its subject, says whose or that it is of all, and points to nothing before."""
    if not r.opens or "mra" not in r.features or r.unknown or r.has(*_POINTING):
        return False
    if r.has(*_OF_A_TIME) and not r.times:
        return False
    if r.mentions:
        return r.topic in ("status", "signed_date", "agency", "claim", "benefits")
    return r.topic in SETS and r.has("plural") and r.has("which", "list", "how")
