"""The stand-in workspace refuses what exceeds Slack's limits, in Slack's words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Channel, StandInWorkspace, User
from bot.playground.limits import LIMITS
from tests.echo_app import answer

LIMIT_CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "limits.yaml").read_text(encoding="utf-8")
)


@pytest.fixture
def options() -> dict[str, Any]:
    return {"events": ()}  # nobody listens


def expanded(value: Any, n: int = 0) -> Any:
    """A case with its {repeat, times} written out."""
    if isinstance(value, dict) and value.keys() == {"repeat", "times"}:
        times, each = value["times"], value["repeat"]
        if isinstance(each, str):
            return each * times
        return [expanded(each, n) for n in range(times)]
    if isinstance(value, dict):
        return {key: expanded(item, n) for key, item in value.items()}
    if isinstance(value, list):
        return [expanded(item, n) for item in value]
    return value.replace("{n}", str(n)) if isinstance(value, str) else value


def told(answer: dict[str, Any]) -> str:
    return " ".join(answer.get("response_metadata", {}).get("messages", []))


@pytest.mark.parametrize("case", LIMIT_CASES, ids=lambda case: case["name"])
async def test_limit(
    case: dict[str, Any],
    ws: StandInWorkspace,
    client: AsyncWebClient,
    ana: User,
    compliance: Channel,
) -> None:
    if "send" in case:
        given = {"channel": compliance.id, **expanded(case["send"])}
        got = await answer(client, "chat.postMessage", given)
    else:
        view = expanded(case["view"])
        way = (
            ("views.publish", {"user_id": ana.id})
            if view["type"] == "home"
            else ("views.open", {"trigger_id": ws.workspace.new_trigger(ana.id)})
        )
        got = await answer(client, way[0], {**way[1], "view": view})

    assert got.get("error") == case.get("error"), told(got)
    assert case.get("says", "") in told(got)
    assert bool(ws.messages(compliance)) == ("send" in case and "error" not in case)


async def test_every_limit_says_where_it_is_from() -> None:
    assert all(limit.number > 0 and limit.source for limit in LIMITS.values())
