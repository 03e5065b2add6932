"""The two shortcuts, and the language of the menu that one of them opens."""

from __future__ import annotations

import time
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversation import Conversation
from bot.playground import Channel, Message, StandInWorkspace, User, View
from bot.slack import SlackApp
from bot.slack.people import Locales
from bot.slack.shortcuts import SHORTCUTS
from bot.store import Person
from tests.slack_app import Failing, over_both, real_conversation, running, said

pytest_plugins = ["tests.slack_fixtures"]
pytestmark = pytest.mark.usefixtures("nothing_typed_is_logged")


@pytest.fixture
def conversation() -> Conversation:
    return real_conversation()


async def looking_up(ws: StandInWorkspace, user: User) -> View:
    await ws.shortcut(user, "look_up")
    await ws.settled()
    modal = ws.modal(user)
    assert modal
    return modal


async def labels(ws: StandInWorkspace, user: User, modal: View, typed: str) -> list[str]:
    return [o["text"]["text"] for o in await ws.suggest(user, modal, "partner", typed)]


def test_their_names_are_short_enough_for_slack() -> None:
    assert all(len(name) <= 24 for _, name, _ in SHORTCUTS)


# Look up an arrangement


@over_both
async def test_a_country_is_looked_up_by_a_mistyped_beginning(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    modal = await looking_up(ws, ana)
    korea = (await ws.suggest(ana, modal, "partner", "koera"))[0]
    done = await ws.submit_view(ana, {"Country or program": korea})

    assert (done.errors, done.error) == ({}, "")
    answer = ws.modal(ana)
    assert answer
    assert answer.shown.splitlines()[1].startswith("Yes: Korea has a mutual recognition")
    assert answer.buttons[0] == "When signed"


async def test_a_program_is_looked_up_by_its_name(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    modal = await looking_up(ws, ana)
    [pip] = [o for o in await ws.suggest(ana, modal, "partner", "partners in")]
    assert pip["description"]["text"] == "Canada"
    await ws.submit_view(ana, {"partner": pip})
    answer = ws.modal(ana)
    assert answer and "Partners in Protection (PIP)" in answer.shown


async def test_the_menu_begins_with_those_that_have_an_arrangement(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    modal = await looking_up(ws, ana)
    assert len(await labels(ws, ana, modal, "")) == 18
    assert (await labels(ws, ana, modal, "co"))[0] == "Colombia"


async def test_a_choice_that_the_register_has_no_more_is_asked_for_again(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    await looking_up(ws, ana)
    gone = {"text": {"type": "plain_text", "text": "Atlantis"}, "value": "atl-aeo"}
    done = await ws.submit_view(ana, {"partner": gone})
    assert done.errors == {"partner": "Choose a country or a program from the menu."}


# The language of the menu


@pytest.mark.parametrize(
    ("locale", "typed", "label"),
    [
        ("en-US", "ger", "Germany"),
        ("de-DE", "ger", "Deutschland"),
        ("es-LA", "alem", "Alemania"),
        ("ja-JP", "ドイ", "ドイツ"),
        ("tlh-AA", "ger", "Germany"),
    ],
)
async def test_the_menu_is_in_the_language_of_who_reads_it(
    ws: StandInWorkspace, app: SlackApp, locale: str, typed: str, label: str
) -> None:
    reader = ws.user("Reader", locale=locale)
    assert label in await labels(ws, reader, await looking_up(ws, reader), typed)


async def test_what_an_answer_lets_one_choose_is_in_the_language_of_its_only_reader(
    ws: StandInWorkspace, app: SlackApp, room: Channel
) -> None:
    reader = ws.user("Reader", locale="de-DE")
    await ws.command(room, reader, "/mra", "is the congo covered?")
    (private,) = ws.ephemeral(reader)
    assert private.buttons[:2] == ["Kongo-Kinshasa", "Kongo-Brazzaville"]
    assert said([private])[0].startswith("Which do you mean: Democratic Republic of the Congo or")

    public = await ws.answer_to(await ws.mention(room, reader, "is the congo covered?"))
    assert public.buttons[0] == "Democratic Republic of the Congo"


async def test_slack_is_asked_for_a_language_once_a_day(
    ws: StandInWorkspace, conversation: Conversation
) -> None:
    day = [0.0]
    reader = ws.user("Reader", locale="de-DE")
    async with running(ws, conversation, "socket", clock=lambda: time.time() + 86_400 * day[0]):
        modal = await looking_up(ws, reader)
        for typed in ("d", "de", "deu"):
            assert "Deutschland" in await labels(ws, reader, modal, typed)
        assert len(ws.calls_of("users.info")) == 1

        day[0] = 1.01
        await labels(ws, reader, modal, "de")
        assert len(ws.calls_of("users.info")) == 2


async def test_the_languages_of_so_many_people_are_kept_and_no_more(ws: StandInWorkspace) -> None:
    client = AsyncWebClient(ws.bot_token, base_url=ws.api_url)
    locales = Locales(most=2)
    people = [ws.user(name, locale="de-DE") for name in ("Ada", "Bob", "Cyd")]
    for user in (*people, people[2], people[0]):
        assert await locales.of(client, Person(ws.team_id, user.id), 0.0) == "de-DE"
    asked = [call.arguments["user"] for call in ws.calls_of("users.info")]
    assert asked == [user.id for user in (*people, people[0])]


@pytest.mark.parametrize("how", [{"error": "missing_scope"}, {"delay": 3}, {"status": 500}])
async def test_where_slack_tells_no_language_the_menu_is_english_and_in_time(
    ws: StandInWorkspace,
    conversation: Conversation,
    caplog: pytest.LogCaptureFixture,
    how: dict[str, Any],
) -> None:
    ws.installation.http = None
    ws.ack_seconds = ws.installation.socket_mode.ack_seconds = 3.0  # as Slack's
    ws.fail_next("users.info", times=5, **how)
    reader = ws.user("Reader", locale="de-DE")
    async with running(ws, conversation):
        modal = await looking_up(ws, reader)
        assert "Germany" in await labels(ws, reader, modal, "ger")
        assert "Germany" in await labels(ws, reader, modal, "germ")
    assert len(ws.calls_of("users.info")) == 1, "it is not asked again for each letter"
    assert caplog.text.count("Slack does not tell in which language") == 1
    cured = "give the app the scope users:read" in caplog.text
    assert cured == ("error" in how), "another failure has another cure"


# Find arrangements in a message


@over_both
async def test_everybody_a_message_names_is_answered_for_privately(
    ws: StandInWorkspace, app: SlackApp, ana: User, ben: User, room: Channel
) -> None:
    spoken = await ws.say(room, ben, "our plants are in Korea, Laos and the Czech Republic")
    await ws.message_shortcut(ana, spoken, "find_in_message")
    await ws.settled()

    (answer,) = ws.ephemeral(ana)
    assert said([answer]) == [
        "Yes for Korea and Czechia; no arrangement on record for Laos, as of April 2023."
    ]
    assert "Share in channel" in answer.buttons
    assert ws.ephemeral(ben) == [] and ws.messages(room) == [spoken]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("we ship from Busan, South Korea", "Yes: Korea has a mutual"),
        ("lunch at noon?", "This message names no country or program that I know."),
        ("", "This message names no country or program that I know."),
    ],
)
async def test_one_name_or_none_is_answered_too(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel, text: str, says: str
) -> None:
    spoken = await ws.say(room, ana, text)
    await ws.message_shortcut(ana, spoken, "find_in_message")
    await ws.settled()
    (answer,) = ws.ephemeral(ana)
    assert answer.shown.startswith(says)


async def test_in_a_thread_and_where_the_bot_is_no_member_it_answers_in_that_place(
    ws: StandInWorkspace, app: SlackApp, ana: User, elsewhere: Channel
) -> None:
    first = await ws.say(elsewhere, ana, "where do we buy?")
    reply = await ws.say(elsewhere, ana, "in Peru", thread=first)
    await ws.message_shortcut(ana, reply, "find_in_message")
    await ws.settled()
    (answer,) = ws.ephemeral(ana)
    assert (answer.thread_ts, said([answer])[0][:9]) == (first.ts, "Yes: Peru")


async def test_a_message_that_names_the_whole_world_is_answered_to_the_last(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    display = real_conversation().knowledge.names.display["en"]
    text = "\n".join(display.values())
    spoken = await ws.say(room, ana, text)
    await ws.message_shortcut(ana, spoken, "find_in_message")
    await ws.settled()
    [answer] = ws.ephemeral(ana)
    assert said([answer])[0].startswith("45 of ")

    rows = rows_of(answer)
    while "More" in answer.buttons:
        await ws.click(ana, answer, "More")
        await ws.settled()
        [answer] = ws.ephemeral(ana)
        rows += rows_of(answer)
    assert len(rows) == len(real_conversation().catalogue.named(text)) > 240


def rows_of(message: Message) -> list[str]:
    """The first cells of the table's rows."""
    [table] = [block for block in message.blocks if block["type"] == "table"]
    return [row[0]["text"] for row in table["rows"][1:]]


async def test_a_failure_is_told_to_who_asked_alone(
    ws: StandInWorkspace, ana: User, room: Channel
) -> None:
    async with running(ws, Failing()):
        spoken = await ws.say(room, ana, "Fiji and Samoa")
        await ws.message_shortcut(ana, spoken, "find_in_message")
        await ws.settled()
    (apology,) = ws.ephemeral(ana)
    assert apology.shown.startswith("Something went wrong on my side")
    assert ws.messages(room) == [spoken]
