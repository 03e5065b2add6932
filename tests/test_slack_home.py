"""The Home tab: what it shows, what it answers, and what it keeps of a person."""

from __future__ import annotations

import time

import pytest

from bot.conversation import Conversation
from bot.gaps import noted_gaps
from bot.playground import Channel, StandInWorkspace, User, View
from bot.playground.blocks import validate_view
from bot.slack import SlackApp
from bot.slack.home_view import home_view, sources_view
from tests.grown_registers import grown
from tests.slack_app import Echoing, over_both, real_conversation, running

pytest_plugins = ["tests.slack_fixtures"]
pytestmark = pytest.mark.usefixtures("nothing_typed_is_logged")


@pytest.fixture
def conversation() -> Conversation:
    return real_conversation()


async def home_of(ws: StandInWorkspace, user: User) -> View:
    home = await ws.open_home(user)
    assert home
    return home


def answered(ws: StandInWorkspace, user: User) -> str:
    """The headline of the answer that the modal shows."""
    modal = ws.modal(user)
    assert modal, "no modal was opened"
    return modal.shown.splitlines()[1].strip("*")


# What it shows


@over_both
async def test_it_shows_search_browsing_the_newest_and_what_the_register_rests_on(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    home = await home_of(ws, ana)

    headers = [b["text"]["text"] for b in home.blocks if b["type"] == "header"]
    assert headers == [
        "Look up an arrangement", "Browse", "Newest arrangements", "Your recent questions",
        "The register",
    ]  # fmt: skip
    assert "*Guatemala*\nsigned 17 April 2023" in home.shown
    assert "18 U.S. arrangements, as of April 2023, the newest statement on record." in home.shown
    assert "U.S. Customs and Border Protection" in home.shown
    assert home.buttons == [
        "What can I ask?", *["Details"] * 5, "Keep my questions", "All 285 sources",
    ]  # fmt: skip


async def test_it_is_in_the_language_of_its_reader_and_questions_stay_english(
    ws: StandInWorkspace, app: SlackApp
) -> None:
    yuki = ws.user("Yuki", locale="ja-JP")
    home = await home_of(ws, yuki)
    assert "*コロンビア*" in home.shown

    [korea] = await ws.suggest(yuki, home, "home_partner", "韓")
    assert (korea["text"]["text"], korea["description"]["text"]) == ("韓国", "Korea")
    await ws.choose(yuki, home, "home_partner", korea)
    assert answered(ws, yuki).startswith("Yes: Korea has a mutual recognition arrangement")


# What it answers


@over_both
async def test_the_search_box_is_answered_in_a_modal_with_follow_ups_in_it(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    home = await home_of(ws, ana)
    await ws.choose(ana, home, "home_search", "is Korea covered?")
    assert answered(ws, ana).startswith("Yes: Korea")

    modal = ws.modal(ana)
    assert modal
    await ws.click(ana, modal, "When signed")
    await ws.settled()
    assert answered(ws, ana).startswith("The arrangement with Korea was signed in June 2010")
    assert ws.messages(ws.im(ana)) == [], "nothing is said in the direct message"


async def test_the_pages_of_a_long_answer_turn_in_the_modal_and_back(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    names = list(real_conversation().knowledge.names.display["en"].values())[:100]
    home = await home_of(ws, ana)
    await ws.choose(ana, home, "home_search", ", ".join(names))
    first = answered(ws, ana)
    for button in ("More", "First page"):
        modal = ws.modal(ana)
        assert modal and "Not helpful" in modal.buttons
        await ws.click(ana, modal, button)
        await ws.settled()

    assert answered(ws, ana) == first


@over_both
async def test_the_rows_of_an_answer_are_sent_as_csv_to_the_person_alone_once(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    await ws.choose(ana, await home_of(ws, ana), "By year", "2012")
    answer = ws.modal(ana)
    assert answer
    for _ in range(2):
        await ws.click(ana, answer, "Send me the CSV")
        await ws.settled()
        notice = ws.modal(ana)
        assert notice and "in your direct messages with me" in notice.shown
        await ws.close_view(ana)
        assert answered(ws, ana).startswith("Two (2) arrangements signed in 2012")

    [sheet] = ws.messages(ws.im(ana))
    assert "Partner,Signed,Program" in sheet.shown and "Taiwan,26 November 2012" in sheet.shown


async def test_where_slack_takes_no_message_to_the_person_the_modal_says_so(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    await ws.choose(ana, await home_of(ws, ana), "By year", "2012")
    answer = ws.modal(ana)
    assert answer
    ws.fail_next("chat.postMessage", error="channel_not_found")
    await ws.click(ana, answer, "Send me the CSV")
    notice = ws.modal(ana)
    assert notice and "Slack does not let me write to you" in notice.shown


async def test_an_answer_without_a_table_offers_no_csv(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    await ws.choose(ana, await home_of(ws, ana), "home_search", "is Korea covered?")
    modal = ws.modal(ana)
    assert modal and "Send me the CSV" not in modal.buttons


@pytest.mark.parametrize(
    ("menu", "option", "headline"),
    [
        ("By year", "2012", "Two (2) arrangements signed in 2012"),
        ("By region", "South America", "Four (4) arrangements in South America"),
    ],
)
async def test_browsing_gives_the_list(
    ws: StandInWorkspace, app: SlackApp, ana: User, menu: str, option: str, headline: str
) -> None:
    await ws.choose(ana, await home_of(ws, ana), menu, option)
    assert answered(ws, ana).startswith(headline)
    modal = ws.modal(ana)
    assert modal and "table" not in {block["type"] for block in modal.blocks}


@pytest.mark.parametrize(
    ("button", "says"),
    [
        ("Details", "Yes: Colombia"),
        ("What can I ask?", "Ask about mutual recognition"),
        ("All 285 sources", "U.S. Customs and Border Protection"),
    ],
)
async def test_each_button_opens_what_it_says(
    ws: StandInWorkspace, app: SlackApp, ana: User, button: str, says: str
) -> None:
    await ws.click(ana, await home_of(ws, ana), button)
    await ws.settled()
    modal = ws.modal(ana)
    assert modal and says in modal.shown


async def test_a_search_without_an_answer_is_noted_for_those_who_write_the_register(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    await ws.choose(ana, await home_of(ws, ana), "home_search", "what is the weather")
    await ws.settled()
    assert answered(ws, ana).startswith("That is outside what I know")
    gaps = await noted_gaps(app.services.store, time.time())
    assert [noted.gap.topic for noted in gaps] == ["off_topic"]


@pytest.mark.parametrize("typed", [None, "", "  "])
async def test_an_empty_search_asks_nothing(
    ws: StandInWorkspace, app: SlackApp, ana: User, typed: str | None
) -> None:
    await ws.choose(ana, await home_of(ws, ana), "home_search", typed)
    await ws.settled()
    assert ws.modal(ana) is None


async def test_a_failure_is_told_in_the_modal(ws: StandInWorkspace, ana: User) -> None:
    async with running(ws, Echoing()):
        await ws.choose(ana, await home_of(ws, ana), "home_search", "boom")
        await ws.settled()
    assert answered(ws, ana).startswith("Something went wrong on my side")


async def test_a_slow_click_whose_time_is_over_does_no_harm(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    home = await home_of(ws, ana)
    ws.fail_next("views.open", error="expired_trigger_id")
    delivery = await ws.click(ana, home, "What can I ask?")
    assert delivery.acknowledged
    assert ws.modal(ana) is None


# What it keeps


async def test_questions_are_kept_only_after_consent_and_for_their_asker(
    ws: StandInWorkspace, app: SlackApp, ana: User, ben: User, room: Channel
) -> None:
    home = await home_of(ws, ana)
    await ws.command(room, ana, "/mra", "is Korea covered?")
    assert "is Korea covered?" not in (await home_of(ws, ana)).shown

    await ws.click(ana, home, "Keep my questions")
    await ws.choose(ana, home, "home_search", "is Laos covered?")
    await ws.command(room, ana, "/mra", "is Japan covered?")
    await ws.answer_to(await ws.mention(room, ana, "is Peru covered?"))
    await ws.answer_to(await ws.direct_message(ana, "is Israel covered?"))
    await ws.answer_to(await ws.mention(room, ben, "is India covered?"))
    await ws.settled()

    home = await home_of(ws, ana)
    asked = [b for b in home.buttons if b.startswith("is ")]
    assert asked == [f"is {name} covered?" for name in ("Israel", "Peru", "Japan", "Laos")]
    assert "covered" not in (await home_of(ws, ben)).shown

    await ws.click(ana, home, "is Laos covered?")
    assert answered(ws, ana).startswith("No: no arrangement with Laos")


@pytest.mark.parametrize("way", ["Erase them", "Stop keeping them"])
async def test_kept_questions_are_erased_at_a_click(
    ws: StandInWorkspace, app: SlackApp, ana: User, way: str
) -> None:
    home = await home_of(ws, ana)
    await ws.click(ana, home, "Keep my questions")
    await ws.choose(ana, home, "home_search", "is Laos covered?")
    await ws.click(ana, home, way)
    await ws.settled()

    home = await home_of(ws, ana)
    assert "Laos" not in home.shown
    assert ("Keep my questions" in home.buttons) == (way == "Stop keeping them")


async def test_without_a_question_for_thirty_days_nothing_is_left(
    ws: StandInWorkspace, conversation: Conversation, ana: User
) -> None:
    days = [0.0]
    # Over a socket: over HTTP a delivery of another day would not pass for a current one.
    async with running(ws, conversation, "socket", clock=lambda: time.time() + 86_400 * days[0]):
        home = await home_of(ws, ana)
        await ws.click(ana, home, "Keep my questions")
        await ws.choose(ana, home, "home_search", "is Laos covered?")
        days[0] = 31.0
        assert "Keep my questions" in (await home_of(ws, ana)).buttons


async def test_where_slack_takes_no_home_tab_it_is_logged_once_for_each(
    ws: StandInWorkspace, app: SlackApp, ana: User, caplog: pytest.LogCaptureFixture
) -> None:
    ws.fail_next("views.publish", error="not_enabled")
    assert await ws.open_home(ana) is None
    assert "Slack did not take a Home tab: not_enabled" in caplog.text


# At any size


@pytest.mark.parametrize(("arrangements", "letters"), [(0, 0), (1, 20), (300, 20), (300, 200)])
def test_it_breaks_no_limit_at_any_size_of_the_register(arrangements: int, letters: int) -> None:
    catalogue = grown(arrangements, letters).catalogue
    for recent in (None, (), tuple(f"{n}" + "?" * 149 for n in range(10))):
        validate_view(home_view(catalogue, recent, "en"))
    validate_view(sources_view(catalogue))
