"""A click on one of the bot's own buttons."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.memory import Memory
from bot.slack.payloads import Malformed, Payload


@dataclass(frozen=True, slots=True)
class Click:
    """Who clicked what, where; and what the button carried."""

    team: str
    channel: str
    user: str
    label: str
    say: str
    carried: Memory | None
    response_url: str
    message_ts: str
    thread_ts: str  # "" where the message is in no thread
    action_ts: str
    ephemeral: bool  # only the clicker sees the message
    enterprise: str = ""

    @property
    def direct(self) -> bool:
        """Whether it was in a direct message with the bot."""
        return self.channel.startswith("D")


def read_click(body: Payload, team: str | None) -> Click | None:
    """The click of a block_actions payload, or None where the button carries nothing readable.

    An older version's button may: its messages stay in Slack.
    """
    action, container = body["actions"][0], body.get("container") or {}
    message = body.get("message") or {}
    try:
        say, carried = _read_value(action.get("value") or "")
        return Click(
            team=team or "",
            channel=_id(body.get("channel")) or container.get("channel_id") or "",
            user=_id(body["user"]),
            label=_label(action.get("text")) or say,
            say=say,
            carried=carried,
            response_url=body.get("response_url") or "",
            message_ts=container.get("message_ts") or message.get("ts") or "",
            thread_ts=message.get("thread_ts") or container.get("thread_ts") or "",
            action_ts=str(action.get("action_ts") or ""),
            enterprise=_id(body.get("enterprise")),
            ephemeral=bool(container.get("is_ephemeral")) or not message,
        )
    except (KeyError, Malformed):
        return None


def _id(party: Any) -> str:
    found = party.get("id") if isinstance(party, dict) else party
    return found if isinstance(found, str) else ""


def _label(text: Any) -> str:
    label = text.get("text") if isinstance(text, dict) else text
    return label if isinstance(label, str) else ""


def _read_value(value: str) -> tuple[str, Memory | None]:
    try:
        read = json.loads(value)
        say, carry = read["say"], read["carry"]
        return str(say), Memory.from_json(carry) if carry else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Malformed("the button's value cannot be read") from None
