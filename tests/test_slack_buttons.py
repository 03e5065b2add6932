"""The slash command, sharing its answer, and the buttons under answers."""

from __future__ import annotations

import asyncio

import pytest

from bot.playground import Channel, StandInWorkspace, User
from bot.slack import SlackApp
from tests.slack_app import HELP, lines, nothing_waits, over_both, replies, said

pytest_plugins = ["tests.slack_fixtures"]
pytestmark = pytest.mark.usefixtures("nothing_typed_is_logged")


# Slash command and sharing


@over_both
async def test_a_command_is_answered_to_the_asker_alone_with_a_way_to_share(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    command = await ws.command(room, ana, "/mra", "korea")

    assert said(command.messages) == ["Yes: korea."]
    assert command.messages[0].buttons[:-2] == ["Share in channel", "Why is that?"]
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


async def test_a_share_that_slack_did_not_take_waits_and_its_thread_is_followed(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    command = await ws.command(room, ana, "/mra", "korea")
    ws.fail_next("chat.postMessage", error="internal_error")
    await ws.click(ana, command.messages[0], "Share in channel")
    await ws.click(ana, command.messages[0], "Share in channel")
    await nothing_waits(app)
    [shared] = ws.messages(room)
    await ws.say(room, ana, "and japan?", thread=shared)

    assert (await replies(ws, shared))[1:] == ["Yes: japan after korea."]


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


async def test_a_button_in_a_thread_is_answered_once_whoever_presses_it(
    ws: StandInWorkspace, app: SlackApp, ana: User, ben: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "korea?")
    answer = await ws.answer_to(asked)
    await asyncio.gather(*(ws.click(ana, answer, "Why is that?") for _ in range(2)))
    await ws.settled()
    await ws.click(ben, answer, "Why is that?")

    assert len(await replies(ws, asked)) == 2
    assert said(ws.ephemeral(ben)) == [
        "This button was pressed before: its answer is in the thread."
    ]


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
