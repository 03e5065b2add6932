"""What Slack sends when somebody types a command or clicks: commands and interactions."""

from __future__ import annotations

from bot.playground import payloads
from bot.playground.records import Channel, Message, User, View
from bot.playground.refusal import Json
from bot.playground.workspace import Workspace

# A direct message and a private channel have no name to give.
_NAMES = {"im": "directmessage", "private": "privategroup"}


def command(
    ws: Workspace, channel: Channel, user: User, name: str, text: str, response_url: str
) -> Json:
    """The form of a slash command."""
    return {
        "token": payloads.VERIFICATION,
        "team_id": ws.team.id,
        "team_domain": ws.team.domain,
        "channel_id": channel.id,
        "channel_name": _NAMES.get(channel.kind, channel.name),
        "user_id": user.id,
        "user_name": user.handle,
        "command": name,
        "text": text,
        "api_app_id": ws.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": ws.new_trigger(user.id),
    }


def block_actions(
    ws: Workspace, user: User, on: Message | View, action: Json, state: Json, response_url: str
) -> Json:
    """A click, or a choice from a menu; in a message it carries a response URL."""
    payload = {
        "type": "block_actions",
        **_who(ws, user),
        "trigger_id": ws.new_trigger(user.id),
        **_where(ws, on),
        "actions": [{**action, "action_ts": ws.new_ts()}],
    }
    if isinstance(on, View):
        payload["view"]["state"] = {"values": state}
        return payload
    return payload | {"state": {"values": state}, "response_url": response_url}


def block_suggestion(
    ws: Workspace, user: User, on: Message | View, block_id: str, action_id: str, typed: str
) -> Json:
    """What was typed into a menu whose options the app serves."""
    return {
        "type": "block_suggestion",
        **_who(ws, user),
        **_where(ws, on),
        "action_id": action_id,
        "block_id": block_id,
        "value": typed,
    }


def view_submission(ws: Workspace, user: User, view: View, state: Json) -> Json:
    return {
        "type": "view_submission",
        **_who(ws, user),
        "trigger_id": ws.new_trigger(user.id),
        "view": payloads.view(ws, view) | {"state": {"values": state}},
        "response_urls": [],
    }


def view_closed(ws: Workspace, user: User, view: View, cleared: bool) -> Json:
    return {
        "type": "view_closed",
        **_who(ws, user),
        "view": payloads.view(ws, view),
        "is_cleared": cleared,
    }


def shortcut(ws: Workspace, user: User, callback_id: str) -> Json:
    """A shortcut from the search box or the message box."""
    return {
        "type": "shortcut",
        **_who(ws, user),
        "action_ts": ws.new_ts(),
        "callback_id": callback_id,
        "trigger_id": ws.new_trigger(user.id),
    }


def message_action(
    ws: Workspace, user: User, on: Message, callback_id: str, response_url: str
) -> Json:
    """A shortcut from the menu of a message."""
    channel = ws.channels[on.channel]
    return {
        "type": "message_action",
        **_who(ws, user),
        "action_ts": ws.new_ts(),
        "callback_id": callback_id,
        "trigger_id": ws.new_trigger(user.id),
        "channel": {"id": channel.id, "name": _NAMES.get(channel.kind, channel.name)},
        "message_ts": on.ts,
        "message": payloads.message(ws, on),
        "response_url": response_url,
    }


def _who(ws: Workspace, user: User) -> Json:
    return {
        "user": {
            "id": user.id,
            "username": user.handle,
            "name": user.handle,
            "team_id": ws.team.id,
        },
        "api_app_id": ws.app_id,
        "token": payloads.VERIFICATION,
        "team": {"id": ws.team.id, "domain": ws.team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _where(ws: Workspace, on: Message | View) -> Json:
    if isinstance(on, View):
        shown_in = {"type": "view", "view_id": on.id}
        return {"container": shown_in, "view": payloads.view(ws, on)}
    channel = ws.channels[on.channel]
    container: Json = {
        "type": "message",
        "message_ts": on.ts,
        "channel_id": on.channel,
        "is_ephemeral": bool(on.seen_by),
    }
    if on.thread_ts:
        container["thread_ts"] = on.thread_ts
    place = {"id": channel.id, "name": _NAMES.get(channel.kind, channel.name)}
    where: Json = {"container": container, "channel": place}
    # Of an ephemeral message Slack sends only where it was, not what it said.
    return where if on.seen_by else where | {"message": payloads.message(ws, on)}
