"""Further messages in a thread the bot has answered in: followed up without a mention.

Silence is the rule: chatter, talk with others and whatever it does not know stay unanswered.
Nothing else in a channel is answered or kept.
"""

from __future__ import annotations

from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.payloads import read_message
from bot.slack.services import Services, accepted
from bot.slack.turns import answer
from bot.store import Thread


def register(app: AsyncApp, services: Services) -> None:
    async def in_a_channel(event: dict[str, Any]) -> bool:
        return event.get("channel_type") != "im"

    async def said(
        body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        incoming = read_message(body, context.team_id)
        # What mentions the bot comes as app_mention too, and is answered there; what mentions
        # others is for them.
        if incoming is None or not incoming.thread_ts or incoming.mentions_somebody:
            return accepted()
        thread = Thread(incoming.team, incoming.channel, incoming.thread_ts)
        return await answer(services, client, incoming, thread, addressed=False)

    app.event("message", matchers=[in_a_channel])(said)
