"""Direct messages, and the app's own page of messages."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.playground import StandInWorkspace, User
from bot.slack import SlackApp
from tests.slack_app import HELP, Echoing, over_both, real_conversation, running, said

pytest_plugins = ["tests.slack_fixtures"]
pytestmark = pytest.mark.usefixtures("nothing_typed_is_logged")


@over_both
async def test_a_direct_message_is_answered_at_its_own_level_with_memory(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    await ws.answer_to(await ws.direct_message(ana, "korea?"))
    answer = await ws.answer_to(await ws.direct_message(ana, "japan?"))

    assert answer.thread_ts is None
    assert said([answer]) == ["Yes: japan after korea."]


async def test_a_thread_in_a_direct_message_has_a_memory_of_its_own(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    asked = await ws.direct_message(ana, "korea?")
    await ws.answer_to(asked)
    answer = await ws.answer_to(await ws.direct_message(ana, "japan?", thread=asked))

    assert answer.thread_ts == asked.ts
    assert said([answer]) == ["Yes: japan."]


async def test_a_button_in_a_direct_message_is_answered_at_its_level(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    answer = await ws.answer_to(await ws.direct_message(ana, "korea?"))
    await ws.click(ana, answer, "Why is that?")
    await ws.settled()
    last = ws.messages(ws.im(ana))[-1]

    assert (last.thread_ts, said([last])) == (None, ["Yes: korea after korea."])


async def test_chatter_in_a_direct_message_gets_help(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    answer = await ws.answer_to(await ws.direct_message(ana, "nice weather"))

    assert said([answer]) == [HELP.headline]


async def test_an_edit_in_a_direct_message_is_not_answered(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    asked = await ws.direct_message(ana, "korea?")
    await ws.answer_to(asked)
    await ws.edit(asked, "japan?")
    await ws.settled()

    assert said(ws.messages(ws.im(ana))) == ["Yes: korea."]


@over_both
async def test_the_first_visit_is_greeted_once_and_prompts_are_offered_each_time(
    ws: StandInWorkspace, app: SlackApp, ana: User, ben: User
) -> None:
    await ws.open_home(ana, "home")
    await ws.settled()
    assert ws.messages(ws.im(ana)) == []

    for _ in range(2):
        await ws.open_home(ana, "messages")
    await ws.settled()
    [greeting] = ws.messages(ws.im(ana))
    assert greeting.shown.startswith("Hello. I look up mutual recognition between CTPAT and")
    assert [p["title"] for p in ws.prompts(ana)] == [
        "Is Colombia covered?",
        "What is new since 2020?",
        "Compare New Zealand and Colombia",
        "How is New Zealand claimed on an entry?",
    ]
    calls = ws.calls_of("assistant.threads.setSuggestedPrompts")
    assert len(calls) == 2 and all("thread_ts" not in call.arguments for call in calls)


async def test_the_greeting_is_short_and_its_examples_are_answered_at_a_click(
    ws: StandInWorkspace, ana: User
) -> None:
    async with running(ws, real_conversation()):
        await ws.open_home(ana, "messages")
        await ws.settled()
        [greeting] = ws.messages(ws.im(ana))
        assert len(greeting.buttons) == 3 and len(greeting.text.splitlines()) == 4
        assert len(greeting.blocks) == 2

        for example in greeting.buttons:
            await ws.click(ana, greeting, example)
            await ws.settled()
        headlines = said(ws.messages(ws.im(ana)))[1:]
    assert headlines[0].startswith("Yes: Colombia")
    assert len(headlines) == 3 and not any("outside what I know" in h for h in headlines)


@pytest.mark.parametrize("text", ["stop", "Stop!", "<@BOT> stop", "please stop", "be quiet"])
async def test_stop_in_a_direct_message_is_told_that_it_only_answers(
    ws: StandInWorkspace, ana: User, text: str
) -> None:
    async with running(ws, real_conversation()):
        await ws.answer_to(await ws.direct_message(ana, "is Korea covered?"))
        stopping = await ws.direct_message(ana, text.replace("BOT", ws.bot.id))
        stopped = await ws.answer_to(stopping)
        after = await ws.answer_to(await ws.direct_message(ana, "when was it signed?"))

    assert said([stopped]) == ["I only answer when I am asked, so there is nothing to stop."]
    assert said([after])[0].startswith("The arrangement with Korea was signed"), "it goes on"


async def test_who_was_greeted_is_not_greeted_again_for_a_year_in_which_it_is_kept(
    ws: StandInWorkspace, conversation: Echoing, ana: User
) -> None:
    day, greetings = [0.0], []
    async with running(ws, conversation, "socket", clock=lambda: time.time() + 86_400 * day[0]):
        for day[0] in (0.0, 364.0, 366.0):
            await ws.open_home(ana, "messages")
            await ws.settled()
            greetings.append(len(ws.messages(ws.im(ana))))

    assert greetings == [1, 1, 2]


async def test_an_app_without_the_agent_view_greets_all_the_same(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    ws.fail_next("assistant.threads.setSuggestedPrompts", error="not_allowed")
    await ws.open_home(ana, "messages")
    await ws.settled()

    assert len(ws.messages(ws.im(ana))) == 1


# The agent view


async def test_a_thread_is_titled_with_its_first_question_once_it_was_answered(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    start = await ws.direct_message(ana, "hello")
    await ws.answer_to(await ws.direct_message(ana, "nice weather", thread=start))
    assert ws.calls_of("assistant.threads.setTitle") == []

    question = f"is <https://example.com|korea> &amp; {'so on ' * 20}in?"
    await ws.answer_to(await ws.direct_message(ana, question, thread=start))
    await ws.answer_to(await ws.direct_message(ana, "and japan?", thread=start))
    await ws.settled()
    (call,) = ws.calls_of("assistant.threads.setTitle")
    assert call.arguments["title"].startswith("is korea & so on")
    assert len(call.arguments["title"]) <= 60


async def test_an_answer_at_once_shows_no_status(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    await ws.answer_to(await ws.direct_message(ana, "korea?"))
    await ws.settled()
    assert ws.calls_of("assistant.threads.setStatus") == []


@pytest.mark.parametrize("in_thread", [False, True])
async def test_an_answer_that_takes_over_a_second_shows_a_status_until_it_is_there(
    ws: StandInWorkspace, app: SlackApp, ana: User, in_thread: bool
) -> None:
    start = await ws.direct_message(ana, "korea?") if in_thread else None
    await ws.settled()
    ws.fail_next("chat.postMessage", delay=1.4)
    im = ws.im(ana)
    asked = asyncio.create_task(ws.direct_message(ana, "japan?", thread=start))
    await ws.until(lambda: ws.calls_of("assistant.threads.setStatus"))
    await ws.until(lambda: ws.status(im, start or ws.messages(im)[-1]))
    assert ws.status(im, start or ws.messages(im)[-1]) == "is looking it up…"

    answer = await ws.answer_to(await asked)
    await ws.settled()
    assert said([answer]) == ["Yes: japan."]
    assert ws.status(im, start or await asked) == ""


async def test_an_app_without_the_agent_view_answers_all_the_same(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    start = await ws.direct_message(ana, "hello")
    ws.fail_next("assistant.threads.setTitle", error="not_allowed")
    ws.fail_next("assistant.threads.setStatus", error="not_allowed")
    ws.fail_next("chat.postMessage", delay=1.2)
    answer = await ws.answer_to(await ws.direct_message(ana, "korea?", thread=start))
    await ws.settled()
    assert said([answer]) == ["Yes: korea."]
