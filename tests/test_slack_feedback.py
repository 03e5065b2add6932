"""Thumbs under answers, the modal that asks what was wrong, and what is kept of both."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from bot.answer import Answer, Choice
from bot.conversation import Turn
from bot.gaps import Gap, noted_gaps
from bot.memory import Memory
from bot.playground import Channel, Message, StandInWorkspace, User
from bot.rendering import Shared, to_slack
from bot.rendering.buttons import carried_by
from bot.slack import SlackApp
from tests.slack_app import (
    DAY,
    Echoing,
    lines,
    nothing_waits,
    over_both,
    real_conversation,
    replies,
    running,
)

pytest_plugins = ["tests.slack_fixtures"]
pytestmark = pytest.mark.usefixtures("nothing_typed_is_logged")
THUMBS = ["Helpful", "Not helpful"]


@dataclass
class Unknowing(Echoing):
    """Knows nothing of the weather, and does not know which time is meant by "since"."""

    def ask(self, text: str, memory: Memory | None = None, addressed: bool = True) -> Turn:
        if "weather" in text:
            return Turn(Answer("off_topic", "That is outside what I know.", DAY), Memory())
        if "since" in text:
            choices = (Choice("Since 2020", "since 2020"),)
            return Turn(Answer("ambiguous", "Since when?", DAY, choices=choices), Memory())
        return Echoing.ask(self, text, memory, addressed)


@pytest.fixture
def conversation() -> Echoing:
    return Unknowing()


async def kept(app: SlackApp) -> list[Gap]:
    noted = await noted_gaps(app.services.store, app.services.clock())
    return [one.gap for one in noted]


async def answered(ws: StandInWorkspace, room: Channel, user: User, text: str) -> Message:
    return await ws.answer_to(await ws.mention(room, user, text))


# Thumbs


@over_both
async def test_an_answer_that_everybody_sees_has_feedback_buttons(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    answer = await answered(ws, room, ana, "korea?")

    assert [b["type"] for b in answer.blocks][-1] == "context_actions"
    assert answer.buttons[-2:] == THUMBS


async def test_an_answer_that_one_person_sees_has_plain_buttons(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    command = await ws.command(room, ana, "/mra", "korea")
    [answer] = command.messages

    assert answer.buttons[-2:] == THUMBS
    assert "context_actions" not in [b["type"] for b in answer.blocks]


async def test_a_shared_answer_and_one_to_a_click_have_thumbs_too(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    command = await ws.command(room, ana, "/mra", "korea")
    await ws.click(ana, command.messages[0], "Share in channel")
    await ws.settled()
    [shared] = ws.messages(room)
    await ws.click(ana, shared, "Why is that?")
    await ws.settled()

    assert [m.buttons[-2:] for m in ws.thread(room, shared)] == [THUMBS, THUMBS]


async def test_where_the_thread_is_gone_the_private_answer_has_plain_buttons(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    ws.fail_next("chat.postMessage", error="cannot_reply_to_message")
    await ws.mention(room, ana, "korea?")
    await ws.settled()
    [answer] = ws.ephemeral(ana)

    assert answer.buttons[-2:] == THUMBS
    assert "context_actions" not in [b["type"] for b in answer.blocks]


async def test_help_is_not_rated(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    answer = await answered(ws, room, ana, "help")

    assert "Helpful" not in answer.buttons


@pytest.mark.parametrize("question", ["<" * 4_000, "\U0001f30f" * 400, "\ud800" * 400, "a" * 4_000])
def test_a_long_question_breaks_no_limit(question: str) -> None:
    said = Answer("status", "Yes.", DAY, partners=tuple(f"X{n}" for n in range(300)))
    [*_, thumbs] = to_slack(said, again=Shared(question)).blocks
    [element] = thumbs["elements"]
    value = element["negative_button"]["value"]

    assert len(value.encode("utf-16-le")) // 2 <= 2_000
    assert carried_by(value)["partners"] == [f"X{n}" for n in range(20)]


# What comes of them


@over_both
async def test_a_thumb_up_is_thanked_for_in_private_and_nothing_is_kept(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    answer = await answered(ws, room, ana, "korea?")
    await ws.click(ana, answer, "Helpful")
    await ws.settled()

    assert [lines(m) for m in ws.ephemeral(ana)] == [
        ["Thank you. Your feedback says what to improve."]
    ]
    assert ws.modal(ana) is None
    assert await kept(app) == []


@over_both
async def test_a_thumb_down_asks_what_was_wrong_and_keeps_no_text(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    answer = await answered(ws, room, ana, "laos or so?")
    await ws.click(ana, answer, "Not helpful")
    modal = ws.modal(ana)
    assert modal and modal.body["title"]["text"] == "Not helpful"
    assert "or so" not in json.dumps(modal.body)
    assert await kept(app) == [Gap("unsaid", "status", ("laos",))]

    await ws.submit_view(ana, {"What was wrong?": "A fact is wrong"})
    assert await kept(app) == [Gap("fact", "status", ("laos",))]
    assert ws.modal(ana) is None


async def test_in_private_too(
    ws: StandInWorkspace, app: SlackApp, ana: User, elsewhere: Channel
) -> None:
    command = await ws.command(elsewhere, ana, "/mra", "laos")
    await ws.click(ana, command.messages[0], "Not helpful")
    await ws.submit_view(ana, {"What was wrong?": "misread"})

    assert await kept(app) == [Gap("misread", "status", ("laos",))]


async def test_in_a_modal_they_open_another_on_top(ws: StandInWorkspace, ana: User) -> None:
    async with running(ws, real_conversation()) as app:
        await ws.shortcut(ana, "look_up")
        menu = ws.modal(ana)
        assert menu
        laos = (await ws.suggest(ana, menu, "partner", "laos"))[0]
        await ws.submit_view(ana, {"partner": laos})
        answer = ws.modal(ana)
        assert answer and answer.buttons[-2:] == THUMBS

        await ws.click(ana, answer, "Not helpful")
        await ws.submit_view(ana, {"What was wrong?": "fact"})
        [gap] = await kept(app)
        assert (gap.why, gap.partners) == ("fact", ("LA",))
        again = ws.modal(ana)
        assert again and again.id == answer.id

        await ws.click(ana, again, "Helpful")
        thanks = ws.modal(ana)
        assert thanks and "Thank you. Your feedback says what to improve." in thanks.shown
        assert await kept(app) == []


async def test_what_is_said_of_one_answer_in_a_modal_stays_when_the_next_is_rated(
    ws: StandInWorkspace, ana: User
) -> None:
    async with running(ws, real_conversation()) as app:
        await ws.open_home(ana)
        home = ws.home(ana)
        assert home
        await ws.click(ana, home, "Details")
        for _ in range(2):
            answer = ws.modal(ana)
            assert answer
            await ws.click(ana, answer, "Not helpful")
            await ws.submit_view(ana, {"What was wrong?": "missing"})
            await ws.click(ana, answer, answer.buttons[0])

        assert [gap.why for gap in await kept(app)] == ["missing", "missing"]


async def test_the_texts_are_kept_where_the_operator_wants_that(
    ws: StandInWorkspace, conversation: Echoing, ana: User, room: Channel
) -> None:
    async with running(ws, conversation, store_questions=True) as app:
        answer = await answered(ws, room, ana, "laos &amp; so on?")
        await ws.click(ana, answer, "Not helpful")
        values = {"What was wrong?": "outdated", "What should it have said?": "Signed\nlast week."}
        await ws.submit_view(ana, values)
        asked = await answered(ws, room, ana, "how is the weather?")
        await ws.settled()

        assert await kept(app) == [
            Gap("outdated", "status", ("laos",), "laos & so on?", "Signed last week."),
            Gap("unanswered", "off_topic", (), "how is the weather?"),
        ]
        assert asked.buttons == THUMBS


async def test_a_modal_left_empty_or_skipped_leaves_the_thumb(
    ws: StandInWorkspace, app: SlackApp, ana: User, ben: User, room: Channel
) -> None:
    answer = await answered(ws, room, ana, "laos or so?")
    await ws.click(ana, answer, "Not helpful")
    await ws.close_view(ana)
    await ws.click(ben, answer, "Not helpful")
    await ws.submit_view(ben)

    assert await kept(app) == [Gap("unsaid", "status", ("laos",))] * 2


async def test_the_last_word_of_a_person_counts_once(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    answer = await answered(ws, room, ana, "laos or so?")
    for _ in range(2):
        await ws.click(ana, answer, "Not helpful")
        await ws.submit_view(ana, {"What was wrong?": "missing"})
    assert await kept(app) == [Gap("missing", "status", ("laos",))]

    await ws.click(ana, answer, "Helpful")
    await ws.settled()
    assert await kept(app) == []


async def test_where_no_modal_opens_the_thumb_is_kept_and_said_to_be(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    answer = await answered(ws, room, ana, "laos or so?")
    ws.fail_next("views.open", error="expired_trigger_id")
    await ws.click(ana, answer, "Not helpful")
    await ws.settled()

    assert [lines(m) for m in ws.ephemeral(ana)] == [
        ["Thank you. It is noted that this answer did not help."]
    ]
    assert await kept(app) == [Gap("unsaid", "status", ("laos",))]


BROKEN_VIEWS: Sequence[Any] = (
    {},
    {"private_metadata": "", "state": {"values": {}}},
    {"private_metadata": "[]", "state": {"values": {}}},
    {"private_metadata": "{}", "state": {"values": {"why": {"why": {}}}}},
    {"private_metadata": "{}", "state": []},
)


@pytest.mark.parametrize("view", BROKEN_VIEWS)
async def test_a_modal_of_another_version_does_nothing(
    ws: StandInWorkspace, app: SlackApp, ana: User, view: dict[str, Any]
) -> None:
    payload = {
        "type": "view_submission",
        "team": {"id": ws.team_id},
        "user": {"id": ana.id},
        "view": {"type": "modal", "callback_id": "feedback", **view},
    }
    delivery = await ws.installation.bring("interaction", "view_submission", payload)

    assert delivery.acknowledged
    assert await kept(app) == []


# Questions without an answer


@over_both
async def test_a_question_without_an_answer_is_kept_by_topic(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "how is the weather?")
    assert await replies(ws, asked) == ["That is outside what I know."]
    await ws.command(room, ana, "/mra", "how is the weather?")
    await ws.settled()

    assert await kept(app) == [Gap("unanswered", "off_topic")] * 2


async def test_one_that_is_asked_back_or_answered_is_no_gap(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    for text in ("which since?", "laos?", "help"):
        await answered(ws, room, ana, text)
    await ws.settled()

    assert await kept(app) == []


async def test_a_question_that_is_delivered_again_counts_once(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    ws.fail_next("chat.postMessage", error="internal_error")
    asked = await ws.mention(room, ana, "how is the weather?", order=("app_mention",))
    await nothing_waits(app)
    assert await replies(ws, asked) == ["That is outside what I know."]

    assert await kept(app) == [Gap("unanswered", "off_topic")]


async def test_a_store_out_of_reach_costs_the_note_and_not_the_answer(
    ws: StandInWorkspace,
    app: SlackApp,
    ana: User,
    room: Channel,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def lost(*_: object) -> None:
        raise ConnectionError("no database")

    monkeypatch.setattr(app.services.store, "note", lost)
    asked = await ws.mention(room, ana, "how is the weather?")

    assert await replies(ws, asked) == ["That is outside what I know."]
    await ws.settled()
    assert "noting a gap failed with ConnectionError" in caplog.text
