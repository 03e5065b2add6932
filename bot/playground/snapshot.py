"""The workspace as one person sees it, for the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from bot.playground import payloads
from bot.playground.deliveries import Delivery
from bot.playground.records import Message, User
from bot.playground.refusal import Json
from bot.playground.web_api import WebCall

if TYPE_CHECKING:
    from bot.playground.stand_in import StandInWorkspace

_MESSAGES = 300  # of a channel, the newest: more is nobody's playing around
_TRAFFIC = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """What the page offers to try: `type` is what is typed for it, where `where` says."""

    type: str
    where: str = "channel"  # or "direct"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page knows of the app beside what the workspace says."""

    commands: Sequence[tuple[str, str]] = ()  # name and hint, as in a manifest
    shortcuts: Sequence[tuple[str, str, str]] = ()  # callback_id, name, "global" or "message"
    offers: Sequence[Offer] = ()


def snapshot(stand_in: StandInWorkspace, user: User, shown: Shown) -> Json:
    """All that this user sees at the moment."""
    ws = stand_in.workspace
    stand_in.im(user)
    visible = [c for c in ws.channels.values() if ws.is_member(c.id, user.id)]
    home, modal = stand_in.home(user), stand_in.modal(user)
    log = stand_in.site.activity.log
    return {
        "team": ws.team.name,
        "bot": _person(ws.bot),
        "me": user.id,
        "people": [_person(u) for u in ws.users.values()],
        "channels": [
            {
                "id": channel.id,
                "name": channel.name,
                "kind": channel.kind,
                "with": next((u for u in channel.pair if u != user.id), ""),
                "bot": ws.is_member(channel.id, ws.bot.id),
                "messages": _messages(stand_in, channel.id, user),
            }
            for channel in visible
            if channel.kind != "im" or user.id in channel.pair
        ],
        "home": payloads.view(ws, home) if home else None,
        "modal": payloads.view(ws, modal) if modal else None,
        "assistance": [
            {"channel": channel, "thread": thread, **asdict(shown_beside)}
            for (channel, thread), shown_beside in ws.assistance.items()
        ],
        "commands": [list(command) for command in shown.commands],
        "shortcuts": [list(shortcut) for shortcut in shown.shortcuts],
        "offers": [asdict(offer) for offer in shown.offers],
        "traffic": [
            {"number": number, **traffic_entry(log[number])}
            for number in range(max(0, len(log) - _TRAFFIC), len(log))
        ],
    }


def _messages(stand_in: StandInWorkspace, channel: str, user: User) -> list[Json]:
    ws = stand_in.workspace
    mine = [m for m in ws.messages if m.channel == channel and m.seen_by in ("", user.id)]
    return [_message(stand_in, message) for message in mine[-_MESSAGES:]]


def _message(stand_in: StandInWorkspace, message: Message) -> Json:
    told = payloads.message(stand_in.workspace, message)
    files = [{**file, "content": _content(stand_in, file["id"])} for file in told.get("files", ())]
    return {**told, "only_you": bool(message.seen_by), "files": files}


def _content(stand_in: StandInWorkspace, file_id: str) -> str:
    content = stand_in.workspace.files[file_id].content or b""
    return content.decode(errors="replace")


def _person(user: User) -> Json:
    return {"id": user.id, "name": user.name, "handle": user.handle, "is_bot": user.is_bot}


def traffic_entry(entry: object, *, whole: bool = False) -> Json:
    """A delivery or a call in a line; with `whole` all that was sent and answered."""
    if isinstance(entry, Delivery):
        line: Json = {
            "to": "app",
            "name": f"{entry.kind} {entry.name}",
            "ok": entry.acknowledged if entry.attempts else None,
            "outcome": _outcome(entry),
        }
        details: Any = {"sent": entry.payload, "answers": [asdict(a) for a in entry.attempts]}
        return {**line, **details} if whole else line
    assert isinstance(entry, WebCall)
    line = {
        "to": "slack",
        "name": entry.method,
        "ok": entry.ok if entry.answer else None,
        "outcome": entry.error or ("ok" if entry.ok else str(entry.status or "…")),
    }
    return {**line, "sent": entry.arguments, "answered": entry.answer} if whole else line


def _outcome(delivery: Delivery) -> str:
    if not delivery.attempts:
        return "…"
    last = delivery.attempts[-1]
    tries = f", {len(delivery.attempts)} tries" if len(delivery.attempts) > 1 else ""
    return f"{last.status or last.reason}, {last.seconds * 1000:.0f} ms{tries}"
