"""Response URLs: how an app answers a command or a click later, five times in half an hour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.playground.blocks import validate_message
from bot.playground.deliveries import Delivery
from bot.playground.formatting import accepted_blocks
from bot.playground.limits import limit
from bot.playground.records import Message
from bot.playground.refusal import Json, Refusal
from bot.playground.workspace import Workspace


@dataclass(slots=True)
class ResponseUrl:
    """One address, and what an answer sent to it belongs to."""

    delivery: Delivery
    user: str
    channel: str
    original: Message | None  # what was clicked
    expires: float
    left: int = field(default_factory=lambda: limit("response_url.uses"))


@dataclass(slots=True)
class ResponseUrls:
    """The response URLs of one app in one workspace."""

    workspace: Workspace
    posted: Callable[[Message], None]  # told of messages that everybody sees
    changed: Callable[[Message, Message], None]
    by_name: dict[str, ResponseUrl] = field(default_factory=dict)

    def new(
        self, delivery: Delivery, user: str, channel: str, original: Message | None = None
    ) -> str:
        """The last part of a new address."""
        name = f"{len(self.by_name) + 1}/{self.workspace.ids.uuid().replace('-', '')}"
        expires = self.workspace.clock() + 60 * limit("response_url.minutes")
        self.by_name[name] = ResponseUrl(delivery, user, channel, original, expires)
        return name

    def use(self, name: str, body: Json) -> None:
        """What the app sent to an address; raises Refusal where Slack would refuse it."""
        url = self.by_name.get(name)
        if url is None:
            raise Refusal("no_service")
        if self.workspace.clock() > url.expires:
            raise Refusal("expired_url")
        if url.left < 1:
            raise Refusal("used_url")
        self.show(url, body)
        url.left -= 1

    def answered(self, delivery: Delivery, user: str, channel: str, body: Json, name: str) -> None:
        """What the app gave as its direct answer to a command."""
        url = self.by_name.get(name) or ResponseUrl(delivery, user, channel, None, 0)
        self.show(url, body)

    def show(self, url: ResponseUrl, body: Json) -> None:
        """Shows, replaces or deletes, as the body says."""
        if _truth(body.get("delete_original")):
            if url.original is None:
                raise Refusal("invalid_payload")
            self.workspace.remove(url.original)
            return
        validate_message(body)
        content: Json = {
            "text": body.get("text") or body.get("markdown_text") or "",
            "blocks": tuple(accepted_blocks(body.get("blocks") or (), self.workspace.ids)),
            "attachments": tuple(body.get("attachments") or ()),
        }
        if _truth(body.get("replace_original")) and url.original is not None:
            self._replace(url, content)
            return
        ephemeral = body.get("response_type", "ephemeral") != "in_channel"
        message = self.workspace.post(
            url.channel,
            self.workspace.bot.id,
            **content,
            from_app=True,
            thread_ts=body.get("thread_ts"),
            seen_by=url.user if ephemeral else "",
        )
        url.delivery.messages.append(message)
        if not ephemeral:
            self.posted(message)

    def _replace(self, url: ResponseUrl, content: Json) -> None:
        assert url.original is not None
        before = url.original
        edited = "" if before.seen_by else self.workspace.new_ts()
        url.original = self.workspace.change(before, **content, edited=edited)
        url.delivery.messages.append(url.original)
        if not before.seen_by:
            self.changed(before, url.original)


def _truth(value: Any) -> bool:
    return value is True or value == "true"
