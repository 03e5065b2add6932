"""The ASGI application, called as a server would call it, and requests signed as Slack's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.health import ASGI
from bot.playground.deliveries import signature
from bot.slack import SlackApp

NOW = 1_800_000_000
SECRET = "signing-secret"


@dataclass
class Answered:
    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Door:
    """The ASGI application, called as a server would; counts what reached Bolt."""

    app: SlackApp
    web: ASGI
    dispatched: list[Any] = field(default_factory=list)

    async def send(
        self,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        *,
        method: str = "POST",
        path: str = "/slack/events",
        twice: dict[str, str] | None = None,
        chunk: int = 65_536,
        client: tuple[str, int] | None = ("127.0.0.1", 50_000),
    ) -> Answered:
        pairs = [*(headers or {}).items(), *(twice or {}).items()]
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "client": client,
            "headers": [(k.lower().encode(), v.encode("latin-1")) for k, v in pairs],
        }
        parts = [body[i : i + chunk] for i in range(0, len(body), chunk)] or [b""]
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            part = parts.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(parts)}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.web(scope, receive, send)
        start, content = sent
        answered = {k.decode(): v.decode() for k, v in start["headers"]}
        return Answered(start["status"], answered, content["body"].decode())


def signed(
    body: bytes, content_type: str = "application/json", *, at: int = NOW, secret: str = SECRET
) -> dict[str, str]:
    return {"Content-Type": content_type, **signature(secret, body, at)}
