"""Coming into workspaces by OAuth and leaving them; whose token a delivery is answered with."""

from __future__ import annotations

import html
import logging
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlencode

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store.models.bot import Bot
from slack_sdk.oauth.installation_store.models.installation import Installation
from slack_sdk.web.async_client import AsyncWebClient

from bot.installs import Installs
from bot.manifest import manifest
from bot.settings import Settings
from bot.slack.posting import OFFLINE, UNREADABLE, refusal_of
from bot.slack.services import accepted
from bot.slack.turns import CLAIMED
from bot.store import Store, StoreUnreachable

_log = logging.getLogger(__name__)
_COOKIE = "mra-bot-state"
_COOKIE_SECONDS = 600
_RENEW_SECONDS = 2 * 3600  # before a token of twelve hours ends


@dataclass(frozen=True, slots=True)
class Shown:
    """What the browser is shown."""

    status: int
    body: str
    headers: tuple[tuple[str, str], ...] = ()


class Installing:
    """The way in, for browsers."""

    def __init__(
        self, installs: Installs, client: AsyncWebClient, settings: Settings,
        clock: Callable[[], float],
    ) -> None:  # fmt: skip
        self._installs, self._client, self._settings = installs, client, settings
        self._clock = clock
        self._scopes = ",".join(manifest()["oauth_config"]["scopes"]["bot"])
        self._site = settings.api_url.removesuffix("api/")  # GovSlack has its own

    async def open(self) -> None:
        """Encrypts with the newest key what older ones have encrypted."""
        try:
            await self._installs.reseal()
        except StoreUnreachable as error:
            _log.error("the store is out of reach: %s", error)

    async def start(self) -> Shown:
        """Sends the browser to Slack, with a state that only this browser can bring back."""
        state = await self._installs.new_state()
        query = {"client_id": self._settings.client_id, "scope": self._scopes, "state": state}
        address = f"{self._site}oauth/v2/authorize?{urlencode(query)}"
        return Shown(302, "", (("location", address), ("set-cookie", _cookie(state))))

    async def finish(self, query: dict[str, str], cookies: str) -> Shown:
        """Takes in the workspace that Slack sends the browser back with."""
        state = query.get("state", "")
        if not state or _state_of(cookies) != state or not await self._installs.take_state(state):
            return _page(400, "This link is not valid, or no longer.", "Start again.")
        if "error" in query or not query.get("code"):
            return _page(200, "The app was not installed.", "You can start again at any time.")
        try:
            granted = await self._client.oauth_v2_access(
                client_id=self._settings.client_id,
                client_secret=self._settings.client_secret,
                code=query["code"],
            )
            who = await self._client.auth_test(token=granted["access_token"])
        except SlackApiError as error:
            _log.error("Slack refused an installation: %s", refusal_of(error))
            return _page(400, "Slack refused the installation.", "Start again.")
        except (*OFFLINE, *UNREADABLE) as error:
            _log.error("Slack could not be reached: %s", type(error).__name__)
            return _page(503, "Slack could not be reached.", "Start again in a minute.")
        installation = self._installation(granted, who)
        await self._installs.save(installation)
        _log.info("installed in %s", installation.team_id or installation.enterprise_id)
        name = installation.team_name or installation.enterprise_name or "your workspace"
        return _page(200, f"The app is installed in {name}.", "You can close this page.")

    def _installation(self, granted: Any, who: Any) -> Installation:
        enterprise, team = granted.get("enterprise") or {}, granted.get("team") or {}
        whole = bool(granted.get("is_enterprise_install"))
        lasts = granted.get("expires_in")
        return Installation(
            app_id=granted["app_id"],
            enterprise_id=enterprise.get("id"),
            enterprise_name=enterprise.get("name"),
            team_id=None if whole else team.get("id"),
            team_name=None if whole else team.get("name"),
            bot_token=granted["access_token"],
            bot_id=who.get("bot_id"),
            bot_user_id=granted.get("bot_user_id"),
            bot_scopes=granted.get("scope"),
            bot_refresh_token=granted.get("refresh_token"),
            bot_token_expires_at=int(self._clock()) + int(lasts) if lasts else None,
            user_id=(granted.get("authed_user") or {}).get("id") or "",
            is_enterprise_install=whole,
            token_type="bot",  # nosec B106  # a kind of token, and none itself
            installed_at=self._clock(),
        )


