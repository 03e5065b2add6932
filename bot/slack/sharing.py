"""*Share in channel*: the answer to a command, for everybody, with replies as follow-ups."""

from __future__ import annotations

from contextlib import suppress

from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import Asked
from bot.slack.clicks import Click
from bot.slack.pressing import once, post_reply, register_click
from bot.slack.responding import NoResponse, respond
from bot.slack.services import Services


def register(app: AsyncApp, services: Services) -> None:
    async def share(client: AsyncWebClient, click: Click) -> None:
        async def post(unsure: bool) -> None:
            reply = services.ask_again(click.asking)
            asked = Asked(click.user, click.asking.say, "shared")
            await post_reply(
                services, client, click, key, reply, unsure=unsure, asked=asked, opens=True
            )

        # The message, not the click: pressing twice shares once.
        key = f"share:{click.team}:{click.channel}:{click.message_ts}"
        if await once(services, client, click, key, post):
            with suppress(NoResponse):  # it is shared; only what the clicker sees stays too
                await respond(client, click.response_url, None, delete_original=True)

    register_click(app, services, "share", share)
