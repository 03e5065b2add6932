"""The only place that posts to Slack's channels, and knows what Slack's refusals mean."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import Message
from bot.rendering.feedback import in_private
from bot.slack.observing import count_refusal
from bot.store import Letter

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
_ANSWER = "mra_answer"
_PAGE = 100  # messages after the question; fewer than that come in the seconds meant here
_NO_REASON = "no reason given"
# With these, what was asked for may have been done (Slack's documentation of its errors).
_UNSURE = frozenset(
    ["internal_error", "fatal_error", "request_timeout", "service_unavailable", _NO_REASON]
)
OFFLINE = (TimeoutError, aiohttp.ClientError, OSError)  # what a call raises without an answer
UNREADABLE = (AttributeError, ValueError)  # what slack_sdk raises for an answer that is no JSON
_NO_MEMBER = frozenset(["not_in_channel", "channel_not_found"])
UNFURLED = {"unfurl_links": False, "unfurl_media": False}  # sources need no previews
_MOST_SAID = 1_000  # of refusals that are remembered; beyond that they are repeated
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
    """It may at the next attempt.

    `retry_after` is how long Slack asks to wait. `unsure` says that it may have taken the
    message all the same.
    """

    def __init__(
        self, reason: str, *, retry_after: float | None = None, unsure: bool = False
    ) -> None:
        super().__init__(reason)
        self.retry_after, self.unsure = retry_after, unsure


@dataclass(slots=True)
class Refusals:
    """Says what Slack refused and what to do about it: each once in a channel, or once at all
    where it is the same in every channel."""

    _said: set[tuple[str, str]] = field(default_factory=set)

    def log(self, error: SlackApiError, channel: str) -> None:
        reason = reason_of(error)
        cure = _CURES.get(reason) or _REPAIRS.get(reason) or "see Slack's documentation of it"
        if reason == "missing_scope":
            cure = f"add the scope {_needed(error)} to the app and reinstall it"
        key = (reason, channel if reason in _CURES else "")
        if key in self._said:
            return
        if len(self._said) < _MOST_SAID:
            self._said.add(key)
        # Sharing finds out by trying whether the app is in a channel: no error, that.
        level = logging.INFO if reason in _NO_MEMBER else logging.ERROR
        _log.log(level, "Slack refused a message in %s: %s; what to do: %s", channel, reason, cure)


async def post(
    client: AsyncWebClient,
    channel: str,
    message: Message,
    *,
    thread_ts: str = "",
    asker: str = "",
    key: str = "",
    refusals: Refusals | None = None,
) -> str:
    """Posts a message and returns its time stamp; raises Refused or Unavailable.

    It carries the `key`, by which `find` finds it. Where the thread takes no replies, the
    `asker` alone sees the message, and the stamp is "". `refusals` keeps what was logged from
    being logged again.
    """
    refusals = refusals or Refusals()
    where: dict[str, Any] = {"channel": channel}
    if key:
        where["metadata"] = {"event_type": _ANSWER, "event_payload": {"key": key}}
    if thread_ts:
        where["thread_ts"] = thread_ts
    try:
        return await _post(client, where, message, refusals)
    except Refused as refusal:
        if refusal.reason not in _NO_THREAD or not asker:
            raise
        await whisper(client, channel, asker, message, refusals)
        return ""


async def whisper(
    client: AsyncWebClient,
    channel: str,
    user: str,
    message: Message,
    refusals: Refusals | None = None,
) -> None:
    """Shows a message to one user; raises Refused or Unavailable."""
    private = replace(message, blocks=tuple(in_private(message.blocks)))
    where = {"channel": channel, "user": user}
    await _call(client.chat_postEphemeral, where | content(private), refusals or Refusals())


async def find(client: AsyncWebClient, letter: Letter, refusals: Refusals | None = None) -> str:
    """The time stamp of a letter that Slack took already; "" where it is not there.

    Raises Unavailable where that can't be seen now. Where it can never be seen, as without the
    scope for it, nothing is found: better twice than not at all.
    """
    if not letter.after_ts:
        return ""
    where = {"channel": letter.channel, "oldest": letter.after_ts, "limit": _PAGE}
    method: Any = client.conversations_history
    if letter.thread_ts:
        where, method = where | {"ts": letter.thread_ts}, client.conversations_replies
    try:
        response = await method(include_all_metadata=True, **where)
    except SlackApiError as error:
        failure = _refusal(error, letter.channel, refusals or Refusals())
        if isinstance(failure, Unavailable) and failure.reason != "missing_scope":
            raise Unavailable(
                failure.reason, retry_after=failure.retry_after, unsure=True
            ) from None
        return ""
    except OFFLINE as error:
        raise Unavailable(type(error).__name__, unsure=True) from None
    except UNREADABLE:
        raise Unavailable("unreadable", unsure=True) from None
    for message in response.get("messages") or ():
        metadata = message.get("metadata") or {}
        if (metadata.get("event_payload") or {}).get("key") == letter.key:
            return str(message["ts"])
    return ""


async def _post(
    client: AsyncWebClient, where: dict[str, Any], message: Message, refusals: Refusals
) -> str:
    send = client.chat_postMessage
    try:
        return await _call(send, where | content(message) | UNFURLED, refusals)
    except Refused as refusal:
        if refusal.reason not in _TOO_MUCH:
            raise
        # Better the whole answer in plain words than none: Slack splits long text itself.
        _log.error("Slack refused the blocks of an answer: %s; posting its text", refusal.reason)
        return await _call(send, where | {"text": message.text} | UNFURLED, refusals)


def content(message: Message) -> dict[str, Any]:
    """A message as Slack's methods take it."""
    return {"text": message.text, "blocks": list(message.blocks)}


