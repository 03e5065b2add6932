"""Which of several names are set aside: "not Japan, Jordan"."""

from __future__ import annotations

from bot.matching.reading import Mention
from bot.matching.spotting import Spotted

_NOT = frozenset(("not", "no", "isnt", "nicht", "pas", "não", "non", "niet"))
_BUT = frozenset(("but", "rather", "sondern", "sino", "mais", "maar", "instead", "i", "mean"))


def meant_ones(mentions: list[Mention], spotted: Spotted) -> list[Mention]:
    """The names left once what is only contrasted with another is taken away."""
    if len(mentions) < 2 or "not" not in spotted.features:
        return mentions
    kept = [m for m in mentions if not _corrected(m, mentions, spotted)]
    return kept or mentions


def _corrected(mention: Mention, mentions: list[Mention], spotted: Spotted) -> bool:
    """Whether a name is put right by the one beside it: "not X, Y", "Y, not X"."""
    words = spotted.words
    at = mention.start - 1
    if at < 0 or words.norm[at] not in _NOT:
        return False
    if at == 0 or words.before[at].strip():
        following = next((m for m in mentions if m.start >= mention.end), None)
        if following:
            between = words.norm[mention.end : following.start]
            if not between and words.before[following.start].strip():
                return True
            if between and all(w in _BUT for w in between):
                return True
    before = next((m for m in reversed(mentions) if m.end == at), None)
    return before is not None and "," in words.before[at]
