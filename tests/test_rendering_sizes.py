"""Whatever the register holds, Slack takes each kind of answer: 300 arrangements, long names."""

from __future__ import annotations

import datetime
import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from string import ascii_uppercase
from typing import Any

import pytest

from bot.answer import Answer
from bot.conversation import Conversation, Turn
from bot.playground.blocks import validate_message
from bot.rendering import Asked, Message, Shared, to_sheet, to_slack
from bot.rendering.blocks import json_size, text_size
from bot.rendering.buttons import carried_by
from bot.slack.carrying import reply_of
from knowledge.dates import When
from knowledge.load import load_knowledge
from knowledge.model import (
    Administration,
    Arrangement,
    Economy,
    Event,
    Fact,
    Knowledge,
    Name,
    Program,
)
from knowledge.prose import Table
from tests.rendered_answers import MESSAGES

KNOWN = load_knowledge()
TODAY = datetime.date(2026, 11, 24)


@cache
def grown(arrangements: int, letters: int) -> Conversation:
    """A register with so many arrangements, whose names have so many letters."""
    codes = [a + b for a, b in product(ascii_uppercase, repeat=2)]
    codes = [code for code in codes if code not in ("US", "EU")][:arrangements]
    source = next(iter(KNOWN.sources))
    facts = (Fact(_named("Recognized as such, and no other way", "", letters), (source,)),)
    known = replace(
        KNOWN,
        economies={
            **KNOWN.economies,
            **{c: Economy(c, _named(f"Land {c}", "ia", letters)) for c in codes},
        },
        administrations={
            c: Administration(c, c, _named(f"Customs of {c}", "", letters), ("customs",))
            for c in codes
        },
        programs={
            c: Program(c, c, (Name(_named(f"Secure {c}", "", letters), f"S{c}"),), administration=c)
            for c in codes
        },
        arrangements=tuple(
            Arrangement(
                c,
                (KNOWN.home, c),
                (Event(When(2000 + n % 20, 1 + n % 12), "signed", (source,)),),
                (c,),
                {"scope": facts, "claim": facts, "benefits": facts, "eligible": facts},
            )
            for n, c in enumerate(codes)
        ),
        pairs=(),
        conflicts=(),
        contacts={},
    )
    return Conversation(known, today=lambda: TODAY)


