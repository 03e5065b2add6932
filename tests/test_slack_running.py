"""How the Slack app stands to Slack, to its operator and to the machine it runs on."""

from __future__ import annotations

import json

import pytest

from bot.playground import Channel, StandInWorkspace, User
from bot.slack import SlackApp
from tests.slack_app import Echoing, over_both, replies, running

pytest_plugins = ["tests.slack_fixtures"]
pytestmark = pytest.mark.usefixtures("nothing_typed_is_logged")


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
    (row, _) = [b for b in command.messages[0].blocks if b["type"] == "actions"]

    assert json.loads(row["elements"][0]["value"]) == {"say": "korea &lt;3", "carry": ""}
