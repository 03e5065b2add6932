"""What tells whoever runs the app how it is: alive, ready, and its figures for Prometheus."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from bot import metrics, scraping
from bot.slack import SlackApp

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
ASGI = Callable[[Scope, Receive, Send], Awaitable[None]]

_log = logging.getLogger(__name__)


class Refused(Exception):
    """A request that goes no further."""

    def __init__(self, status: int, why: str, **headers: str) -> None:
        super().__init__(why)
        self.status, self.headers = status, headers


class Health:
    """The ASGI application that answers this and nothing else."""

    def __init__(self, app: SlackApp, metrics_token: str) -> None:
        self._app, self._metrics_token = app, metrics_token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            try:
                await self.route(scope, receive, send)
            except Refused as refusal:
                metrics.turned_away(refusal.status)
                # What is signed and malformed is no stranger's: somebody should look at it.
                level = logging.WARNING if refusal.status == 400 else logging.INFO
                _log.log(level, "turned away with %d: %s", refusal.status, refusal)
                await respond(send, refusal.status, str(refusal), refusal.headers.items())
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})

    async def route(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or raises Refused."""
        if scope["path"] == "/healthz":
            allow(scope, "GET", "HEAD")
            await respond(send, 200, "alive")
        elif scope["path"] == "/readyz":
            allow(scope, "GET", "HEAD")
            await respond(send, *await self._readiness())
        elif scope["path"] == "/metrics":
            allow(scope, "GET", "HEAD")
            host = (scope.get("client") or ("",))[0]
            if refusal := scraping.refusal(host, scope["headers"], self._metrics_token):
                asks = {"www-authenticate": "Bearer"} if refusal.status == 401 else {}
                raise Refused(refusal.status, refusal.why, **asks)
            content_type = ("content-type", metrics.CONTENT_TYPE)
            await respond(send, 200, metrics.exposition().decode(), [content_type])
        else:
            raise Refused(404, "not found")

    async def _readiness(self) -> tuple[int, str]:
        if not await self._app.services.store.reachable():
            return 503, "the store is unreachable"
        if not self._app.hears_slack():
            return 503, "the line to Slack is down"
        return 200, "ready"


def allow(scope: Scope, *methods: str) -> None:
    """Refuses other methods."""
    if scope["method"] not in methods:
        raise Refused(405, "method not allowed", allow=", ".join(methods))


async def respond(
    send: Send, status: int, body: str, headers: Iterable[tuple[str, str]] = ()
) -> None:
    """Sends a whole answer, as plain text unless a header says otherwise."""
    content = body.encode()
    sent = {"content-type": "text/plain; charset=utf-8"} | dict(headers)
    sent["content-length"] = str(len(content))
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(k.encode("latin-1"), v.encode("latin-1")) for k, v in sent.items()],
        }
    )
    await send({"type": "http.response.body", "body": content})
