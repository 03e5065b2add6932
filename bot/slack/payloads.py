"""What Slack delivers, read strictly: bytes to a payload, a payload to a message.

Bolt takes a payload's shape for granted; what does not have it is refused here first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

Payload = dict[str, Any]

_ID = re.compile(r"[A-Za-z0-9_.:-]{0,255}")
_IDS = frozenset(
    [
        "team_id",
        "app_installed_team_id",
        "context_team_id",
        "enterprise_id",
        "user_id",
        "channel_id",
        "bot_id",
        "event_id",
        "ts",
        "thread_ts",
        "message_ts",
    ]
)
_OBJECTS = frozenset(
    [
        "event",
        "message",
        "previous_message",
        "item",
        "view",
        "assistant_thread",
        "container",
        "function",
        "function_data",
    ]
)
_TEXTS = frozenset(
    ["action_id", "callback_id", "trigger_id", "function_execution_id", "response_url"]
)
_PARTIES = frozenset(["user", "channel", "team", "enterprise"])  # an id, or an object with one
_LISTS = frozenset(["authorizations", "actions", "response_urls"])  # of objects
_OF_VIEWS = ("view_submission", "view_closed")
_FIELDS = 100  # of a form; a command has about fifteen
_SPOKEN = (None, "file_share", "thread_broadcast")  # subtypes of messages that people write
MENTION = re.compile(r"<@[A-Z0-9]+(?:\|[^>]*)?>")  # of a person, or of the bot
_SLACKBOT = "USLACKBOT"  # Slack's own; not all its messages have a bot's id
_SOMEBODY = re.compile(r"<(?:@[A-Z0-9]|!(?:here|channel|everyone|subteam\^))")


class Malformed(ValueError):
    """A delivery that Slack would not send; the message names what is wrong, not its text."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message somebody wrote."""

    team: str
    channel: str
    ts: str
    user: str
    text: str  # as Slack delivers it
    thread_ts: str  # "" outside threads
    external: bool  # written by somebody of another organization
    enterprise: str = ""

    @property
    def mentions_somebody(self) -> bool:
        """Whether it mentions somebody: a person, a group, everybody here, or the bot."""
        return _SOMEBODY.search(self.text) is not None


def parse(body: bytes, content_type: str) -> Payload:
    """The payload of a request's body, checked; raises Malformed."""
    try:
        if content_type == "application/json":
            payload = json.loads(body.decode())
        else:
            form = dict(
                parse_qsl(
                    body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS
                )
            )
            payload = json.loads(form["payload"]) if "payload" in form else form
    except (ValueError, RecursionError):
        raise Malformed("the body cannot be read") from None
    check(payload)
    return payload  # type: ignore[no-any-return]  # checked to be an object


def check(payload: object) -> None:
    """Raises Malformed where the payload is none of the shapes Slack sends."""
    if not isinstance(payload, dict):
        raise Malformed("the payload is no object")
    if not (_is_text(payload, "type") or _is_text(payload, "command")):
        raise Malformed("the payload is neither a command nor of any type")
    if payload.get("type") == "event_callback":
        event = payload.get("event")
        if not isinstance(event, dict) or not _is_text(event, "type"):
            raise Malformed("the event is missing")
        if event["type"] in ("message", "app_mention") and not (
            _is_text(event, "channel") and _is_text(event, "ts")
        ):
            raise Malformed("the message has no channel or time")
        if event["type"] == "function_executed" and not isinstance(event.get("function"), dict):
            raise Malformed("the step has no function")
    elif payload.get("type") in _OF_VIEWS:
        view = payload.get("view")
        if not (isinstance(view, dict) and _is_text(view, "type")):
            raise Malformed("the view is missing, or of no type")
    _check_parts(payload)
    if payload.get("type") == "block_actions" and not (
        payload.get("actions") and all(_is_text(a, "action_id") for a in payload["actions"])
    ):
        raise Malformed("the interaction has no action")
    urls = payload.get("response_urls", [])
    if urls is None or not all(_is_text(url, "response_url") for url in urls):
        raise Malformed("a response URL is missing")


def _check_parts(payload: Payload) -> None:
    """Checks every part that is read; level by level, that depth costs no recursion."""
    level: list[Mapping[str, Any]] = [payload]
    while level:
        part = level.pop()
        for key, value in part.items():
            if value is None:
                continue
            if key in _IDS and not (isinstance(value, str) and _ID.fullmatch(value)):
                raise Malformed(f"{key} is no id")
            if key in _TEXTS and not isinstance(value, str):
                raise Malformed(f"{key} is no text")
            if key in _OBJECTS or key in _PARTIES:
                if isinstance(value, dict):
                    level.append(value)
                    if key in _PARTIES and not isinstance(value.get("id", ""), str):
                        raise Malformed(f"{key} has no id")
                elif key in _OBJECTS or not (isinstance(value, str) and _ID.fullmatch(value)):
                    raise Malformed(f"{key} is no object")
            if key in _LISTS:
                if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
                    raise Malformed(f"{key} is no list of objects")
                level.extend(value)


def _is_text(part: Payload, key: str) -> bool:
    return isinstance(part.get(key), str) and bool(part[key])


def id_of(party: Any) -> str:
    """The id of a person or a place, which Slack gives by itself or in an object; "" for none."""
    found = party.get("id") if isinstance(party, dict) else party
    return found if isinstance(found, str) else ""


def read_message(body: Payload, team: str | None) -> Incoming | None:
    """The message of an event, or None where no person wrote it, or it is only about one."""
    event = body["event"]
    if event.get("bot_id") or event.get("subtype") not in _SPOKEN or event.get("hidden"):
        return None
    if event.get("user") == _SLACKBOT:
        return None
    user, channel, text = event.get("user"), event["channel"], event.get("text") or ""
    if not (user and isinstance(user, str) and isinstance(text, str)):
        return None
    from_team = event.get("user_team") or event.get("source_team") or event.get("team")
    home = (team, body.get("team_id"), body.get("enterprise_id"))
    thread_ts = event.get("thread_ts") or ""
    return Incoming(
        team=team or "",
        channel=channel,
        ts=event["ts"],
        user=user,
        text=text,
        thread_ts=thread_ts,
        enterprise=body.get("enterprise_id") or "",
        external=bool(body.get("is_ext_shared_channel") and from_team not in (None, *home)),
    )
