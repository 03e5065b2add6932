"""The only place that posts to Slack, and knows what Slack's refusals mean."""

from __future__ import annotations

import logging
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot import metrics
from bot.rendering import Message
from bot.slack.observing import count_refusal

_log = logging.getLogger(__name__)
_TOO_MUCH = frozenset(
    [
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_blocks_too_long",
        "msg_too_long",
        "invalid_attachments",
        "only_one_table_allowed",
    ]
)
_NO_THREAD = frozenset(["cannot_reply_to_message", "thread_not_found", "message_not_found"])
OFFLINE = (TimeoutError, aiohttp.ClientError, OSError)  # what a call raises without an answer
_NO_MEMBER = frozenset(["not_in_channel", "channel_not_found"])
_UNFURLED = {"unfurl_links": False, "unfurl_media": False}  # sources need no previews
_CURES = {  # refusals that no second attempt changes, and what to do about them
    "not_in_channel": "invite the app to the channel",
    "channel_not_found": "invite the app to the channel",
    "is_archived": "nothing: the channel is archived",
    "restricted_action": "let the app post there in the workspace's posting permissions",
    "restricted_action_read_only_channel": "let the app post in this read-only channel",
    "restricted_action_thread_locked": "nothing: the thread is locked",
    "cannot_reply_to_message": "nothing: this kind of message takes no replies",
    "thread_not_found": "nothing: the message was deleted",
    "message_not_found": "nothing: the message was deleted",
    "user_not_in_channel": "nothing: the asker has left the channel",
    "ekm_access_denied": "ask the workspace's administrators: its key management forbids it",
    "team_access_not_granted": "approve the app for this workspace",
}
_REINSTALL = "reinstall the app and set its new SLACK_BOT_TOKEN"
_REPAIRS = {  # refusals that end when the operator acts; Slack's retries may come after that
    "invalid_auth": "set SLACK_BOT_TOKEN to the token of an installed app",
    "not_authed": "set SLACK_BOT_TOKEN to the token of an installed app",
    "token_revoked": _REINSTALL,
    "token_expired": _REINSTALL,
    "account_inactive": _REINSTALL,
    "missing_scope": "reinstall the app with the scopes its manifest names",
    "ratelimited": "nothing, unless it goes on: then ask in fewer channels at a time",
}


class NotPosted(Exception):
    """Slack did not take a message; `reason` is Slack's word for why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(NotPosted):
    """It never will."""

    @property
    def no_member(self) -> bool:
        """Because the app is not in the channel."""
        return self.reason in _NO_MEMBER


class Unavailable(NotPosted):
    """It may at the next attempt."""


async def post(
    client: AsyncWebClient,
    channel: str,
    message: Message,
    *,
    thread_ts: str = "",
    asker: str = "",
) -> str:
    """Posts a message and returns its time stamp; raises Refused or Unavailable.

    Where the thread takes no replies, the `asker` alone sees the message, and the stamp is "".
    """
    where: dict[str, Any] = {"channel": channel}
    if thread_ts:
        where["thread_ts"] = thread_ts
    try:
        return await _post(client, where, message)
    except Refused as refusal:
        if refusal.reason not in _NO_THREAD or not asker:
            raise
        await _call(
            client.chat_postEphemeral,
            {"channel": channel, "user": asker} | _content(message),
        )
        return ""


async def _post(client: AsyncWebClient, where: dict[str, Any], message: Message) -> str:
    try:
        return await _call(client.chat_postMessage, where | _content(message) | _UNFURLED)
    except Refused as refusal:
        if refusal.reason not in _TOO_MUCH:
            raise
        # Better the whole answer in plain words than none: Slack splits long text itself.
        _log.error("Slack refused the blocks of an answer: %s; posting its text", refusal.reason)
        return await _call(client.chat_postMessage, where | {"text": message.text} | _UNFURLED)


def _content(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks)}


async def _call(method: Any, arguments: dict[str, Any]) -> str:
    try:
        response = await method(**arguments)
    except SlackApiError as error:
        raise _refusal(error, str(arguments["channel"])) from error
    except OFFLINE as error:
        _log.error("Slack could not be reached: %s", type(error).__name__)
        raise Unavailable(type(error).__name__) from error
    return str(response.get("ts") or "")


def _refusal(error: SlackApiError, channel: str) -> NotPosted:
    reason = reason_of(error)
    count_refusal(error, reason)
    if reason in _TOO_MUCH:
        return Refused(reason)
    # Sharing finds out by trying whether the app is in a channel: no error, that.
    level = logging.INFO if reason in _NO_MEMBER else logging.ERROR
    cure = _CURES.get(reason) or _REPAIRS.get(reason) or "see Slack's documentation of this error"
    _log.log(level, "Slack refused a message in %s: %s; what to do: %s", channel, reason, cure)
    return Refused(reason) if reason in _CURES else Unavailable(reason)


def reason_of(error: SlackApiError) -> str:
    """Slack's word for what went wrong, or that it gave none."""
    try:
        return str(error.response["error"])
    except (KeyError, TypeError):
        return "no reason given"


async def respond(
    client: AsyncWebClient, response_url: str, message: Message | None, **options: Any
) -> None:
    """Answers an interaction through its response URL; raises Unavailable where it is used up.

    `options` are Slack's: response_type, replace_original, delete_original, thread_ts.
    """
    body: dict[str, Any] = dict(options)
    if message:
        body |= _content(message) | _UNFURLED
    webhook = AsyncWebhookClient(
        response_url,
        session=client.session,
        logger=client.logger,
        retry_handlers=client.retry_handlers,
    )
    webhook.proxy = client.proxy  # else it looks for one by itself
    try:
        response = await webhook.send_dict(body)
    except OFFLINE as error:
        _log.error("Slack's response URL could not be reached: %s", type(error).__name__)
        raise Unavailable(type(error).__name__) from error
    if response.status_code != 200:
        metrics.slack_error("response_url", str(response.status_code))
        _log.error("Slack's response URL answered %s: %.100s", response.status_code, response.body)
        raise Unavailable(f"response URL {response.status_code}")
