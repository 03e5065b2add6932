"""Repairing a mistyped word to one that is known.

Edit distance with a length rule, not a percentage: one swap inside a five-letter name scores
80 %, below any cutoff that keeps Austria from Australia. An index of deletions finds the
candidates, OSA (a swap is one edit) decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

SHORTEST_NAME = 4  # letters; below that, one edit reaches too many other words
SHORTEST_CUE = 5  # letters; of shorter cues only a swap is repaired ("wehn")
_JUMBLED = 2  # edits between two orders of the same letters
TWO_EDITS_FROM = 8  # letters; two edits in a shorter word make another word


def allowed(length: int) -> int:
    """How many edits a known word of that many letters may be away."""
    if length < SHORTEST_NAME:
        return 0
    return 1 if length < TWO_EDITS_FROM else 2


# Words that names are made of; with a doubled letter they are no other name.
_PARTS = frozenset(("and", "the", "island", "islands", "isle", "new", "republic", "saint"))


def _undoubled(word: str) -> Iterator[str]:
    """The word with a doubled letter written once."""
    for i in range(1, len(word)):
        if word[i] == word[i - 1]:
            yield word[:i] + word[i + 1 :]


def _cuts(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


@dataclass(slots=True)
class TypoIndex:
    """Known words by what is left when one letter is dropped."""

    names: set[str] = field(default_factory=set)
    cues: set[str] = field(default_factory=set)
    short: set[str] = field(default_factory=set)  # names of four letters that may lack one
    ordinary: Collection[str] = frozenset()  # words never to be repaired
    _cut: dict[str, list[str]] = field(default_factory=dict)
    _letters: dict[str, list[str]] = field(default_factory=dict)  # names by their sorted letters

    def add_name(self, words: tuple[str, ...]) -> None:
        """Let the words of a name be repair targets, and the name written as one word."""
        for word in words:
            if len(word) >= SHORTEST_NAME and word.isalpha():
                self.names.add(word)
        if len(words) > 1:
            self.names.add("".join(words))

    def add_cue(self, words: tuple[str, ...]) -> None:
        for word in words:
            if len(word) >= SHORTEST_CUE - 1 and word.isalpha():
                self.cues.add(word)

    def finish(self, known: Collection[str], ordinary: Collection[str]) -> None:
        """Build the index; no word of `ordinary` is ever repaired."""
        self.ordinary = ordinary
        for word in self.names | self.cues:
            if not ("a" <= word[0] <= "z"):
                continue  # typos of other scripts are rare and their words are short
            for cut in (word, *_cuts(word)):
                self._cut.setdefault(cut, []).append(word)
            if word in self.names and len(word) > SHORTEST_CUE:
                self._letters.setdefault("".join(sorted(word)), []).append(word)

    def repairs(self, word: str) -> tuple[int, tuple[str, ...]]:
        """The nearest known words within reach, and how far they are; (0, ()) if none."""
        size = len(word)
        if size < SHORTEST_NAME - 1 or word in self.ordinary or not word.isalpha():
            return 0, ()
        if not _PARTS.isdisjoint(_undoubled(word)):
            return 0, ()  # "aand" is "and", "iislands" is "islands"
        letters = sorted(word)
        found: dict[str, int] = {}
        for target in {t for cut in (word, *_cuts(word)) for t in self._cut.get(cut, ())}:
            if size < SHORTEST_NAME and target not in self.short:
                continue
            limit = allowed(len(target))
            distance = OSA.distance(word, target, score_cutoff=limit)
            if distance <= limit and (
                len(target) >= SHORTEST_CUE or target in self.names or sorted(target) == letters
            ):
                found[target] = distance
        if not found and size > SHORTEST_CUE:
            # The same letters in another order: "vietman", "uruaguy".
            for target in self._letters.get("".join(letters), ()):
                if word[0] == target[0] and OSA.distance(word, target) <= _JUMBLED:
                    found[target] = _JUMBLED
        nearest = min(found.values(), default=0)
        best = (t for t, d in found.items() if d == nearest)
        # Of equally near words, the one of the same letters; else by the alphabet, for good.
        return nearest, tuple(sorted(best, key=lambda t: (sorted(t) != letters, t)))
