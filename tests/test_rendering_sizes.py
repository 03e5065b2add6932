"""Whatever the register holds, Slack takes each kind of answer: 300 arrangements, long names."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from bot.answer import Answer
from bot.conversation import Conversation, Turn
from bot.playground.blocks import validate_message
from bot.rendering import Asked, Message, Shared, to_sheet, to_slack
from bot.rendering.blocks import json_size, text_size
from bot.rendering.buttons import carried_by
from bot.slack.carrying import reply_of
from knowledge.model import Knowledge
from knowledge.prose import Table
from tests.grown_registers import grown
from tests.register_copies import known
from tests.rendered_answers import MESSAGES
from tests.talking import conversation

KNOWN = known()


@cache
def sized(arrangements: int, letters: int) -> Conversation:
    """One over a register of a size; for no arrangements, over the register as it comes."""
    return grown(arrangements, letters) if arrangements else conversation()


@pytest.fixture(scope="module", autouse=True)
def nothing_is_kept() -> Iterator[None]:
    """These registers are large, and only for here."""
    yield
    sized.cache_clear()


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
    conversation = sized(arrangements, letters)
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
    conversation = sized(arrangements, letters)
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
    conversation = sized(arrangements, letters)
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
    for question in questions(KNOWN, 18):
        said = conversation().ask(question).said
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