class Installed(AsyncAuthorize):
    """Whose token answers a delivery: by what was stored, without asking Slack."""

    def __init__(
        self, installs: Installs, store: Store, client: AsyncWebClient, settings: Settings,
        clock: Callable[[], float],
    ) -> None:  # fmt: skip
        self._installs, self._store, self._clock = installs, store, clock
        self._client, self._settings = client, settings

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None = None,
        team_id: str | None = None,
        **_: Any,
    ) -> AuthorizeResult | None:
        team = None if context.is_enterprise_install else team_id
        bot = await self.bot(enterprise_id, team)
        if bot is None:
            _log.warning("a delivery from %s, where the app is not installed", team_id)
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=bot.bot_token,
            bot_id=bot.bot_id,
            bot_user_id=bot.bot_user_id,
            bot_scopes=bot.bot_scopes,
        )

    async def bot(self, enterprise: str | None, team: str | None) -> Bot | None:
        """The bot of a workspace, with a token that is valid for a while; None for none."""
        bot = await self._installs.find(enterprise or None, team)
        if bot is None or not bot.bot_token:
            return None
        ends = bot.bot_token_expires_at
        if bot.bot_refresh_token and ends and ends - self._clock() < _RENEW_SECONDS:
            return await self._renewed(bot)
        return bot

    async def _renewed(self, bot: Bot) -> Bot:
        """With a new token; of all processes one fetches it, for a refresh token works once."""
        key = f"renew:{bot.enterprise_id}:{bot.team_id}:{bot.bot_token_expires_at}"
        if await self._store.claim(key, self._clock()) not in CLAIMED:
            return bot  # still good for a while; the cache brings the new one
        try:
            granted = await self._client.oauth_v2_access(
                client_id=self._settings.client_id,
                client_secret=self._settings.client_secret,
                grant_type="refresh_token",
                refresh_token=bot.bot_refresh_token,
            )
        except (SlackApiError, *OFFLINE, *UNREADABLE) as error:
            why = refusal_of(error) if isinstance(error, SlackApiError) else type(error).__name__
            _log.error("the token of %s could not be renewed: %s", bot.team_id, why)
            await self._store.release(key)
            return bot
        renewed = Bot(**bot.to_dict_for_copying())  # installed when it was: the same row
        renewed.bot_token = granted["access_token"]
        renewed.bot_refresh_token = granted["refresh_token"]
        renewed.bot_token_expires_at = int(self._clock()) + int(granted["expires_in"])
        await self._installs.save_bot(renewed)
        await self._store.done(key, self._clock())
        return renewed


def register(app: AsyncApp, installs: Installs) -> None:
    """Forgets a workspace, with its tokens, as soon as Slack says that it left."""

    async def removed(body: dict[str, Any], event: dict[str, Any]) -> BoltResponse:
        bots_only = event["type"] == "tokens_revoked"
        if bots_only and not (event.get("tokens") or {}).get("bot"):
            return accepted()
        whole = bool((body.get("authorizations") or [{}])[0].get("is_enterprise_install"))
        team = None if whole else body.get("team_id")
        await installs.forget(body.get("enterprise_id") or None, team)
        _log.info("removed from %s", team or body.get("enterprise_id"))
        return accepted()

    app.event("tokens_revoked")(removed)
    app.event("app_uninstalled")(removed)


def _cookie(state: str) -> str:
    # Lax: the browser comes back from Slack's site.
    return (
        f"{_COOKIE}={state}; Max-Age={_COOKIE_SECONDS}; Path=/slack; HttpOnly; Secure; SameSite=Lax"
    )


def _state_of(cookies: str) -> str:
    try:
        found = SimpleCookie(cookies).get(_COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _page(status: int, said: str, then: str) -> Shown:
    body = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>mra-bot</title>'
        f"<p>{html.escape(said)}</p><p>{html.escape(then)}</p></html>"
    )
    content_type = ("content-type", "text/html; charset=utf-8")
    return Shown(status, body, (content_type, ("cache-control", "no-store")))
