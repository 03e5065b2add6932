"""The Slack app against a stand-in workspace, over HTTP and over Socket Mode alike."""

from __future__ import annotations

import asyncio
import html
import json
import logging
import re
import time
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.playground import Channel, Message, StandInWorkspace, User
from bot.slack import SlackApp
from tests.slack_app import HELP, Echoing, running

# The surfaces do not know how a delivery came; what depends on it is tried both ways.
over_both = pytest.mark.parametrize("app", ["http", "socket"], indirect=True)


@pytest.fixture
async def ws() -> AsyncIterator[StandInWorkspace]:
    async with StandInWorkspace(ack_seconds=1.0) as workspace:
        yield workspace


@pytest.fixture
def conversation() -> Echoing:
    return Echoing()


@pytest.fixture
async def app(
    ws: StandInWorkspace, conversation: Echoing, request: pytest.FixtureRequest
) -> AsyncIterator[SlackApp]:
    async with running(ws, conversation, getattr(request, "param", "http")) as app:
        yield app


@pytest.fixture
def ana(ws: StandInWorkspace) -> User:
    return ws.user("Ana")


@pytest.fixture
def ben(ws: StandInWorkspace) -> User:
    return ws.user("Ben")


@pytest.fixture
def room(ws: StandInWorkspace, ana: User, ben: User) -> Channel:
    return ws.channel("compliance")


@pytest.fixture
def elsewhere(ws: StandInWorkspace, ana: User) -> Channel:
    """A channel that the bot is not in."""
    return ws.channel("elsewhere", bot=False)


