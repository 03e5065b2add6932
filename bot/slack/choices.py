"""Buttons that ask: the choices of an answer that asks back, and the next questions."""

from __future__ import annotations

import re

from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.memory import Memory
from bot.rendering import Asked, to_slack
from bot.slack.clicks import Click
from bot.slack.pressing import once, post_reply, register_click
from bot.slack.responding import respond
from bot.slack.services import Services, worth_sharing
from bot.store import Thread

_ANSWERED = "This button was pressed before: its answer is in the thread."


def register(app: AsyncApp, services: Services) -> None:
    async def clicked(client: AsyncWebClient, click: Click) -> None:
        if click.ephemeral:
            await _replace(services, client, click)
            return

        async def reply(unsure: bool) -> None:
            await _reply(services, client, click, key, unsure=unsure)

        # The button, not the click: in a thread its answer stays beside it. A direct message
        # scrolls on, and there it may be asked again.
        key = f"click:{click.team}:{click.channel}:{click.message_ts}:{click.action}"
        if click.direct:
            key += f":{click.action_ts}"
        await once(services, client, click, key, reply, already=_ANSWERED)

    register_click(app, services, re.compile(r"(?:choice|next):\d+"), clicked)


async def _replace(services: Services, client: AsyncWebClient, click: Click) -> None:
    """What only the clicker sees is answered in its place."""
    said, _, again = reply = services.ask_again(click.asking)
    # Shared with the memory from before the question, so that it is read the same way again.
    shares = again if worth_sharing(said) else None
    message = to_slack(said, carry=reply.carry, shares=shares, again=again, private=True)
    await respond(client, click.response_url, message, replace_original=True)


async def _reply(
    services: Services, client: AsyncWebClient, click: Click, key: str, *, unsure: bool
) -> None:
    """What everybody sees is answered in the thread under it, with the clicker's name. Where the
    bot was told to keep out, it goes on keeping out: a click is no mention."""
    asked = None if click.direct else Asked(click.user, click.label)
    thread = Thread(click.team, click.channel, click.reply_ts)
    async with services.lock(thread):
        memory = await services.store.memory(thread, services.clock())
        memory = memory or click.asking.memory or Memory()
        reply = services.ask(click.asking.say, memory._replace(stopped=False))
        await post_reply(
            services, client, click, key, reply,
            unsure=unsure, thread_ts=thread.ts, asked=asked,
            thread=thread, memory=reply.after._replace(stopped=memory.stopped),
        )  # fmt: skip
