"""One call of a method: who calls, in which workspace, with what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.playground.installation import Installation
from bot.playground.records import Channel
from bot.playground.refusal import Json, Refusal
from bot.playground.tokens import Token
from bot.playground.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Call:
    """What a method is given. Installations are all there are, for those that find theirs."""

    arguments: Json
    installations: Sequence[Installation]
    installation: Installation
    token: Token
    address: str  # host and port of this Slack
    client: tuple[str, str]  # id and secret of the app, for OAuth

    @property
    def workspace(self) -> Workspace:
        return self.installation.workspace

    def argument(self, name: str) -> str:
        """A text that must be given."""
        value = self.arguments.get(name)
        if value is None or value == "":
            message = f"missing required field: {name} [json-pointer:/{name}]"
            raise Refusal("invalid_arguments", [message])
        return str(value)

    def text(self, name: str) -> str:
        """A text that may be missing."""
        value = self.arguments.get(name)
        return "" if value is None else str(value)

    def truth(self, name: str) -> bool:
        return self.arguments.get(name) in (True, "true", "1", 1)

    def whole(self, name: str, default: int) -> int:
        try:
            return int(self.arguments.get(name) or default)
        except (TypeError, ValueError):
            raise Refusal("invalid_arguments", [f"must provide a number: {name}"]) from None

    def channel(self, name: str = "channel", *, member: bool = True) -> Channel:
        """The channel named; a user's id stands for the direct message with them.

        A private one that the bot is not in is not found; where `member`, a public one
        that it is not in is refused too.
        """
        ws = self.workspace
        value = self.arguments.get(name)
        if isinstance(value, str) and value in ws.users and value != ws.bot.id:
            return ws.im(value, ws.bot.id)
        by_name = {f"#{c.name}": c for c in ws.channels.values() if c.kind != "im"}
        channel = ws.channels.get(str(value)) or by_name.get(str(value))
        if channel is None:
            raise Refusal("channel_not_found")
        if not ws.is_member(channel.id, ws.bot.id):
            if channel.kind != "public":
                raise Refusal("channel_not_found")
            if member:
                raise Refusal("not_in_channel")
        return channel


@dataclass(frozen=True, slots=True)
class Method:
    """How a method is run, and who may."""

    run: Callable[[Call], Json]
    scopes: tuple[str, ...] = ()  # one of them is needed, where there are any
    tokens: tuple[str, ...] = ("bot", "function")  # none: anybody may, without a token
