"""files.*: a small file is announced, uploaded to an address, then shared."""

from __future__ import annotations

from collections.abc import Mapping

from bot.playground import payloads
from bot.playground.limits import limit
from bot.playground.methods.call import Call, Method
from bot.playground.records import File
from bot.playground.refusal import Json, Refusal


def _address(call: Call) -> Json:
    length = call.whole("length", 0)
    if not 0 < length <= limit("file.bytes"):
        raise Refusal("invalid_arguments", ["length: not more than this stand-in takes"])
    file = File(call.workspace.ids.next("F"), call.argument("filename"), length)
    call.workspace.files[file.id] = file
    url = f"http://{call.address}/upload/v1/{call.workspace.team.id}/{file.id}"
    return {"upload_url": url, "file_id": file.id}


def _complete(call: Call) -> Json:
    given = call.arguments.get("files")
    if not isinstance(given, list) or not given:
        raise Refusal("invalid_arguments", ["must provide an array [json-pointer:/files]"])
    shared: list[Json] = []
    for item in given:
        file = call.workspace.files.get(str(item.get("id")) if isinstance(item, dict) else "")
        if file is None or file.content is None:
            raise Refusal("file_not_found")
        file.title = str(item.get("title") or file.name)
        shared.append(payloads.file(call.workspace, file))
    if call.text("channel_id"):
        message = call.workspace.post(
            call.channel("channel_id").id,
            call.workspace.bot.id,
            call.text("initial_comment"),
            from_app=True,
            files=tuple(shared),
            thread_ts=call.text("thread_ts") or None,
        )
        call.installation.announce(message)
    return {"files": shared}


METHODS: Mapping[str, Method] = {
    "files.getUploadURLExternal": Method(_address, ("files:write",)),
    "files.completeUploadExternal": Method(_complete, ("files:write",)),
}
