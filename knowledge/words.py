"""A long list of words that is only ever asked whether it has one.

Kept as one text and searched by halves: a set of forty thousand words takes five megabytes
and longer to build than all the questions of a conversation take to ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Words in the order of their code points, each ended by a line feed."""

    text: str

    @staticmethod
    def read(text: str) -> Words:
        """From a file of words, one a line, sorted; lines of # at its head are passed over."""
        text = text if text.endswith("\n") else text + "\n"
        start = 0
        while text.startswith("#", start):
            start = text.index("\n", start) + 1
        return Words(text[start:])

    def __contains__(self, word: object) -> bool:
        low, high = 0, len(self.text)  # both where a line begins
        while low < high:
            middle = self.text.rfind("\n", low, (low + high) // 2) + 1 or low
            end = self.text.index("\n", middle)
            found = self.text[middle:end]
            if found == word:
                return True
            if found < str(word):
                low = end + 1
            else:
                high = middle
        return False

    def __iter__(self) -> Iterator[str]:
        return iter(self.text.splitlines())

    def __len__(self) -> int:
        return self.text.count("\n")
