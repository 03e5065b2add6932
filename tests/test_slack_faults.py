"""What comes twice, what Slack does not take, what breaks: answers neither lost nor doubled."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

import pytest

from bot.playground import Channel, StandInWorkspace, User, interactions
from bot.slack import SlackApp, outbox
from tests.slack_app import nothing_waits, over_both, replies, said

pytest_plugins = ["tests.slack_fixtures"]
pytestmark = pytest.mark.usefixtures("nothing_typed_is_logged")


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
    "a broken connection": {"drop_connection": True},
    "an answer that was cut off": {"lost_answer": True},
    "a token not valid now": {"error": "token_expired"},
    "too many messages": {"retry_after": 1},
}


@over_both
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_an_answer_slack_did_not_take_waits_and_is_given_once(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel, fault: dict[str, object]
) -> None:
    ws.fail_next("chat.postMessage", **fault)  # type: ignore[arg-type]
    asked = await ws.mention(room, ana, "korea?", order=("app_mention",))
    assert [a.acknowledged for a in ws.deliveries[0].attempts] == [True]
    await nothing_waits(app)
    await ws.say(room, ana, "why?", thread=asked)  # its memory was kept meanwhile
    await nothing_waits(app)

    assert await replies(ws, asked) == ["Yes: korea.", "Yes: korea after korea."]


@over_both
async def test_where_slack_is_slow_the_event_is_accepted_and_the_answer_comes_once(
    ws: StandInWorkspace,
    app: SlackApp,
    ana: User,
    room: Channel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outbox, "PATIENCE", 0.2)
    ws.fail_next("chat.postMessage", delay=0.6)
    asked = await ws.mention(room, ana, "korea?")
    for delivery in list(ws.deliveries):
        assert (await ws.deliver_again(delivery)).acknowledged
    await nothing_waits(app)

    assert await replies(ws, asked) == ["Yes: korea."]


async def test_as_long_as_an_answer_is_on_its_way_its_event_is_to_come_again(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    ws.fail_next("chat.postMessage", delay=0.3)
    asking = asyncio.create_task(ws.mention(room, ana, "korea?", order=("app_mention",)))
    await ws.until(lambda: any(c.method == "chat.postMessage" for c in ws.calls))
    again = await ws.deliver_again(replace(ws.deliveries[0], attempts=[]))
    await asking

    assert again.attempts[0].status == 503


async def test_a_busy_channel_gets_its_answers_one_by_one_and_others_do_not_wait(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    quiet = ws.channel("quiet")
    for _ in range(10):
        await ws.mention(room, ana, "korea?")
    assert await app.services.store.waiting() == 2
    asked = await ws.mention(quiet, ana, "korea?")
    assert await app.services.store.waiting() == 2  # posted at once
    await nothing_waits(app)

    assert await replies(ws, asked) == ["Yes: korea."]
    for message in [m for m in ws.messages(room) if not m.from_app]:
        assert await replies(ws, message) == ["Yes: korea."]


async def test_an_answer_that_waited_too_long_is_given_up_and_the_asker_told(
    ws: StandInWorkspace,
    app: SlackApp,
    ana: User,
    room: Channel,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(outbox, "_GIVE_UP", 0.0)
    ws.fail_next("chat.postMessage", error="ratelimited", times=2)
    await ws.mention(room, ana, "korea?", order=("app_mention",))
    await nothing_waits(app)

    [told] = ws.ephemeral(ana)
    assert f"reference {_reference(told.shown)}: posting an answer failed" in caplog.text


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
    event = {"type": "reaction_added", "user": "U1", "reaction": "tada", "item": {}}
    payload = {"type": "event_callback", "team_id": ws.team_id, "event_id": "Ev1", "event": event}
    delivery = await ws.installation.bring("event", "reaction_added", payload)

    assert delivery.acknowledged and len(delivery.attempts) == 1


BROKEN = {
    "no address": "nonsense",
    "none at all": "//x",
    "no name of a host": f"http://{'a' * 70}.example/",
    "nobody there": "http://127.0.0.1:1/x",
    "nothing": "",
}


@over_both
@pytest.mark.parametrize("url", BROKEN.values(), ids=BROKEN.keys())
async def test_a_click_whose_response_url_is_broken_leaves_one_line_with_the_cause(
    ws: StandInWorkspace,
    app: SlackApp,
    ana: User,
    room: Channel,
    url: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    private = (await ws.command(room, ana, "/mra", "korea")).messages[0]
    [button] = [e for b in private.blocks for e in b.get("elements", ())
                if e.get("action_id") == "next:0"]  # fmt: skip
    payload = interactions.block_actions(ws.workspace, ana, private, button, {}, url)
    clicked = await ws.installation.bring("interaction", "block_actions", payload)
    await ws.settled()

    assert clicked.acknowledged
    [line] = [r.getMessage() for r in caplog.records if r.levelname == "ERROR"]
    assert re.fullmatch(r"Slack's response URL could not be reached: \w+", line)


async def test_an_answer_is_shared_though_its_private_copy_can_t_be_taken_away(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    private = (await ws.command(room, ana, "/mra", "korea")).messages[0]
    ws.fail_next("response_url", status=500)
    clicked = await ws.click(ana, private, "Share in channel")
    await ws.settled()

    assert clicked.acknowledged
    assert said(ws.messages(room)) == [f"<@{ana.id}> shared: korea"]
