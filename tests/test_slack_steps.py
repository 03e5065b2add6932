"""The step for Workflow Builder: a country and a day in; status, program, date, source out."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation import Conversation
from bot.playground import StandInWorkspace
from bot.slack import SlackApp
from tests.slack_app import Failing, over_both, real_conversation, running

pytest_plugins = ["tests.slack_fixtures"]
pytestmark = pytest.mark.usefixtures("nothing_typed_is_logged")
STEP = "look_up_arrangement"
OUTPUTS = ["status", "program", "signed_date", "source"]


@pytest.fixture
def conversation() -> Conversation:
    return real_conversation()


@over_both
async def test_it_gives_status_program_date_and_source(ws: StandInWorkspace, app: SlackApp) -> None:
    ended = await ws.run_step(STEP, {"country": "South Korea", "date": "2015-06-01"}, OUTPUTS)
    outputs = ended["outputs"]
    assert list(outputs) == OUTPUTS
    assert outputs["status"] == "yes"
    assert outputs["program"] == "Authorized Economic Operator Program (AEO)"
    assert outputs["signed_date"] == "June 2010"
    assert outputs["source"].startswith("U.S. Customs and Border Protection, ")
    (call,) = ws.calls_of("functions.completeSuccess")
    assert call.token.startswith("xwfp-"), "the step's own token"


@pytest.mark.parametrize(
    ("country", "date", "status", "signed"),
    [
        ("Korea", "2009-01-01", "no", "none"),
        ("Korea", "1900-01-01", "no", "none"),  # before any arrangement, and any such program
        ("Korea", "1776-07-04", "no", "none"),
        ("Korea", "0001-01-01", "no", "none"),
        ("Korea", "9999-12-31", "yes", "June 2010"),
        ("Korea", "", "yes", "June 2010"),
        ("Korea", None, "yes", "June 2010"),
        ("KR", None, "yes", "June 2010"),
        ("대한민국", None, "yes", "June 2010"),
        ("Germany", None, "yes", "4 May 2012"),
        ("Laos", None, "no", "none"),
        ("United Kingdom", "2020-06-01", "yes", "4 May 2012"),
        ("is Korea covered?", None, "yes", "June 2010"),
    ],
)
async def test_a_country_is_taken_as_people_write_it_on_any_day(
    ws: StandInWorkspace,
    app: SlackApp,
    country: str,
    date: str | None,
    status: str,
    signed: str,
) -> None:
    ended = await ws.run_step(STEP, {"country": country, "date": date}, OUTPUTS)
    outputs = ended["outputs"]
    assert (outputs["status"], outputs["signed_date"]) == (status, signed)
    assert outputs["source"]


@pytest.mark.parametrize(
    ("country", "date", "program"),
    [
        ("Mexico", "2014-12-31", "New Scheme of Certified Companies (NEEC)"),
        ("Mexico", None, "Authorized Economic Operator (OEA)"),
        ("Germany", None, "Authorised Economic Operator Program (AEO)"),
        ("Laos", None, "none"),
    ],
)
async def test_the_program_is_its_name_on_that_day_and_nothing_else(
    ws: StandInWorkspace, app: SlackApp, country: str, date: str | None, program: str
) -> None:
    ended = await ws.run_step(STEP, {"country": country, "date": date}, OUTPUTS)
    assert ended["outputs"]["program"] == program


@pytest.mark.parametrize(
    ("inputs", "error"),
    [
        ({"country": "Atlantis"}, "'Atlantis' names no country; give one, such as Korea or KR."),
        ({"country": ""}, "'' names no country; give one, such as Korea or KR."),
        ({}, "'' names no country; give one, such as Korea or KR."),
        ({"country": 5}, "'' names no country; give one, such as Korea or KR."),
        (
            {"country": "Peru and Laos"},
            "'Peru and Laos' may be several countries; give one, such as Korea or KR.",
        ),
        (
            {"country": "Peru", "date": "yesterday"},
            "'yesterday' is no day; give one as 2014-12-31.",
        ),
    ],
)
async def test_an_input_it_cannot_use_ends_the_step_with_what_to_do(
    ws: StandInWorkspace, app: SlackApp, inputs: dict[str, object], error: str
) -> None:
    assert await ws.run_step(STEP, inputs, OUTPUTS) == {"error": error}


async def test_it_is_logged_as_an_answer_like_any_other(
    ws: StandInWorkspace, app: SlackApp, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await ws.run_step(STEP, {"country": "Peru"}, OUTPUTS)
    [line] = [r for r in caplog.records if r.getMessage() == "answered"]
    assert vars(line)["partners"] == ("PE",) and vars(line)["topic"] == "status"


async def test_a_failure_ends_the_step_with_a_reference(ws: StandInWorkspace) -> None:
    async with running(ws, Failing()):
        ended = await ws.run_step(STEP, {"country": "Peru"}, OUTPUTS)
    assert ended["error"].startswith("Something went wrong; its reference is ")


@pytest.mark.parametrize(
    "how", [{"error": "internal_error"}, {"drop_connection": True}, {"lost_answer": True}]
)
async def test_an_end_that_did_not_reach_slack_is_told_again(
    ws: StandInWorkspace, app: SlackApp, how: dict[str, Any]
) -> None:
    ws.fail_next("functions.completeSuccess", **how)
    ended = await ws.run_step(STEP, {"country": "Peru"}, OUTPUTS)
    assert ended["outputs"]["status"] == "yes"


async def test_a_step_that_slack_brings_twice_ends_once(
    ws: StandInWorkspace, app: SlackApp
) -> None:
    await ws.run_step(STEP, {"country": "Peru"}, OUTPUTS)
    assert (await ws.deliver_again(ws.deliveries[0])).acknowledged
    assert len(ws.calls_of("functions.completeSuccess")) == 1
