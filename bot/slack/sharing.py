"""*Share in channel*: the answer to a command, for everybody, with replies as follow-ups."""

from __future__ import annotations

from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import Asked, Shared, to_slack
from bot.slack.clicks import Click, carried, read_click
from bot.slack.outbox import letter_body
from bot.slack.posting import Refused, respond
from bot.slack.services import Services, accepted
from bot.slack.turns import CLAIMED, releasing
from bot.store import Claim, Letter


def register(app: AsyncApp, services: Services) -> None:
    async def share(
        body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        click = read_click(body, context.team_id)
        if click is None or services.ignores(click.external):
            return accepted()
        # The message, not the click: pressing twice shares once.
        key = f"share:{click.team}:{click.channel}:{click.message_ts}"
        claim = await services.store.claim(key, services.clock())
        if claim not in CLAIMED:
            return accepted()
        async with releasing(services, key):
            await _share(services, client, click, key, unsure=claim is Claim.TAKEN)
        await respond(client, click.response_url, None, delete_original=True)
        return accepted()

    app.action("share")(share)


async def _share(
    services: Services, client: AsyncWebClient, click: Click, key: str, *, unsure: bool
) -> None:
    said, memory = services.ask(click.say, click.carried)
    asked = Asked(click.user, click.say, "shared")
    again = Shared(click.say, carried(click.carried))
    letter = Letter(
        key,
        click.team,
        click.channel,
        letter_body(to_slack(said, asked=asked, again=again)),
        enterprise=click.enterprise,
        after_ts=click.message_ts,
        opens=memory.to_json(),
    )
    try:
        await services.outbox.send(client, letter, unsure=unsure)
    except Refused as refusal:
        if not refusal.no_member:
            raise
        # Without membership there are no replies to hear; the buttons carry the memory.
        await respond(
            client,
            click.response_url,
            to_slack(said, carry=carried(memory), asked=asked, again=again),
            response_type="in_channel",
            replace_original=False,
        )
