"""Direct messages, and the app's own page of messages."""

from __future__ import annotations

import time

import pytest

from bot.playground import StandInWorkspace, User
from bot.slack import SlackApp
from tests.slack_app import HELP, Echoing, over_both, running, said

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
    assert said(ws.messages(ws.im(ana))) == [HELP.headline]
    assert [p["title"] for p in ws.prompts(ana)] == [
        "Is Colombia covered?",
        "What is new since 2020?",
        "Compare New Zealand and Colombia",
        "How is New Zealand claimed on an entry?",
    ]
    calls = ws.calls_of("assistant.threads.setSuggestedPrompts")
    assert len(calls) == 2 and all("thread_ts" not in call.arguments for call in calls)


async def test_who_was_greeted_is_not_greeted_again_years_later(
    ws: StandInWorkspace, conversation: Echoing, ana: User
) -> None:
    days = [0.0, 1_000.0]
    async with running(ws, conversation, "socket", clock=lambda: time.time() + 86_400 * days[0]):
        await ws.open_home(ana, "messages")
        await ws.settled()
        days.pop(0)
        await ws.open_home(ana, "messages")
        await ws.settled()

    assert said(ws.messages(ws.im(ana))) == [HELP.headline]


async def test_an_app_without_the_agent_view_greets_all_the_same(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    ws.fail_next("assistant.threads.setSuggestedPrompts", error="not_allowed")
    await ws.open_home(ana, "messages")
    await ws.settled()

    assert said(ws.messages(ws.im(ana))) == [HELP.headline]
