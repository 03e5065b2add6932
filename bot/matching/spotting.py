"""Finding what is named in a message: spans of words and what each means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.matching.lexicon import Lexicon, Meanings, Phrases
from bot.matching.naming import names
from bot.matching.repairing import Repairs, Typed, typed_words
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

    def has(self, feature: str, *others: str) -> bool:
        """Whether one of these features is shown."""
        if feature in self.features:  # asked of one so often that it goes by itself
            return True
        return bool(others) and not self.features.keys().isdisjoint(others)


def spot(words: Words, lexicon: Lexicon) -> Spotted:
    """Everything the lexicon knows in a message, typos repaired."""
    typed = typed_words(words, lexicon)
    spans = [s for s in names(typed, lexicon) if not (s.distance and _is_cue(s, words, lexicon))]
    spans = asked_about(spans, typed, lexicon)
    taken = bytearray(len(words.norm))
    for span in spans:
        taken[span.start : span.end] = b"\1" * (span.end - span.start)
    spotted = Spotted(words, spans, {}, [], {}, [], [], {})
    _cues(spotted, typed, taken, lexicon)
    return spotted


def _is_cue(span: Span, words: Words, lexicon: Lexicon) -> bool:
    """Whether words near a name are, as they are typed, a phrase of the field."""
    if span.end - span.start < 2:
        return False
    entry = lexicon.found(" ".join(words.norm[span.start : span.end]))
    return entry is not None and bool(entry.features)


def _cues(spotted: Spotted, typed: Typed, taken: bytearray, lexicon: Lexicon) -> None:
    """Features, values and page cues of all phrases, overlapping ones included."""
    norm, repairs = spotted.words.norm, typed.repairs
    settled = bytearray(taken)
    phrased: set[int] = set()  # words that belong to a phrase of the subject
    features, last = spotted.features, len(norm) - 1
    for i in repairs:
        if not taken[i]:
            meant = next((t for t in repairs[i][1] if t not in lexicon.joined), norm[i])
            if meant != norm[i]:
                spotted.repaired[i] = meant
    for i, known in enumerate(typed.known):
        branch = known.cues
        if repairs and i in spotted.repaired:
            branch = lexicon.known(spotted.repaired[i]).cues
        if branch is not None:
            valued: list[str] = []
            longer = branch.longer
            if longer and i < last and (norm[i + 1] in longer or i + 1 in repairs):
                for rest, entry in _longer(longer, norm, i, repairs):
                    end = i + 1 + len(rest)
                    if not entry.only_tells:
                        settled[i:end] = b"\1" * (end - i)
                    if entry.features and entry.features.isdisjoint(_OF_OTHERS):
                        phrased.update(range(i, end))
                    _show(spotted, entry, entry.features, i, end, valued)
            if alone := branch.alone:
                if not alone.only_tells:
                    settled[i] = 1
                shown = alone.features & _OF_NAMES if taken[i] else alone.features
                if alone.values or alone.pages:
                    _show(spotted, alone, shown, i, i + 1, valued)
                else:  # nearly always
                    for feature in shown:
                        if feature in features:
                            features[feature].append(i)
                        else:
                            features[feature] = [i]
        if settled[i] or known.filler or norm[i][0].isdecimal():
            continue
        if "\u3040" <= norm[i][0] <= "\ud7af" or is_unspaced(norm[i][0]):
            spotted.scraps.append(i)
        else:
            spotted.unknown.append(i)
    if phrased and "aside" in features:  # "se llama": no animal
        features["aside"] = [i for i in features["aside"] if i not in phrased]
        if not features["aside"]:
            del features["aside"]


_OF_OTHERS = frozenset({"off", "aside", "medical", "chat", "tells"})


def _show(
    spotted: Spotted,
    entry: Meanings,
    shown: frozenset[str],
    start: int,
    end: int,
    valued: list[str],
) -> None:
    """Adds what a phrase shows; `valued` has the kinds of value that a longer one carried."""
    for feature in shown:
        spotted.features.setdefault(feature, []).append(start)
    if entry.values:
        spotted.values += [(start, end, k, v) for k, v in entry.values if k not in valued]
        valued += [kind for kind, _ in entry.values]
    for page in entry.pages:
        spotted.pages[page] = spotted.pages.get(page, 0) + end - start


def _longer(longer: Mapping[str, Phrases], norm: list[str], i: int, repairs: Repairs) -> Phrases:
    """Of a word's phrases by their second word, those that word `i` and the next are."""
    found = longer.get(norm[i + 1], [])
    if i + 1 in repairs:
        for word in repairs[i + 1][1]:
            if word != norm[i + 1]:
                found = found + longer.get(word, [])
    return [p for p in found if len(p[0]) == 1 or _goes_on(p[0], norm, i + 2, repairs)]


def _goes_on(rest: tuple[str, ...], norm: list[str], at: int, repairs: Repairs) -> bool:
    """Whether the words from `at` on are those of a phrase after its second."""
    end = at + len(rest) - 1
    if not repairs:
        return norm[at:end] == [*rest[1:]]
    return end <= len(norm) and all(
        norm[j] == wanted or (j in repairs and wanted in repairs[j][1])
        for j, wanted in enumerate(rest[1:], at)
    )
