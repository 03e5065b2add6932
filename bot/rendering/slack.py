"""An answer as a Slack message that Slack accepts whatever the answer holds.

A card: who asked, the headline with the verdict, the facts, a note, the small print, what to do
next. It cuts and never fails; what does not fit comes with *More*, and what is cut is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.answer import Answer
from bot.rendering import blocks
from bot.rendering.blocks import Json
from bot.rendering.body import as_lists, beyond_table, body_blocks, table_rows
from bot.rendering.buttons import Shared, ask_button
from bot.rendering.characters import cut, escape, one_line, plain, size
from bot.rendering.feedback import feedback
from bot.rendering.limits import limit
from bot.rendering.paging import Page, fitting_page, page_of
from bot.rendering.text import to_text

# Slack documents no limit for a message's blocks together. Reported as accepted: 9,597
# characters of text in 15,561 of JSON; as refused: 11,341 in 17,694 (bolt-js issue 2867).
_TEXT = 9_500
_JSON = 15_500
_FALLBACK = 12_000  # what `text` may hold: more than any blocks that fit, well under Slack's
_HEADLINE = 1_000
_NOTE = 1_000
_DATED = 300
_SMALL_PRINT = 2_000  # sources and date
_CHOICES = 4_000  # JSON of the choices, their values among it
_PAGING = 4_800  # JSON of More and what goes with it, each with the question in its value
_STEPS = 2_500  # JSON of the share button and the next steps; one value may be 2,000
_NEXT = 4  # questions offered: more is a menu, not a hint
_STRAGGLERS = 10  # rows beyond a table that follow it as a list: too few for a page of their own
_QUESTION = 150  # of the question that is repeated over a shared answer
_COUNT = "10000 to 10000 of 10000, and what is left out"  # longer than any page's
_UNSHARED = "This question is too long to be shared from here. Ask it in the channel instead."
_NO_MORE = (
    "The rest does not fit into one Slack message. Ask about fewer at a time to see all of it."
)


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


@dataclass(slots=True)
class _Room:
    """What is left of a message."""

    text: int = _TEXT
    json: int = _JSON
    blocks: int = field(default_factory=lambda: limit("message.blocks"))

    def has(self, made: Sequence[Json]) -> bool:
        """Whether there is room for all of these."""
        return (
            len(made) <= self.blocks
            and sum(map(blocks.text_size, made)) <= self.text
            and sum(blocks.json_size(block) + 2 for block in made) <= self.json
        )

    def taken(self, offered: Iterable[Json]) -> list[Json]:
        """Those of them that fit one after the other; they take their room."""
        fitting = []
        for block in offered:
            if self.has([block]):
                self.text -= blocks.text_size(block)
                self.json -= blocks.json_size(block) + 2
                self.blocks -= 1
                fitting.append(block)
        return fitting


@dataclass(frozen=True, slots=True)
class _Card:
    """All of a message but the body of the answer."""

    answer: Answer
    carry: str
    shares: Shared | None
    again: Shared | None
    asked: Asked | None
    private: bool
    has_table: bool

    def around(self, page: Page) -> tuple[_Room, list[Json], list[Json], list[Json]]:
        """The room left for the body; what stands above it, right below it, and at the end."""
        room = _Room()
        head = room.taken(_head(self.answer, self.asked))
        tools = room.taken(self.tools(page))
        return room, head, tools, room.taken(self.tail(page))

    def tail(self, page: Page) -> Iterator[Json]:
        """Small print and buttons; thumbs once an answer, though it be read page by page."""
        yield from _tail(self.answer, self.carry, self.shares)
        if self.again and (self.private or not page.start):
            if thumbs := feedback(self.answer, self.again.question, private=self.private):
                yield thumbs

    def tools(self, page: Page) -> Iterator[Json]:
        """What is shown of a long answer, and the buttons for the rest and for a table's rows."""
        if notice := _notice(page, self.again):
            yield blocks.context([notice])
        if not (again := self.again):
            return
        buttons = [
            _more(page, again),
            again.button("First page", "back", start=0) if self.private and page.start else None,
            again.button("Show as CSV", "sheet", start=0) if self.has_table else None,
        ]
        if fitting := _fitting(buttons, _PAGING):
            yield {"type": "actions", "elements": fitting}


