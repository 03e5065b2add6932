"""The line to Slack over Socket Mode: mended where it breaks or goes deaf, without a storm."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Channel, StandInWorkspace, User
from bot.slack import SlackApp
from bot.slack.socket_mode import Client
from tests.slack_app import replies

pytest_plugins = ["tests.slack_fixtures"]


@pytest.fixture
async def client(ws: StandInWorkspace) -> AsyncIterator[Client]:
    client = Client(
        "xapp-stand-in", AsyncWebClient(base_url=ws.api_url), grace=0.5, look=0.05, pause=0.1
    )
    client.ping_interval = 0.1
    client.proxy = None
    tasks = [asyncio.create_task(client.connect()), asyncio.create_task(client.watch())]
    await ws.connected()
    yield client
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await client.close()


@pytest.mark.parametrize("deaf", ["message_receiver", "message_processor"])
async def test_a_deaf_connection_is_replaced(
    ws: StandInWorkspace, client: Client, deaf: str
) -> None:
    getattr(client, deaf).cancel()
    await ws.connected(2, seconds=5)


async def test_as_long_as_the_line_is_good_it_is_left_alone(
    ws: StandInWorkspace, client: Client
) -> None:
    await asyncio.sleep(1.2)

    assert len(ws.calls_of("apps.connections.open")) == 1


async def test_addresses_that_lead_nowhere_are_asked_for_ever_more_seldom(
    ws: StandInWorkspace,
) -> None:
    client = Client("xapp-stand-in", AsyncWebClient(base_url=ws.api_url), pause=0.1)
    start = time.monotonic()
    for _ in range(6):
        await client.issue_new_wss_url()

    took = time.monotonic() - start
    await client.close()
    assert 0.75 <= took <= 3  # pauses of 0.1, 0.2, 0.4 and 0.8, or half of that


@pytest.mark.parametrize("app", ["socket"], indirect=True)
async def test_after_a_cut_the_answers_go_on(
    ws: StandInWorkspace, app: SlackApp, ana: User, room: Channel
) -> None:
    ws.cut_connection()
    await ws.connected(2, seconds=20)
    asked = await ws.mention(room, ana, "korea?")

    assert await replies(ws, asked) == ["Yes: korea."]
