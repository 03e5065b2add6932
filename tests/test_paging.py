"""Pages of an answer: together they are the answer, and each leads to the next."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Answer
from bot.rendering.paging import Page, fitting_page, page_of
from knowledge.prose import Block, Bullets, Paragraph, Span, Table

TEXT = st.text("ab", min_size=1, max_size=9)
SPANS = st.builds(Span, TEXT).map(lambda span: (span,))
BLOCKS: st.SearchStrategy[Block] = (
    st.builds(Paragraph, SPANS)
    | st.builds(Bullets, st.lists(SPANS, min_size=1, max_size=9).map(tuple), st.booleans())
    | st.lists(TEXT.map(lambda text: (text,)), min_size=1, max_size=9).map(
        lambda rows: Table(("Name",), tuple(rows))
    )
)
FIELDS = st.lists(st.tuples(TEXT, TEXT), max_size=6).map(tuple)
DAY = datetime.date(2023, 4, 30)
ANSWERS = st.builds(
    lambda headline, fields, body: Answer("list", headline, DAY, fields=fields, body=body),
    TEXT,
    FIELDS,
    st.lists(BLOCKS, max_size=4).map(tuple),
)


def pieces(answer: Answer) -> Iterator[str]:
    """The texts of an answer, piece by piece."""
    yield from (label + value for label, value in answer.fields)
    for block in answer.body:
        if isinstance(block, Paragraph):
            yield block.spans[0].text
        elif isinstance(block, Bullets):
            yield from (item[0].text for item in block.items)
        else:
            yield from (row[0] for row in block.rows)


def weight(answer: Answer) -> int:
    return sum(map(len, pieces(answer)))


def pages(answer: Answer, most: int) -> list[Page]:
    made = [fitting_page(answer, 0, lambda part: weight(part) <= most)]
    while not made[-1].last:
        made.append(fitting_page(answer, made[-1].end, lambda part: weight(part) <= most))
    return made


@settings(max_examples=200, deadline=None)
@given(ANSWERS, st.integers(0, 60))
def test_every_page_fits_and_leads_to_the_next_until_the_last(answer: Answer, most: int) -> None:
    whole = list(pieces(answer))
    made = pages(answer, most)
    shown = [list(pieces(page.answer)) for page in made]

    assert all(weight(page.answer) <= most for page in made)
    assert [piece for page in shown for piece in page] == [p for p in whole if len(p) <= most]
    assert all(after.start == before.end for before, after in pairwise(made))
    left_out = [whole[page.start] for page in made if page.left_out]
    assert left_out == [piece for piece in whole if len(piece) > most]


@given(ANSWERS)
def test_the_page_from_the_start_is_the_answer(answer: Answer) -> None:
    page = page_of(answer, 0)
    assert page.answer == answer and page.whole and page.last


@given(ANSWERS, st.integers(-5, 90))
def test_a_place_beyond_the_answer_is_its_end(answer: Answer, start: int) -> None:
    total = len(list(pieces(answer)))
    assert list(pieces(page_of(answer, start).answer)) == list(pieces(answer))[max(start, 0) :]
    assert page_of(answer, start).start == min(max(start, 0), total)


def _answer(block: Block) -> Answer:
    return Answer("list", "Head.", datetime.date(2023, 4, 30), body=(block,))


def test_a_page_says_which_rows_it_shows() -> None:
    answer = _answer(Table(("Name",), tuple((f"row {n}",) for n in range(1, 11))))
    assert page_of(answer, 0, 4).counted == "1 to 4 of 10"
    assert page_of(answer, 4).counted == "5 to 10 of 10"
    assert page_of(answer, 0).counted == ""


def test_what_goes_on_with_a_numbered_list_has_no_numbers() -> None:
    answer = _answer(Bullets(((Span("first"),), (Span("second"),)), ordered=True))
    first, second = (page_of(answer, n, n + 1).answer.body[0] for n in (0, 1))
    assert isinstance(first, Bullets) and first.ordered
    assert isinstance(second, Bullets) and not second.ordered
