"""The stand-in workspace speaks Socket Mode with Bolt's own handler."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Channel, StandInWorkspace, User
from tests.echo_app import Echo


@pytest.fixture
def options() -> dict[str, Any]:
    return {"ack_seconds": 0.5}


@pytest.fixture
async def echo(ws: StandInWorkspace) -> AsyncIterator[Echo]:
    app = Echo(ws)
    handler = AsyncSocketModeHandler(app.bolt, "xapp-stand-in", ping_interval=0.2)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await ws.connected()
    yield app
    await ws.settled()
    await handler.close_async()  # type: ignore[no-untyped-call]


async def test_a_mention_is_answered(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    asked = await ws.mention(compliance, ana, "korea?")
    assert (await ws.answer_to(asked)).thread_ts == asked.ts
    assert sorted(echo.kinds()[:2]) == ["app_mention", "message"]


async def test_a_command_is_answered_with_the_acknowledgement(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    assert (await ws.command(compliance, ana, "/echo", "korea")).shown == "korea"


async def test_options_come_with_the_acknowledgement(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    answer = await ws.answer_to(await ws.mention(compliance, ana, "korea?"))
    [option] = await ws.suggest(ana, answer, "partner", "kor")
    assert option["value"] == "KR"


async def test_an_event_that_is_not_acknowledged_comes_again(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    echo.failing = 1
    await ws.say(compliance, ana, "korea?")
    attempts = ws.deliveries[0].attempts
    assert [a.reason for a in attempts] == ["timeout", ""]


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_the_connection_is_replaced_when_slack_asks_for_it(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel, reason: str
) -> None:
    await ws.refresh_connection(reason)
    assert (await ws.command(compliance, ana, "/echo", "still here")).shown == "still here"


async def test_a_connection_that_broke_is_opened_again(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    ws.cut_connection()
    await ws.connected(times=2)
    assert (await ws.command(compliance, ana, "/echo", "back")).shown == "back"


async def test_without_a_connection_a_command_fails(
    ws: StandInWorkspace, ana: User, compliance: Channel
) -> None:
    delivery = await ws.command(compliance, ana, "/echo", "anybody?")
    assert delivery.shown == '/echo failed with the error "dispatch_failed"'


async def test_a_ticket_opens_one_connection_that_begins_with_a_greeting(
    ws: StandInWorkspace,
) -> None:
    client = AsyncWebClient(base_url=ws.api_url)
    url = (await client.apps_connections_open(app_token="xapp-stand-in"))["url"]
    async with aiohttp.ClientSession() as http, http.ws_connect(url) as socket:
        hello = json.loads((await socket.receive()).data)
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await http.ws_connect(url)


async def test_an_eleventh_connection_is_turned_away(ws: StandInWorkspace) -> None:
    client = AsyncWebClient(base_url=ws.api_url)
    async with aiohttp.ClientSession() as http:
        sockets = []
        for n in range(11):
            url = (await client.apps_connections_open(app_token="xapp-stand-in"))["url"]
            sockets.append(await http.ws_connect(url))
            first = json.loads((await sockets[-1].receive()).data)
            assert first.get("reason", "") == ("too_many_websockets" if n == 10 else "")
