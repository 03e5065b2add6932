"""The table of an answer as CSV, in a message to copy from: no file, and so no scope for one."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from bot.answer import Answer
from bot.rendering import blocks
from bot.rendering.buttons import Shared
from bot.rendering.characters import escape, one_line
from bot.rendering.slack import Message
from knowledge.prose import Table

# Characters of CSV in one message: with all of them quotes, which JSON writes as two, still
# less than messages were reported to be refused at (see bot.rendering.slack).
_MOST = 6_000
_FORMULA = ("=", "+", "-", "@")  # what a spreadsheet computes


def to_sheet(answer: Answer, again: Shared, start: int = 0) -> Message | None:
    """The rows of the answer's table from `start`, as many as fit, under its column names.

    None where it has no such rows. *More CSV* asks `again` for those that follow.
    """
    table = next((part for part in answer.body if isinstance(part, Table)), None)
    if table is None or not 0 <= start < len(table.rows):
        return None
    lines = [_line(table.columns)]
    left = _MOST - len(escape(lines[0]))
    for row in table.rows[start:]:
        line = _line(row)
        left -= len(escape(line)) + 1  # its end
        if left < 0 and len(lines) > 1:
            break
        lines.append(line)
    end = start + len(lines) - 1
    says = f"As CSV, to copy: rows {start + 1} to {end} of {len(table.rows)}."
    csv_text = "\n".join(lines)[:_MOST]
    made = [blocks.context([says]), blocks.preformatted(csv_text)]
    if end < len(table.rows):
        if button := again.button("More CSV", "sheet", start=end):
            made.append({"type": "actions", "elements": [button]})
    return Message(f"{says}\n{escape(csv_text)}", tuple(made))


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow([_inert(one_line(cell)) for cell in cells])
    return text.getvalue()


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, whoever typed it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
