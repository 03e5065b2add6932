"""Questions longer than a button's value: every way on from their answers is there all the same."""

from __future__ import annotations

from random import Random

import pytest

from bot.conversation import Conversation
from bot.playground import Channel, Message, StandInWorkspace, User, View
from bot.slack import SlackApp
from tests.slack_app import over_both, real_conversation, said

pytest_plugins = ["tests.slack_fixtures"]
pytestmark = pytest.mark.usefixtures("nothing_typed_is_logged")

NAMES = real_conversation().knowledge.names.display
# A list of every country there is, as people paste it: in English, and in letters that take
# more room.
LISTS = {lang: "\n".join(NAMES[lang].values()) for lang in ("en", "ar", "ja")}
# Characters without order, in which there is one question: nothing makes them shorter.
RAMBLING = f"is Korea covered? {Random(1).randbytes(2_000).hex()}"


@pytest.fixture
def conversation() -> Conversation:
    return real_conversation()


def rows_of(message: Message) -> list[str]:
    """The countries of a table, each by its English name."""
    [table] = [block for block in message.blocks if block["type"] == "table"]
    named = [row[0]["text"] for row in table["rows"][1:]]
    return [name.rsplit("(", 1)[-1].rstrip(")") if "(" in name else name for name in named]


def asked_about(text: str) -> list[str]:
    """Whom a list is understood to be about, by their English names."""
    known = real_conversation()
    question = known.ask(text).question
    assert question
    return [known.knowledge.economy(code).name.rsplit("(", 1)[-1].rstrip(")")
            for code in question.partners]  # fmt: skip


def copied(message: Message) -> list[str]:
    """The lines of CSV in a message, without the column names."""
    [*_, text] = [block for block in message.blocks if block["type"] == "rich_text"]
    return str(text["elements"][0]["elements"][0]["text"]).split("\n")[1:]


@over_both
@pytest.mark.parametrize("lang", LISTS)
async def test_more_shows_all_of_a_list_of_every_country(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel, lang: str
) -> None:
    asked = await ws.mention(room, ana, LISTS[lang])
    shown = [await ws.answer_to(asked)]
    while "More" in shown[-1].buttons:
        await ws.click(ana, shown[-1], "More")
        await ws.settled()
        shown.append(ws.thread(room, asked)[-1])

    assert [name for page in shown for name in rows_of(page)] == asked_about(LISTS[lang])
    assert len(asked_about(LISTS[lang])) > 240


async def test_its_csv_holds_all_rows(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    answer = await ws.answer_to(await ws.mention(room, ana, LISTS["ar"]))
    await ws.click(ana, answer, "Show as CSV")
    await ws.settled()
    rows = copied(ws.ephemeral(ana)[-1])
    while "More CSV" in ws.ephemeral(ana)[-1].buttons:
        await ws.click(ana, ws.ephemeral(ana)[-1], "More CSV")
        await ws.settled()
        rows += copied(ws.ephemeral(ana)[-1])

    assert len(rows) == len(asked_about(LISTS["ar"]))


async def test_what_was_not_understood_in_it_is_named_to_the_end(
    ws: StandInWorkspace, app: SlackApp, ana: User
) -> None:
    asked = await ws.direct_message(ana, f"{LISTS['ja']}\nAtlantis\nEl Dorado")
    answer = await ws.answer_to(asked)
    while "More" in answer.buttons:
        await ws.click(ana, answer, "More")
        await ws.settled()
        answer = ws.messages(ws.im(ana))[-1]

    assert rows_of(answer)[-2:] == ["Atlantis", "El Dorado"]


@over_both
async def test_it_is_shared_with_its_pages_and_followed_up(
    ws: StandInWorkspace, app: SlackApp, ana: User, ben: User, room: Channel, elsewhere: Channel
) -> None:
    for place in (room, elsewhere):  # where the bot is a member, and where it is not
        private = (await ws.command(place, ana, "/mra", LISTS["en"])).messages[0]
        await ws.click(ana, private, "More")
        await ws.settled()
        [second] = ws.ephemeral(ana)
        await ws.click(ana, second, "Share in channel")
        await ws.settled()
        [shared] = ws.messages(place)
        assert said([shared])[0].startswith(f"<@{ana.id}> shared: Andorra United Arab Emirates")
        await ws.click(ben, shared, "More")
        await ws.settled()
        pages = [shared, ws.thread(place, shared)[-1]]
        rows = [name for page in pages for name in rows_of(page)]
        assert rows == asked_about(LISTS["en"])[: len(rows)]

    [shared] = ws.messages(room)
    await ws.say(room, ben, "how many of those are covered?", thread=shared)
    await ws.settled()
    assert ws.thread(room, shared)[-1].from_app, "a follow-up is understood"


async def test_in_a_modal_its_pages_turn(ws: StandInWorkspace, app: SlackApp, ana: User) -> None:
    def items(modal: View | None) -> int:
        assert modal
        lists = [e for b in modal.blocks if b["type"] == "rich_text" for e in b["elements"]]
        return sum(len(e["elements"]) for e in lists if e["type"] == "rich_text_list")

    home = await ws.open_home(ana)
    assert home
    await ws.choose(ana, home, "home_search", LISTS["ja"])
    shown = items(ws.modal(ana))
    while (modal := ws.modal(ana)) and "More" in modal.buttons:
        await ws.click(ana, modal, "More")
        await ws.settled()
        shown += items(ws.modal(ana))

    assert shown == len(asked_about(LISTS["ja"]))


async def test_a_long_message_with_one_question_in_it_is_shared_too(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    private = (await ws.command(room, ana, "/mra", RAMBLING)).messages[0]
    await ws.click(ana, private, "Share in channel")
    await ws.settled()
    [shared] = ws.messages(room)

    assert said([shared])[0].startswith(f"<@{ana.id}> shared: is Korea covered?")
    assert said([private])[0] in shared.shown
