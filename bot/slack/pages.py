"""*More*: the next page of a long answer; and the rows of its table as CSV.

A page replaces what only the clicker sees, and follows in the thread otherwise. CSV goes to
the clicker alone: nobody else asked for it. The question is asked once more for both, with the
memory it was read with, so that nothing needs to be kept.
"""

from __future__ import annotations

import re
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import Message, Shared, to_sheet, to_slack
from bot.rendering.blocks import section
from bot.slack.clicks import Click, carried, read_click, tell
from bot.slack.outbox import letter_body
from bot.slack.posting import Refused, respond
from bot.slack.services import Services, accepted
from bot.slack.turns import CLAIMED, releasing
from bot.store import Claim, Letter

_FOLLOWED = "This button was pressed before: the next page has been posted."
_CHANGED = "The answer has changed since, and has no such rows any more. Please ask again."


def register(app: AsyncApp, services: Services) -> None:
    async def page(
        body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        click = read_click(body, context.team_id)
        if click is None or services.ignores(click.external):
            return accepted()
        if click.ephemeral:
            said, after = services.ask(click.say, click.carried)
            shares = Shared(click.say, carried(click.carried))
            message = to_slack(said, carry=carried(after), shares=shares, start=click.start)
            await respond(client, click.response_url, message, replace_original=True)
            return accepted()
        # The message, not the click: whoever presses it, the next page comes once.
        key = f"page:{click.team}:{click.channel}:{click.message_ts}"
        claim = await services.store.claim(key, services.clock())
        if claim in CLAIMED:
            async with releasing(services, key):
                await _follow(services, client, click, key, unsure=claim is Claim.TAKEN)
        elif claim is Claim.DONE:
            await tell(client, click, Message(_FOLLOWED, (section(_FOLLOWED),)))
        return accepted()

    async def sheet(
        body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        click = read_click(body, context.team_id)
        if click is None or services.ignores(click.external):
            return accepted()
        said, _ = services.ask(click.say, click.carried)
        message = to_sheet(said, Shared(click.say, carried(click.carried)), click.start)
        await tell(client, click, message or Message(_CHANGED, ()))
        return accepted()

    app.action(re.compile("^(?:more|back)$"))(page)
    app.action("sheet")(sheet)


async def _follow(
    services: Services, client: AsyncWebClient, click: Click, key: str, *, unsure: bool
) -> None:
    """Posts the page in the thread. What the thread remembers stays: no question was asked."""
    said, after = services.ask(click.say, click.carried)
    again = Shared(click.say, carried(click.carried))
    letter = Letter(
        key,
        click.team,
        click.channel,
        letter_body(to_slack(said, again=again, start=click.start)),
        enterprise=click.enterprise,
        thread_ts=click.reply_ts,
        after_ts=click.message_ts,
    )
    try:
        await services.outbox.send(client, letter, unsure=unsure)
    except Refused as refusal:
        if not refusal.no_member:
            raise
        # No thread of its own remembers this one: its buttons carry the memory.
        await respond(
            client,
            click.response_url,
            to_slack(said, carry=carried(after), again=again, start=click.start),
            response_type="in_channel",
            replace_original=False,
            thread_ts=click.reply_ts,
        )
