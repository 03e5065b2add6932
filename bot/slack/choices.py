"""Buttons that ask: the choices of an answer that asks back, and the next questions."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import Asked, Message, Shared, to_slack
from bot.rendering.blocks import section
from bot.slack.clicks import Click, carried, read_click, tell
from bot.slack.posting import Refused, respond
from bot.slack.services import Services, accepted, worth_sharing
from bot.slack.turns import CLAIMED, answer_click, releasing
from bot.store import Claim, Thread

_ANSWERED = "This button was pressed before: its answer is in the thread."


def register(app: AsyncApp, services: Services) -> None:
    async def clicked(
        body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        click = read_click(body, context.team_id)
        if click is None or services.ignores(click.external):
            return accepted()
        if click.ephemeral:
            await _replace(services, client, click)
            return accepted()
        # The button, not the click: in a thread its answer stays beside it. A direct message
        # scrolls on, and there it may be asked again.
        key = f"click:{click.team}:{click.channel}:{click.message_ts}:{click.action}"
        if click.direct:
            key += f":{click.action_ts}"
        claim = await services.store.claim(key, services.clock())
        if claim in CLAIMED:
            async with releasing(services, key):
                await _reply(services, client, click, key, unsure=claim is Claim.TAKEN)
        elif claim is Claim.DONE:
            await tell(client, click, Message(_ANSWERED, (section(_ANSWERED),)))
        return accepted()

    app.action(re.compile(r"(?:choice|next):\d+"))(clicked)


async def _replace(services: Services, client: AsyncWebClient, click: Click) -> None:
    """What only the clicker sees is answered in its place."""
    said, after = services.ask(click.say, click.carried)
    # Shared with the memory from before the question, so that it is read the same way again.
    again = Shared(click.say, carried(click.carried))
    shares = again if worth_sharing(said) else None
    message = to_slack(said, carry=carried(after), shares=shares, again=again, private=True)
    await respond(client, click.response_url, message, replace_original=True)


async def _reply(
    services: Services, client: AsyncWebClient, click: Click, key: str, *, unsure: bool
) -> None:
    """What everybody sees is answered in the thread under it, with the clicker's name."""
    asked = None if click.direct else Asked(click.user, click.label)
    thread = Thread(click.team, click.channel, click.reply_ts)
    try:
        await answer_click(services, client, click, key, thread, asked, unsure=unsure)
    except Refused as refusal:
        if not refusal.no_member:
            raise
        said, after = services.ask(click.say, click.carried)
        await respond(
            client,
            click.response_url,
            to_slack(
                said,
                carry=carried(after),
                again=Shared(click.say, carried(click.carried)),
                asked=asked,
            ),
            response_type="in_channel",
            replace_original=False,
            thread_ts=click.reply_ts,
        )
