"""Installed in many workspaces: in by OAuth, tokens encrypted, out when Slack says so."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from sqlalchemy import text

from bot.database import Database
from bot.installs import Installs
from bot.manifest import manifest
from bot.playground import StandInWorkspace
from bot.slack import SlackApp, build_app
from bot.sql_store import SqlStore
from tests.slack_app import Echoing, over_http, replies, settings_for
from tests.token_keys import KEY

pytest_plugins = ["tests.databases"]
# slack_sdk 3.48 still uses what aiohttp 3.14 is about to drop
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


class Clock:
    ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def ws(clock: Clock) -> AsyncIterator[StandInWorkspace]:
    async with StandInWorkspace(bot_token=None, clock=clock) as workspace:
        yield workspace


@pytest.fixture
async def app(
    ws: StandInWorkspace, database: Database, installs: Installs, clock: Clock
) -> AsyncIterator[SlackApp]:
    settings = settings_for(ws, client_id="client-id", client_secret="client-secret")
    app = build_app(Echoing(), SqlStore(database), settings, installs, clock=clock)
    async with over_http(app, settings, clock) as url:
        ws.deliver_to(url)
        yield app
        await ws.settled()


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield session


async def get(browser: aiohttp.ClientSession, url: str, cookie: str = "") -> Any:
    headers = {"Cookie": cookie} if cookie else {}
    async with browser.get(url, headers=headers, allow_redirects=False) as answer:
        await answer.read()
        return answer


def site(ws: StandInWorkspace) -> str:
    carrier: Any = ws.installation.http
    return str(carrier.url).removesuffix("/slack/events")


async def started(browser: aiohttp.ClientSession, ws: StandInWorkspace) -> tuple[str, str]:
    """The state that Slack would send back, and the browser's cookie."""
    answer = await get(browser, f"{site(ws)}/slack/install")
    [state] = parse_qs(urlsplit(answer.headers["Location"]).query)["state"]
    cookie = answer.headers["Set-Cookie"]
    assert answer.status == 302
    assert {"HttpOnly", "Secure", "SameSite=Lax"} <= set(cookie.split("; "))
    return state, cookie.split(";")[0]


async def install(browser: aiohttp.ClientSession, ws: StandInWorkspace, to: Any) -> Any:
    state, cookie = await started(browser, ws)
    code = to.install_code(to.user("Cleo"))
    url = f"{site(ws)}/slack/oauth_redirect?code={code}&state={state}"
    return await get(browser, url, cookie)


async def test_each_workspace_is_answered_with_its_own_token(
    ws: StandInWorkspace, app: SlackApp, browser: aiohttp.ClientSession
) -> None:
    other = ws.neighbour("Forwarder")
    for place in (ws, other):
        answer = await install(browser, ws, place)
        assert answer.status == 200
    for place in (ws, other):
        asked = await place.mention(place.channel("room"), place.user("Cleo"), "korea?")
        assert await replies(place, asked) == ["Yes: korea."]

    # One auth.test for each installation, none for any delivery.
    assert len([c for c in ws.calls if c.method == "auth.test"]) == 2


async def test_what_is_sent_to_slack_names_the_app_and_its_scopes(
    ws: StandInWorkspace, app: SlackApp, browser: aiohttp.ClientSession
) -> None:
    answer = await get(browser, f"{site(ws)}/slack/install")
    where = urlsplit(answer.headers["Location"])

    assert where.path == "/oauth/v2/authorize"
    assert parse_qs(where.query)["client_id"] == ["client-id"]
    asked = parse_qs(where.query)["scope"][0].split(",")
    assert asked == manifest()["oauth_config"]["scopes"]["bot"]


@pytest.mark.parametrize("wrong", ["no state", "no cookie", "another's cookie", "used before"])
async def test_a_state_is_good_once_and_in_its_own_browser(
    ws: StandInWorkspace, app: SlackApp, browser: aiohttp.ClientSession, wrong: str
) -> None:
    state, cookie = await started(browser, ws)
    if wrong == "another's cookie":
        _, cookie = await started(browser, ws)
    elif wrong == "no cookie":
        cookie = ""
    elif wrong == "used before":
        url = f"{site(ws)}/slack/oauth_redirect?error=access_denied&state={state}"
        assert "was not installed" in await (await get(browser, url, cookie)).text()
    elif wrong == "no state":
        state = ""
    code = ws.install_code(ws.user("Cleo"))
    url = f"{site(ws)}/slack/oauth_redirect?code={code}&state={state}"

    assert (await get(browser, url, cookie)).status == 400
    assert ws.bot_token is None


async def test_a_code_that_slack_does_not_know_installs_nothing(
    ws: StandInWorkspace, app: SlackApp, installs: Installs, browser: aiohttp.ClientSession
) -> None:
    state, cookie = await started(browser, ws)
    url = f"{site(ws)}/slack/oauth_redirect?code=made-up&state={state}"

    assert (await get(browser, url, cookie)).status == 400
    assert await installs.all() == []


