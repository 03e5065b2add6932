"""Finding what is named in a message: spans of words and what each means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.matching.lexicon import Lexicon, Meanings
from bot.matching.naming import names
from bot.matching.repairing import Repairs, repairs_of
from bot.matching.spans import Span, asked_about
from bot.matching.tokens import Words
from knowledge.text import is_unspaced

# What a name shows beside naming somebody: CBP is an administration and points to the subject.
_OF_NAMES = frozenset({"aeo", "domain", "wco", "note", "claim", "mra", "customs", "process"})


@dataclass(slots=True)
class Spotted:
    """Everything found in one message."""

    words: Words
    spans: list[Span]  # names, groups, terms and refusals; in order, never overlapping
    features: dict[str, list[int]] = field(default_factory=dict)  # feature -> word positions
    values: list[tuple[int, int, str, str]] = field(default_factory=list)  # start, end, kind, value
    pages: dict[str, int] = field(default_factory=dict)  # page -> how many of its cues
    unknown: list[int] = field(default_factory=list)  # positions of words nothing is known of
    scraps: list[int] = field(default_factory=list)  # the same, in scripts without spaces
    repaired: dict[int, str] = field(default_factory=dict)

    def has(self, *features: str) -> bool:
        return not self.features.keys().isdisjoint(features)


def spot(words: Words, lexicon: Lexicon) -> Spotted:
    """Everything the lexicon knows in a message, typos repaired."""
    norm = words.norm
    repairs = repairs_of(norm, lexicon)
    spans = asked_about(list(names(words, repairs, lexicon)), norm, lexicon)
    taken = bytearray(len(norm))
    for span in spans:
        for i in range(span.start, span.end):
            taken[i] = 1
    spotted = Spotted(words, spans)
    _cues(spotted, repairs, taken, lexicon)
    return spotted


def _cues(
    spotted: Spotted,
    repairs: Repairs,
    taken: bytearray,
    lexicon: Lexicon,
) -> None:
    """Features, values and page cues of all phrases, overlapping ones included."""
    norm = spotted.words.norm
    size = len(norm)
    known = bytearray(taken)
    phrased: set[int] = set()  # words that belong to a phrase of the subject
    features = spotted.features
    for i, word in enumerate(norm):
        starts: tuple[str, ...] = (word,)
        if i in repairs and not taken[i]:
            starts = tuple(t for t in repairs[i][1] if t not in lexicon.joined)[:1] or (word,)
            if starts[0] != word:
                spotted.repaired[i] = starts[0]
        by_second = lexicon.cues_by_second.get(starts[0])
        if by_second is not None:
            valued: set[str] = set()
            for rest, entry in _that_may_follow(by_second, i + 1, norm, repairs):
                end = i + 1 + len(rest)
                if rest and (end > size or not _same(norm, i + 1, rest, spotted.repaired, repairs)):
                    continue
                if rest and entry.features and entry.features.isdisjoint(_OF_OTHERS):
                    phrased.update(range(i, end))
                if entry.features:
                    for feature in entry.features:
                        if taken[i] and not rest and feature not in _OF_NAMES:
                            continue
                        features.setdefault(feature, []).append(i)
                if entry.values:
                    for kind, value in entry.values:
                        if kind not in valued:
                            spotted.values.append((i, end, kind, value))
                    valued.update(kind for kind, _ in entry.values)
                for page in entry.pages:
                    spotted.pages[page] = spotted.pages.get(page, 0) + 1 + len(rest)
                if entry.features or entry.values or entry.pages:
                    known[i:end] = b"\1" * (end - i)
        if known[i] or word in lexicon.filler or word[0].isdecimal():
            continue
        if "\u3040" <= word[0] <= "\ud7af" or is_unspaced(word[0]):
            spotted.scraps.append(i)
        else:
            spotted.unknown.append(i)
    if phrased and "aside" in features:  # "se llama": no animal
        features["aside"] = [i for i in features["aside"] if i not in phrased]
        if not features["aside"]:
            del features["aside"]


def _that_may_follow(
    by_second: Mapping[str, Sequence[tuple[tuple[str, ...], Meanings]]],
    at: int,
    norm: list[str],
    repairs: Mapping[int, object],
) -> Iterator[tuple[tuple[str, ...], Meanings]]:
    """The phrases of a first word that the word at `at` may go on with, longest first."""
    if at in repairs:
        for second, phrases in by_second.items():
            if second:
                yield from phrases
    elif at < len(norm):
        yield from by_second.get(norm[at], ())
    yield from by_second.get("", ())


_OF_OTHERS = frozenset({"off", "aside", "medical", "chat"})


def _same(
    norm: list[str],
    at: int,
    rest: tuple[str, ...],
    repaired: dict[int, str],
    repairs: Repairs,
) -> bool:
    for offset, wanted in enumerate(rest):
        j = at + offset
        if (
            norm[j] != wanted
            and repaired.get(j) != wanted
            and (j not in repairs or wanted not in repairs[j][1])
        ):
            return False
    return True
