"""The workspaces that have installed the app, for the operator; and removing it from one."""

from __future__ import annotations

import datetime
import logging

from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store.models.bot import Bot
from slack_sdk.web.async_client import AsyncWebClient

from bot.installs import Installs

_GONE = ("token_revoked", "account_inactive", "invalid_auth")  # Slack has removed it already


async def installed(installs: Installs) -> list[str]:
    """A line for each workspace: its id, its name, since when."""
    return [_line(bot) for bot in await installs.all()]


async def removed(installs: Installs, place: str, api_url: str) -> str | None:
    """Removes the app from a workspace or an organization, by its id; says what was done.

    None where it is not installed there. Raises SlackApiError where Slack refuses it.
    """
    for bot in await installs.all():
        if place == (bot.team_id or bot.enterprise_id):
            if bot.bot_token:
                await _revoke(bot, api_url)
            await installs.forget(bot.enterprise_id, bot.team_id)
            return f"removed from {_line(bot)}"
    return None


async def _revoke(bot: Bot, api_url: str) -> None:
    quiet = logging.getLogger("bot.slack.framework")  # slack_sdk's lines hold whole calls
    client = AsyncWebClient(bot.bot_token, base_url=api_url, logger=quiet)
    if "//127.0.0.1" in api_url:
        client.proxy = None  # a proxy of the environment could not reach this machine
    try:
        await client.auth_revoke()
    except SlackApiError as error:
        if error.response["error"] not in _GONE:
            raise


def _line(bot: Bot) -> str:
    place, name = bot.team_id or bot.enterprise_id, bot.team_name or bot.enterprise_name or ""
    day = datetime.datetime.fromtimestamp(bot.installed_at, datetime.UTC).date()
    whole = "  (whole organization)" if bot.is_enterprise_install else ""
    return f"{place}  {name}  since {day.isoformat()}{whole}"
