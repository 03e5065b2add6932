"""The HTTP server that is Slack for the app: Web API, Socket Mode, response URLs, uploads.

aiohttp serves it: the app's own client library brings it along, and it has WebSockets,
which Socket Mode needs.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

import aiohttp
from aiohttp import web

from bot.playground.activity import Activity
from bot.playground.installation import Installation
from bot.playground.limits import limit
from bot.playground.refusal import Refusal
from bot.playground.web_api import WebApi, cut, refusal
from bot.playground.workspace import Ids

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
# Slack answers 404 to an address that it does not know any more, 400 to what it can't show.
_KEPT_SECONDS = 2.0  # less than the five after which uvicorn drops a connection that is idle
_GONE = ("no_service", "expired_url", "used_url")


class Site:
    """One Slack on one port, for any number of workspaces."""

    def __init__(self, client: tuple[str, str]) -> None:
        self.ids = Ids()
        self.app_id = self.ids.next("A")
        self.activity = Activity()
        self.api = WebApi(client, self.activity)
        self.app = web.Application(client_max_size=4 * limit("file.bytes"))
        self.app.add_routes(
            [
                web.route("*", "/api/{method}", self._counted(self.api.serve)),
                web.get("/link/{team}/", self._socket),
                web.post(
                    "/commands/{team}/{name:.+}",
                    self._counted(self._response_url),
                ),
                web.post("/upload/v1/{team}/{file}", self._counted(self._upload)),
            ]
        )
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None
        self.port = 0

    async def start(self, host: str, port: int) -> None:
        """Listens; port 0 takes any that is free. Raises OSError where it is taken."""
        connector = aiohttp.TCPConnector(keepalive_timeout=_KEPT_SECONDS)
        self._session = aiohttp.ClientSession(connector=connector)
        self._runner = web.AppRunner(self.app, handle_signals=False, shutdown_timeout=1.0)
        await self._runner.setup()
        listening = web.TCPSite(self._runner, host, port)
        await listening.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Ends what is open and stops listening."""
        await self.activity.close()
        for installation in self.api.installations:
            await installation.socket_mode.close()
        if self._session:
            await self._session.close()
        if self._runner:
            await self._runner.cleanup()

    @property
    def session(self) -> aiohttp.ClientSession:
        """What requests to the app are made with; raises RuntimeError before `start`."""
        if self._session is None:
            raise RuntimeError("the workspace is not open: use `async with`")
        return self._session

    def _counted(self, handler: _Handler) -> _Handler:
        """The handler, held open as activity for as long as it runs."""

        async def held(request: web.Request) -> web.StreamResponse:
            with self.activity.under_way(request.path):
                return await handler(request)

        return held

    def _installation(self, request: web.Request) -> Installation:
        for installation in self.api.installations:
            if installation.workspace.team.id == request.match_info["team"]:
                return installation
        raise web.HTTPNotFound

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        return await self._installation(request).socket_mode.serve(request)

    async def _response_url(self, request: web.Request) -> web.StreamResponse:
        fault = self.api.faults.take("response_url")
        if fault.drop_connection:
            return cut(request)
        refused = refusal(fault)
        if refused is not None:
            return refused
        try:
            body = json.loads(await request.text())
            if not isinstance(body, dict):
                raise Refusal("invalid_payload")
            self._installation(request).response_urls.use(request.match_info["name"], body)
        except ValueError:
            return web.Response(text="invalid_payload", status=400)
        except Refusal as error:
            status = 404 if error.error in _GONE else 400
            return web.json_response(error.answer(), status=status)
        return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        refused = refusal(self.api.faults.take("upload"))
        if refused is not None:
            return refused
        file = self._installation(request).workspace.files.get(request.match_info["file"])
        if file is None:
            raise web.HTTPNotFound
        content = await request.read()
        if len(content) != file.length:
            return web.Response(text="wrong length", status=400)
        file.content = content
        return web.Response(text=f"OK - {len(content)}")