async def _call(method: Any, arguments: dict[str, Any], refusals: Refusals) -> str:
    try:
        response = await method(**arguments)
    except SlackApiError as error:
        raise _refusal(error, str(arguments["channel"]), refusals) from None
    except OFFLINE as error:
        _log.error("Slack could not be reached: %s", type(error).__name__)
        unsure = not isinstance(error, aiohttp.ClientConnectorError)
        raise Unavailable(type(error).__name__, unsure=unsure) from None
    except UNREADABLE:
        _log.error("Slack's answer could not be read")
        raise Unavailable("unreadable", unsure=True) from None
    return str(response.get("ts") or "")


def _refusal(error: SlackApiError, channel: str, refusals: Refusals) -> NotPosted:
    reason = refusal_of(error)
    if reason in _TOO_MUCH:
        return Refused(reason)
    refusals.log(error, channel)
    if reason in _CURES:
        return Refused(reason)
    found = error.response  # of slack_sdk, or, where that could not read it, of aiohttp
    status = int(getattr(found, "status_code", 0) or getattr(found, "status", 200))
    unsure = status >= 500 or reason in _UNSURE
    return Unavailable(reason, retry_after=_retry_after(error, status), unsure=unsure)


def _retry_after(error: SlackApiError, status: int) -> float | None:
    """How long Slack asks to wait, where it does."""
    if status != 429:
        return None
    headers = getattr(error.response, "headers", {})
    asked = next((v for k, v in headers.items() if k.lower() == "retry-after"), "")
    return float(asked) if str(asked).isdigit() else 1.0


def _needed(error: SlackApiError) -> str:
    """The scope that Slack says is missing."""
    needed = error.response.get("needed") if error.response else None
    return needed if isinstance(needed, str) else "that its manifest names"


def reason_of(error: SlackApiError) -> str:
    """Slack's word for what went wrong, or that it gave none."""
    try:
        return str(error.response["error"] or _NO_REASON)
    except (KeyError, TypeError, AttributeError):  # what answered was no JSON
        return _NO_REASON


def refusal_of(error: SlackApiError) -> str:
    """The same, and the refusal is counted: once for each is enough."""
    reason = reason_of(error)
    count_refusal(error, reason)
    return reason
