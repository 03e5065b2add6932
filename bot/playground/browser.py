"""The page: what a person does in the browser, done in the workspace."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.playground.formatting import typed_text
from bot.playground.records import Message, User, View
from bot.playground.refusal import Json, Refusal
from bot.playground.snapshot import Shown, snapshot, traffic_entry
from bot.playground.stand_in import StandInWorkspace

_FILES = Path(__file__).parent / "page"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_LINK = re.compile(r"https?://[^\s<>|]+")
_COMMAND = re.compile(r"(/[\w-]+)(?:\s+(.*))?", re.DOTALL)
_SETTLE_SECONDS = 0.02  # changes that come together are shown together
# Nothing from elsewhere: not even the images that a message may name.
_POLICY = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Browser:
    """The page's own addresses on a workspace's site."""

    def __init__(self, workspace: StandInWorkspace, shown: Shown) -> None:
        self._ws = workspace
        self._shown = shown

    def add_routes(self, app: web.Application) -> None:
        """Adds them; before the site starts."""
        app.add_routes(
            [
                web.get("/", self._guarded(self._index)),
                web.get("/page/state", self._guarded(self._stream)),
                web.get("/page/traffic/{number}", self._guarded(self._traffic)),
                web.get("/page/{name}", self._guarded(self._file)),
                *(
                    web.post(f"/page/{name}", self._guarded(handler))
                    for name, handler in {
                        "say": self._say,
                        "act": self._act,
                        "suggest": self._suggest,
                        "submit": self._submit,
                        "close": self._close,
                        "open": self._open,
                        "shortcut": self._shortcut,
                    }.items()
                ),
            ]
        )

    def _guarded(self, handler: Handler) -> Handler:
        """Only for a browser on this machine that shows this very page."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            if request.url.host not in _LOOPBACK:
                raise web.HTTPForbidden(text="only on this machine")
            origin = request.headers.get("Origin")
            if origin is not None and origin != f"http://{request.host}":
                raise web.HTTPForbidden(text="only from this page")
            if request.method == "POST" and request.content_type != "application/json":
                raise web.HTTPUnsupportedMediaType
            try:
                return await handler(request)
            except (LookupError, Refusal, ValueError) as error:
                return web.json_response({"error": str(error)}, status=400)

        return guarded

    async def _index(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(_FILES / "index.html", headers={"Content-Security-Policy": _POLICY})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in {path.name for path in _FILES.iterdir()}:
            raise web.HTTPNotFound
        return web.FileResponse(_FILES / name, headers={"Cache-Control": "no-store"})

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        """The state as this user sees it, again with every change."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        user = self._user(request.query.get("as", ""))
        activity = self._ws.site.activity
        while not activity.closed:
            version = activity.version
            state = json.dumps(snapshot(self._ws, user, self._shown))
            await response.write(f"data: {state}\n\n".encode())
            if version == activity.version:
                await activity.changed()
            await asyncio.sleep(_SETTLE_SECONDS)
        return response

    async def _traffic(self, request: web.Request) -> web.StreamResponse:
        entry = self._ws.site.activity.log[int(request.match_info["number"])]
        return web.json_response(traffic_entry(entry, whole=True))

    # What a person does; what takes its time goes on beside

    async def _say(self, request: web.Request) -> web.StreamResponse:
        given = await _object(request)
        ws, user = self._ws, self._user(given["as"])
        channel = ws.workspace.channels[given["channel"]]
        text = str(given["text"]).strip()
        command = _COMMAND.fullmatch(text)
        if command and command[1] in {name for name, _ in self._shown.commands}:
            return self._begin(ws.command(channel, user, command[1], typed_text(command[2] or "")))
        thread = given.get("thread") or None
        return self._begin(ws.say(channel, user, self._delivered(text), thread=thread))

    def _delivered(self, text: str) -> str:
        """What was typed, as Slack delivers it: names as mentions, links marked."""
        text = _LINK.sub(lambda link: f"<{link[0]}>", typed_text(text))
        for user in self._ws.workspace.users.values():
            name = re.escape(user.handle)
            text = re.sub(rf"(?<!\w)@{name}(?![\w-])", f"<@{user.id}>", text)
        return text

    async def _act(self, request: web.Request) -> web.StreamResponse:
        given = await _object(request)
        user, on = self._user(given["as"]), self._thing(given)
        return self._begin(self._ws.choose(user, on, given["element"], given.get("option")))

    async def _suggest(self, request: web.Request) -> web.StreamResponse:
        given = await _object(request)
        user, on = self._user(given["as"]), self._thing(given)
        found = await self._ws.suggestion(user, on, given["element"], str(given["typed"]))
        return web.json_response({"options": found.options, "error": found.error})

    async def _submit(self, request: web.Request) -> web.StreamResponse:
        given = await _object(request)
        done = await self._ws.submit_view(self._user(given["as"]), given["values"])
        return web.json_response({"errors": done.errors, "error": done.error})

    async def _close(self, request: web.Request) -> web.StreamResponse:
        given = await _object(request)
        return self._begin(self._ws.close_view(self._user(given["as"])))

    async def _open(self, request: web.Request) -> web.StreamResponse:
        given = await _object(request)
        return self._begin(self._ws.open_home(self._user(given["as"]), given["tab"]))

    async def _shortcut(self, request: web.Request) -> web.StreamResponse:
        given = await _object(request)
        user, name = self._user(given["as"]), str(given["callback_id"])
        if "ts" not in given:
            return self._begin(self._ws.shortcut(user, name))
        on = self._thing(given)
        assert isinstance(on, Message)
        return self._begin(self._ws.message_shortcut(user, on, name))

    def _begin(self, work: Any) -> web.StreamResponse:
        self._ws.site.activity.run(work, "what was asked in the page")
        return web.json_response({}, status=202)

    def _user(self, user_id: str) -> User:
        """The person of this id; without one, the first there is."""
        people = [user for user in self._ws.workspace.users.values() if not user.is_bot]
        return self._ws.workspace.user(user_id or people[0].id)

    def _thing(self, given: Json) -> Message | View:
        """The view or the message that something was done to."""
        if given.get("view"):
            return self._ws.installation.views.find(view_id=given["view"])
        for message in self._ws.workspace.messages:
            if (message.channel, message.ts) == (given["channel"], given["ts"]):
                return message
        raise LookupError("this message is not there any more")


async def _object(request: web.Request) -> Json:
    given = json.loads(await request.text())
    if not isinstance(given, dict):
        raise ValueError("must be an object")
    return given
