"""The shapes in which Slack speaks of its things: messages, views, channels, users."""

from __future__ import annotations

from bot.playground.records import Channel, File, Message, User, View
from bot.playground.refusal import Json
from bot.playground.workspace import Workspace

VERIFICATION = "verification-token"  # Slack sends one still, and says to look at none
CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im"}


def message(ws: Workspace, told: Message) -> Json:
    """A message as events, history and interactions carry it."""
    shape: Json = {"user": told.user, "type": "message", "ts": told.ts, "text": told.text}
    shape["team"] = ws.team.id
    if told.client_msg_id:
        shape["client_msg_id"] = told.client_msg_id
    if told.from_app:
        shape |= {"bot_id": ws.bot_id, "app_id": ws.app_id, "bot_profile": _bot_profile(ws)}
    if told.subtype:
        shape["subtype"] = told.subtype
    if told.blocks:
        shape["blocks"] = list(told.blocks)
    if told.attachments:
        shape["attachments"] = list(told.attachments)
    if told.files:
        shape |= {"files": list(told.files), "upload": False}
    if told.metadata:
        shape["metadata"] = told.metadata
    if told.edited:
        shape["edited"] = {"user": told.user, "ts": told.edited}
    if told.reactions:
        names = sorted({name for name, _ in told.reactions})
        by_name = {n: [user for name, user in told.reactions if name == n] for n in names}
        shape["reactions"] = [
            {"name": name, "users": users, "count": len(users)} for name, users in by_name.items()
        ]
    return shape | _thread(ws, told)


def _thread(ws: Workspace, told: Message) -> Json:
    """What a message says of the thread that it opens or is in."""
    if told.thread_ts:
        root = next((m.user for m in ws.thread(told.channel, told.thread_ts)), told.user)
        return {"thread_ts": told.thread_ts, "parent_user_id": root}
    replies = ws.replies(told.channel, told.ts)
    if not replies:
        return {}
    return {
        "thread_ts": told.ts,
        "reply_count": len(replies),
        "reply_users_count": len({reply.user for reply in replies}),
        "latest_reply": replies[-1].ts,
        "reply_users": list(dict.fromkeys(reply.user for reply in replies)),
        "is_locked": False,
        "subscribed": True,
    }


def _bot_profile(ws: Workspace) -> Json:
    return {
        "id": ws.bot_id,
        "app_id": ws.app_id,
        "user_id": ws.bot.id,
        "name": ws.bot.name,
        "icons": {},
        "deleted": False,
        "updated": 1_600_000_000,
        "team_id": ws.team.id,
    }


def view(ws: Workspace, shown: View) -> Json:
    """A view as the Web API and interactions carry it."""
    return {
        "id": shown.id,
        "team_id": ws.team.id,
        **shown.body,
        "state": {"values": {}},
        "hash": shown.hash,
        "previous_view_id": shown.previous or None,
        "root_view_id": shown.root,
        "app_id": ws.app_id,
        "app_installed_team_id": ws.team.id,
        "bot_id": ws.bot_id,
    }


def channel(ws: Workspace, told: Channel) -> Json:
    """A channel as conversations.info gives it."""
    shape: Json = {
        "id": told.id,
        "created": 1_600_000_000,
        "is_archived": False,
        "is_im": told.kind == "im",
        "is_org_shared": False,
        "context_team_id": ws.team.id,
        "updated": 1_600_000_000_000,
    }
    if told.kind == "im":
        other = next((user for user in told.pair if user != ws.bot.id), ws.bot.id)
        return shape | {"user": other, "is_user_deleted": False, "is_open": True, "priority": 0}
    return shape | {
        "name": told.name,
        "name_normalized": told.name,
        "is_channel": True,
        "is_group": False,
        "is_mpim": False,
        "is_private": told.kind == "private",
        "is_general": False,
        "is_shared": False,
        "is_ext_shared": False,
        "is_member": ws.is_member(told.id, ws.bot.id),
        "creator": ws.bot.id,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
    }


def user(ws: Workspace, told: User, *, locale: bool = False) -> Json:
    """A user as users.info gives them."""
    shape: Json = {
        "id": told.id,
        "team_id": ws.team.id,
        "name": told.handle,
        "real_name": told.name,
        "deleted": False,
        "color": "9f69e7",
        "tz": "America/New_York",
        "tz_label": "Eastern Standard Time",
        "tz_offset": -18_000,
        "profile": {
            "real_name": told.name,
            "real_name_normalized": told.name,
            "display_name": told.handle,
            "display_name_normalized": told.handle,
            "team": ws.team.id,
        },
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": told.is_bot,
        "is_app_user": False,
        "updated": 1_600_000_000,
    }
    return shape | ({"locale": told.locale} if locale else {})


def file(ws: Workspace, told: File) -> Json:
    """A file as messages carry it."""
    kind = told.name.rpartition(".")[2].lower()
    return {
        "id": told.id,
        "created": 1_600_000_000,
        "timestamp": 1_600_000_000,
        "name": told.name,
        "title": told.title or told.name,
        "mimetype": "text/csv" if kind == "csv" else "text/plain",
        "filetype": kind,
        "user": ws.bot.id,
        "user_team": ws.team.id,
        "size": len(told.content or b""),
        "mode": "snippet",
        "is_external": False,
        "is_public": True,
    }


def permalink(ws: Workspace, told: Message) -> str:
    """The address of a message."""
    link = f"https://{ws.team.domain}.slack.com/archives/{told.channel}/p{told.ts.replace('.', '')}"
    return link + (f"?thread_ts={told.thread_ts}&cid={told.channel}" if told.thread_ts else "")
