"""conversations.* and users.*: where things are said, and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.playground import payloads
from bot.playground.limits import limit
from bot.playground.methods.call import Call, Method
from bot.playground.records import Message
from bot.playground.refusal import Json, Refusal

_PAGE = 100  # what Slack gives where no limit is asked for
_READ = ("channels:history", "groups:history", "im:history", "mpim:history")
_LIST = ("channels:read", "groups:read", "im:read", "mpim:read")


def _replies(call: Call) -> Json:
    channel = call.channel()
    thread = call.workspace.thread(channel.id, call.argument("ts"))
    if not thread:
        raise Refusal("thread_not_found")
    return _page(call, thread)


def _history(call: Call) -> Json:
    newest_first = call.workspace.top_level(call.channel().id)[::-1]
    return _page(call, newest_first) | {"pin_count": 0}


def _page(call: Call, messages: Sequence[Message]) -> Json:
    """One page of messages between `oldest` and `latest`."""
    oldest = float(call.text("oldest") or 0)
    latest = float(call.text("latest") or "inf")
    inclusive = call.truth("inclusive")
    within = [
        m
        for m in messages
        if oldest < float(m.ts) < latest or (inclusive and float(m.ts) in (oldest, latest))
    ]
    size = min(call.whole("limit", _PAGE), limit("replies.page"))
    try:
        start = int(call.text("cursor") or 0)
    except ValueError:
        raise Refusal("invalid_cursor") from None
    more = start + size < len(within)
    page = [payloads.message(call.workspace, m) for m in within[start : start + size]]
    cursor = str(start + size) if more else ""
    return {"messages": page, "has_more": more, "response_metadata": {"next_cursor": cursor}}


def _open(call: Call) -> Json:
    if call.text("channel"):
        channel = call.channel()
    else:
        users = call.argument("users").split(",")
        if len(users) != 1:
            raise Refusal("too_many_users")  # group direct messages are not played here
        ws = call.workspace
        channel = ws.im(ws.user(users[0]).id, ws.bot.id)
    told = payloads.channel(call.workspace, channel)
    return {"channel": told if call.truth("return_im") else {"id": channel.id}}


def _info(call: Call) -> Json:
    return {"channel": payloads.channel(call.workspace, call.channel(member=False))}


def _list(call: Call) -> Json:
    ws = call.workspace
    shown = [
        payloads.channel(ws, c)
        for c in ws.channels.values()
        if c.kind != "im" and (c.kind == "public" or ws.is_member(c.id, ws.bot.id))
    ]
    return {"channels": shown, "response_metadata": {"next_cursor": ""}}


def _members(call: Call) -> Json:
    members = sorted(call.workspace.members[call.channel(member=False).id])
    return {"members": members, "response_metadata": {"next_cursor": ""}}


def _join(call: Call) -> Json:
    channel = call.channel(member=False)
    if channel.kind != "public":
        raise Refusal("method_not_supported_for_channel_type")
    call.workspace.members[channel.id].add(call.workspace.bot.id)
    return {"channel": payloads.channel(call.workspace, channel)}


def _user(call: Call) -> Json:
    user = call.workspace.user(call.argument("user"))
    return {"user": payloads.user(call.workspace, user, locale=call.truth("include_locale"))}


METHODS: Mapping[str, Method] = {
    "conversations.replies": Method(_replies, _READ),
    "conversations.history": Method(_history, _READ),
    "conversations.open": Method(_open, ("im:write",)),
    "conversations.info": Method(_info, _LIST),
    "conversations.list": Method(_list, _LIST),
    "conversations.members": Method(_members, _LIST),
    "conversations.join": Method(_join, ("channels:join",)),
    "users.info": Method(_user, ("users:read",)),
}
