"""Starting to serve, and leaving: over HTTP and over Socket Mode, in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from bot.in_process_store import InProcessStore
from bot.playground import StandInWorkspace
from bot.serving import serve_http
from bot.settings import Settings, SettingsError
from bot.slack import build_app
from bot.slack.socket_mode import run_socket
from tests.door import SECRET
from tests.slack_app import Echoing, over_http, settings_for


@pytest.fixture
async def ws() -> AsyncIterator[StandInWorkspace]:
    async with StandInWorkspace(signing_secret=SECRET) as workspace:
        yield workspace


SERVE = """
import sys, time
from bot.settings import Settings
from bot.serving import serve_http, serve_socket
from tests.slack_app import Echoing
settings = Settings("xoxb-stand-in", "signing-secret", "xapp-stand-in", sys.argv[2],
                    port=int(sys.argv[3]), database_url=sys.argv[4])
serve = serve_http if sys.argv[1] == "http" else serve_socket
serve(settings, Echoing(), clock=time.time)
"""


@pytest.mark.parametrize("transport", ["http", "socket"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_told_to_leave_it_first_finishes_its_answer(
    ws: StandInWorkspace, transport: str, number: signal.Signals, tmp_path: Path
) -> None:
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SERVE, transport, ws.api_url, str(port),
        f"sqlite:///{tmp_path}/store.sqlite3",
        stderr=asyncio.subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    try:
        if transport == "http":
            await listening(port)
            ws.deliver_to(f"http://127.0.0.1:{port}/slack/events")
        else:
            await ws.connected(seconds=20)
        ws.fail_next("chat.postMessage", delay=1.0)
        asking = asyncio.create_task(
            ws.mention(ws.channel("compliance"), ws.user("Ana"), "korea?", order=("app_mention",))
        )
        await ws.until(lambda: any(c.method == "auth.test" for c in ws.calls), seconds=20)
        await asyncio.sleep(0.3)  # the answer is on its way, and Slack slow
        process.send_signal(number)
        asked = await asking
        answer = await ws.answer_to(asked)
        _, log = await asyncio.wait_for(process.communicate(), 20)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()

    assert answer.text == "Yes: korea."
    assert [a.acknowledged for a in ws.deliveries[0].attempts] == [True]
    assert process.returncode == 0, log.decode()
    assert b"Traceback" not in log
    lines = [json.loads(line) for line in log.splitlines()]
    [answered] = [line for line in lines if line["message"] == "answered"]
    known = [answered[key] for key in ("team", "channel", "topic", "partners", "level")]
    assert known == [ws.team_id, asked.channel, "status", ["korea"], "info"]
    assert answered["request"] and answered["ms"] >= 0


async def test_over_socket_mode_a_port_shows_its_health_and_nothing_else(
    ws: StandInWorkspace, tmp_path: Path
) -> None:
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SERVE, "socket", ws.api_url, str(port),
        f"sqlite:///{tmp_path}/store.sqlite3", env={**os.environ, "PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    try:
        await ws.connected(seconds=20)
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:

            async def shown(path: str) -> tuple[int, str]:
                async with session.get(path) as answer:
                    return answer.status, await answer.text()

            async def is_ready() -> tuple[int, str]:
                for _ in range(400):
                    if (found := await shown("/readyz"))[0] == 200:
                        break
                    await asyncio.sleep(0.02)
                return found

            assert await is_ready() == (200, "ready")
            assert await shown("/healthz") == (200, "alive")
            assert "mra_bot_store_seconds_count" in (await shown("/metrics"))[1]
            assert (await shown("/slack/events"))[0] == 404
            ws.fail_next("apps.connections.open", status=500, times=2)
            ws.cut_connection()
            await asyncio.sleep(0.2)
            assert await shown("/readyz") == (503, "the line to Slack is down")
            assert await is_ready() == (200, "ready")
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()
    assert process.returncode == 0


async def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.create_server(("0.0.0.0", 0)) as taken:
        port = taken.getsockname()[1]
        settings = Settings("xoxb-1", "secret", port=port)
        with pytest.raises(SettingsError, match=f"port {port} cannot be used.*choose another"):
            serve_http(settings, Echoing(), InProcessStore(), clock=time.time)


async def test_a_database_that_cannot_be_used_is_one_clear_line(tmp_path: Path) -> None:
    settings = Settings("xoxb-1", "secret", database_url=f"sqlite:///{tmp_path}/none/x.sqlite3")
    with pytest.raises(SettingsError, match="the file of DATABASE_URL cannot be used"):
        serve_http(settings, Echoing(), clock=time.time)


async def test_a_wrong_app_token_is_one_clear_line(ws: StandInWorkspace) -> None:
    settings = replace(settings_for(ws), app_token="xapp-wrong")
    app = build_app(Echoing(), InProcessStore(), settings, clock=time.time)
    with pytest.raises(SettingsError, match="Slack refused SLACK_APP_TOKEN: invalid_auth"):
        await run_socket(app, settings, asyncio.Event(), 1)


async def test_answers_are_served_at_a_real_port(ws: StandInWorkspace) -> None:
    settings = settings_for(ws)
    app = build_app(Echoing(), InProcessStore(), settings, clock=time.time)
    async with over_http(app, settings) as url:
        ws.deliver_to(url)
        assert (await ws.verify_url()).body == '{"challenge": "challenge-accepted"}'


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


async def listening(port: int) -> None:
    for _ in range(400):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            await writer.wait_closed()
            return
    raise TimeoutError(f"nothing listens at {port}")
