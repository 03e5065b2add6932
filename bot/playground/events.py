"""The events that Slack sends to an app, without the envelope around them, and the envelope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.playground import payloads
from bot.playground.records import Channel, Message, User, View
from bot.playground.refusal import Json
from bot.playground.workspace import Workspace


def envelope(ws: Workspace, event: Json) -> Json:
    """What is around every event."""
    return {
        "token": payloads.VERIFICATION,
        "team_id": ws.team.id,
        "context_team_id": ws.team.id,
        "context_enterprise_id": None,
        "api_app_id": ws.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": ws.ids.next("Ev"),
        "event_time": int(float(event.get("event_ts", ws.clock()))),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": ws.team.id,
                "user_id": ws.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{ws.ids.uuid()}",
    }


def app_mention(ws: Workspace, said: Message) -> Json:
    return _said(ws, said) | {"type": "app_mention"}


def message(ws: Workspace, said: Message) -> Json:
    return _said(ws, said) | {"channel_type": channel_type(ws, said.channel)}


def _said(ws: Workspace, said: Message) -> Json:
    return payloads.message(ws, said) | {"channel": said.channel, "event_ts": said.ts}


def message_changed(ws: Workspace, before: Message, after: Message) -> Json:
    return _hidden(ws, after) | {
        "subtype": "message_changed",
        "message": payloads.message(ws, after),
        "previous_message": payloads.message(ws, before),
    }


def message_deleted(ws: Workspace, gone: Message) -> Json:
    return _hidden(ws, gone) | {
        "subtype": "message_deleted",
        "previous_message": payloads.message(ws, gone),
        "deleted_ts": gone.ts,
    }


def _hidden(ws: Workspace, about: Message) -> Json:
    ts = ws.new_ts()
    return {
        "type": "message",
        "hidden": True,
        "channel": about.channel,
        "channel_type": channel_type(ws, about.channel),
        "ts": ts,
        "event_ts": ts,
    }


def reaction(ws: Workspace, kind: str, user: User, name: str, to: Message) -> Json:
    """`kind` is "reaction_added" or "reaction_removed"."""
    return {
        "type": kind,
        "user": user.id,
        "reaction": name,
        "item": {"type": "message", "channel": to.channel, "ts": to.ts},
        "item_user": to.user,
        "event_ts": ws.new_ts(),
    }


def member_joined(ws: Workspace, channel: Channel, member: str, inviter: User) -> Json:
    return {
        "type": "member_joined_channel",
        "user": member,
        "channel": channel.id,
        "channel_type": "C",
        "team": ws.team.id,
        "inviter": inviter.id,
        "event_ts": ws.new_ts(),
    }


def app_home_opened(ws: Workspace, user: User, tab: str, home: View | None) -> Json:
    opened: Json = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": ws.im(user.id, ws.bot.id).id,
        "tab": tab,
        "event_ts": ws.new_ts(),
    }
    return opened | ({"view": payloads.view(ws, home)} if home and tab == "home" else {})


def app_uninstalled(ws: Workspace) -> Json:
    return {"type": "app_uninstalled", "event_ts": ws.new_ts()}


def tokens_revoked(ws: Workspace) -> Json:
    tokens = {"oauth": [], "bot": [ws.bot.id]}
    return {"type": "tokens_revoked", "tokens": tokens, "event_ts": ws.new_ts()}


def function_executed(
    ws: Workspace,
    callback_id: str,
    inputs: Mapping[str, object],
    outputs: Sequence[str],
    execution_id: str,
    token: str,
) -> Json:
    """A step of a workflow, with the token that only this step may use."""
    return {
        "type": "function_executed",
        "function": {
            "id": ws.ids.next("Fn"),
            "callback_id": callback_id,
            "title": callback_id,
            "description": "",
            "type": "app",
            "input_parameters": [_parameter(name) for name in inputs],
            "output_parameters": [_parameter(name) for name in outputs],
            "app_id": ws.app_id,
            "date_created": 1_600_000_000,
            "date_updated": 1_600_000_000,
            "date_deleted": 0,
            "form_enabled": False,
        },
        "inputs": dict(inputs),
        "function_execution_id": execution_id,
        "workflow_execution_id": ws.ids.next("Wx"),
        "event_ts": ws.new_ts(),
        "bot_access_token": token,
    }


def _parameter(name: str) -> Json:
    return {"type": "string", "name": name, "title": name, "description": "", "is_required": True}


def channel_type(ws: Workspace, channel: str) -> str:
    return payloads.CHANNEL_TYPES[ws.channels[channel].kind]
