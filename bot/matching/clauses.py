"""Several attributes asked of one partner in one sentence: "who runs it, and since when?"."""

from __future__ import annotations

from bot.matching.spotting import Spotted

_SEPARATORS = frozenset(("and", "plus", "n", "y", "e", "et", "und", "en", "also"))
_MARKS = frozenset(",;&+/?")
# Which attribute a clause asks for: the first of these whose features it shows.
_ATTRIBUTES = (
    ("signed_date", frozenset(("when", "dateword", "howlong"))),
    ("claim", frozenset(("claim",))),
    ("benefits", frozenset(("benefit",))),
    ("agency", frozenset(("agency", "signatory"))),
    ("program", frozenset(("program", "nameq"))),
)


def attributes_in(spotted: Spotted) -> tuple[str, ...]:
    """The topics of the clauses of a message that ask for an attribute, each once, in order."""
    words = spotted.words
    cuts = [
        i
        for i, word in enumerate(words.norm)
        if i and (word in _SEPARATORS or not _MARKS.isdisjoint(words.before[i]))
    ]
    if not cuts:
        return ()
    asked: dict[str, None] = {}
    for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True):
        for topic, features in _ATTRIBUTES:
            if any(start <= at < end for f in features for at in spotted.features.get(f, ())):
                asked[topic] = None
                break
        else:
            if _inside("who", start, end, spotted) and _inside("sign", start, end, spotted):
                asked["agency"] = None
    return tuple(asked)


def _inside(feature: str, start: int, end: int, spotted: Spotted) -> bool:
    return any(start <= at < end for at in spotted.features.get(feature, ()))
