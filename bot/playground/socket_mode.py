"""Socket Mode: the app's WebSocket connections, and what is brought over them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from bot.playground.deliveries import Attempt, Delivery
from bot.playground.limits import limit
from bot.playground.refusal import Json

_TYPES = {"event": "events_api", "command": "slash_commands"}
_PING_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class _Connection:
    socket: web.WebSocketResponse
    transport: asyncio.BaseTransport | None  # to break it without a word


@dataclass(slots=True)
class SocketMode:
    """The connections of one app in one workspace."""

    app_id: str
    ack_seconds: float
    clock: Callable[[], float]
    changed: Callable[[], None]
    connections: list[_Connection] = field(default_factory=list)
    connected: int = 0  # connections greeted so far
    tickets: dict[str, float] = field(default_factory=dict)  # ticket: until when it can be used
    _waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)
    _envelopes: int = 0
    _tickets: int = 0

    def ticket(self) -> str:
        """Leave to open one connection, for half a minute."""
        self._tickets += 1
        ticket = f"{self.app_id}-{self._tickets}"
        self.tickets[ticket] = self.clock() + limit("ticket.seconds")
        return ticket

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from its greeting to its end."""
        expires = self.tickets.pop(request.query.get("ticket", ""), 0.0)
        if expires < self.clock():
            raise web.HTTPForbidden
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self.connections) >= limit("socket.connections"):
            await socket.send_json(_disconnect("too_many_websockets"))
            await socket.close()
            return socket
        connection = _Connection(socket, request.transport)
        self.connections.append(connection)
        pings = asyncio.ensure_future(_ping(socket))
        try:
            await socket.send_json(self._hello())
            self.connected += 1
            self.changed()
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._acknowledge(message.data)
        finally:
            pings.cancel()
            if connection in self.connections:
                self.connections.remove(connection)
            self.changed()
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": {
                "host": "applink-1",
                "build_number": 1,
                "approximate_connection_time": 18_060,
            },
            "connection_info": {"app_id": self.app_id},
        }

    def _acknowledge(self, data: str) -> None:
        try:
            answer = json.loads(data)
            envelope = answer["envelope_id"]
        except (ValueError, TypeError, KeyError):
            return  # Slack says nothing to what it does not understand
        waiting = self._waiting.get(envelope)
        if waiting and not waiting.done():
            waiting.set_result(answer.get("payload") or {})

    async def carry(self, delivery: Delivery, retry: int, reason: str) -> Attempt:
        """One envelope to one of the connections, and what the app answered in time."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        if not self.connections:
            return Attempt(None, "", 0.0, "connection_failed")
        self._envelopes += 1
        envelope = f"envelope-{self._envelopes}"
        body: Json = {
            "envelope_id": envelope,
            "payload": delivery.payload,
            "type": _TYPES.get(delivery.kind, "interactive"),
            "accepts_response_payload": delivery.kind != "event",
        }
        if delivery.kind == "event":
            body |= {"retry_attempt": retry, "retry_reason": reason}
        self._waiting[envelope] = loop.create_future()
        try:
            async with asyncio.timeout(self.ack_seconds):
                chosen = self.connections[self._envelopes % len(self.connections)]
                await chosen.socket.send_json(body)
                payload = await self._waiting[envelope]
        except TimeoutError:
            return Attempt(None, "", loop.time() - start, "timeout")
        except ConnectionError as error:
            return Attempt(None, str(error), loop.time() - start, "connection_failed")
        finally:
            del self._waiting[envelope]
        return Attempt(200, json.dumps(payload) if payload else "", loop.time() - start)

    async def disconnect(self, reason: str) -> None:
        """Asks every connection to be replaced: "warning" or "refresh_requested"."""
        for connection in list(self.connections):
            await connection.socket.send_json(_disconnect(reason))

    def cut(self) -> None:
        """Breaks every connection without a word."""
        for connection in list(self.connections):
            self.connections.remove(connection)
            if isinstance(connection.transport, asyncio.WriteTransport):
                connection.transport.abort()

    async def close(self) -> None:
        for connection in list(self.connections):
            await connection.socket.close()


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}}


async def _ping(socket: web.WebSocketResponse) -> None:
    while True:
        await asyncio.sleep(_PING_SECONDS)
        await socket.ping(b"Ping from applink-1")
