"""Where, or by whom, those asked for were signed."""

from __future__ import annotations

from bot.matching.spotting import Spotted
from bot.matching.subject import BRIEF

_OF_SEVERAL = ("which", "list", "count", "plural", "places", "all")


def signing_asked(spotted: Spotted, first: dict[str, str], follows: bool) -> tuple[str, str]:
    """The place or the signer by which those asked for are narrowed: "signed in Boston".

    In a thread "and in Anaheim?" will do.
    """
    if "signed at" not in first and "signer" not in first:
        return "", ""  # nearly always
    brief = follows and len(spotted.words) <= BRIEF
    nobody = not any(s.who for s in spotted.spans)
    if not brief and not (spotted.has("sign") and (nobody or spotted.has(*_OF_SEVERAL))):
        return "", ""
    norm = spotted.words.norm
    placed = any(
        kind == "signed at" and start and norm[start - 1] in ("in", "at")
        for start, _, kind, _ in spotted.values
    )
    signers = {norm[start] for start, _, kind, _ in spotted.values if kind == "signer"}
    who = first.get("signer", "") if signers and not spotted.has("who") else ""
    return (first.get("signed at", "") if placed else ""), who
