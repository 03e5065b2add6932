"""assistant.threads.* and functions.*: status, prompts, titles, and steps of workflows."""

from __future__ import annotations

from collections.abc import Mapping

from bot.playground.limits import limit
from bot.playground.methods.call import Call, Method
from bot.playground.refusal import Json, Refusal

_STATUS = ("chat:write", "assistant:write")
_SCOPES = ("assistant:write",)


def _set_status(call: Call) -> Json:
    channel = call.channel("channel_id")
    lines = call.arguments.get("loading_messages") or []
    if not isinstance(lines, list) or len(lines) > limit("status.loading_messages"):
        raise Refusal("invalid_arguments", ["too many loading_messages"])
    shown = call.workspace.assistance_for(channel.id, call.argument("thread_ts"))
    shown.status, shown.loading_messages = call.text("status"), tuple(lines)
    call.workspace.changed()
    return {}


def _set_prompts(call: Call) -> Json:
    channel = call.channel("channel_id")
    prompts = call.arguments.get("prompts")
    fits = isinstance(prompts, list) and 1 <= len(prompts) <= limit("prompts")
    if not fits or not all(
        isinstance(p, dict) and p.get("title") and p.get("message") for p in prompts or ()
    ):
        raise Refusal("invalid_arguments", ["prompts: 1 to 4, each with a title and a message"])
    if not call.text("thread_ts"):  # with one, an app with an agent view shows nothing
        shown = call.workspace.assistance_for(channel.id, "")
        shown.prompts, shown.prompts_title = tuple(prompts or ()), call.text("title")
        call.workspace.changed()
    return {}


def _set_title(call: Call) -> Json:
    channel = call.channel("channel_id")
    shown = call.workspace.assistance_for(channel.id, call.argument("thread_ts"))
    shown.title = call.argument("title")
    call.workspace.changed()
    return {}


def _complete(call: Call) -> Json:
    outputs = call.arguments.get("outputs")
    if not isinstance(outputs, dict):
        raise Refusal("invalid_arguments", ["must provide an object [json-pointer:/outputs]"])
    _ended(call)["outputs"] = outputs
    return {}


def _fail(call: Call) -> Json:
    _ended(call)["error"] = call.argument("error")
    return {}


def _ended(call: Call) -> Json:
    step = call.installation.functions.get(call.argument("function_execution_id"))
    if step is None or step:
        raise Refusal("function_execution_not_found")
    call.workspace.changed()
    return step


METHODS: Mapping[str, Method] = {
    "assistant.threads.setStatus": Method(_set_status, _STATUS),
    "assistant.threads.setSuggestedPrompts": Method(_set_prompts, _SCOPES),
    "assistant.threads.setTitle": Method(_set_title, _SCOPES),
    "functions.completeSuccess": Method(_complete),
    "functions.completeError": Method(_fail),
}
