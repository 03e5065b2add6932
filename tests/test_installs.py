"""Installations as they are kept: whom they cover, what opens a token, who hears of a change."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.oauth.installation_store.models.installation import Installation

from bot.database import Database
from bot.installs import Installs
from tests.token_keys import KEY, OLD_KEY

pytest_plugins = ["tests.databases"]


def installation(team: str | None, token: str, enterprise: str | None = None) -> Installation:
    return Installation(
        app_id="A1", enterprise_id=enterprise, team_id=team, bot_token=token, bot_id="B1",
        bot_user_id="U1", user_id="U2", is_enterprise_install=team is None,
        installed_at=1_800_000_000.0,
    )  # fmt: skip


async def test_an_organization_covers_its_workspaces(installs: Installs) -> None:
    await installs.save(installation(None, "xoxb-org", "E1"))
    await installs.save(installation("T1", "xoxb-own", "E1"))

    for team, token in [("T1", "xoxb-own"), ("T2", "xoxb-org"), (None, "xoxb-org")]:
        bot = await installs.find("E1", team)
        assert bot and bot.bot_token == token
    assert await installs.find("E2", "T2") is None


async def test_a_new_key_opens_what_an_old_one_closed_and_can_do_without_it(
    database: Database,
) -> None:
    await Installs(database, "client-id", [OLD_KEY]).save(installation("T1", "xoxb-1"))
    assert await Installs(database, "client-id", [KEY, OLD_KEY]).reseal() == 2
    bot = await Installs(database, "client-id", [KEY]).find(None, "T1")
    assert bot and bot.bot_token == "xoxb-1"


async def test_without_its_key_a_token_is_no_token(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await Installs(database, "client-id", [OLD_KEY]).save(installation("T1", "xoxb-1"))
    bot = await Installs(database, "client-id", [KEY]).find(None, "T1")

    assert bot and bot.bot_token == ""
    assert "no TOKEN_KEY opens the token of T1" in caplog.text


async def test_another_process_hears_of_a_removal_within_a_minute(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.installs._FRESH", 0.1)
    here, there = (Installs(database, "client-id", [KEY]) for _ in range(2))
    await here.save(installation("T1", "xoxb-1"))
    assert await there.find(None, "T1")
    await here.forget(None, "T1")
    time.sleep(0.12)

    assert await there.find(None, "T1") is None


async def test_what_is_looked_up_while_it_changes_is_not_remembered(
    database: Database, installs: Installs, monkeypatch: pytest.MonkeyPatch
) -> None:
    await installs.save(installation("T1", "xoxb-1"))
    read, go_on = asyncio.Event(), asyncio.Event()
    call = database.call

    async def slowly(operation: str, work: Callable[[], Any]) -> Any:
        found = await call(operation, work)
        if operation == "find_bot":
            read.set()
            await go_on.wait()
        return found

    monkeypatch.setattr(database, "call", slowly)
    looking = asyncio.create_task(installs.find(None, "T1"))
    await read.wait()
    await installs.forget(None, "T1")
    go_on.set()
    await looking

    assert await installs.find(None, "T1") is None
