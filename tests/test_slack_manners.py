"""Manners: whom the app answers, how often, and what it says where it can't."""

from __future__ import annotations

import asyncio

import pytest

from bot.playground import Channel, StandInWorkspace, User, interactions
from bot.slack import SlackApp
from tests.slack_app import Echoing, over_both, real_conversation, replies, running, said

pytest_plugins = ["tests.slack_fixtures"]
pytestmark = pytest.mark.usefixtures("nothing_typed_is_logged")


# Once, and only those who ask


async def test_one_question_gets_one_message(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "korea? and japan? and laos?")

    assert await replies(ws, asked) == ["No: korea and japan and laos."]


@over_both
async def test_an_edited_question_is_not_answered_again(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "korea?")
    await ws.answer_to(asked)
    edited = await ws.edit(asked, "korea?")
    await ws.edit(edited, "<@BOT> and japan?")
    direct = await ws.direct_message(ana, "korea?")
    await ws.answer_to(direct)
    await ws.edit(direct, "japan?")
    await ws.settled()

    assert await replies(ws, asked) == ["Yes: korea."]
    assert said(ws.messages(ws.im(ana))) == ["Yes: korea."]


async def test_slack_s_own_messages_are_not_answered(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    im = ws.im(ana)
    await ws.event("message", channel=im.id, channel_type="im", ts="1.1", text="korea?",
                   user="USLACKBOT")  # fmt: skip
    await ws.settled()

    assert said(ws.messages(im)) == []


@pytest.mark.parametrize("answers", [False, True])
async def test_a_stranger_s_click_is_answered_only_where_the_operator_wants_it(
    ws: StandInWorkspace, ana: User, room: Channel, answers: bool
) -> None:
    async with running(ws, Echoing(), answer_external=answers):
        asked = await ws.mention(room, ana, "korea?")
        answer = await ws.answer_to(asked)
        [button] = [e for b in answer.blocks for e in b.get("elements", ()) if "value" in e]
        payload = interactions.block_actions(ws.workspace, ana, answer, button, {}, "")
        payload["user"]["team_id"] = "T0STRANGER"
        delivery = await ws.installation.bring("interaction", "block_actions", payload)

        assert delivery.acknowledged
        assert len(await replies(ws, asked)) == (2 if answers else 1)


async def test_a_colleague_of_another_workspace_of_the_enterprise_is_no_stranger(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "korea?")
    answer = await ws.answer_to(asked)
    [button] = [e for b in answer.blocks for e in b.get("elements", ()) if "value" in e]
    payload = interactions.block_actions(ws.workspace, ana, answer, button, {}, "")
    payload["user"]["team_id"] = "T0SISTER"
    payload["enterprise"] = {"id": "E0", "name": "Holding"}
    await ws.installation.bring("interaction", "block_actions", payload)

    assert len(await replies(ws, asked)) == 2


@pytest.mark.parametrize("text", ["stop", "please stop", "be quiet!", "stop replying"])
async def test_told_to_stop_in_other_words_it_keeps_out_too(
    ws: StandInWorkspace, ana: User, room: Channel, text: str
) -> None:
    async with running(ws, real_conversation()):
        asked = await ws.mention(room, ana, "is Korea covered?")
        await ws.answer_to(asked)
        await ws.mention(room, ana, text, thread=asked)
        await ws.say(room, ana, "when was it signed?", thread=asked)
        await ws.settled()
        kept_out = await replies(ws, asked)
    assert kept_out[1:] == ["I'll keep out of this thread until somebody mentions me again."]


# Where it can't answer


async def test_a_question_deleted_meanwhile_is_answered_to_the_asker_alone(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    ws.fail_next("chat.postMessage", delay=0.2)
    asking = asyncio.create_task(ws.mention(room, ana, "korea?"))
    await ws.until(lambda: ws.calls_of("chat.postMessage"))
    await ws.delete(ws.messages(room)[0])
    await asking
    await ws.settled()

    assert said(ws.ephemeral(ana)) == ["Yes: korea."]
    assert ws.messages(room) == []


async def test_in_a_thread_whose_first_message_was_deleted_the_asker_alone_is_answered(
    ws: StandInWorkspace, app: SlackApp, ana: User, ben: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "korea?")
    await ws.answer_to(asked)
    await ws.delete(asked)
    await ws.event("app_mention", channel=room.id, channel_type="channel", ts="9999999999.1",
                   thread_ts=asked.ts, user=ben.id, text=f"<@{ws.bot.id}> japan?")  # fmt: skip
    await ws.settled()

    assert said(ws.ephemeral(ben)) == ["Yes: japan after korea."]


def told(caplog: pytest.LogCaptureFixture, reason: str) -> list[str]:
    return [r.getMessage() for r in caplog.records if reason in r.getMessage()]


async def test_an_archived_channel_is_logged_once_with_what_to_do(
    ws: StandInWorkspace,
    app: SlackApp,
    ana: User,
    room: Channel,
    caplog: pytest.LogCaptureFixture,
) -> None:
    other = ws.channel("archive-too")
    for place in (room, room, other):
        ws.fail_next("chat.postMessage", error="is_archived")
        await ws.mention(place, ana, "korea?")
        await ws.settled()

    lines = told(caplog, "is_archived")
    assert [place.id in line for place, line in zip((room, other), lines, strict=True)] == [1, 1]
    assert all("what to do: nothing: the channel is archived" in line for line in lines)
    assert all(len(d.attempts) == 1 for d in ws.deliveries), "Slack does not try again"


async def test_a_missing_scope_is_logged_once_by_name_with_what_to_do(
    ws: StandInWorkspace,
    app: SlackApp,
    ana: User,
    room: Channel,
    caplog: pytest.LogCaptureFixture,
) -> None:
    ws.fail_next("chat.postMessage", times=9, error="missing_scope",
                 details={"needed": "chat:write", "provided": "commands"})  # fmt: skip
    for place in (room, ws.channel("another")):
        await ws.mention(place, ana, "korea?")
    await ws.settled()

    [line] = told(caplog, "missing_scope")
    assert "what to do: add the scope chat:write to the app and reinstall it" in line


# What it sends


async def test_nothing_it_sends_has_previews_or_calls_people(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "korea? <!here> <!channel>")
    answer = await ws.answer_to(asked)
    await ws.click(ana, answer, "Why is that?")
    command = await ws.command(room, ana, "/mra", "japan <!here> @here <!everyone>")
    await ws.click(ana, command.messages[0], "Share in channel")
    await ws.settled()

    posts = ws.calls_of("chat.postMessage")
    assert len(posts) == 3
    for post in posts:
        assert post.arguments["unfurl_links"] is post.arguments["unfurl_media"] is False
        assert "<!" not in str(post.arguments["text"])
        assert '"range"' not in str(post.arguments["blocks"])


async def test_the_text_names_the_asker_too(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    command = await ws.command(room, ana, "/mra", "korea")
    await ws.click(ana, command.messages[0], "Share in channel")
    await ws.settled()
    [shared] = ws.messages(room)

    assert shared.text == f"<@{ana.id}> shared: korea\n\nYes: korea."
