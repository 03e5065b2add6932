"""Direct messages: answered in the message's thread, else at the direct message's own level.

In Slack's agent view a thread has a title, by which its person finds it again, and a status
line, for an answer that lets them wait.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering.characters import cut, plain
from bot.slack.payloads import Incoming, read_message
from bot.slack.posting import OFFLINE, refusal_of
from bot.slack.services import Services, accepted
from bot.slack.turns import answer
from bot.store import Person, Thread

_log = logging.getLogger(__name__)
_WAITING = 1.0  # seconds; a status line for less would only flicker
_STATUS = "is looking it up…"
_TITLE = 60  # characters; a list of threads shows no more of a title


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
        untitled = bool(thread.ts) and not await _has_topic(services, thread)
        async with _status(client, incoming):
            response = await answer(services, client, incoming, thread)
        if response.status == 200:
            await services.keep_recent(Person(incoming.team, incoming.user), incoming.text)
            if untitled and await _has_topic(services, thread):
                await _name(client, thread, incoming.text)
        return response

    app.event("message", matchers=[in_a_direct_message])(said)


@asynccontextmanager
async def _status(client: AsyncWebClient, incoming: Incoming) -> AsyncIterator[None]:
    """Shows that an answer is on its way, where it takes its time, until it is there."""

    async def show(status: str) -> None:
        ts = incoming.thread_ts or incoming.ts
        call = client.assistant_threads_setStatus(
            channel_id=incoming.channel, thread_ts=ts, status=status
        )
        await _tried(call, "status")

    async def show_later() -> None:
        await asyncio.sleep(_WAITING)
        await show(_STATUS)

    clock = asyncio.get_running_loop().time
    began = clock()
    waiting = asyncio.create_task(show_later())
    try:
        yield
    finally:
        waiting.cancel()
        # An answer ends the status of the thread it is in, which that under a question is not.
        if clock() - began >= _WAITING and not incoming.thread_ts:
            await show("")


async def _has_topic(services: Services, thread: Thread) -> bool:
    """Whether something was asked in a thread and answered."""
    memory = await services.store.memory(thread, services.clock())
    return memory is not None and memory.topic != ""


async def _name(client: AsyncWebClient, thread: Thread, question: str) -> None:
    """Gives a thread its first question as a title."""
    call = client.assistant_threads_setTitle(
        channel_id=thread.channel, thread_ts=thread.ts, title=cut(plain(question), _TITLE)
    )
    await _tried(call, "title")


async def _tried(call: Awaitable[Any], what: str) -> None:
    """Makes a call that an app without the agent view is refused, and works without."""
    try:
        await call
    except SlackApiError as error:
        _log.info("Slack took no %s: %s", what, refusal_of(error))
    except OFFLINE as error:
        _log.info("Slack took no %s: %s", what, type(error).__name__)
