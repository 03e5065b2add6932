"""From the signed delivery to the card that the workspace then shows, for every kind of answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.in_process_store import InProcessStore
from bot.playground import Channel, Message, StandInWorkspace, User
from bot.slack import SlackApp, build_app
from tests.register_copies import known
from tests.slack_app import lines, over_http, real_conversation, settings_for
from tests.talking import conversation

pytest_plugins = ["tests.slack_fixtures"]

KNOWN = known()
CONVERSATION = conversation()
QUESTIONS = [i.example for i in KNOWN.intents.values()] + ["thanks", "lunch?", "when?", "KR JP LA"]
TABLES = ["Which arrangements were signed since 2020?", "Compare Japan and Korea", "KR, JP, LA"]


@pytest.fixture
async def app(ws: StandInWorkspace) -> AsyncIterator[SlackApp]:
    settings = settings_for(ws)
    app = build_app(CONVERSATION, InProcessStore(), settings, clock=lambda: 0.0)
    async with over_http(app, settings) as url:
        ws.deliver_to(url)
        yield app
        await ws.settled()


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks]


def text_of(block: dict[str, Any]) -> str:
    return str(block.get("text", {}).get("text", ""))


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_card_is_read_from_the_headline_down(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel, question: str
) -> None:
    asked = await ws.mention(room, ana, question)
    card = await ws.answer_to(asked)
    await ws.settled()
    assert len(ws.thread(room, asked)) == 2, "one question, one message"

    head, *rest = card.blocks
    assert head["type"] == "header" or text_of(head).startswith("*")
    notes = [b for b in rest if text_of(b).startswith("Note: ")]
    assert len(notes) <= 1
    order = [
        4 if b["type"] == "context_actions"
        else 3 if b["type"] == "actions" and _is_step(b)
        else 2 if b["type"] == "context"
        else 1 if b in notes
        else 0
        for b in rest
    ]  # fmt: skip
    assert order == sorted(order), "facts, the note, the small print, buttons, thumbs"
    assert kinds(card).count("table") <= 1
    assert "http" not in head.get("text", {}).get("text", "")


def _is_step(row: dict[str, Any]) -> bool:
    return str(row["elements"][0]["action_id"]).startswith(("next:", "choice:", "share"))


async def test_an_answer_about_one_partner_has_its_facts_as_fields(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    card = await ws.answer_to(await ws.mention(room, ana, "is korea covered?"))

    assert lines(card)[0].startswith("Yes: ")
    fields = [f["text"] for b in card.blocks for f in b.get("fields", ())]
    assert {f.split("\n")[0] for f in fields} >= {"*Signed*", "*Run by*"}
    [small_print] = [b for b in card.blocks if b["type"] == "context"]
    dated, source, *_ = [e["text"] for e in small_print["elements"]]
    assert dated.startswith("As of ") and source.startswith("Source")
    steps = ["When signed", "How to claim it", "Compare with Japan", "Show all"]
    assert card.buttons == [*steps, "Helpful", "Not helpful"]


@pytest.mark.parametrize("question", TABLES)
async def test_lists_and_comparisons_are_tables_with_csv_and_a_complete_text(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel, question: str
) -> None:
    card = await ws.answer_to(await ws.mention(room, ana, question))
    [table] = [block for block in card.blocks if block["type"] == "table"]

    assert "Show as CSV" in card.buttons
    cells = [cell["text"] for row in table["rows"][1:] for cell in row]
    assert all(cell in card.text.replace("&amp;", "&") for cell in cells if cell != "–")


async def test_a_pasted_list_of_a_hundred_has_its_first_page_with_more_and_csv(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    names = list(real_conversation().knowledge.names.display["en"].values())[:100]
    card = await ws.answer_to(await ws.mention(room, ana, "\n".join(names)))

    assert card.buttons[:2] == ["More", "Show as CSV"]


async def test_a_next_step_is_answered_in_the_thread_and_in_place(
    ws: StandInWorkspace, app: SlackApp, ana: User, ben: User, room: Channel
) -> None:
    asked = await ws.mention(room, ana, "is korea covered?")
    card = await ws.answer_to(asked)
    await ws.click(ben, card, "Compare with Japan")
    await ws.settled()
    compared = ws.thread(room, asked)[-1]
    assert lines(compared)[0] == f"<@{ben.id}> asked: Compare with Japan"
    assert "table" in kinds(compared)

    command = await ws.command(room, ana, "/mra", "is korea covered?")
    await ws.click(ana, command.messages[0], "When signed")
    await ws.settled()
    [seen] = ws.ephemeral(ana)
    assert "June 2010" in lines(seen)[0]


@pytest.mark.parametrize(
    ("question", "button", "headline"),
    [
        ("is Kenya covered?", "How one comes about", "CBP reaches an arrangement"),
        ("is Kenya covered?", "Who is covered", "Eighteen (18) arrangements"),
        ("what is the weather?", "What can be asked", "Ask about mutual recognition"),
    ],
)
async def test_a_no_and_an_unknown_subject_lead_on(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel, question: str, button: str,
    headline: str,
) -> None:  # fmt: skip
    asked = await ws.mention(room, ana, question)
    await ws.click(ana, await ws.answer_to(asked), button)
    await ws.settled()
    assert lines(ws.thread(room, asked)[-1])[1].startswith(headline)


@pytest.mark.parametrize("text", ["thanks", "what is the weather?", "HELP", "congo", "tell me"])
async def test_what_is_no_answer_is_not_offered_for_sharing(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel, text: str
) -> None:
    command = await ws.command(room, ana, "/mra", text)

    card = command.messages[0]
    assert "Share in channel" not in card.buttons
    assert "context_actions" not in kinds(card), "thumbs that Slack shows in private"
    if text not in ("thanks", "HELP"):
        assert "Not helpful" in card.buttons


async def test_what_it_asks_back_is_a_row_of_buttons(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    command = await ws.command(room, ana, "/mra", "is congo covered?")
    question = command.messages[0]
    assert len(question.buttons) > 1 and "Share in channel" not in question.buttons

    await ws.click(ana, question, question.buttons[0])
    await ws.settled()
    [card] = ws.ephemeral(ana)
    assert lines(card)[0].startswith("No: ")
