"""The app's own page of messages: greeted once, with prompts to start from.

This is the page of Slack's agent view. An app without that view has no place for prompts and is
used as well.
"""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import to_slack
from bot.rendering.characters import one_line
from bot.rendering.limits import limit
from bot.slack.posting import Refused, post, reason_of
from bot.slack.services import HELP, Services, accepted
from bot.store import DAY, Claim

_log = logging.getLogger(__name__)
_GREETED = 3650 * DAY  # once means once


def register(app: AsyncApp, services: Services) -> None:
    async def on_its_page(event: dict[str, Any]) -> bool:
        return event.get("tab") == "messages"

    async def opened(
        event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        user, channel = event.get("user"), event.get("channel")
        if not user or not channel:
            return accepted()
        await _suggest(services, client, channel)
        key = f"greeted:{context.team_id}:{user}"
        if await services.store.claim(key, services.clock()) is not Claim.WON:
            return accepted()
        try:
            said, _ = services.ask(HELP, None)
            await post(client, channel, to_slack(said), refusals=services.refusals)
        except Refused:
            pass  # logged; asked again it would be refused again
        except BaseException:
            await services.store.release(key)
            raise
        await services.store.done(key, services.clock(), _GREETED)
        return accepted()

    app.event("app_home_opened", matchers=[on_its_page])(opened)


async def _suggest(services: Services, client: AsyncWebClient, channel: str) -> None:
    """Sets the prompts. Without a thread: with one the call has no effect in an agent view."""
    prompts = [
        {"title": one_line(choice.label), "message": choice.say}
        for choice in services.catalogue.prompts[: limit("prompts")]
    ]
    if not prompts:
        return
    try:
        await client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts)
    except SlackApiError as error:
        # An app without the agent view has no place for prompts, and works without them.
        _log.info("Slack took no suggested prompts: %s", reason_of(error))
