"""What buttons under answers have in common: a click is heard, acts once, and gets a reply."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.memory import Memory
from bot.rendering import Asked, Message, to_slack
from bot.rendering.blocks import section
from bot.slack.carrying import Reply
from bot.slack.clicks import Click, read_click, tell
from bot.slack.outbox import letter_body
from bot.slack.payloads import Payload
from bot.slack.posting import Refused
from bot.slack.responding import respond
from bot.slack.services import Services, accepted
from bot.slack.turns import CLAIMED, releasing
from bot.store import Claim, Letter, Thread

Handle = Callable[[AsyncWebClient, Click], Awaitable[None]]


def register_click(
    app: AsyncApp, services: Services, action: str | re.Pattern[str], handle: Handle
) -> None:
    """Has the clicks on a button handled: not those on an older version's, which its messages
    still show, nor those of people who are not answered."""

    async def clicked(
        body: Payload, context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        click = read_click(body, context.team_id)
        if click and not services.ignores(click.external):
            await handle(client, click)
        return accepted()

    app.action(action)(clicked)


async def once(
    services: Services,
    client: AsyncWebClient,
    click: Click,
    key: str,
    act: Callable[[bool], Awaitable[None]],
    *,
    already: str = "",
) -> bool:
    """Acts once for a key, however often and by whomever its button is pressed; whether it did
    now. `act` is told whether it may have been done before, by a process that fell silent; who
    presses it again is told what is `already` there.

    What fails and surely posted nothing can be pressed again.
    """
    claim = await services.store.claim(key, services.clock())
    if claim in CLAIMED:
        async with releasing(services, key):
            await act(claim is Claim.TAKEN)
    elif claim is Claim.DONE and already:
        await tell(client, click, Message(already, (section(already),)))
    return claim in CLAIMED


async def post_reply(
    services: Services,
    client: AsyncWebClient,
    click: Click,
    key: str,
    reply: Reply,
    *,
    unsure: bool,
    thread_ts: str = "",
    asked: Asked | None = None,
    start: int = 0,
    opens: bool = False,
    thread: Thread | None = None,
    memory: Memory | None = None,
) -> None:
    """Posts a reply where a button was pressed, for everybody; `opens` a thread under it that
    remembers, or in a `thread` that remembers `memory`.

    Where the bot is no member, it goes through the response URL. No thread remembers it there:
    its buttons carry the memory.
    """
    said, again = reply.said, reply.again
    letter = Letter(
        key,
        click.team,
        click.channel,
        letter_body(to_slack(said, asked=asked, again=again, start=start)),
        enterprise=click.enterprise,
        thread_ts=thread_ts,
        after_ts=click.message_ts,
        opens=reply.after.to_json() if opens else "",
    )
    try:
        await services.outbox.send(client, letter, thread=thread, memory=memory, unsure=unsure)
    except Refused as refusal:
        if not refusal.no_member:
            raise
        await respond(
            client,
            click.response_url,
            to_slack(said, carry=reply.carry, asked=asked, again=again, start=start),
            response_type="in_channel",
            replace_original=False,
            **({"thread_ts": thread_ts} if thread_ts else {}),
        )