@pytest.fixture(autouse=True)
def nothing_typed_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Holds for every test here: whatever happens, the log repeats no question."""
    caplog.set_level(logging.DEBUG)
    yield
    records = [r for phase in ("setup", "call") for r in caplog.get_records(phase)]
    logged = "\n".join(r.getMessage() for r in records if not r.name.startswith("aiohttp"))
    assert not re.search("korea|japan|laos|boom", logged)


def lines(message: Message) -> list[str]:
    """What a message shows, line by line, without bold."""
    return [html.unescape(line).strip("*") for line in message.shown.splitlines()]


def said(messages: list[Message]) -> list[str]:
    """The first line of each message of the bot."""
    return [lines(m)[0] for m in messages if m.from_app]


async def replies(ws: StandInWorkspace, message: Message) -> list[str]:
    await ws.settled()
    return said(ws.workspace.thread(message.channel, message.root))


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


# Deliveries that come twice, or fail


@over_both
async def test_a_delivery_that_comes_again_is_not_answered_again(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "korea?")
    await ws.answer_to(asked)
    for delivery in list(ws.deliveries):
        await ws.deliver_again(delivery)

    assert await replies(ws, asked) == ["Yes: korea."]
    assert all(a.acknowledged for d in ws.deliveries for a in d.attempts)


@over_both
async def test_a_delivery_that_comes_twice_at_a_time_is_answered_once(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    ws.fail_next("chat.postMessage", delay=0.1)
    asking = asyncio.create_task(ws.mention(room, ana, "korea?", order=("app_mention",)))
    await ws.until(lambda: ws.deliveries)
    await ws.deliver_again(ws.deliveries[0])
    await asking

    assert await replies(ws, ws.messages(room)[0]) == ["Yes: korea."]


FAULTS = {
    "an error of Slack's own": {"error": "internal_error"},
    "a server error": {"status": 500},
    "a broken connection": {"drop_connection": True, "times": 2},
    "a token not valid now": {"error": "token_expired"},
}


@over_both
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_an_answer_slack_did_not_take_is_given_when_the_event_comes_again(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel, fault: dict[str, object]
) -> None:
    ws.fail_next("chat.postMessage", **fault)  # type: ignore[arg-type]
    asked = await ws.mention(room, ana, "korea?", order=("app_mention",))

    assert await replies(ws, asked) == ["Yes: korea."]
    assert [a.acknowledged for a in ws.deliveries[0].attempts] == [False, True]


async def test_it_waits_as_long_as_slack_asks_it_to(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    ws.fail_next("chat.postMessage", retry_after=0)
    asked = await ws.mention(room, ana, "korea?", order=("app_mention",))

    assert await replies(ws, asked) == ["Yes: korea."]
    assert len(ws.deliveries[0].attempts) == 1


async def test_blocks_that_slack_refuses_go_out_as_text(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    ws.fail_next("chat.postMessage", error="msg_blocks_too_long")
    answer = await ws.answer_to(await ws.mention(room, ana, "korea?"))

    assert (answer.text, answer.blocks) == ("Yes: korea.", ())


async def test_where_a_thread_takes_no_replies_the_asker_alone_is_answered(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    ws.fail_next("chat.postMessage", error="cannot_reply_to_message")
    asked = await ws.mention(room, ana, "korea?")
    await ws.settled()

    assert said(ws.ephemeral(ana)) == ["Yes: korea."]
    assert ws.messages(room) == [asked]


async def test_what_slack_never_takes_is_logged_with_what_to_do_and_not_tried_again(
    ws: StandInWorkspace,
    app: SlackApp,
    ana: User,
    room: Channel,
    caplog: pytest.LogCaptureFixture,
) -> None:
    ws.fail_next("chat.postMessage", error="restricted_action")
    await ws.mention(room, ana, "korea?", order=("app_mention",))
    await ws.settled()

    assert len(ws.deliveries[0].attempts) == 1
    assert "restricted_action; what to do: let the app post there" in caplog.text


# Slash command and sharing


@over_both
async def test_a_command_is_answered_to_the_asker_alone_with_a_way_to_share(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    command = await ws.command(room, ana, "/mra", "korea")

    assert said(command.messages) == ["Yes: korea."]
    assert command.messages[0].buttons == ["Share in channel", "Why is that?"]
    assert ws.messages(room) == []


@pytest.mark.parametrize("text", ["", "help", " HELP "])
async def test_a_command_alone_shows_help_which_is_not_for_sharing(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel, text: str
) -> None:
    command = await ws.command(room, ana, "/mra", text)

    assert said(command.messages) == [HELP.headline]
    assert "Share in channel" not in command.messages[0].buttons


@over_both
async def test_a_shared_answer_names_who_shared_it_and_takes_follow_ups(
    ws: StandInWorkspace, app: SlackApp, ana: User, ben: User, room: Channel
) -> None:
    command = await ws.command(room, ana, "/mra", "is korea in? &amp; so on")
    await ws.click(ana, command.messages[0], "Share in channel")
    await ws.settled()
    (shared,) = ws.messages(room)
    assert lines(shared)[:2] == [
        f"<@{ana.id}> shared: is korea in? & so on",
        "Yes: korea.",
    ]
    assert ws.ephemeral(ana) == []

    await ws.say(room, ben, "and japan?", thread=shared)
    assert (await replies(ws, shared))[1:] == ["Yes: japan after korea."]


@over_both
async def test_where_the_bot_is_no_member_it_shares_through_the_response_url(
    ws: StandInWorkspace, app: SlackApp, ana: User, elsewhere: Channel
) -> None:
    command = await ws.command(elsewhere, ana, "/mra", "korea")
    await ws.click(ana, command.messages[0], "Share in channel")
    await ws.settled()
    (shared,) = ws.messages(elsewhere)

    assert lines(shared)[1] == "Yes: korea."
    assert ws.ephemeral(ana) == []


async def test_pressing_twice_shares_once(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    command = await ws.command(room, ana, "/mra", "korea")
    await asyncio.gather(
        *(ws.click(ana, command.messages[0], "Share in channel") for _ in range(2))
    )
    await ws.settled()

    assert len(ws.messages(room)) == 1


async def test_a_share_that_failed_says_so_and_can_be_pressed_again(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    command = await ws.command(room, ana, "/mra", "korea")
    ws.fail_next("chat.postMessage", error="internal_error")
    await ws.click(ana, command.messages[0], "Share in channel")
    await ws.settled()
    answer, apology = ws.ephemeral(ana)
    assert "Something went wrong" in apology.shown

    await ws.click(ana, answer, "Share in channel")
    await ws.settled()
    assert len(ws.messages(room)) == 1


# Buttons


async def test_a_choice_in_a_thread_is_answered_there_under_the_choosers_name(
    ws: StandInWorkspace, app: SlackApp, ana: User, ben: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "islands?")
    question = await ws.answer_to(asked)
    await ws.click(ben, question, "choice:1")
    await ws.settled()
    answer = ws.thread(room, asked)[-1]
    assert lines(answer)[:2] == [f"<@{ben.id}> asked: Samoa & more", "Yes: samoa."]


async def test_a_next_step_uses_the_threads_memory(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "korea?")
    answer = await ws.answer_to(asked)
    await ws.click(ana, answer, "Why is that?")
    await ws.settled()

    assert "Yes: korea after korea." in ws.thread(room, asked)[-1].shown


@over_both
async def test_a_choice_in_a_commands_answer_replaces_it_and_can_then_be_shared(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    command = await ws.command(room, ana, "/mra", "islands")
    assert "Share in channel" not in command.messages[0].buttons

    await ws.click(ana, command.messages[0], "Fiji")
    await ws.settled()
    (fiji,) = ws.ephemeral(ana)
    assert said([fiji]) == ["Yes: fiji."]

    await ws.click(ana, fiji, "Why is that?")
    await ws.settled()
    (why,) = ws.ephemeral(ana)
    assert said([why]) == ["Yes: fiji after fiji."]

    await ws.click(ana, why, "Share in channel")
    await ws.settled()
    assert lines(ws.messages(room)[0])[1] == "Yes: fiji after fiji."


async def test_a_choice_where_the_bot_is_no_member_is_answered_all_the_same(
    ws: StandInWorkspace, app: SlackApp, ana: User, elsewhere: Channel
) -> None:
    command = await ws.command(elsewhere, ana, "/mra", "korea")
    await ws.click(ana, command.messages[0], "Share in channel")
    await ws.settled()
    (shared,) = ws.messages(elsewhere)
    await ws.click(ana, shared, "Why is that?")
    await ws.settled()

    assert "Yes: korea after korea." in ws.thread(elsewhere, shared)[-1].shown


# Direct messages and the app's own page


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
    assert [p["message"] for p in ws.prompts(ana)] == ["korea", "japan", "laos", "who"]
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


# When it breaks


def _reference(text: str) -> str:
    found = re.search("the reference ([0-9a-f]{8})", text)
    assert found, text
    return found[1]


@over_both
async def test_a_failure_is_one_kind_sentence_with_a_reference_that_the_log_has_too(
    ws: StandInWorkspace,
    app: SlackApp,
    ana: User,
    room: Channel,
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer = await ws.answer_to(await ws.mention(room, ana, "boom"))
    assert f"reference {_reference(answer.shown)}: answering a message failed" in caplog.text
    assert "RuntimeError" in caplog.text and "RuntimeError" not in answer.shown

    command = await ws.command(room, ana, "/mra", "boom")
    assert f"reference {_reference(command.shown)}" in caplog.text
    assert command.messages[0].seen_by == ana.id


async def test_a_failure_in_others_talk_stays_unsaid(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "korea?")
    await ws.answer_to(asked)
    await ws.say(room, ana, "boom", thread=asked)

    assert await replies(ws, asked) == ["Yes: korea."]


@over_both
async def test_events_nobody_here_answers_are_acknowledged(
    ws: StandInWorkspace, app: SlackApp
) -> None:
    delivery = await ws.event("reaction_added", user="U1", reaction="tada", item={})

    assert delivery and delivery.acknowledged and len(delivery.attempts) == 1


# Over HTTP alone: what does not depend on the way


async def test_who_the_bot_is_is_asked_once(
    ws: StandInWorkspace, conversation: Echoing, ana: User, room: Channel
) -> None:
    async with running(ws, conversation):
        for _ in range(3):
            await ws.answer_to(await ws.mention(room, ana, "korea?"))

    assert len(ws.calls_of("auth.test")) == 1


@pytest.mark.parametrize("error", ["ratelimited", "internal_error"])
async def test_while_slack_does_not_say_who_the_bot_is_events_come_again(
    ws: StandInWorkspace, conversation: Echoing, ana: User, room: Channel, error: str
) -> None:
    ws.fail_next("auth.test", error=error)
    async with running(ws, conversation):
        asked = await ws.mention(room, ana, "korea?", order=("app_mention",))
        assert await replies(ws, asked) == ["Yes: korea."]

        ws.fail_next("auth.test", error=error)
        command = await ws.command(room, ana, "/mra", "korea")
        assert command.acknowledged


@pytest.mark.parametrize(("answers", "said_there"), [(False, []), (True, ["Yes: korea."])])
async def test_people_of_other_organizations_are_answered_only_where_that_is_wanted(
    ws: StandInWorkspace,
    conversation: Echoing,
    ana: User,
    room: Channel,
    answers: bool,
    said_there: list[str],
) -> None:
    async with running(ws, conversation, answer_external=answers):
        asked = await ws.mention(room, ana, "korea?", order=())
        event = {"user": "U9", "user_team": "T9", "team": "T9", "channel": room.id}
        text = f"<@{ws.bot.id}> korea?"
        payload = {
            "type": "event_callback",
            "team_id": ws.team_id,
            "event_id": "Ev1",
            "is_ext_shared_channel": True,
            "event": {"type": "app_mention", "ts": asked.ts, "text": text, **event},
        }
        await ws.installation.bring("event", "app_mention", payload)

        assert await replies(ws, asked) == said_there


async def test_a_question_is_logged_where_the_operator_wants_that(
    ws: StandInWorkspace,
    conversation: Echoing,
    ana: User,
    room: Channel,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with running(ws, conversation, log_questions=True):
        await ws.answer_to(await ws.mention(room, ana, "fiji?"))

    assert f"question: '<@{ws.bot.id}> fiji?'" in caplog.text


async def test_buttons_of_an_older_version_do_nothing(
    ws: StandInWorkspace, conversation: Echoing, ana: User, room: Channel
) -> None:
    async with running(ws, conversation):
        answer = await ws.answer_to(await ws.mention(room, ana, "korea?"))
        delivery = await ws.click(ana, answer, "Why is that?")
        await ws.settled()
        count = len(ws.workspace.messages)
        for value in ("korea", "{}", "[]", '{"say": "x", "carry": "{"}', ""):
            delivery.payload["actions"][0]["value"] = value
            delivery.payload["actions"][0]["action_ts"] = "1.1"
            assert (await ws.deliver_again(delivery)).acknowledged
        await ws.settled()

    assert len(ws.workspace.messages) == count


async def test_the_environments_own_tokens_do_not_leak_into_bolt(
    ws: StandInWorkspace,
    conversation: Echoing,
    ana: User,
    room: Channel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        monkeypatch.setenv(name, "xoxb-from-the-environment")
    async with running(ws, conversation):
        asked = await ws.mention(room, ana, "korea?")
        assert await replies(ws, asked) == ["Yes: korea."]


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")


@over_both
async def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(
    ws: StandInWorkspace,
    conversation: Echoing,
    ana: User,
    elsewhere: Channel,
    proxied: None,
    app: SlackApp,
) -> None:
    command = await ws.command(elsewhere, ana, "/mra", "korea")
    await ws.click(ana, command.messages[0], "Share in channel")
    await ws.settled()

    assert len(ws.messages(elsewhere)) == 1


async def test_the_answers_value_is_readable_json(
    ws: StandInWorkspace, conversation: Echoing, ana: User, room: Channel
) -> None:
    async with running(ws, conversation):
        command = await ws.command(room, ana, "/mra", "korea &lt;3")
    (row,) = [b for b in command.messages[0].blocks if b["type"] == "actions"]

    assert json.loads(row["elements"][0]["value"]) == {"say": "korea &lt;3", "carry": ""}
