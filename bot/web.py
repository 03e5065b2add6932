"""How Slack reaches the app: over HTTP behind a verifier, or over Socket Mode.

Nothing of a request is parsed before its signature holds.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import signal
import socket
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl

import uvicorn

from bot import metrics, scraping
from bot.database import Database
from bot.installs import Installs
from bot.logs import log_as_json
from bot.rendering.limits import limit
from bot.settings import Settings, SettingsError
from bot.slack import SlackApp, build_app
from bot.slack.installing import Installing
from bot.slack.payloads import Malformed, parse
from bot.slack.services import Conversing
from bot.slack.socket_mode import run_socket
from bot.sql_store import SqlStore
from bot.store import Store, StoreTooNew, StoreUnreachable

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
ASGI = Callable[[Scope, Receive, Send], Awaitable[None]]

_log = logging.getLogger(__name__)
EVENTS = "/slack/events"
INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
_BODY = 1024 * 1024  # Slack's largest deliveries are some ten kilobytes
_UNSIGNED = 1024  # of the one request that comes unsigned, Slack's check of the certificate
_BODY_SECONDS = 10  # Slack itself gives up after three
_REPLAYS = 100_000  # commands in ten minutes, far above what Slack sends; about 20 MB
_CONTENT_TYPES = ("application/json", "application/x-www-form-urlencoded")
DRAIN_SECONDS = 20  # hosts kill after thirty


class _Refused(Exception):
    """A request that goes no further."""

    def __init__(self, status: int, why: str, **headers: str) -> None:
        super().__init__(why)
        self.status, self.headers = status, headers


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


class _Web:
    def __init__(self, app: SlackApp, settings: Settings, clock: Callable[[], float]) -> None:
        self._app = app
        self._secret = settings.signing_secret.encode()
        self._metrics_token = settings.metrics_token
        self._clock = clock
        self._replays = _Replays()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            try:
                await self._route(scope, receive, send)
            except _Refused as refusal:
                metrics.turned_away(refusal.status)
                # What is signed and malformed is no stranger's: somebody should look at it.
                level = logging.WARNING if refusal.status == 400 else logging.INFO
                _log.log(level, "turned away with %d: %s", refusal.status, refusal)
                await _respond(send, refusal.status, str(refusal), refusal.headers.items())
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})

    async def _route(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == EVENTS:
            _allow(scope, "POST")
            await self._slack(scope, receive, send)
        elif scope["path"] in (INSTALL, REDIRECT) and self._app.installing:
            _allow(scope, "GET")
            await self._install(self._app.installing, scope, send)
        elif scope["path"] == "/healthz":
            _allow(scope, "GET", "HEAD")
            await _respond(send, 200, "alive")
        elif scope["path"] == "/readyz":
            _allow(scope, "GET", "HEAD")
            ready = await self._app.services.store.reachable()
            await _respond(send, *((200, "ready") if ready else (503, "the store is unreachable")))
        elif scope["path"] == "/metrics":
            _allow(scope, "GET", "HEAD")
            host = (scope.get("client") or ("",))[0]
            if refusal := scraping.refusal(host, scope["headers"], self._metrics_token):
                asks = {"www-authenticate": "Bearer"} if refusal.status == 401 else {}
                raise _Refused(refusal.status, refusal.why, **asks)
            content_type = ("content-type", metrics.CONTENT_TYPE)
            await _respond(send, 200, metrics.exposition().decode(), [content_type])
        else:
            raise _Refused(404, "not found")

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
            raise _Refused(503, "not now; try again in a minute") from None
        await _respond(send, shown.status, shown.body, shown.headers)

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
            raise _Refused(401, "the signature is wrong")
        content_type = (
            headers.get(b"content-type", b"").split(b";")[0].strip().lower().decode("latin-1")
        )
        if content_type not in _CONTENT_TYPES:
            raise _Refused(415, f"send {' or '.join(_CONTENT_TYPES)}")
        if _is_ssl_check(content_type, body):
            await _respond(send, 200, "")
            return
        try:
            payload = parse(body, content_type)
        except Malformed as error:
            raise _Refused(400, str(error)) from None
        # Events come again with a reason, and interactions that post are known by the store.
        if "command" in payload and self._replays.seen(signature, self._clock()):
            raise _Refused(401, "the command was answered before")
        # None of the headers goes further: some of them steer Bolt.
        response = await self._app.deliver(payload)
        await _respond(send, response.status, response.body, response.first_headers().items())

    async def _unsigned(self, headers: dict[bytes, bytes], receive: Receive, send: Send) -> None:
        """Refuses, unless Slack only checks that the address answers."""
        try:
            body = await _body(headers, receive, _UNSIGNED)
        except _Refused:
            body = b""
        if not _is_ssl_check("application/x-www-form-urlencoded", body):
            raise _Refused(401, "the request is not signed, or not now")
        await _respond(send, 200, "")

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


def _allow(scope: Scope, *methods: str) -> None:
    if scope["method"] not in methods:
        raise _Refused(405, "method not allowed", allow=", ".join(methods))


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
    """The request's body; raises _Refused where it is longer than `most`, or does not come."""
    too_long = _Refused(413, "the body is too long")
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
                    raise _Refused(400, "the body did not come")
                body += message.get("body", b"")
                more = message.get("more_body", False)
                if len(body) > most:
                    raise too_long
    except TimeoutError:
        raise _Refused(408, "the body did not come") from None
    return bytes(body)