async def test_tokens_are_encrypted_at_rest(
    ws: StandInWorkspace, app: SlackApp, database: Database, browser: aiohttp.ClientSession
) -> None:
    await install(browser, ws, ws)
    assert ws.bot_token
    with database.engine.connect() as connection:
        rows = [
            str(tuple(row))
            for table in ("slack_bots", "slack_installations")
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        ]

    assert len(rows) == 2
    assert not any(ws.bot_token in row or "xoxb" in row for row in rows)


async def test_an_uninstalled_workspace_is_forgotten_and_can_come_back(
    ws: StandInWorkspace, app: SlackApp, installs: Installs, browser: aiohttp.ClientSession
) -> None:
    await install(browser, ws, ws)
    assert [bot.team_id for bot in await installs.all()] == [ws.team_id]
    await ws.uninstall()
    assert await installs.all() == []
    assert await installs.find(None, ws.team_id) is None

    await install(browser, ws, ws)
    asked = await ws.mention(ws.channel("room"), ws.user("Cleo"), "korea?")
    assert await replies(ws, asked) == ["Yes: korea."]


async def test_a_token_is_renewed_once_before_it_ends(
    database: Database, installs: Installs, clock: Clock, browser: aiohttp.ClientSession
) -> None:
    async with StandInWorkspace(bot_token=None, clock=clock, rotate_tokens=True) as ws:
        settings = settings_for(ws, client_id="client-id", client_secret="client-secret")
        app = build_app(Echoing(), SqlStore(database), settings, installs, clock=clock)
        async with over_http(app, settings, clock) as url:
            ws.deliver_to(url)
            await install(browser, ws, ws)
            first = ws.bot_token
            clock.ahead = 11 * 3600
            for _ in range(3):
                asked = await ws.mention(ws.channel("room"), ws.user("Cleo"), "korea?")
                assert await replies(ws, asked) == ["Yes: korea."]
            clock.ahead = 13 * 3600  # the first would have ended
            asked = await ws.mention(ws.channel("room"), ws.user("Cleo"), "korea?")
            assert await replies(ws, asked) == ["Yes: korea."]
            await ws.settled()
    renewals = [c for c in ws.calls if c.arguments.get("grant_type") == "refresh_token"]

    assert len(renewals) == 1
    assert ws.bot_token != first


async def test_no_token_is_logged(
    ws: StandInWorkspace,
    app: SlackApp,
    browser: aiohttp.ClientSession,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    await install(browser, ws, ws)
    await ws.mention(ws.channel("room"), ws.user("Cleo"), "korea?")

    ours = [r.getMessage() for r in caplog.records if r.name.startswith(("bot", "slack"))]
    assert ours and not re.search(r"xox[a-z]+-|client-secret", "\n".join(ours))


async def test_the_operator_sees_who_has_installed_it_and_removes_it_from_one(
    ws: StandInWorkspace,
    app: SlackApp,
    database: Database,
    browser: aiohttp.ClientSession,
) -> None:
    await install(browser, ws, ws)
    environ = {
        "DATABASE_URL": database.engine.url.render_as_string(hide_password=False).replace(
            "+psycopg", ""
        ),
        "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "client-secret", "TOKEN_KEY": KEY,
        "SLACK_SIGNING_SECRET": "signing-secret", "SLACK_API_URL": ws.api_url,
    }  # fmt: skip
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE slack_bots SET client_id = '1.2'"))
        connection.execute(text("UPDATE slack_installations SET client_id = '1.2'"))

    code, said, _ = await mra_bot(environ, "installs")
    assert (code, said.split("  ")[:2]) == (0, [ws.team_id, "Importer"])
    code, _, wrong = await mra_bot(environ, "installs", "revoke", "T-nobody")
    assert code == 2 and wrong.count("\n") == 1 and "not installed in" in wrong
    code, said, _ = await mra_bot(environ, "installs", "revoke", ws.team_id)
    assert code == 0 and said.startswith(f"removed from {ws.team_id}")
    code, said, _ = await mra_bot(environ, "installs")
    assert said == "No workspace has installed the app.\n"
    assert ws.bot_token is None


async def test_with_one_workspace_there_is_nothing_to_list_and_it_says_why() -> None:
    code, _, wrong = await mra_bot({"SLACK_CLIENT_ID": ""}, "installs")
    assert code == 2 and "without it there is one workspace only" in wrong


async def mra_bot(environ: dict[str, str], *arguments: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-m", "bot", *arguments,
        env={**os.environ, **environ},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, wrong = await process.communicate()
    return process.returncode or 0, said.decode(), wrong.decode()