def _named(start: str, end: str, letters: int) -> str:
    filled = start + " and the isles" * (letters // 14 + 1)
    return filled[: letters - len(end)].rstrip() + end


def questions(known: Knowledge, partners: int) -> list[str]:
    """One of every kind."""
    names = [known.economy(known.partner(a)).name for a in known.arrangements[:partners]]
    return [
        *(i.example for i in known.intents.values()),
        *(p for i in known.intents.values() for p in i.phrasings),
        "thanks",
        "what is for lunch?",
        "when was it signed?",
        f"is {names[0]} covered?",
        f"when was the arrangement with {names[0]} signed?",
        f"how is the {names[0]} arrangement claimed?",
        f"who runs the program of {names[0]}?",
        f"compare {' and '.join(names[:6])}",
        "\n".join(names),
        "\n".join(known.partner(a) for a in known.arrangements[:100]),
    ]


def messages(turn: Turn, question: str) -> Iterator[Message]:
    """All that Slack is sent of an answer: everywhere, and every page."""
    answer, memory, asks = reply_of(turn, question, None)
    carry = memory.to_json()
    for options in (
        {"shares": asks, "carry": carry},
        {"again": asks},
        {"again": asks, "asked": Asked("U1", question, "shared"), "carry": carry},
    ):
        start: int | None = 0
        while start is not None:
            message = to_slack(answer, start=start, **options)  # type: ignore[arg-type]  # of any
            yield message
            start = _carried(message, "more")
    start = 0
    while start is not None and (sheet := to_sheet(answer, asks, start)):
        yield sheet
        start = _carried(sheet, "sheet")


def _carried(message: Message, action: str) -> int | None:
    for button in _buttons(message):
        if button["action_id"] == action:
            return int(carried_by(button["value"])["start"])
    return None


def _buttons(message: Message) -> list[dict[str, Any]]:
    return [e for b in message.blocks if b["type"] == "actions" for e in b["elements"]]


SIZES = [(0, 0), (1, 20), (18, 20), (18, 200), (100, 60), (300, 20), (300, 200)]


@pytest.mark.parametrize(("arrangements", "letters"), SIZES)
def test_no_answer_breaks_a_limit(arrangements: int, letters: int) -> None:
    conversation = (
        grown(arrangements, letters) if arrangements else Conversation(KNOWN, today=lambda: TODAY)
    )
    topics = set()
    for question in questions(conversation.knowledge, 100):
        turn = conversation.ask(question)
        assert isinstance(turn.said, Answer)
        topics.add(turn.said.topic)
        for message in messages(turn, question):
            validate_message({"text": message.text, "blocks": list(message.blocks)})
            assert sum(text_size(b) for b in message.blocks) <= 10_000
            assert sum(json_size(b) for b in message.blocks) <= 16_000
            written = message.text + json.dumps(message.blocks)
            assert not re.search("<!|<@(?!U1>)|<#", written)
    assert len(topics) > 15


def _pages(answer: Answer, question: str) -> list[Message]:
    asks = Shared(question)
    pages = [to_slack(answer, again=asks)]
    while (start := _carried(pages[-1], "more")) is not None:
        pages.append(to_slack(answer, again=asks, start=start))
    return pages


@pytest.mark.parametrize(("arrangements", "letters"), SIZES[1:])
def test_all_pages_together_hold_every_arrangement_once(arrangements: int, letters: int) -> None:
    conversation = grown(arrangements, letters)
    said = conversation.ask("list all partners").said
    assert isinstance(said, Answer)
    [table] = [part for part in said.body if isinstance(part, Table)]
    pages = _pages(said, "list all partners")

    shown = [
        row[0]["text"]
        for page in pages
        for block in page.blocks
        if block["type"] == "table"
        for row in block["rows"][1:]
    ]
    assert len(table.rows) == arrangements
    assert shown == [row[0] for row in table.rows]
    assert len(pages) > 1 or arrangements < 100


# For those who do not see blocks, colors or pictures


# What only blocks need: how many sources there are beyond those shown, and the way to the rest.
_NOTICE = "and more sources; Shown here: to of; This is a part of the answer; More shows the rest"
_COUNTED = re.compile(r"Shown here: \d+ to \d+ of \d+")
SMALL_PRINT = frozenset(re.findall(r"\w+", _NOTICE))


def _words(shown: Any) -> Iterator[str]:
    """The texts of blocks, but for what can be pressed."""
    if isinstance(shown, list):
        for item in shown:
            yield from _words(item)
    elif isinstance(shown, dict) and shown.get("type") not in ("actions", "context_actions"):
        for key, value in shown.items():
            if key == "text" and isinstance(value, str):
                yield html.unescape(re.sub(r"<[^|>]+\|([^>]+)>", r"\1", value))
            else:
                yield from _words(value)


@pytest.mark.parametrize(("arrangements", "letters"), [(0, 0), (18, 60), (300, 20)])
def test_the_text_says_all_that_the_blocks_show(arrangements: int, letters: int) -> None:
    conversation = (
        grown(arrangements, letters) if arrangements else Conversation(KNOWN, today=lambda: TODAY)
    )
    for question in questions(conversation.knowledge, 18):
        said = conversation.ask(question).said
        assert isinstance(said, Answer)
        shared = to_slack(said, again=Shared(question), asked=Asked("U1", question, "shared"))
        tables = [part for part in said.body if isinstance(part, Table)]
        # A table too wide for text is read out by rows; what a row is called needs no label.
        labels = {table.columns[0] for table in tables}
        for message in (*_pages(said, question), shared):
            read = set(re.findall(r"\w+", html.unescape(message.text)))
            for words in _words(list(message.blocks)):
                # A cell or a line may be cut in the blocks; what is left is in the text.
                shown = _COUNTED.sub("", words.rpartition("…")[0] or words)
                missing = set(re.findall(r"\w+", shown)) - read
                assert missing <= SMALL_PRINT | labels, (question, words)


def test_a_verdict_is_a_word_and_never_a_color_or_an_emoji() -> None:
    conversation = Conversation(KNOWN, today=lambda: TODAY)
    for question in questions(KNOWN, 18):
        said = conversation.ask(question).said
        assert isinstance(said, Answer)
        message = to_slack(said, shares=Shared(question))
        if said.verdict != "n/a":
            word = {"yes": r"\byes\b|\bon record\b", "no": r"\bno\b|\bnot\b"}[said.verdict]
            assert re.search(word, said.headline, re.I), (question, said.headline)
        written = json.dumps(message.blocks)
        assert not re.search(r":[a-z_]+:", written), "an emoji code"
        for button in _buttons(message):
            assert re.search(r"\w", button["text"]["text"])


@pytest.mark.parametrize("name", MESSAGES)
def test_every_picture_says_what_it_shows(name: str) -> None:
    shown = json.dumps(MESSAGES[name].blocks)
    assert shown.count('"alt_text"') == shown.count('"type": "image"')
