"""*More*: the next page of a long answer; and the rows of its table as CSV.

A page replaces what only the clicker sees, and follows in the thread otherwise. CSV goes to
the clicker alone: nobody else asked for it. The question is asked once more for both, with the
memory it was read with, so that nothing needs to be kept.
"""

from __future__ import annotations

import re

from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import Message, to_sheet, to_slack
from bot.slack.clicks import Click, tell
from bot.slack.pressing import once, post_reply, register_click
from bot.slack.responding import respond
from bot.slack.services import Services

SHEET = "sheet"  # the action of the button under a table
_FOLLOWED = "This button was pressed before: the next page has been posted."
CHANGED = "The answer has changed since, and has no such rows any more. Please ask again."


def register(app: AsyncApp, services: Services) -> None:
    async def page(client: AsyncWebClient, click: Click) -> None:
        if click.ephemeral:
            said, _, again = reply = services.ask_again(click.asking)
            message = to_slack(said, carry=reply.carry, shares=again, start=click.start)
            await respond(client, click.response_url, message, replace_original=True)
            return

        async def follow(unsure: bool) -> None:
            # What the thread remembers stays: no question was asked.
            reply = services.ask_again(click.asking)
            await post_reply(
                services, client, click, key, reply,
                unsure=unsure, thread_ts=click.reply_ts, start=click.start,
            )  # fmt: skip

        # The message, not the click: whoever presses it, the next page comes once.
        key = f"page:{click.team}:{click.channel}:{click.message_ts}"
        await once(services, client, click, key, follow, already=_FOLLOWED)

    async def sheet(client: AsyncWebClient, click: Click) -> None:
        reply = services.ask_again(click.asking)
        message = to_sheet(reply.said, reply.again, click.start)
        await tell(client, click, message or Message(CHANGED, ()))

    register_click(app, services, re.compile("^(?:more|back)$"), page)
    register_click(app, services, SHEET, sheet)
