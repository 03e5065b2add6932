"""When a name that was read may be a piece of a longer one, mistyped or torn."""

from __future__ import annotations

from bot.matching.lexicon import Lexicon
from bot.matching.spans import Span
from bot.matching.spotting import Spotted


def piece(span: Span, spotted: Spotted, lexicon: Lexicon) -> bool:
    """A name read from a slip, or a code in small letters, that may be a piece of a longer name:
    beside a word that nobody knows, or one that ends names ("Daminica Republic", "isl eof man")."""
    who = span.entry.who
    words, ordinary = spotted.words, lexicon.typos.ordinary
    if not who:
        return False
    if _beside_a_rest(span, spotted, lexicon):
        return True
    if not (span.distance or (who.how == "code" and who.weak)):
        return False
    for at, mark in ((span.start - 1, span.start), (span.end, span.end)):
        if not 0 <= at < len(words) or words.before[mark].strip(" ."):
            continue
        word = words.norm[at]
        repaired = spotted.repaired.get(at)
        if word in _HEADS or (repaired and not lexicon.known(repaired).cues):
            return True
        if len(word) < _LEAST and span.distance == 1:
            continue  # "when wsa mexcio signd"
        if at in spotted.unknown and (word not in ordinary or span.distance >= _FAR):
            return True
    return False


_LEAST = 4  # letters of a word that may be a piece of a name
_FAR = 2  # edits; a slip so large is doubted beside any word that is unknown


def _beside_a_rest(span: Span, spotted: Spotted, lexicon: Lexicon) -> bool:
    """Whether near a name there is a word that is only ever a part of others: "Papua nNee Guinea",
    "turk sand caicos islands", "Isle oMan"."""
    norm = spotted.words.norm
    before = norm[max(0, span.start - 2) : span.start]
    if before[-1:] == ["isle"] or "papua" in before or (span.distance and "isle" in before):
        return True
    if span.distance and norm[span.end : span.end + 2] == ["of", "man"]:
        return True
    if lexicon.rests.isdisjoint(norm):
        return False  # nearly always
    near = range(max(0, span.start - _NEAR_BY), min(len(norm), span.end + _NEAR_BY))
    taken = {i for s in spotted.spans for i in range(s.start, s.end)}
    return any(i not in taken and norm[i] in lexicon.rests for i in near)


_NEAR_BY = 3  # words
_HEADS = frozenset(
    ("island", "islands", "isle", "republic", "territory", "territories", "guinea", "virgin",
     "southern", "ocean", "saint", "st")
)  # fmt: skip
