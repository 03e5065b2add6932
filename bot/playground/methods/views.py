"""views.* and blocks.validate."""

from __future__ import annotations

from collections.abc import Mapping

from bot.playground import payloads
from bot.playground.blocks import validate_blocks, validate_message, validate_view
from bot.playground.methods.call import Call, Method
from bot.playground.records import View
from bot.playground.refusal import Json, Refusal


def _open(call: Call) -> Json:
    body = _body(call)
    validate_view(body)  # before the trigger is taken, so that a second try can be made
    user = call.workspace.take_trigger(call.argument("trigger_id"))
    return _told(call, call.installation.views.open(user, body))


def _push(call: Call) -> Json:
    body = _body(call)
    validate_view(body)
    user = call.workspace.take_trigger(call.argument("trigger_id"))
    return _told(call, call.installation.views.push(user, body))


def _update(call: Call) -> Json:
    if not (call.text("view_id") or call.text("external_id")):
        call.argument("view_id")
    view = call.installation.views.update(
        _body(call),
        view_id=call.text("view_id"),
        external_id=call.text("external_id"),
        hash=call.text("hash") or None,
    )
    return _told(call, view)


def _publish(call: Call) -> Json:
    user = call.workspace.users.get(call.argument("user_id"))
    if user is None:
        raise Refusal("invalid_arguments", ["invalid `user_id`"])
    hash = call.text("hash") or None
    return _told(call, call.installation.views.publish(user.id, _body(call), hash))


def _body(call: Call) -> Json:
    body = call.arguments.get("view")
    if not isinstance(body, dict):
        raise Refusal("invalid_arguments", ["must provide an object [json-pointer:/view]"])
    return body


def _told(call: Call, view: View) -> Json:
    return {"view": payloads.view(call.workspace, view)}


def _validate(call: Call) -> Json:
    given = [name for name in ("blocks", "message", "view") if call.arguments.get(name)]
    if len(given) != 1:
        raise Refusal("invalid_arguments", ["provide exactly one of blocks, view or message"])
    name = given[0]
    value = call.arguments[name]
    try:
        if name == "blocks":
            validate_blocks(value, "message")
        elif name == "view":
            validate_view(value)
        else:
            validate_message(value)
    except Refusal as refusal:
        errors = [_explained(message) for message in refusal.messages or (refusal.error,)]
        raise Refusal(f"invalid_{name}", errors=errors) from None
    return {}


def _explained(message: str) -> Json:
    words, _, pointer = message.removesuffix("]").partition(" [json-pointer:")
    return {"pointer": pointer, "code": "failed_constraint", "message": words}


METHODS: Mapping[str, Method] = {
    "views.open": Method(_open),
    "views.push": Method(_push),
    "views.update": Method(_update),
    "views.publish": Method(_publish),
    "blocks.validate": Method(_validate, tokens=()),
}
