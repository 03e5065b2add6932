"""What a workspace is made of: people, channels, messages, views, files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.playground.reading import buttons, shown_text
from bot.playground.refusal import Json


@dataclass(frozen=True, slots=True)
class Team:
    id: str
    name: str
    domain: str


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with an account; the bot is one too."""

    id: str
    name: str
    locale: str = "en-US"
    is_bot: bool = False

    @property
    def handle(self) -> str:
        return self.name.lower().replace(" ", ".")


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, or a direct message between two people (`pair`)."""

    id: str
    name: str
    kind: Literal["public", "private", "im"] = "public"
    pair: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stands; an edit makes a new one with the same `ts`."""

    channel: str
    ts: str
    user: str  # who wrote it
    text: str
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None  # the message it replies to
    from_app: bool = False
    seen_by: str = ""  # an ephemeral message: the only one who sees it
    subtype: str = ""
    client_msg_id: str = ""
    edited: str = ""  # when
    metadata: Json | None = None
    files: tuple[Json, ...] = ()
    attachments: tuple[Json, ...] = ()
    reactions: tuple[tuple[str, str], ...] = ()  # name, user
    unfurls: Json = field(default_factory=dict)

    @property
    def root(self) -> str:
        """The `ts` of the message that opens its thread: its own, where it is no reply."""
        return self.thread_ts or self.ts

    @property
    def shown(self) -> str:
        """What a reader sees, without formatting: the blocks' texts, else the text."""
        return shown_text(self.blocks) if self.blocks else self.text

    @property
    def buttons(self) -> list[str]:
        """The labels of what can be clicked."""
        return buttons(self.blocks)


@dataclass(frozen=True, slots=True)
class View:
    """A modal or a Home tab, as it stands; an update makes a new one with the same `id`."""

    id: str
    user: str  # who sees it
    body: Json  # as Slack gives it back: type, blocks, title, private_metadata, …
    hash: str
    root: str = ""
    previous: str = ""

    @property
    def type(self) -> str:
        return str(self.body["type"])

    @property
    def callback_id(self) -> str:
        return str(self.body.get("callback_id", ""))

    @property
    def blocks(self) -> tuple[Json, ...]:
        return tuple(self.body["blocks"])

    @property
    def title(self) -> str:
        return str((self.body.get("title") or {}).get("text", ""))

    @property
    def shown(self) -> str:
        """What a reader sees, without formatting."""
        return "\n".join(part for part in (self.title, shown_text(self.blocks)) if part)

    @property
    def buttons(self) -> list[str]:
        return buttons(self.blocks)


@dataclass(slots=True)
class File:
    """A file on its way into the workspace: announced, uploaded, then shared."""

    id: str
    name: str
    length: int
    content: bytes | None = None
    title: str = ""