def to_slack(
    answer: Answer,
    *,
    carry: str = "",
    shares: Shared | None = None,
    again: Shared | None = None,
    asked: Asked | None = None,
    private: bool = False,
    tables: bool = True,
    start: int = 0,
) -> Message:
    """The answer as a message, or the page of it that begins at `start`.

    `carry` travels in its buttons and comes back with a click, for messages that no thread
    remembers. `shares` adds a button that shares the answer to a question. `again` is what
    *More* and *Show as CSV* ask once more, by default what is shared. `asked` names the asker
    above the answer. `private` is for a message that only one person sees, as is any with `shares`.
    Without `tables` they are shown as lists, and offered as CSV all the same.
    """
    has_table = table_rows(answer) > 0
    if not tables:
        answer = as_lists(answer)
    if start > 0:
        answer = answer._replace(headline=f"{blocks.lead(answer.headline)[0]} (continued)")
    card = _Card(
        answer, carry, shares, again or shares, asked, private or shares is not None, has_table
    )
    page = page_of(answer, start)
    room, head, tools, tail = card.around(page)
    body = body_blocks(page.answer)
    if not room.has(body) or beyond_table(page.answer) > _STRAGGLERS:
        # How much fits depends on the notice below, and that on how much fits: room is kept for
        # the longest there is.
        room, head, _, tail = card.around(replace(page, end=page.total - 1, counted=_COUNT))
        page = fitting_page(
            answer, start, lambda part: not beyond_table(part) and room.has(body_blocks(part))
        )
        body, tools = body_blocks(page.answer), list(card.tools(page))
    text = _text(answer, page, asked, _notice(page, card.again))
    return Message(text or "…", (*head, *body, *tools, *tail))


def _text(answer: Answer, page: Page, asked: Asked | None, notice: str) -> str:
    """What the message says, for readers that show no blocks: the whole answer if that fits."""
    above = f"{_asked_line(asked)}\n\n" if asked else ""
    most = _FALLBACK - size(above)
    whole = escape(to_text(answer))
    if page.start == 0 and size(whole) <= most:
        return above + whole
    return above + cut(f"{to_text(page.answer)}\n\n{notice}", most, escaped=True)


def _asked_line(asked: Asked) -> str:
    question = cut(plain(asked.question), _QUESTION, escaped=True)
    return f"<@{escape(asked.user)}> {asked.did}: {question}"


def _head(answer: Answer, asked: Asked | None) -> Iterator[Json]:
    if asked:
        yield blocks.context([_asked_line(asked)])
    if one_line(answer.headline):
        yield from blocks.headline(answer.headline, _HEADLINE)


def _more(page: Page, again: Shared | None) -> Json | None:
    return again.button("More", "more", start=page.end) if again and not page.last else None


def _notice(page: Page, again: Shared | None) -> str:
    """Which part of the answer this is, and how to come to the rest; "" for all of it."""
    if page.whole:
        return ""
    says = f"Shown here: {page.counted}." if page.counted else "This is a part of the answer."
    if page.left_out:
        says = "The next part of the answer is too long for Slack."
    if page.last:
        return says
    way = "More shows the rest." if _fitting([_more(page, again)], _PAGING) else _NO_MORE
    return f"{says} {way}"


def _tail(answer: Answer, carry: str, shares: Shared | None) -> Iterator[Json]:
    if note := cut(answer.note or "", _NOTE, escaped=True).strip():
        yield blocks.section(f"Note: {note}")
    if lines := _small_print(answer):
        yield blocks.context(lines)
    choices = [
        (choice.label, ask_button(choice, f"choice:{n}", carry=carry))
        for n, choice in enumerate(answer.choices)
    ]
    shown = _fitting([button for _, button in choices], _CHOICES)
    if shown:
        yield {"type": "actions", "elements": shown}
    if rest := [label for label, button in choices if button not in shown]:
        yield blocks.context([cut(f"Or type: {'; '.join(rest)}", _NOTE, escaped=True)])
    steps = [
        shares.button("Share in channel", "share", style="primary") if shares else None,
        *(
            ask_button(choice, f"next:{n}", carry=carry)
            for n, choice in enumerate(answer.next_steps[:_NEXT])
        ),
    ]
    if offered := _fitting(steps, _STEPS):
        yield {"type": "actions", "elements": offered}
    if shares and not steps[0]:
        yield blocks.context([_UNSHARED])


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
