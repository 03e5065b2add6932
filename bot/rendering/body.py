"""The facts of an answer as blocks: its fields, and its paragraphs, lists and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.answer import Answer
from bot.rendering import blocks
from bot.rendering.blocks import Json
from bot.rendering.limits import limit
from bot.rendering.text import row_line
from knowledge.prose import Block, Bullets, Paragraph, Span, Table

_LONG_FIELD = 120  # characters of a value: in half the width that is four lines


def table_rows(answer: Answer) -> int:
    """The rows of the answer's table; its first one, since Slack shows one in a message."""
    return next((len(part.rows) for part in answer.body if isinstance(part, Table)), 0)


def beyond_table(answer: Answer) -> int:
    """How many of the table's rows one table does not hold; its header counts as one."""
    return max(table_rows(answer) - (limit("table.rows") - 1), 0)


def as_lists(answer: Answer) -> Answer:
    """The answer with lists for its tables, for where Slack shows none."""
    return answer._replace(body=tuple(_listed(part) for part in answer.body))


def _listed(part: Block) -> Block:
    return Bullets(tuple(_row_items(part, part.rows))) if isinstance(part, Table) else part


def body_blocks(answer: Answer) -> list[Json]:
    """All fields, then the body in its order."""
    made = list(_fields(answer.fields))
    tables = 0
    for part in answer.body:
        tables += isinstance(part, Table)
        made += _part(part, tables <= limit("message.tables"))
    return made


def _fields(fields: Sequence[tuple[str, str]]) -> Iterator[Json]:
    """Sections of fields; a long one has a section, and the whole width, of its own."""
    group: list[tuple[str, str]] = []
    for label, value in fields:
        is_long = len(value) > _LONG_FIELD
        if group and (is_long or len(group) == limit("section.fields")):
            yield blocks.fields(group)
            group = []
        if is_long:
            yield blocks.section(blocks.field_text(label, value, limit("section.text")))
        else:
            group.append((label, value))
    if group:
        yield blocks.fields(group)


def _part(part: Block, as_table: bool) -> list[Json]:
    if isinstance(part, Paragraph):
        paragraph = blocks.rich_section(part.spans)
        return [blocks.rich_text(paragraph)] if paragraph else []
    if isinstance(part, Bullets):
        return _list(part.items, ordered=part.ordered)
    if as_table and 0 < len(part.columns) <= limit("table.columns"):
        return _table(part)
    return _list(_row_items(part, part.rows))


def _row_items(part: Table, rows: Sequence[Sequence[str]]) -> Iterator[tuple[Span, ...]]:
    return ((Span(row_line(part.columns, row)),) for row in rows)


def _list(items: Iterable[Iterable[Span]], *, ordered: bool = False) -> list[Json]:
    """A list; what can't be shown of it is passed over."""
    shown = [section for item in items if (section := blocks.rich_section(item))]
    return [blocks.listed(shown, ordered=ordered)] if shown else []


def _table(part: Table) -> list[Json]:
    """The table; rows beyond those Slack takes follow as a list."""
    most, width = limit("table.rows") - 1, len(part.columns)
    if not part.rows:
        return []
    header = blocks.cells(part.columns, width, " ")
    rows = [header, *(blocks.cells(row, width) for row in part.rows[:most])]
    return [blocks.table(rows), *_list(_row_items(part, part.rows[most:]))]
