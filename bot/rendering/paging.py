"""A long answer in pages: each is the answer with a run of its pieces, the rest left out.

A piece is a field, a paragraph, an item of a list or a row of a table. Pages begin at a piece,
not at a page's number, since how much fits depends on where a page is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.answer import Answer
from knowledge.prose import Block, Bullets, Paragraph, Span, Table

_FIELDS = -1  # the part that the fields are; the body's parts count from 0
_Piece = tuple[int, int, object]  # its part, its place in the part, and what it is


@dataclass(frozen=True, slots=True)
class Page:
    """Part of an answer; `end` is the piece that the next page begins with."""

    answer: Answer
    start: int
    end: int
    total: int
    counted: str = ""  # "1 to 99 of 300", where it ends within a list or a table
    left_out: bool = False  # its only piece does not fit, and is not in `answer`

    @property
    def whole(self) -> bool:
        """Whether it is the only page."""
        return self.start == 0 and self.end == self.total

    @property
    def last(self) -> bool:
        return self.end == self.total


def page_of(answer: Answer, start: int, end: int | None = None) -> Page:
    """The pieces from `start` up to `end`, by default to the last."""
    pieces = list(_pieces(answer))
    return _page(answer, pieces, min(max(start, 0), len(pieces)), end)


def fitting_page(answer: Answer, start: int, fits: Callable[[Answer], bool]) -> Page:
    """The longest page from `start` that fits.

    A single piece that does not fit is passed over, so that every page leads to the next one.
    """
    pieces = list(_pieces(answer))
    start = min(max(start, 0), len(pieces))
    low, high = start, len(pieces)
    while low < high:  # low fits, what is beyond high does not
        middle = (low + high + 1) // 2
        if fits(_page(answer, pieces, start, middle).answer):
            low = middle
        else:
            high = middle - 1
    page = _page(answer, pieces, start, low)
    if low > start or low == len(pieces):
        return page
    return replace(page, end=start + 1, left_out=True)


def _pieces(answer: Answer) -> Iterator[_Piece]:
    for place, pair in enumerate(answer.fields):
        yield _FIELDS, place, pair
    for part, block in enumerate(answer.body):
        within: Sequence[object] = [block]
        if isinstance(block, Bullets):
            within = block.items
        elif isinstance(block, Table):
            within = block.rows
        for place, piece in enumerate(within):
            yield part, place, piece


def _page(answer: Answer, pieces: Sequence[_Piece], start: int, end: int | None) -> Page:
    end = len(pieces) if end is None else end
    shown = pieces[start:end]
    fields: tuple[tuple[str, str], ...] = ()
    body: list[Block] = []
    for part, run in groupby(shown, key=lambda piece: piece[0]):
        if part == _FIELDS:
            run_length = sum(1 for _ in run)
            fields = answer.fields[start : start + run_length]
        else:
            places = [place for _, place, _ in run]
            body.append(_slice(answer.body[part], places[0], places[-1] + 1))
    part_answer = answer._replace(fields=fields, body=tuple(body))
    return Page(part_answer, start, end, len(pieces), _counted(answer, shown))


def _slice(block: Block, first: int, end: int) -> Block:
    if isinstance(block, Paragraph):
        return block
    if isinstance(block, Bullets):
        items: tuple[tuple[Span, ...], ...] = block.items[first:end]
        # A numbered list begins at 1 wherever it is shown: what goes on with one has no numbers.
        return Bullets(items, ordered=block.ordered and first == 0)
    return Table(block.columns, block.rows[first:end])


def _counted(answer: Answer, shown: Sequence[_Piece]) -> str:
    """Which of a list's items or a table's rows are shown last, where it is not all of them."""
    if not shown or shown[-1][0] == _FIELDS:
        return ""
    part = shown[-1][0]
    block = answer.body[part]
    if isinstance(block, Paragraph):
        return ""
    places = [place for own, place, _ in shown if own == part]
    count = len(block.items if isinstance(block, Bullets) else block.rows)
    return f"{places[0] + 1} to {places[-1] + 1} of {count}" if len(places) < count else ""
