"""Fixtures for the tests of the Slack app: a workspace, people in it, the app running."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.manifest import manifest
from bot.playground import Channel, StandInWorkspace, User
from bot.slack import SlackApp
from tests.slack_app import Echoing, running

MANIFEST = manifest()


@pytest.fixture
async def ws() -> AsyncIterator[StandInWorkspace]:
    # With what the manifest asks for and no more: a call beyond its scopes is refused.
    async with StandInWorkspace(
        ack_seconds=1.0,
        scopes=MANIFEST["oauth_config"]["scopes"]["bot"],
        events=MANIFEST["settings"]["event_subscriptions"]["bot_events"],
    ) as workspace:
        yield workspace


@pytest.fixture
def conversation() -> Echoing:
    return Echoing()


@pytest.fixture
async def app(
    ws: StandInWorkspace, conversation: Echoing, request: pytest.FixtureRequest
) -> AsyncIterator[SlackApp]:
    async with running(ws, conversation, getattr(request, "param", "http")) as app:
        yield app


@pytest.fixture
def ana(ws: StandInWorkspace) -> User:
    return ws.user("Ana")


@pytest.fixture
def ben(ws: StandInWorkspace) -> User:
    return ws.user("Ben")


@pytest.fixture
def room(ws: StandInWorkspace, ana: User, ben: User) -> Channel:
    return ws.channel("compliance")


@pytest.fixture
def elsewhere(ws: StandInWorkspace, ana: User) -> Channel:
    """A channel that the bot is not in."""
    return ws.channel("elsewhere", bot=False)


@pytest.fixture
def nothing_typed_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever happens, the log repeats no question."""
    caplog.set_level(logging.DEBUG)
    yield
    records = [r for phase in ("setup", "call") for r in caplog.get_records(phase)]
    logged = "\n".join(r.getMessage() for r in records if not r.name.startswith("aiohttp"))
    assert not re.search("korea|japan|laos|boom", logged)
