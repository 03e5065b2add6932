"""A long list of words that is only ever asked whether it has one.

Kept as one text with an index of every hundredth word or so: a set of forty thousand words
takes five megabytes and longer to build than all the questions of a conversation take to ask.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

_STEP = 1000  # characters of text from one word of the index to the next


@dataclass(frozen=True, slots=True)
class Words:
    """Words in the order of their code points, each between line feeds."""

    text: str
    _index: tuple[str, ...] = field(init=False, repr=False, compare=False)
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)  # of its words

    def __post_init__(self) -> None:
        text = self.text
        ends = {text.rfind("\n", 0, at) for at in range(_STEP, len(text), _STEP)}
        starts = sorted({0, *ends} - {-1})
        index = (text[at + 1 : text.index("\n", at + 1)] for at in starts if at + 1 < len(text))
        object.__setattr__(self, "_index", tuple(index))
        object.__setattr__(self, "_starts", (*starts, len(text)))

    @staticmethod
    def read(text: str) -> Words:
        """From a file of words, one a line, sorted; lines of # at its head are passed over."""
        text = text if text.endswith("\n") else text + "\n"
        start = 0
        while text.startswith("#", start):
            start = text.index("\n", start) + 1
        return Words("\n" + text[start:])

    def __contains__(self, word: object) -> bool:
        at = bisect_right(self._index, str(word))
        if not at or not word:
            return False
        return self.text.find(f"\n{word}\n", self._starts[at - 1], self._starts[at] + 1) >= 0

    def __iter__(self) -> Iterator[str]:
        return iter(self.text[1:].split("\n")[:-1])

    def __len__(self) -> int:
        return self.text.count("\n") - 1
