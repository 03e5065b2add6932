"""Which page a question is about: its own cues first, then shared rare words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.pages import Page
from knowledge.text import normalise

_CUE = 3.0  # a page's own cue outweighs any single shared word
_SURE = 3.0  # a cue, or two or three telling words


@dataclass(frozen=True, slots=True)
class PageIndex:
    """Words of the pages' titles and phrasings, with how telling each is."""

    weights: Mapping[str, tuple[tuple[str, float], ...]]

    def best(self, words: Iterable[str], cues: Mapping[str, int]) -> tuple[tuple[str, float], ...]:
        """Pages that share a cue or telling words with the question, best first."""
        scores: dict[str, float] = {page: _CUE * hits for page, hits in cues.items()}
        weights = self.weights
        for word in dict.fromkeys(words):
            for page, weight in weights.get(word, ()):
                scores[page] = scores.get(page, 0.0) + weight
        sure = [(page, score) for page, score in scores.items() if score >= _SURE]
        sure.sort(key=lambda item: (-item[1], item[0]))
        return tuple((page, round(score, 2)) for page, score in sure[:3])


def build_page_index(pages: Mapping[str, Page], filler: frozenset[str]) -> PageIndex:
    """Weigh the words of all pages: the fewer pages a word stands in, the more it tells."""
    words: dict[str, set[str]] = {}
    for page in pages.values():
        if page.about:
            continue  # what is said of somebody is told by its own cues alone
        for text in (page.title, *page.asks):
            for word in normalise(text).split():
                if word not in filler:
                    words.setdefault(word, set()).add(page.id)
    total = max(len(pages), 1)
    return PageIndex(
        {
            word: tuple((page, math.log(1 + total / len(found)) / 1.5) for page in sorted(found))
            for word, found in words.items()
        }
    )
