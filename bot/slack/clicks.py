"""A click on one of the bot's own buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import Message
from bot.slack.carrying import Asking, read_value
from bot.slack.payloads import Malformed, Payload, id_of
from bot.slack.responding import respond


@dataclass(frozen=True, slots=True)
class Click:
    """Who clicked what, where; and what the button carried."""

    team: str
    channel: str
    user: str
    label: str
    asking: Asking
    response_url: str
    action: str  # which button of the message it was
    message_ts: str
    thread_ts: str  # "" where the message is in no thread
    action_ts: str
    ephemeral: bool  # only the clicker sees the message
    start: int = 0  # the place in the answer to go on from
    external: bool = False  # clicked by somebody of another organization
    enterprise: str = ""

    @property
    def direct(self) -> bool:
        """Whether it was in a direct message with the bot."""
        return self.channel.startswith("D")

    @property
    def reply_ts(self) -> str:
        """The thread that an answer goes to: the message's own, else under it; a direct
        message's own level, "", stays that."""
        return self.thread_ts if self.direct else self.thread_ts or self.message_ts


def read_click(body: Payload, team: str | None) -> Click | None:
    """The click of a block_actions payload, or None where the button carries nothing readable.

    An older version's button may: its messages stay in Slack.
    """
    action, container = body["actions"][0], body.get("container") or {}
    message = body.get("message") or {}
    try:
        asking, start = read_value(action.get("value") or "")
        return Click(
            team=team or "",
            channel=id_of(body.get("channel")) or container.get("channel_id") or "",
            user=id_of(body["user"]),
            label=_label(action.get("text")) or asking.say,
            asking=asking,
            response_url=body.get("response_url") or "",
            action=action["action_id"],
            message_ts=container.get("message_ts") or message.get("ts") or "",
            thread_ts=message.get("thread_ts") or container.get("thread_ts") or "",
            action_ts=str(action.get("action_ts") or ""),
            enterprise=id_of(body.get("enterprise")),
            ephemeral=bool(container.get("is_ephemeral")) or not message,
            start=start,
            external=is_external(body, team),
        )
    except (KeyError, Malformed):
        return None


async def tell(client: AsyncWebClient, click: Click, message: Message) -> None:
    """Shows a message to the clicker alone, where they clicked."""
    where = {"thread_ts": click.thread_ts} if click.thread_ts else {}
    await respond(
        client,
        click.response_url,
        message,
        response_type="ephemeral",
        replace_original=False,
        **where,
    )


def _label(text: Any) -> str:
    label = text.get("text") if isinstance(text, dict) else text
    return label if isinstance(label, str) else ""


def is_external(body: Payload, team: str | None) -> bool:
    """Whether the clicker is of another organization; within an enterprise nobody is."""
    user = body.get("user")
    of = user.get("team_id") if isinstance(user, dict) else None
    return not id_of(body.get("enterprise")) and of not in (None, team)
