"""A stand-in workspace, people in it, and an app that answers whatever it hears."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Channel, StandInWorkspace, User
from tests.echo_app import Echo, serving


@pytest.fixture
def options() -> dict[str, Any]:
    """What the workspace is made with; a module may say otherwise."""
    return {}


@pytest.fixture
async def ws(options: dict[str, Any]) -> AsyncIterator[StandInWorkspace]:
    async with StandInWorkspace(**options) as workspace:
        yield workspace


@pytest.fixture
async def echo(ws: StandInWorkspace) -> AsyncIterator[Echo]:
    app = Echo(ws)
    async with serving(app) as url:
        ws.deliver_to(url)
        yield app
        await ws.settled()


@pytest.fixture
def client(ws: StandInWorkspace) -> AsyncWebClient:
    return AsyncWebClient(ws.bot_token, base_url=ws.api_url)


@pytest.fixture
def ana(ws: StandInWorkspace) -> User:
    return ws.user("Ana", locale="es-ES")


@pytest.fixture
def compliance(ws: StandInWorkspace, ana: User) -> Channel:
    return ws.channel("compliance")


class Clock:
    """Stands still until it is moved."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now
