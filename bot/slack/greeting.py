"""The app's own page of messages: greeted once, with prompts to start from."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.answer import Answer
from bot.rendering import to_slack
from bot.rendering.characters import one_line
from bot.rendering.limits import limit
from bot.slack.observing import count_refusal
from bot.slack.posting import Refused, post, reason_of
from bot.slack.services import HELP, Services, accepted
from bot.store import DAY, Claim

_log = logging.getLogger(__name__)
_GREETED = 3650 * DAY  # once means once


def register(app: AsyncApp, services: Services) -> None:
    async def opened(
        event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        user, channel = event.get("user"), event.get("channel")
        if event.get("tab") != "messages" or not user or not channel:
            return accepted()
        said, _ = services.ask(HELP, None)
        await _suggest(client, channel, said)
        key = f"greeted:{context.team_id}:{user}"
        if await services.store.claim(key, services.clock()) is not Claim.WON:
            return accepted()
        try:
            await post(client, channel, to_slack(said))
        except Refused:
            pass  # logged; asked again it would be refused again
        except BaseException:
            await services.store.release(key)
            raise
        await services.store.done(key, services.clock(), _GREETED)
        return accepted()

    app.event("app_home_opened")(opened)


async def _suggest(client: AsyncWebClient, channel: str, said: Answer) -> None:
    """Sets the prompts. Without a thread: with one the call has no effect in an agent view."""
    prompts = [
        {"title": one_line(choice.label), "message": choice.say}
        for choice in (said.next_steps or said.choices)[: limit("prompts")]
    ]
    if not prompts:
        return
    try:
        await client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts)
    except SlackApiError as error:
        count_refusal(error, reason_of(error))
        # An app without the agent view has no place for prompts, and works without them.
        _log.info("Slack took no suggested prompts: %s", reason_of(error))
