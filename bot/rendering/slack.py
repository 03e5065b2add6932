"""An answer as a Slack message that Slack accepts whatever the answer holds.

It cuts and never fails. What is cut is said in the message itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.answer import Answer, Choice
from bot.rendering import blocks
from bot.rendering.blocks import Json
from bot.rendering.characters import cut, escape, plain
from bot.rendering.limits import limit
from bot.rendering.text import row_line, to_text
from knowledge.prose import Block, Bullets, Paragraph, Span, Table

# Slack documents no limit for a message's blocks together. Reported as accepted: 9,597
# characters of text in 15,561 of JSON; as refused: 11,341 in 17,694 (bolt-js issue 2867).
_TEXT = 9_500
_JSON = 15_500
_FALLBACK = 12_000  # what `text` may hold: more than any blocks that fit, well under Slack's
_HEADLINE = 1_000
_NOTE = 1_000
_DATED = 300
_LONG_FIELD = 120  # characters of a value: in half the width that is four lines
_SMALL_PRINT = 2_000  # sources and date
_CHOICES = 4_000  # JSON of the choices, their values among it
_STEPS = 2_500  # JSON of the share button and the next steps; one value may be 2,000
_NEXT = 4  # questions offered: more is a menu, not a hint
_QUESTION = 150  # of the question that is repeated over a shared answer
_UNSHARED = "This question is too long to be shared from here. Ask it in the channel instead."
_MORE = "The rest does not fit into one Slack message. Ask about fewer at a time to see all of it."


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: blocks, and the same in plain words for readers that show none."""

    text: str
    blocks: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose question an answer is, and what they asked, where that is not seen above it."""

    user: str
    question: str
    did: str = "asked"


@dataclass(frozen=True, slots=True)
class Shared:
    """What the share button shares: the answer to a question, read with this carried memory."""

    question: str
    carry: str = ""


@dataclass(slots=True)
class _Room:
    """What is left of a message."""

    text: int = _TEXT
    json: int = _JSON
    blocks: int = field(default_factory=lambda: limit("message.blocks"))

    def takes(self, block: Json, *, within: bool = False) -> bool:
        """Takes it if it fits; `within` a block that was counted already."""
        text, json = blocks.text_size(block), blocks.json_size(block) + 2
        if text > self.text or json > self.json or (self.blocks < 1 and not within):
            return False
        self.text, self.json = self.text - text, self.json - json
        self.blocks -= 0 if within else 1
        return True


def to_slack(
    answer: Answer, *, carry: str = "", shares: Shared | None = None, asked: Asked | None = None
) -> Message:
    """The answer as a message.

    `carry` travels in its buttons and comes back with a click, for messages that no thread
    remembers. `shares` adds a button that shares the answer to a question. `asked` names
    the asker above the answer.
    """
    room = _Room()
    head = [b for b in _head(answer, asked) if room.takes(b)]
    tail = [b for b in _tail(answer, carry, shares) if room.takes(b)]
    more = blocks.context([_MORE])
    room.takes(more)
    body, whole = _body(answer, room)
    shown = [*head, *body, *([] if whole else [more]), *tail]
    text = cut(to_text(answer), _FALLBACK, escaped=True)
    return Message(text or "…", tuple(shown))


def _head(answer: Answer, asked: Asked | None) -> Iterator[Json]:
    if asked:
        question = cut(plain(asked.question), _QUESTION, escaped=True)
        yield blocks.context([f"<@{escape(asked.user)}> {asked.did}: {question}"])
    if answer.headline.strip():
        yield blocks.section(blocks.bold(answer.headline, _HEADLINE))


def _tail(answer: Answer, carry: str, shares: Shared | None) -> Iterator[Json]:
    if note := cut(answer.note or "", _NOTE, escaped=True).strip():
        yield blocks.section(f"Note: {note}")
    if lines := _small_print(answer):
        yield blocks.context(lines)
    choices = [
        (choice.label, blocks.button(choice, f"choice:{n}", carry=carry))
        for n, choice in enumerate(answer.choices)
    ]
    shown = _fitting([button for _, button in choices], _CHOICES)
    if shown:
        yield {"type": "actions", "elements": shown}
    if rest := [label for label, button in choices if button not in shown]:
        yield blocks.context([cut(f"Or type: {'; '.join(rest)}", _NOTE, escaped=True)])
    steps = [
        _share_button(shares) if shares else None,
        *(
            blocks.button(choice, f"next:{n}", carry=carry)
            for n, choice in enumerate(answer.next_steps[:_NEXT])
        ),
    ]
    if offered := _fitting(steps, _STEPS):
        yield {"type": "actions", "elements": offered}
    if shares and not steps[0]:
        yield blocks.context([_UNSHARED])


def _share_button(shares: Shared) -> Json | None:
    choice = Choice("Share in channel", shares.question)
    return blocks.button(choice, "share", carry=shares.carry, style="primary")


def _fitting(buttons: Sequence[Json | None], left: int) -> list[Json]:
    """The first of the buttons that a row has room for, at most `left` characters of JSON."""
    fitting: list[Json] = []
    for button in buttons:
        left -= blocks.json_size(button) if button else 0
        if button and left >= 0 and len(fitting) < limit("actions.elements"):
            fitting.append(button)
    return fitting


def _small_print(answer: Answer) -> list[str]:
    """The date the answer speaks for, then its sources."""
    lines = [cut(answer.dated, _DATED, escaped=True)] if answer.dated else []
    left = _SMALL_PRINT
    for index, source in enumerate(answer.citations):
        line = blocks.source_line(source)
        if index == 0:
            line = f"{'Source' if len(answer.citations) == 1 else 'Sources'}: {line}"
        left -= len(line)
        if left < 0:
            lines.append(f"and {len(answer.citations) - index} more sources")
            break
        lines.append(line)
    return [line for line in lines if line.strip()]


def _body(answer: Answer, room: _Room) -> tuple[list[Json], bool]:
    """As many blocks of fields and body as there is room for, and whether that is all."""
    made: list[Json] = []
    for block in _fields(answer.fields):
        if not room.takes(block):
            return made, False
        made.append(block)
    tables = 0
    for part in answer.body:
        tables += isinstance(part, Table)
        rendered, whole = _part(part, room, tables <= limit("message.tables"))
        made += rendered
        if not whole:
            return made, False
    return made, True


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


def _part(part: Block, room: _Room, as_table: bool) -> tuple[list[Json], bool]:
    if isinstance(part, Paragraph):
        paragraph = blocks.rich_section(part.spans)
        if paragraph is None:
            return [], True
        block = blocks.rich_text(paragraph)
        fits = room.takes(block)
        return [block] if fits else [], fits
    if isinstance(part, Bullets):
        return _bullets((blocks.rich_section(item) for item in part.items), room)
    if as_table and 0 < len(part.columns) <= limit("table.columns"):
        return _table(part, room)
    return _bullets(_row_items(part, part.rows), room)


def _row_items(part: Table, rows: Sequence[Sequence[str]]) -> Iterator[Json | None]:
    return (blocks.rich_section((Span(row_line(part.columns, row)),)) for row in rows)


def _bullets(items: Iterable[Json | None], room: _Room) -> tuple[list[Json], bool]:
    """A list of as many items as there is room for; what can't be shown is passed over."""
    fitting: list[Json] = []
    for item in items:
        if not item:
            continue
        if not fitting and not room.takes(blocks.bullet_list([])):
            return [], False
        if not room.takes(item, within=True):
            return [blocks.bullet_list(fitting)] if fitting else [], False
        fitting.append(item)
    return [blocks.bullet_list(fitting)] if fitting else [], True


def _table(part: Table, room: _Room) -> tuple[list[Json], bool]:
    """The table; rows beyond those Slack takes follow as a list."""
    width = len(part.columns)
    if not room.takes(blocks.table([[{}] * width])):
        return [], False
    rows: list[list[Json]] = []
    for row in (part.columns, *part.rows[: limit("table.rows") - 1]):
        made = blocks.cells(row, width) if rows else blocks.cells(row, width, " ")
        if not all(room.takes(cell, within=True) for cell in made):
            return [blocks.table(rows)] if len(rows) > 1 else [], False
        rows.append(made)
    rest, whole = _bullets(_row_items(part, part.rows[limit("table.rows") - 1 :]), room)
    return [blocks.table(rows), *rest], whole
