"""Long answers: their first page, *More*, and their table as CSV."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.answer import Answer, Choice
from bot.conversation import Turn
from bot.memory import Memory
from bot.playground import Channel, Message, StandInWorkspace, User
from bot.slack import SlackApp
from knowledge.prose import Table
from tests.slack_app import DAY, Echoing, lines, nothing_waits, over_both, running, said

pytest_plugins = ["tests.slack_fixtures"]

ROWS = 250


class Listing(Echoing):
    """Answers "which" with a long table; the follow-up "those" with as many, but others."""

    def ask(self, text: str, memory: Memory | None = None, addressed: bool = True) -> Turn:
        memory = memory or Memory()
        if "which" not in text and not ("those" in text and memory.topic):
            return super().ask(text, memory, addressed)
        word = "Partner" if "which" in text else "Other"
        rows = tuple((f"{word} {n}", "=2010") for n in range(1, ROWS + 1))
        steps = (Choice("Why is that?", "why korea"),)
        answer = Answer("list", f"{ROWS} are on record.", DAY, next_steps=steps,
                        body=(Table(("Partner", "Signed"), rows),))  # fmt: skip
        return Turn(answer, memory._replace(topic="list"))


@pytest.fixture
async def app(ws: StandInWorkspace, request: pytest.FixtureRequest) -> AsyncIterator[SlackApp]:
    async with running(ws, Listing(), getattr(request, "param", "http")) as app:
        yield app


def rows_of(message: Message) -> list[str]:
    """The first cells of the table's rows."""
    [table] = [block for block in message.blocks if block["type"] == "table"]
    return [row[0]["text"] for row in table["rows"][1:]]


def named(word: str = "Partner") -> list[str]:
    return [f"{word} {n}" for n in range(1, ROWS + 1)]


@over_both
async def test_more_follows_in_the_thread_until_all_is_shown(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "which ones?")
    shown = [await ws.answer_to(asked)]
    assert "Shown here: 1 to " in shown[0].shown and "More shows the rest." in shown[0].shown
    while "More" in shown[-1].buttons:
        await ws.click(ana, shown[-1], "More")
        await ws.settled()
        shown.append(ws.thread(room, asked)[-1])

    assert len(shown) > 2
    assert [row for page in shown for row in rows_of(page)] == named()
    assert all(page.thread_ts == asked.ts for page in shown)
    assert lines(shown[1])[0] == f"{ROWS} are on record. (continued)"


async def test_more_pressed_by_two_people_comes_once(
    ws: StandInWorkspace, app: SlackApp, ana: User, ben: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "which ones?")
    answer = await ws.answer_to(asked)
    await asyncio.gather(*(ws.click(user, answer, "More") for user in (ana, ben)))
    await ws.settled()
    await ws.click(ana, answer, "More")

    assert len(ws.thread(room, asked)) == 3
    assert said(ws.ephemeral(ana))[-1].startswith("This button was pressed before")


async def test_more_that_slack_did_not_take_comes_a_little_later_once(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "which ones?")
    answer = await ws.answer_to(asked)
    ws.fail_next("chat.postMessage", error="internal_error")
    await ws.click(ana, answer, "More")
    await ws.click(ana, answer, "More")
    await nothing_waits(app)
    await ws.settled()
    pages = ws.thread(room, asked)[1:]
    assert [rows_of(page)[0] != "Partner 1" for page in pages] == [False, True]


async def test_more_asks_with_the_memory_of_its_own_question(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "which ones?")
    await ws.answer_to(asked)
    await ws.mention(room, ana, "and those?", thread=asked)
    await ws.settled()
    answer = ws.thread(room, asked)[-1]
    await ws.mention(room, ana, "korea?", thread=asked)
    await ws.click(ana, answer, "More")
    await ws.settled()

    first, following = rows_of(answer), rows_of(ws.thread(room, asked)[-1])
    assert (first + following) == named("Other")[: len(first) + len(following)]


@over_both
async def test_what_only_the_asker_sees_turns_its_pages_in_place(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    command = await ws.command(room, ana, "/mra", "which ones?")
    seen = rows_of(command.messages[0])
    while "More" in ws.ephemeral(ana)[0].buttons:
        await ws.click(ana, ws.ephemeral(ana)[0], "More")
        await ws.settled()
        [page] = ws.ephemeral(ana)
        seen += rows_of(page)
    assert seen == named()
    assert ws.messages(room) == []

    await ws.click(ana, page, "First page")
    await ws.settled()
    [page] = ws.ephemeral(ana)
    assert rows_of(page)[0] == "Partner 1"
    await ws.click(ana, page, "Share in channel")
    await ws.settled()
    assert rows_of(ws.messages(room)[0])[0] == "Partner 1"


async def test_a_shared_long_answer_goes_on_under_it(
    ws: StandInWorkspace, app: SlackApp, ana: User, ben: User, elsewhere: Channel, room: Channel
) -> None:
    for place in (room, elsewhere):  # where the bot is a member, and where it is not
        command = await ws.command(place, ana, "/mra", "which ones?")
        await ws.click(ana, command.messages[0], "Share in channel")
        await ws.settled()
        [shared] = ws.messages(place)
        await ws.click(ben, shared, "More")
        await ws.settled()
        following = ws.thread(place, shared)[-1]
        first = rows_of(shared)
        assert rows_of(following)[0] == f"Partner {len(first) + 1}"


async def test_in_a_direct_message_the_next_page_stands_at_its_level(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    asked = await ws.direct_message(ana, "which ones?")
    answer = await ws.answer_to(asked)
    await ws.click(ana, answer, "More")
    await ws.settled()

    assert said(ws.messages(ws.im(ana)))[-1] == f"{ROWS} are on record. (continued)"


@over_both
async def test_a_table_is_offered_as_csv_to_whoever_asks_and_needs_no_scope_for_files(
    ws: StandInWorkspace, app: SlackApp, ana: User, ben: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "which ones?")
    answer = await ws.answer_to(asked)
    await ws.click(ben, answer, "Show as CSV")
    await ws.settled()
    copied: list[str] = []
    while True:
        sheet = ws.ephemeral(ben)[-1]
        *_, text = [b for b in sheet.blocks if b["type"] == "rich_text"]
        header, *rows = text["elements"][0]["elements"][0]["text"].split("\n")
        assert header == "Partner,Signed"
        copied += rows
        if "More CSV" not in sheet.buttons:
            break
        await ws.click(ben, sheet, "More CSV")
        await ws.settled()

    assert copied == [f"{name},'=2010" for name in named()]  # no cell is a formula
    assert ws.ephemeral(ana) == [] and len(ws.thread(room, asked)) == 2
    assert sheet.thread_ts == asked.ts
    assert not [call for call in ws.calls if call.method.startswith("files.")]


async def test_an_answer_that_changed_since_says_so(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = await ws.mention(room, ana, "which ones?")
    answer = await ws.answer_to(asked)
    monkeypatch.setattr(Listing, "ask", Echoing.ask)
    await ws.click(ana, answer, "Show as CSV")
    await ws.settled()

    assert "has changed since" in ws.ephemeral(ana)[0].shown
