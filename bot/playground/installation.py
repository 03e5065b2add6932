"""The app as it is installed in one workspace: its tokens, and all that is brought to it."""

from __future__ import annotations

import json
from collections.abc import Collection

from bot.playground import events
from bot.playground.activity import Activity
from bot.playground.deliveries import Carrier, Delivery, Kind, deliver
from bot.playground.records import Message
from bot.playground.refusal import Json, Refusal
from bot.playground.response_urls import ResponseUrls
from bot.playground.socket_mode import SocketMode
from bot.playground.tokens import Tokens
from bot.playground.views import Views
from bot.playground.workspace import SLACKBOT, Workspace

_SUBTYPES_IN_NAME = {"channel": "channels", "group": "groups", "im": "im"}


class Installation:
    """What Slack keeps of one app in one workspace."""

    def __init__(
        self,
        workspace: Workspace,
        tokens: Tokens,
        socket_mode: SocketMode,
        activity: Activity,
        *,
        subscriptions: Collection[str] | None,
        retry_scale: float,
    ) -> None:
        self.workspace = workspace
        self.views = Views(workspace, activity.note)
        self.tokens = tokens
        self.socket_mode = socket_mode
        self.activity = activity
        self.http: Carrier | None = None
        self.deliveries: list[Delivery] = []
        self.functions: dict[str, Json] = {}  # steps of workflows, with what came of them
        self.response_urls = ResponseUrls(workspace, self.announce, self.announce_change)
        self._subscriptions = subscriptions
        self._retry_scale = retry_scale

    # What the app hears

    async def bring(self, kind: Kind, name: str, payload: Json) -> Delivery:
        """Brings it to the app and waits for what comes of it, retries and all."""
        return await self.bring_again(Delivery(kind, name, payload))

    async def bring_again(self, delivery: Delivery) -> Delivery:
        """Brings what may have been brought before, with what is known of it already."""
        if delivery not in self.deliveries:
            self.deliveries.append(delivery)
            self.activity.log.append(delivery)
        carrier = self.http or self.socket_mode
        with self.activity.under_way(f"{delivery.kind} {delivery.name}"):
            return await deliver(carrier, delivery, retry_scale=self._retry_scale)

    async def tell(self, event: Json, name: str = "") -> Delivery | None:
        """Sends an event, if the app is installed and has subscribed to it."""
        name = name or event["type"]
        if not self.tokens.bot() or not self._subscribed(event, name):
            return None
        return await self.bring("event", name, events.envelope(self.workspace, event))

    def tell_later(self, event: Json) -> None:
        """Sends an event beside everything else."""
        self.activity.run(self.tell(event), f"event {event['type']}")

    def _subscribed(self, event: Json, name: str) -> bool:
        if self._subscriptions is None:
            return True
        if name == "message":
            name = f"message.{_SUBTYPES_IN_NAME[event['channel_type']]}"
        return name in self._subscriptions

    def hears(self, channel: str) -> bool:
        """Whether the app gets the messages of a channel: only where its bot is a member."""
        return self.workspace.is_member(channel, self.workspace.bot.id)

    def announce(self, message: Message) -> None:
        """The app's own messages come back to it as events, like everybody's."""
        if self.hears(message.channel):
            self.tell_later(events.message(self.workspace, message))

    def announce_change(self, before: Message, after: Message) -> None:
        if self.hears(after.channel):
            self.tell_later(events.message_changed(self.workspace, before, after))

    def announce_deletion(self, gone: Message) -> None:
        if self.hears(gone.channel):
            self.tell_later(events.message_deleted(self.workspace, gone))

    def uninstall(self) -> None:
        """Takes the app's tokens; the two events that tell it so still go out."""
        self.tokens.revoke_all()
        ws = self.workspace
        for event in (events.tokens_revoked(ws), events.app_uninstalled(ws)):
            name = event["type"]
            whole = events.envelope(ws, event)
            self.activity.run(self.bring("event", name, whole), f"event {name}")

    # What comes of an answer

    def show_answer(self, delivery: Delivery, user: str, channel: str, response_name: str) -> None:
        """Shows what a command was answered, or that it failed."""
        if not delivery.acknowledged:
            failed = delivery.attempts[-1].reason in ("http_timeout", "timeout")
            delivery.error = "operation_timeout" if failed else "dispatch_failed"
        elif delivery.body.strip():
            try:
                body = as_message(delivery.body)
                self.response_urls.answered(delivery, user, channel, body, response_name)
            except Refusal as refusal:
                delivery.error = refusal.error
        if delivery.error:
            self._say_failed(delivery, user, channel)

    def _say_failed(self, delivery: Delivery, user: str, channel: str) -> None:
        text = f'{delivery.name} failed with the error "{delivery.error}"'
        told = self.workspace.post(channel, SLACKBOT, text, seen_by=user)
        delivery.messages.append(told)


def as_message(body: str) -> Json:
    """What a command's answer shows: a JSON message, or plain text."""
    try:
        message = json.loads(body)
    except ValueError:
        return {"text": body}
    return message if isinstance(message, dict) else {"text": body}
