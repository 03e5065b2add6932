"""The app's own page of messages: greeted once, with prompts to start from.

This is the page of Slack's agent view. An app without that view has no place for prompts and is
used as well.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import Message
from bot.rendering.blocks import section
from bot.rendering.buttons import ask_button
from bot.rendering.characters import escape, one_line
from bot.rendering.limits import limit
from bot.slack.outbox import letter_body
from bot.slack.payloads import id_of
from bot.slack.posting import OFFLINE, Refused, refusal_of
from bot.slack.services import Services, accepted
from bot.slack.turns import CLAIMED, releasing
from bot.store import DAY, Letter

_log = logging.getLogger(__name__)
_GREETED = 365 * DAY  # a second hello a year later troubles nobody; an id kept for ever would
_EXAMPLES = 3  # more is help, which is a word away
_HELLO = (
    "Hello. I look up mutual recognition between CTPAT and the trusted-trader programs of other "
    'customs administrations, and say where each fact comes from. Ask me in your own words; "help" '
    "shows all that can be asked."
)


def register(app: AsyncApp, services: Services) -> None:
    async def on_its_page(event: dict[str, Any]) -> bool:
        return event.get("tab") == "messages"

    async def opened(
        event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        user, channel = id_of(event.get("user")), id_of(event.get("channel"))
        if not user or not channel:
            return accepted()
        await _suggest(services, client, channel)
        key = f"greeted:{context.team_id}:{user}"
        if await services.store.claim(key, services.clock()) not in CLAIMED:
            return accepted()
        letter = Letter(
            key,
            context.team_id or "",
            channel,
            letter_body(_hello(services)),
            enterprise=context.enterprise_id or "",
            keep=_GREETED,
        )
        async with releasing(services, key):
            with suppress(Refused):  # logged; asked again it would be refused again
                await services.outbox.send(client, letter)
        return accepted()

    app.event("app_home_opened", matchers=[on_its_page])(opened)


def _hello(services: Services) -> Message:
    """What the bot is, and some questions to begin with."""
    examples = services.catalogue.prompts[:_EXAMPLES]
    made = [section(_HELLO)]
    buttons = [ask_button(choice, f"next:{n}") for n, choice in enumerate(examples)]
    if asking := [button for button in buttons if button]:
        made.append({"type": "actions", "elements": asking})
    lines = (_HELLO, *(f"- {escape(one_line(choice.say))}" for choice in examples))
    return Message("\n".join(lines), tuple(made))


async def _suggest(services: Services, client: AsyncWebClient, channel: str) -> None:
    """Sets the prompts. Without a thread: with one the call has no effect in an agent view."""
    prompts = [
        {"title": one_line(choice.label), "message": choice.say}
        for choice in services.catalogue.prompts[: limit("prompts")]
    ]
    if not prompts:
        return
    try:
        await client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts)
    except SlackApiError as error:
        # An app without the agent view has no place for prompts, and works without them.
        _log.info("Slack took no suggested prompts: %s", refusal_of(error))
    except OFFLINE as error:
        _log.info("Slack took no suggested prompts: %s", type(error).__name__)
