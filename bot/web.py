"""How Slack reaches the app over HTTP: behind a verifier.

Nothing of a request is parsed before its signature holds.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from collections import OrderedDict
from collections.abc import Callable
from urllib.parse import parse_qsl

from bot.health import ASGI, Health, Receive, Refused, Scope, Send, allow, respond
from bot.rendering.limits import limit
from bot.settings import Settings
from bot.slack import SlackApp
from bot.slack.installing import Installing
from bot.slack.payloads import Malformed, parse
from bot.store import StoreUnreachable

_log = logging.getLogger(__name__)
EVENTS = "/slack/events"
INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
_BODY = 1024 * 1024  # Slack's largest deliveries are some ten kilobytes
_UNSIGNED = 1024  # of the one request that comes unsigned, Slack's check of the certificate
_BODY_SECONDS = 10  # Slack itself gives up after three
_REPLAYS = 100_000  # commands in ten minutes, far above what Slack sends; about 20 MB
_CONTENT_TYPES = ("application/json", "application/x-www-form-urlencoded")
DRAIN_SECONDS = 20  # hosts kill after thirty


def build_web(app: SlackApp, settings: Settings, *, clock: Callable[[], float]) -> ASGI:
    """The ASGI application. Its lifespan opens the app and drains it.

    Raises ValueError without a signing secret: everybody could sign with an empty one.
    """
    if not settings.signing_secret:
        raise ValueError("a signing secret is needed to serve HTTP")
    return _Web(app, settings, clock)


class _Replays:
    """The signatures of commands, for as long as their time stamps hold."""

    def __init__(self) -> None:
        self._seen: OrderedDict[bytes, float] = OrderedDict()

    def seen(self, signature: bytes, now: float) -> bool:
        """Whether a signature came before; from now on it did."""
        # A time stamp may be as far ahead as it may be old.
        oldest = now - 2 * limit("signature.seconds")
        while self._seen and (next(iter(self._seen.values())) < oldest or self._is_full()):
            self._seen.popitem(last=False)
        before = signature in self._seen
        self._seen.setdefault(signature, now)
        return before

    def _is_full(self) -> bool:
        return len(self._seen) >= _REPLAYS


class _Web(Health):
    def __init__(self, app: SlackApp, settings: Settings, clock: Callable[[], float]) -> None:
        super().__init__(app, settings.metrics_token)
        self._secret = settings.signing_secret.encode()
        self._clock = clock
        self._replays = _Replays()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        else:
            await super().__call__(scope, receive, send)

    async def route(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == EVENTS:
            allow(scope, "POST")
            await self._slack(scope, receive, send)
        elif scope["path"] in (INSTALL, REDIRECT) and self._app.installing:
            allow(scope, "GET")
            await self._install(self._app.installing, scope, send)
        else:
            await super().route(scope, receive, send)

    async def _install(self, installing: Installing, scope: Scope, send: Send) -> None:
        try:
            if scope["path"] == INSTALL:
                shown = await installing.start()
            else:
                query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
                cookies = _headers(scope).get(b"cookie", b"").decode("latin-1")
                shown = await installing.finish(query, cookies)
        except StoreUnreachable as error:
            _log.error("the store is out of reach: %s", error)
            raise Refused(503, "not now; try again in a minute") from None
        await respond(send, shown.status, shown.body, shown.headers)

    async def _slack(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        stamp, signature = (
            headers.get(b"x-slack-request-timestamp"),
            headers.get(b"x-slack-signature"),
        )
        if not stamp or not signature or not self._is_current(stamp):
            await self._unsigned(headers, receive, send)
            return
        body = await _body(headers, receive, _BODY)
        signed = b"v0:" + stamp + b":" + body
        expected = b"v0=" + hmac.new(self._secret, signed, hashlib.sha256).hexdigest().encode()
        if not hmac.compare_digest(expected, signature):
            raise Refused(401, "the signature is wrong")
        content_type = (
            headers.get(b"content-type", b"").split(b";")[0].strip().lower().decode("latin-1")
        )
        if content_type not in _CONTENT_TYPES:
            raise Refused(415, f"send {' or '.join(_CONTENT_TYPES)}")
        if _is_ssl_check(content_type, body):
            await respond(send, 200, "")
            return
        try:
            payload = parse(body, content_type)
        except Malformed as error:
            raise Refused(400, str(error)) from None
        # Events come again with a reason, and interactions that post are known by the store.
        if "command" in payload and self._replays.seen(signature, self._clock()):
            raise Refused(401, "the command was answered before")
        # None of the headers goes further: some of them steer Bolt.
        response = await self._app.deliver(payload)
        await respond(send, response.status, response.body, response.first_headers().items())

    async def _unsigned(self, headers: dict[bytes, bytes], receive: Receive, send: Send) -> None:
        """Refuses, unless Slack only checks that the address answers."""
        try:
            body = await _body(headers, receive, _UNSIGNED)
        except Refused:
            body = b""
        if not _is_ssl_check("application/x-www-form-urlencoded", body):
            raise Refused(401, "the request is not signed, or not now")
        await respond(send, 200, "")

    def _is_current(self, stamp: bytes) -> bool:
        return (
            stamp.isdigit()
            and len(stamp) <= 12
            and abs(self._clock() - int(stamp)) <= limit("signature.seconds")
        )

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        await self._app.open()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._app.close(DRAIN_SECONDS / 4)  # the rest is for requests under way
        await send({"type": "lifespan.shutdown.complete"})


def _headers(scope: Scope) -> dict[bytes, bytes]:
    """The headers; one that is given twice counts as not given: which is meant is unsure."""
    headers: dict[bytes, bytes] = {}
    twice: set[bytes] = set()
    for name, value in scope["headers"]:
        if name in headers:
            twice.add(name)
        headers[name] = value
    return {name: value for name, value in headers.items() if name not in twice}


async def _body(headers: dict[bytes, bytes], receive: Receive, most: int) -> bytes:
    """The request's body; raises Refused where it is longer than `most`, or does not come."""
    too_long = Refused(413, "the body is too long")
    length = headers.get(b"content-length", b"0")
    if not length.isdigit() or int(length[:20]) > most:
        raise too_long
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            more = True
            while more:
                message = await receive()
                if message["type"] != "http.request":
                    raise Refused(400, "the body did not come")
                body += message.get("body", b"")
                more = message.get("more_body", False)
                if len(body) > most:
                    raise too_long
    except TimeoutError:
        raise Refused(408, "the body did not come") from None
    return bytes(body)


def _is_ssl_check(content_type: str, body: bytes) -> bool:
    """Whether it is Slack's check of the certificate, which carries nothing else."""
    return content_type != "application/json" and b"ssl_check=1" in body.split(b"&")
