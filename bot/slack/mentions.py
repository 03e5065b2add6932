"""`@bot QUESTION`: answered in the thread of that message, never at the top level."""

from __future__ import annotations

from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.memory import Memory
from bot.rendering import Message
from bot.rendering.blocks import section
from bot.slack.payloads import read_message
from bot.slack.services import Services, accepted
from bot.slack.turns import answer
from bot.store import Person, Thread

_STOPPED = "I'll keep out of this thread until somebody mentions me again."


def register(app: AsyncApp, services: Services) -> None:
    async def mentioned(
        body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        incoming = read_message(body, context.team_id)
        if incoming is None:
            return accepted()
        ts = incoming.thread_ts or incoming.ts
        thread = Thread(incoming.team, incoming.channel, ts)
        speech = _stopped if services.told_to_stop(incoming.text) else None
        response = await answer(services, client, incoming, thread, speech=speech)
        if response.status == 200 and not speech:
            await services.keep_recent(Person(incoming.team, incoming.user), incoming.text)
        return response

    app.event("app_mention")(mentioned)


def _stopped(memory: Memory | None) -> tuple[Message, Memory]:
    return Message(_STOPPED, (section(_STOPPED),)), (memory or Memory())._replace(stopped=True)
