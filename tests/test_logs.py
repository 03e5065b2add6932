"""The log: JSON lines that say what was handled, and never what was typed or a secret."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from bot import logs
from bot.answer import Answer, Silence
from bot.conversation import Turn
from bot.memory import Memory
from bot.playground import Channel, StandInWorkspace, User
from bot.slack.failures import report
from bot.store import StoreUnreachable
from tests.slack_app import DAY, Echoing, real_conversation, running
from tests.test_metrics import series

pytest_plugins = ["tests.slack_fixtures"]


class Log:
    """What the program writes, set up as it sets itself up."""

    def __init__(self, stream: StringIO) -> None:
        self._stream = stream

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    def of(self, message: str) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["message"] == message]


def _log(monkeypatch: pytest.MonkeyPatch, with_messages: bool = False) -> Iterator[Log]:
    stream = StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    monkeypatch.setattr("sys.stderr", stream)
    root.handlers[:] = []
    logs.log_as_json("DEBUG", with_messages=with_messages)
    yield Log(stream)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    yield from _log(monkeypatch)


@pytest.fixture
def telling_log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    """As LOG_QUESTIONS=1 sets it up."""
    yield from _log(monkeypatch, with_messages=True)


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_an_answer_leaves_a_line_that_says_what_was_asked_about(
    ws: StandInWorkspace, log: Log, ana: User, room: Channel, transport: str
) -> None:
    async with running(ws, Echoing(), transport):
        await ws.answer_to(await ws.mention(room, ana, "korea and japan?", order=("app_mention",)))

    [line] = log.of("answered")
    known = {key: line[key] for key in ("team", "channel", "topic", "partners", "level")}
    assert known == {
        "team": ws.team_id, "channel": room.id, "topic": "status",
        "partners": ["korea", "japan"], "level": "info",
    }  # fmt: skip
    [delivered] = [one for one in log.of("delivered") if one["kind"] == "app_mention"]
    assert delivered["status"] == 200
    assert delivered["request"] == line["request"]
    assert 0 <= line["ms"] <= delivered["ms"]


async def test_the_readmes_line_is_like_a_real_one(
    ws: StandInWorkspace, log: Log, ana: User, room: Channel
) -> None:
    async with running(ws, real_conversation()):
        await ws.answer_to(await ws.mention(room, ana, "korea?"))

    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    shown = json.loads(re.findall(r"^```json\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)[0])
    [line] = log.of("answered")
    assert set(shown) == set(line)
    assert shown["partners"] == line["partners"] == ["KR"]


async def test_what_was_typed_is_in_no_line(
    ws: StandInWorkspace, log: Log, ana: User, room: Channel
) -> None:
    async with running(ws, Echoing()):
        asked = await ws.mention(room, ana, "korea for Acme Widgets?")
        await ws.answer_to(asked)
        await ws.say(room, ana, "Acme chatter", thread=asked)
        await ws.command(room, ana, "/mra", "boom Acme")
        await ws.settled()

    assert log.of("answered") and log.of("silent") and "Acme" not in log.text


SECRETS = [
    "xoxb-1234-5678-AbCd",
    "xoxe.xoxb-1-AbCd",
    "xoxe-1-AbCd",
    "xapp-1-A1-2-abcdef",
    "https://hooks.slack.com/commands/T1/2/AbCd",
    "https://hooks.slack.com/services/T1/B2/AbCd",
    "postgres://me:AbCd@db/mra",
    "Authorization: Bearer AbCd",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_secrets_are_hidden_wherever_they_stand(log: Log, secret: str) -> None:
    logger = logging.getLogger("any")
    logger.error("it was %s, it said", secret, extra={"where": [secret]})
    try:
        raise ValueError(secret)
    except ValueError:
        logger.exception("it failed")

    assert not re.search("AbCd|abcdef", log.text)
    assert log.lines[0]["message"].endswith("it said")


@pytest.mark.parametrize("name", ["log", "telling_log"])
def test_an_exception_is_one_line_and_its_message_the_operators_choice(
    name: str, request: pytest.FixtureRequest
) -> None:
    log: Log = request.getfixturevalue(name)
    try:
        raise ValueError("no answer to\nAcme")
    except ValueError:
        logging.getLogger("any").exception("it failed")

    [line] = log.lines
    assert ("Acme" in line["error"]) == (name == "telling_log")
    assert line["error"].startswith("ValueError") and "test_logs.py" in line["traceback"]


@pytest.mark.parametrize("text", ["\ud800", "\x00\r\n", '"}', "٣ 한국 🇰🇷", "\u2028"])
def test_whatever_is_logged_is_one_line_of_json(log: Log, text: str) -> None:
    logging.getLogger("any").info("got %s", text, extra={"given": text, "thing": object()})

    [line] = log.lines
    assert (line["message"], line["given"]) == (f"got {text}", text)


def test_what_uvicorn_writes_for_terminals_stays_out(log: Log) -> None:
    logging.getLogger("uvicorn.error").info("up", extra={"color_message": "in color"})

    [line] = log.of("up")
    assert "color_message" not in line


async def test_requests_side_by_side_do_not_mix(log: Log) -> None:
    logger = logging.getLogger("any")
    with logs.request(request="1", team="T1", channel=""):
        with logs.request(request="2"):
            logger.info("inner")
        logger.info("outer")
    logger.info("after")

    lines = [line for line in log.lines if line["logger"] == "any"]
    assert [(line.get("request"), line.get("team")) for line in lines] == [
        ("2", "T1"), ("1", "T1"), (None, None),
    ]  # fmt: skip
    assert "channel" not in lines[0]


async def test_a_failures_reference_finds_its_line(
    ws: StandInWorkspace, log: Log, ana: User, room: Channel
) -> None:
    async with running(ws, Echoing()):
        answer = await ws.answer_to(await ws.mention(room, ana, "boom"))

    [line] = [line for line in log.lines if "reference" in line]
    assert f"the reference {line['reference']}" in answer.shown
    assert line["channel"] == room.id and line["request"]


# What is counted meanwhile


class Declining(Echoing):
    """Has nothing to say to "nothing", and only that it is not its subject to "weather"."""

    def ask(self, text: str, memory: Memory | None = None, addressed: bool = True) -> Turn:
        if "nothing" in text:
            return Turn(Silence("nothing to say"), memory or Memory())
        if "weather" in text:
            return Turn(Answer("off_topic", "That I do not know.", DAY), memory or Memory())
        return super().ask(text, memory, addressed)


async def counted(ws: StandInWorkspace, text: str, **fault: Any) -> dict[str, dict[str, float]]:
    """What a mention changed: by name, and then by its labels joined."""
    before = series()
    if fault:
        ws.fail_next("chat.postMessage", **fault)
    async with running(ws, Declining()):
        await ws.mention(ws.channel("compliance"), ws.user("Ana"), text, order=("app_mention",))
        await ws.settled()
    changed: dict[str, dict[str, float]] = {}
    for (name, labels), value in series().items():
        if name.startswith("mra_bot") and value != before.get((name, labels), 0.0):
            label = " ".join(v for _, v in sorted(labels))
            changed.setdefault(name, {})[label] = value - before.get((name, labels), 0.0)
    return changed


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("korea?", "answered status"),
        ("islands", "asked_back ambiguous"),
        ("xyz", "answered help"),
        ("nothing", "declined help"),
        ("weather", "declined off_topic"),
        ("boom", "failed none"),
    ],
)
async def test_outcomes_are_counted(ws: StandInWorkspace, text: str, outcome: str) -> None:
    assert (await counted(ws, text))["mra_bot_questions_total"] == {outcome: 1}


async def test_calls_and_deliveries_are_timed(ws: StandInWorkspace) -> None:
    seen = await counted(ws, "korea?")
    assert seen["mra_bot_slack_call_seconds_count"] == {
        "auth.test 200": 1, "chat.postMessage 200": 1,
    }  # fmt: skip
    assert seen["mra_bot_delivery_seconds_count"]["app_mention 200"] == 1
    assert "mra_bot_slack_errors_total" not in seen


FAULTS: dict[str, tuple[dict[str, Any], dict[str, float], dict[str, float]]] = {
    "refused": ({"error": "restricted_action"}, {"restricted_action chat.postMessage": 1}, {}),
    "rate limited": (
        {"retry_after": 0},
        {"ratelimited chat.postMessage": 1},
        {"ratelimited": 1},
    ),
    "cut off": (
        {"drop_connection": True},
        {"ServerDisconnectedError chat.postMessage": 1},
        {"ServerDisconnectedError": 1},
    ),
}


@pytest.mark.parametrize(("fault", "errors", "retries"), FAULTS.values(), ids=FAULTS.keys())
async def test_what_slack_refuses_is_counted_by_its_word(
    ws: StandInWorkspace, fault: dict[str, Any], errors: dict[str, float], retries: dict[str, float]
) -> None:
    seen = await counted(ws, "korea?", **fault)
    assert seen.get("mra_bot_slack_errors_total", {}) == errors
    assert seen.get("mra_bot_slack_retries_total", {}) == retries


async def test_what_slack_refuses_beside_an_answer_is_counted_too(ws: StandInWorkspace) -> None:
    refusal = ("mra_bot_slack_errors_total",
               frozenset({("method", "views.publish"), ("code", "not_enabled")}))  # fmt: skip
    before = series().get(refusal, 0.0)
    async with running(ws, Echoing()):
        ws.fail_next("views.publish", error="not_enabled")
        await ws.open_home(ws.user("Ana"))
        await ws.settled()
    assert series()[refusal] == before + 1


def test_an_outage_of_the_store_has_a_reference_and_no_stack(
    caplog: pytest.LogCaptureFixture,
) -> None:
    try:
        raise StoreUnreachable("OperationalError")
    except StoreUnreachable as error:
        reference = report(error, "a delivery", with_message=False)
    said = f"reference {reference}: a delivery failed with StoreUnreachable"
    assert [record.getMessage() for record in caplog.records] == [said]
