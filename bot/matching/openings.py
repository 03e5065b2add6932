"""Whether a message opens as a question or an order does."""

from __future__ import annotations

from collections.abc import Sequence

from bot.matching.reading import Mention
from bot.matching.spotting import Spotted

# Words that open an order to the bot; questions open with the words of the feature "ask".
OPENERS = frozenset(
    (
        "list",
        "show",
        "give",
        "tell",
        "compare",
        "name",
        "find",
        "look",
        "check",
        "explain",
        "define",
    )
)


def opens(spotted: Spotted, mentions: Sequence[Mention]) -> bool:
    """Whether a message begins as a question or an order does, after "oh and" and a name."""
    norm = spotted.words.norm
    asking = spotted.features.get("ask", ())
    if 0 in asking:
        return True
    lead = spotted.features.get("lead", ())
    at = 0
    while at < len(norm) - 1 and at in lead:
        at += 1
    for mention in mentions if at < len(norm) - 1 else ():
        if mention.start == at:
            mark = spotted.words.before[mention.end].strip() if mention.end < len(norm) else ""
            at = mention.end if mark else at
            break
    return norm[at] in OPENERS or at in asking