def _is_ssl_check(content_type: str, body: bytes) -> bool:
    """Whether it is Slack's check of the certificate, which carries nothing else."""
    return content_type != "application/json" and b"ssl_check=1" in body.split(b"&")


async def _respond(
    send: Send, status: int, body: str, headers: Iterable[tuple[str, str]] = ()
) -> None:
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


def open_database(url: str) -> Database:
    """The database of the operator's choice.

    Raises SettingsError where it can never be used; a server that does not answer now may later.
    """
    database = Database(url)
    try:
        database.open()
    except StoreTooNew as error:
        raise SettingsError(str(error)) from None
    except StoreUnreachable as error:
        if url.startswith("sqlite"):
            raise SettingsError(
                f"the file of DATABASE_URL cannot be used: {error}; choose one that can be written"
            ) from None
        _log.error("the database is out of reach: %s; trying again", error)
    return database


def _app(
    settings: Settings, conversation: Conversing, store: Store | None, clock: Callable[[], float]
) -> SlackApp:
    if store:
        return build_app(conversation, store, settings, clock=clock)
    database = open_database(settings.database_url)
    installs = None
    if settings.client_id:
        installs = Installs(database, settings.client_id, settings.token_keys)
    return build_app(conversation, SqlStore(database), settings, installs, clock=clock)


def serve_http(
    settings: Settings,
    conversation: Conversing,
    store: Store | None = None,
    *,
    clock: Callable[[], float],
) -> None:
    """Serves until SIGTERM or SIGINT, and finishes what is under way.

    Raises SettingsError where the port cannot be had.
    """
    log_as_json(settings.log_level, with_messages=settings.log_questions)
    app = _app(settings, conversation, store, clock)
    try:
        listening = socket.create_server(("0.0.0.0", settings.port), backlog=2048)  # nosec B104  # hosts pass on from outside
    except OSError as error:
        raise SettingsError(
            f"port {settings.port} cannot be used: {error.strerror}; choose another with PORT"
        ) from None
    # Else the end of a long answer waits 40 ms for the acknowledgement of its beginning.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(
        build_web(app, settings, clock=clock),
        lifespan="on",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=DRAIN_SECONDS * 3 // 4,
    )
    # uvicorn raises the signal that stopped it once more at the end: that is to end in peace.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    _log.info("listening on port %d", settings.port)
    with listening:
        uvicorn.Server(config).run(sockets=[listening])


def serve_socket(
    settings: Settings,
    conversation: Conversing,
    store: Store | None = None,
    *,
    clock: Callable[[], float],
) -> None:
    """The same over Socket Mode. Raises SettingsError where Slack refuses the app's token."""

    async def serve() -> None:
        app = _app(settings, conversation, store, clock)
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await run_socket(app, settings, stop, DRAIN_SECONDS)

    log_as_json(settings.log_level, with_messages=settings.log_questions)
    with asyncio.Runner(loop_factory=uvicorn.Config("", loop="auto").get_loop_factory()) as runner:
        runner.run(serve())
