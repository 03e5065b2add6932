"""Direct messages: answered in the message's thread, else at the direct message's own level."""

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
    async def in_a_direct_message(event: dict[str, Any]) -> bool:
        return event.get("channel_type") == "im"

    async def said(
        body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        incoming = read_message(body, context.team_id)
        if incoming is None:
            return accepted()
        thread = Thread(incoming.team, incoming.channel, incoming.thread_ts)
        return await answer(services, client, incoming, thread)

    app.event("message", matchers=[in_a_direct_message])(said)
