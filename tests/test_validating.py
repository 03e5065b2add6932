"""`mra-bot slack --validate-blocks`, against the stand-in's `blocks.validate`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli import main
from bot.playground import StandInWorkspace
from bot.wording import WORDING
from tests.echo_app import answer


@pytest.fixture
async def ws() -> AsyncIterator[StandInWorkspace]:
    async with StandInWorkspace(events=()) as workspace:  # nobody listens
        yield workspace


async def checked(api_url: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("SLACK_API_URL", api_url)
    return await asyncio.to_thread(main, ["slack", "--validate-blocks"])


async def test_slack_is_asked_about_every_kind_of_answer_and_takes_all(
    ws: StandInWorkspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await checked(ws.api_url, monkeypatch) == 0

    lines = capsys.readouterr().out.splitlines()
    kinds = {line.split(":")[0] for line in lines}
    missing = set(WORDING) - {"page", "term", "detail", "feedback", "smalltalk"} - kinds
    assert missing == set()
    assert all(line.endswith(": taken") for line in lines)
    calls = ws.calls_of("blocks.validate")
    assert len(calls) == len(lines) and not any(call.token for call in calls)
    assert any(line.endswith("(CSV): taken") for line in lines)


async def test_what_slack_refuses_is_named_with_the_place(
    ws: StandInWorkspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = {"pointer": "/blocks/0/text", "code": "failed_constraint", "message": "too loud"}
    ws.fail_next("blocks.validate", error="invalid_message", details={"errors": [fault]})
    assert await checked(ws.api_url, monkeypatch) == 1

    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first.endswith(": refused") and second == "  /blocks/0/text: too loud"


@pytest.mark.parametrize("fault", [{"status": 503}, {"drop_connection": True}, {"error": "fatal"}])
async def test_without_a_verdict_it_ends_with_one_line(
    ws: StandInWorkspace,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fault: dict[str, Any],
) -> None:
    ws.fail_next("blocks.validate", times=9, **fault)
    assert await checked(ws.api_url, monkeypatch) == 1

    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("mra-bot slack: Slack ")


async def test_a_malformed_address_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await checked("slack.example", monkeypatch) == 2
    assert "SLACK_API_URL" in capsys.readouterr().err


# The stand-in's own check

GOOD: dict[str, Any] = {"type": "divider"}
LONG: dict[str, Any] = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
MODAL: dict[str, Any] = {"type": "modal", "title": {"type": "plain_text", "text": "x"}}
CASES: dict[str, tuple[dict[str, Any], str | None, str]] = {
    "blocks": ({"blocks": [GOOD]}, None, ""),
    "a message": ({"message": {"blocks": [GOOD]}}, None, ""),
    "a view": ({"view": {**MODAL, "blocks": [GOOD]}}, None, ""),
    "blocks too long": ({"blocks": [LONG]}, "invalid_blocks", "/blocks/0/text/text"),
    "a message too long": ({"message": {"blocks": [LONG]}}, "invalid_message", "/blocks/0/text"),
    "a view too long": ({"view": {**MODAL, "blocks": [LONG]}}, "invalid_view", "/view/blocks/0"),
    "nothing": ({}, "invalid_arguments", ""),
    "two at a time": ({"blocks": [GOOD], "message": {"blocks": [GOOD]}}, "invalid_arguments", ""),
}


@pytest.mark.parametrize("name", CASES)
async def test_the_stand_in_checks(name: str, ws: StandInWorkspace) -> None:
    sent, error, pointer = CASES[name]
    client = AsyncWebClient(base_url=ws.api_url)
    got = await answer(client, "blocks.validate", {k: json.dumps(v) for k, v in sent.items()})

    assert got.get("error") == error
    if pointer:
        assert got["errors"][0]["pointer"].startswith(pointer)
