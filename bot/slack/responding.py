"""Answers to interactions, through the response URL that each brings."""

from __future__ import annotations

import logging
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot import metrics
from bot.rendering import Message
from bot.slack.posting import OFFLINE, UNFURLED, Unavailable, content

_log = logging.getLogger(__name__)
_MALFORMED = (ValueError, AssertionError)  # what the client raises for an address that is none


class NoResponse(Unavailable):
    """A response URL took nothing, which is logged. There is no other way to who clicked."""


async def respond(
    client: AsyncWebClient, response_url: str, message: Message | None, **options: Any
) -> None:
    """Answers an interaction through its response URL; raises NoResponse where it is used up,
    out of reach or no address.

    `options` are Slack's: response_type, replace_original, delete_original, thread_ts.
    """
    body: dict[str, Any] = dict(options)
    if message:
        body |= content(message) | UNFURLED
    webhook = AsyncWebhookClient(
        response_url,
        session=client.session,
        logger=client.logger,
        retry_handlers=client.retry_handlers,
    )
    webhook.proxy = client.proxy  # else it looks for one by itself
    try:
        response = await webhook.send_dict(body)
    except (*OFFLINE, *_MALFORMED) as error:
        _log.error("Slack's response URL could not be reached: %s", type(error).__name__)
        raise NoResponse(type(error).__name__) from None
    if response.status_code != 200:
        metrics.slack_error("response_url", str(response.status_code))
        _log.error("Slack's response URL answered %s: %.100s", response.status_code, response.body)
        raise NoResponse(f"response URL {response.status_code}")
