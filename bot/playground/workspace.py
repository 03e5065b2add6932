"""The state of a workspace: who is there, what was said, which views are open.

Knows nothing of HTTP or of the app. What Slack would refuse raises Refusal.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from bot.playground.limits import limit
from bot.playground.records import Channel, File, Message, Team, User
from bot.playground.refusal import Json, Refusal

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FIRST_USER = int("A" * 9, 36)  # so that users' ids have as many letters as at Slack
SLACKBOT = "USLACKBOT"  # speaks for Slack itself, as when a command fails


class Ids:
    """Identifiers in Slack's form, in order, so that a run can be repeated."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, prefix: str) -> str:
        self._last += 1
        rest, digits = self._last + (_FIRST_USER if prefix == "U" else 0), ""
        while rest:
            rest, digit = divmod(rest, 36)
            digits = _DIGITS[digit] + digits
        return f"{prefix}0{digits.rjust(9, '0')}"

    def uuid(self) -> str:
        self._last += 1
        return str(uuid.uuid5(uuid.NAMESPACE_URL, str(self._last)))


@dataclass(slots=True)
class Trigger:
    """Leave to open a view, given with an interaction: once, and for three seconds."""

    user: str
    expires: float
    used: bool = False


@dataclass(slots=True)
class Assistance:
    """What the app shows beside a conversation: a status line, prompts, a title."""

    status: str = ""
    loading_messages: tuple[str, ...] = ()
    prompts: tuple[Json, ...] = ()
    prompts_title: str = ""
    title: str = ""


@dataclass(slots=True)
class Workspace:
    """One team's Slack, with one app in it."""

    ids: Ids
    clock: Callable[[], float]
    team: Team
    bot: User
    app_id: str
    bot_id: str
    changed: Callable[[], None] = lambda: None
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)  # in the order of their ts
    files: dict[str, File] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    assistance: dict[tuple[str, str], Assistance] = field(default_factory=dict)
    _last_ts: int = 0

    def __post_init__(self) -> None:
        self.users[self.bot.id] = self.bot

    # People and places

    def add_user(self, name: str, locale: str) -> User:
        user = User(self.ids.next("U"), name, locale)
        self.users[user.id] = user
        self.changed()
        return user

    def add_channel(self, name: str, *, private: bool, members: Iterable[str]) -> Channel:
        channel = Channel(self.ids.next("C"), name, "private" if private else "public")
        self.channels[channel.id] = channel
        self.members[channel.id] = set(members)
        self.changed()
        return channel

    def im(self, *users: str) -> Channel:
        """The direct message between these two; opened where there was none."""
        pair = frozenset(users)
        for channel in self.channels.values():
            if channel.pair == pair:
                return channel
        channel = Channel(self.ids.next("D"), "directmessage", "im", pair)
        self.channels[channel.id] = channel
        self.members[channel.id] = set(pair)
        self.changed()
        return channel

    def user(self, user_id: object) -> User:
        if not isinstance(user_id, str) or user_id not in self.users:
            raise Refusal("user_not_found")
        return self.users[user_id]

    def is_member(self, channel: str, user: str) -> bool:
        return user in self.members[channel]

    # Messages

    def new_ts(self) -> str:
        """A new time stamp, later than all others."""
        self._last_ts = max(int(self.clock() * 1_000_000), self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def post(self, channel: str, user: str, text: str, **more: Any) -> Message:
        """Puts a message into a channel; `more` are further fields of Message."""
        thread = more.get("thread_ts")
        if thread:
            self._refuse_unthreadable(channel, thread)
        message = Message(channel, self.new_ts(), user, text, **more)
        self.messages.append(message)
        if message.from_app and not message.seen_by:
            self.clear_status(channel, message.thread_ts or "")
        self.changed()
        return message

    def _refuse_unthreadable(self, channel: str, ts: str) -> None:
        root = next((m for m in self.messages if (m.channel, m.ts) == (channel, ts)), None)
        if root is None:
            raise Refusal("thread_not_found")
        if root.seen_by or root.subtype == "tombstone" or root.thread_ts:
            raise Refusal("cannot_reply_to_message")

    def message(self, channel: str, ts: object) -> Message:
        """The message that everybody in the channel sees at this ts."""
        for message in self.messages:
            if (message.channel, message.ts, message.seen_by) == (channel, ts, ""):
                return message
        raise Refusal("message_not_found")

    def change(self, message: Message, **fields: Any) -> Message:
        """Puts a changed message in the place of the one it was."""
        changed = replace(message, **fields)
        self.messages[self._place(message)] = changed
        self.changed()
        return changed

    def remove(self, message: Message) -> None:
        """Deletes a message; where it has replies, a tombstone holds the thread."""
        place = self._place(message)
        if self.replies(message.channel, message.ts):
            tombstone = "This message was deleted."
            self.messages[place] = Message(
                message.channel, message.ts, SLACKBOT, tombstone, subtype="tombstone"
            )
        else:
            del self.messages[place]
        self.changed()

    def _place(self, message: Message) -> int:
        for place, other in enumerate(self.messages):
            if (other.channel, other.ts) == (message.channel, message.ts):
                return place
        raise Refusal("message_not_found")

    def new_client_msg_id(self) -> str:
        """What the client of a person gives each message that it sends."""
        return self.ids.uuid()

    def replies(self, channel: str, ts: str) -> list[Message]:
        return [
            m for m in self.messages if m.thread_ts == ts and m.channel == channel and not m.seen_by
        ]

    def thread(self, channel: str, ts: str) -> list[Message]:
        """A thread: the message that opens it, then its replies."""
        root = [m for m in self.messages if m.ts == ts and m.channel == channel and not m.seen_by]
        return root + self.replies(channel, ts)

    def top_level(self, channel: str) -> list[Message]:
        """What stands in the channel itself, oldest first."""
        return [
            m
            for m in self.messages
            if m.channel == channel
            and not m.seen_by
            and (m.thread_ts is None or m.subtype == "thread_broadcast")
        ]

    def ephemeral(self, user: str) -> list[Message]:
        """What only this user was shown, oldest first."""
        return [m for m in self.messages if m.seen_by == user]

    # Beside the messages

    def new_trigger(self, user: str) -> str:
        trigger = f"{len(self.triggers) + 1}.{self.team.id}.{self.ids.uuid().replace('-', '')}"
        self.triggers[trigger] = Trigger(user, self.clock() + limit("trigger.seconds"))
        return trigger

    def take_trigger(self, trigger_id: object) -> str:
        """The user who gave leave; refused where it was used, or is too old."""
        trigger = self.triggers.get(str(trigger_id))
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.used:
            raise Refusal("exchanged_trigger_id")
        if self.clock() > trigger.expires:
            raise Refusal("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def assistance_for(self, channel: str, thread: str) -> Assistance:
        return self.assistance.setdefault((channel, thread), Assistance())

    def clear_status(self, channel: str, thread: str) -> None:
        """A message ends the status line of the thread it is in."""
        if shown := self.assistance.get((channel, thread)):
            shown.status, shown.loading_messages = "", ()
