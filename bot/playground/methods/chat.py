"""chat.* and reactions.*: posting, changing and deleting messages."""

from __future__ import annotations

from collections.abc import Mapping

from bot.playground import events, payloads
from bot.playground.blocks import validate_message
from bot.playground.formatting import accepted_blocks
from bot.playground.methods.call import Call, Method
from bot.playground.records import Channel, Message
from bot.playground.refusal import Json, Refusal


def _post(call: Call) -> Json:
    channel = _writable(call)
    broadcast = call.truth("reply_broadcast")
    message = call.workspace.post(
        channel.id,
        call.workspace.bot.id,
        **_content(call),
        from_app=True,
        thread_ts=_thread(call),
        subtype="thread_broadcast" if broadcast and _thread(call) else "",
    )
    call.installation.announce(message)
    told = payloads.message(call.workspace, message)
    return {"channel": channel.id, "ts": message.ts, "message": told}


def _post_ephemeral(call: Call) -> Json:
    channel = _writable(call)
    user = call.argument("user")
    if user not in call.workspace.users or not call.workspace.is_member(channel.id, user):
        raise Refusal("user_not_in_channel")
    message = call.workspace.post(
        channel.id,
        call.workspace.bot.id,
        **_content(call),
        from_app=True,
        thread_ts=_thread(call),
        seen_by=user,
    )
    return {"message_ts": message.ts}


def _update(call: Call) -> Json:
    before = _own(call, "cant_update_message")
    given = {name: call.arguments[name] for name in _GIVEN if call.arguments.get(name) is not None}
    kept: Json = {"text": before.text, "blocks": list(before.blocks)} | given
    if "markdown_text" in given:
        kept |= {"text": None, "blocks": None}
    validate_message(kept)
    after = call.workspace.change(before, **_accepted(call, kept), edited=call.workspace.new_ts())
    call.installation.announce_change(before, after)
    told = payloads.message(call.workspace, after)
    return {"channel": after.channel, "ts": after.ts, "text": after.text, "message": told}


def _delete(call: Call) -> Json:
    message = _own(call, "cant_delete_message")
    call.workspace.remove(message)
    call.installation.announce_deletion(message)
    return {"channel": message.channel, "ts": message.ts}


def _permalink(call: Call) -> Json:
    channel = call.channel(member=False)
    message = call.workspace.message(channel.id, call.argument("message_ts"))
    return {"channel": channel.id, "permalink": payloads.permalink(call.workspace, message)}


def _unfurl(call: Call) -> Json:
    message = call.workspace.message(call.channel().id, call.argument("ts"))
    unfurls = call.arguments.get("unfurls")
    if not isinstance(unfurls, dict):
        raise Refusal("cannot_parse_attachment")
    for preview in unfurls.values():
        validate_message(preview)
    call.workspace.change(message, unfurls=unfurls)
    return {}


def _add_reaction(call: Call) -> Json:
    return _react(call, "reaction_added", "already_reacted")


def _remove_reaction(call: Call) -> Json:
    return _react(call, "reaction_removed", "no_reaction")


def _react(call: Call, kind: str, pointless: str) -> Json:
    message = call.workspace.message(call.channel().id, call.argument("timestamp"))
    mine = (call.argument("name"), call.workspace.bot.id)
    if (mine in message.reactions) == (kind == "reaction_added"):
        raise Refusal(pointless)
    left = tuple(r for r in message.reactions if r != mine)
    added = (mine,) if kind == "reaction_added" else ()
    after = call.workspace.change(message, reactions=left + added)
    event = events.reaction(call.workspace, kind, call.workspace.bot, mine[0], after)
    call.installation.tell_later(event)
    return {}


_GIVEN = ("text", "blocks", "attachments", "markdown_text", "metadata")


def _writable(call: Call) -> Channel:
    anywhere = "chat:write.public" in call.token.scopes
    return call.channel(member=not anywhere)


def _thread(call: Call) -> str | None:
    return call.text("thread_ts") or None


def _content(call: Call) -> Json:
    """The fields of the message that was given; refused as Slack would."""
    validate_message(call.arguments)
    return _accepted(call, call.arguments)


def _accepted(call: Call, given: Json) -> Json:
    metadata = given.get("metadata")
    if metadata is not None and not (
        isinstance(metadata, dict)
        and isinstance(metadata.get("event_type"), str)
        and isinstance(metadata.get("event_payload"), dict)
    ):
        raise Refusal("invalid_metadata_format")
    content: Json = {
        "text": given.get("text") or given.get("markdown_text") or "",
        "blocks": tuple(accepted_blocks(given.get("blocks") or (), call.workspace.ids)),
        "attachments": tuple(given.get("attachments") or ()),
    }
    return content | ({"metadata": metadata} if metadata is not None else {})


def _own(call: Call, refusal: str) -> Message:
    message = call.workspace.message(call.channel().id, call.argument("ts"))
    if not message.from_app:
        raise Refusal(refusal)
    return message


METHODS: Mapping[str, Method] = {
    "chat.postMessage": Method(_post, ("chat:write",)),
    "chat.postEphemeral": Method(_post_ephemeral, ("chat:write",)),
    "chat.update": Method(_update, ("chat:write",)),
    "chat.delete": Method(_delete, ("chat:write",)),
    "chat.getPermalink": Method(_permalink),
    "chat.unfurl": Method(_unfurl, ("links:write",)),
    "reactions.add": Method(_add_reaction, ("reactions:write",)),
    "reactions.remove": Method(_remove_reaction, ("reactions:write",)),
}
