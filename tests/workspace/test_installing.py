"""How an app comes into the stand-in workspace and goes again."""

from __future__ import annotations

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Channel, StandInWorkspace, User
from tests.echo_app import Echo, answer
from tests.workspace.conftest import Clock

# slack_sdk 3.47 still uses what aiohttp 3.14 is about to drop
SDK_WARNS = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@SDK_WARNS
async def test_installing_with_oauth_gives_a_token_once(ws: StandInWorkspace) -> None:
    other = ws.neighbour("Forwarder")
    assert other.bot_token is None
    code = other.install_code(other.user("Cleo"))
    client = AsyncWebClient(base_url=ws.api_url)
    credentials = {"client_id": "client-id", "client_secret": "client-secret"}

    granted = await client.oauth_v2_access(code=code, **credentials)
    who = await client.auth_test(token=granted["access_token"])
    assert granted["team"] == {"id": other.team_id, "name": "Forwarder"}
    assert (who["team_id"], who["user_id"]) == (other.team_id, other.bot.id)
    with pytest.raises(Exception, match="invalid_code"):
        await client.oauth_v2_access(code=code, **credentials)


@SDK_WARNS
async def test_a_rotated_token_ends_after_twelve_hours_and_is_renewed_once() -> None:
    clock = Clock()
    async with StandInWorkspace(clock=clock, rotate_tokens=True, bot_token=None) as ws:
        client = AsyncWebClient(base_url=ws.api_url)
        credentials = {"client_id": "client-id", "client_secret": "client-secret"}
        code = ws.install_code(ws.user("Ana"))
        first = await client.oauth_v2_access(code=code, **credentials)
        clock.now += 43_201
        with pytest.raises(Exception, match="token_expired"):
            await client.auth_test(token=first["access_token"])
        renewal = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
        second = await client.oauth_v2_access(**credentials, **renewal)
        assert (await client.auth_test(token=second["access_token"]))["ok"]
        with pytest.raises(Exception, match="invalid_refresh_token"):
            await client.oauth_v2_access(**credentials, **renewal)


async def test_a_removed_app_is_told_and_hears_nothing_more(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    await ws.uninstall()
    assert sorted(echo.kinds()) == ["app_uninstalled", "tokens_revoked"]
    await ws.mention(compliance, ana, "korea?")
    assert len(echo.heard) == 2


async def test_an_app_that_revokes_its_token_is_removed(ws: StandInWorkspace, echo: Echo) -> None:
    await echo.bolt.client.auth_revoke()
    await ws.settled()
    assert sorted(echo.kinds()) == ["app_uninstalled", "tokens_revoked"]
    assert (await answer(echo.bolt.client, "auth.test", {}))["error"] == "token_revoked"
