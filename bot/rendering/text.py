"""An answer as plain text, for the terminal and for readers that show no blocks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from bot.answer import Answer
from bot.rendering.characters import NONE, clean, one_line
from knowledge.dates import written
from knowledge.facts import Source
from knowledge.prose import Block, Bullets, Paragraph, Span

_WIDEST_TABLE = 100  # columns of a terminal; a wider table wraps and reads worse than a list
_GAP = "  "


def to_text(answer: Answer) -> str:
    """The whole answer: headline, fields, body, note, date, sources and choices."""
    parts = [
        one_line(answer.headline),
        "\n".join(
            f"{one_line(label)}: {one_line(value) or NONE}" for label, value in answer.fields
        ),
        *(block_text(block) for block in answer.body),
        f"Note: {one_line(answer.note)}" if answer.note else "",
        one_line(answer.dated or ""),
        _sources(answer.citations),
        "\n".join(f"{n}. {one_line(c.label)}" for n, c in enumerate(answer.choices, 1)),
    ]
    return "\n\n".join(part for part in parts if part)


def block_text(block: Block) -> str:
    """One block of a body as text."""
    if isinstance(block, Paragraph):
        return span_text(block.spans).strip()
    if isinstance(block, Bullets):
        marks = (f"{n}." if block.ordered else "-" for n in range(1, len(block.items) + 1))
        return "\n".join(
            f"{mark} {span_text(item).strip()}"
            for mark, item in zip(marks, block.items, strict=True)
        )
    rows = [[one_line(cell) for cell in row] for row in block.rows]
    return _aligned([one_line(c) for c in block.columns], rows) or row_lines(block.columns, rows)


def span_text(spans: Iterable[Span]) -> str:
    """A run of text; the address of a link follows its label."""
    return "".join(
        f"{clean(s.text)} ({one_line(s.link)})" if s.link and s.link != s.text else clean(s.text)
        for s in spans
    )


def row_line(columns: Sequence[str], row: Sequence[str]) -> str:
    """A row in words: its first cell, then each other one under its column's name."""
    cells = [one_line(cell) for cell in row]
    rest = (f"{one_line(c)} {v}".strip() for c, v in zip(columns[1:], cells[1:], strict=False) if v)
    return ": ".join(part for part in ("".join(cells[:1]), "; ".join(rest)) if part)


def row_lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows of a table that is too wide to be shown as one."""
    return "\n".join(f"- {row_line(columns, row)}" for row in rows)


def source_date(source: Source) -> str:
    """When it was published; where it does not say so, what day it speaks for or was read."""
    if source.published:
        return source.published.written
    if source.speaks_for:
        return f"as of {source.speaks_for.written}"
    return f"read {written(source.read)}"


def _sources(sources: Sequence[Source]) -> str:
    lines = [
        ", ".join(
            one_line(part) for part in (s.publisher, s.title, source_date(s), s.url or "") if part
        )
        for s in sources
    ]
    if len(lines) < 2:
        return "".join(f"Source: {line}" for line in lines)
    return "Sources:\n" + "\n".join(f"- {line}" for line in lines)


def _aligned(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The table with its columns aligned, or "" where that is too wide."""
    table = [columns, *rows]
    widths = [max((_width(row[i]) for row in table if i < len(row)), default=0)
              for i in range(len(columns))]  # fmt: skip
    if sum(widths) + len(_GAP) * (len(widths) - 1) > _WIDEST_TABLE:
        return ""
    rule = ["-" * width for width in widths]
    return "\n".join(
        _GAP.join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=False)
        ).rstrip()
        for row in (columns, rule, *rows)
    )


def _width(text: str) -> int:
    """How many columns of a terminal it takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
