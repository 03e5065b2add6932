"""The line to Slack over Socket Mode: mended where it breaks or goes deaf, without a storm."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.in_process_store import InProcessStore
from bot.playground import Channel, StandInWorkspace, User
from bot.slack import SlackApp, build_app
from bot.slack.socket_mode import Client, run_socket
from tests.slack_app import Echoing, replies, settings_for

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
    await client.close()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.parametrize("deaf", ["message_receiver", "message_processor"])
async def test_a_deaf_connection_is_replaced(
    ws: StandInWorkspace, client: Client, deaf: str
) -> None:
    getattr(client, deaf).cancel()
    await ws.connected(2, seconds=5)


async def test_what_is_no_answer_of_slacks_does_not_end_the_watch(
    ws: StandInWorkspace, client: Client
) -> None:
    ws.fail_next("apps.connections.open", status=500, times=2)
    ws.cut_connection()
    await ws.connected(2, seconds=4)


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
    await ws.connected(2, seconds=4)  # the client itself looks only every five seconds
    asked = await ws.mention(room, ana, "korea?")

    assert await replies(ws, asked) == ["Yes: korea."]


async def test_commands_are_answered_until_it_has_left(
    ws: StandInWorkspace, ana: User, room: Channel
) -> None:
    app = build_app(Echoing(), InProcessStore(), settings_for(ws), clock=time.time)
    stop = asyncio.Event()
    leaving = asyncio.create_task(run_socket(app, settings_for(ws), stop, 5))
    await ws.connected()
    ws.fail_next("chat.postMessage", delay=0.5)
    asking = asyncio.create_task(ws.mention(room, ana, "korea?", order=("app_mention",)))
    await ws.until(lambda: ws.calls_of("chat.postMessage"))
    stop.set()
    await asyncio.sleep(0.1)

    assert (await ws.command(room, ana, "/mra", "japan?")).shown.startswith("Yes: japan.")
    assert await replies(ws, await asking) == ["Yes: korea."]
    await leaving
