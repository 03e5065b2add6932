"""Mentions and threads: what the Slack app answers in channels, and what it leaves alone."""

from __future__ import annotations

import asyncio

import pytest

from bot.playground import Channel, StandInWorkspace, User
from bot.slack import SlackApp
from tests.slack_app import HELP, Echoing, over_both, replies

pytest_plugins = ["tests.slack_fixtures"]
pytestmark = pytest.mark.usefixtures("nothing_typed_is_logged")


# Mentions


@over_both
async def test_a_mention_is_answered_in_its_thread_and_nowhere_else(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "korea?")

    assert await replies(ws, asked) == ["Yes: korea."]
    assert ws.messages(room) == [asked]


async def test_a_mention_in_a_thread_is_answered_in_that_thread(
    ws: StandInWorkspace, app: SlackApp, ana: User, ben: User, room: Channel
) -> None:
    opened = await ws.say(room, ben, "who knows about this?")
    await ws.mention(room, ana, "japan?", thread=opened)

    assert await replies(ws, opened) == ["Yes: japan."]


@pytest.mark.parametrize("order", [("app_mention", "message"), ("message", "app_mention")])
async def test_the_two_events_of_a_mention_are_answered_once_in_either_order(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel, order: tuple[str, str]
) -> None:
    asked = await ws.mention(room, ana, "korea?", order=order)

    assert await replies(ws, asked) == ["Yes: korea."]


async def test_a_mention_without_words_gets_help(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "<@BOT>")

    assert await replies(ws, asked) == [HELP.headline]


async def test_the_answer_has_no_previews_and_its_whole_text(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    await ws.answer_to(await ws.mention(room, ana, "korea?"))
    (post,) = ws.calls_of("chat.postMessage")

    assert post.arguments["text"] == "Yes: korea."
    assert not post.arguments["unfurl_links"] and not post.arguments["unfurl_media"]


async def test_a_mention_edited_in_is_answered_once(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    asked = await ws.say(room, ana, "korea?")
    assert await replies(ws, asked) == []

    edited = await ws.edit(asked, "<@BOT> korea?")
    edited = await ws.edit(edited, "japan?")
    await ws.edit(edited, "<@BOT> japan?")
    assert await replies(ws, asked) == ["Yes: korea."]


# Threads


@over_both
async def test_a_follow_up_needs_no_mention_and_remembers(
    ws: StandInWorkspace, app: SlackApp, ana: User, ben: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "korea?")
    await ws.answer_to(asked)
    await ws.say(room, ben, "and japan?", thread=asked)

    assert await replies(ws, asked) == ["Yes: korea.", "Yes: japan after korea."]


SILENT = {
    "chatter": "thanks, see you at lunch",
    "to somebody else": "<@U0BEN> what about japan?",
    "to a group": "<!subteam^S1|brokers> japan?",
    "to everybody here": "<!here> japan?",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
async def test_in_its_own_thread_it_keeps_silent_about(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel, text: str
) -> None:
    asked = await ws.mention(room, ana, "korea?")
    await ws.answer_to(asked)
    await ws.say(room, ana, text, thread=asked)

    assert await replies(ws, asked) == ["Yes: korea."]


async def test_anything_else_in_a_channel_is_never_asked_about(
    ws: StandInWorkspace, app: SlackApp, conversation: Echoing, ana: User, room: Channel
) -> None:
    opened = await ws.say(room, ana, "korea?")
    await ws.say(room, ana, "japan?", thread=opened)
    await ws.settled()

    assert await replies(ws, opened) == []
    assert conversation.asked == []
    assert ws.calls_of("chat.postMessage") == []


async def test_each_thread_has_its_own_memory(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    one = await ws.mention(room, ana, "korea?")
    two = await ws.mention(room, ana, "laos?")
    await ws.answer_to(one)
    await ws.answer_to(two)
    await ws.say(room, ana, "and japan?", thread=one)

    assert await replies(ws, one) == ["Yes: korea.", "Yes: japan after korea."]
    assert await replies(ws, two) == ["No: laos."]


async def test_a_follow_up_that_overtakes_the_answer_waits_for_it(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    ws.fail_next("chat.postMessage", delay=0.2)
    asking = asyncio.create_task(ws.mention(room, ana, "korea?"))
    await ws.until(lambda: ws.messages(room))
    (asked,) = ws.messages(room)
    await asyncio.sleep(0.05)
    await ws.say(room, ana, "and japan?", thread=asked)
    await asking

    assert await replies(ws, asked) == ["Yes: korea.", "Yes: japan after korea."]


@over_both
async def test_stop_keeps_it_out_of_the_thread_until_it_is_mentioned(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "korea?")
    await ws.answer_to(asked)
    await ws.mention(room, ana, "Stop.", thread=asked)
    await ws.say(room, ana, "and japan?", thread=asked)
    _, stopped = await replies(ws, asked)
    assert "keep out of this thread" in stopped

    await ws.mention(room, ana, "laos?", thread=asked)
    await ws.say(room, ana, "japan?", thread=asked)
    assert (await replies(ws, asked))[2:] == ["No: laos after korea.", "Yes: japan after laos."]


async def test_a_click_in_a_stopped_thread_is_answered_and_it_goes_on_keeping_out(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "korea?")
    answer = await ws.answer_to(asked)
    await ws.mention(room, ana, "stop", thread=asked)
    await ws.click(ana, answer, "Why is that?")
    await ws.say(room, ana, "japan?", thread=asked)

    assert len(await replies(ws, asked)) == 3, "the answers to the question, the stop, the click"


@over_both
async def test_bots_are_not_answered(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "korea?")
    await ws.answer_to(asked)
    bot = {"channel": room.id, "channel_type": "channel", "thread_ts": asked.ts, "bot_id": "B9"}
    await ws.event("message", **bot, ts="1.1", text="japan?", subtype="bot_message")
    await ws.event("message", **bot, ts="1.2", text="japan?", user="U9")
    await ws.event("app_mention", **bot, ts="1.3", text=f"<@{ws.bot.id}> japan?", user="U9")

    assert await replies(ws, asked) == ["Yes: korea."]
    assert all(d.acknowledged for d in ws.deliveries)
