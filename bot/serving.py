"""Serving the app until it is told to leave: over HTTP, or over Socket Mode."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Literal

import uvicorn

from bot.database import Database
from bot.health import ASGI, Health
from bot.installs import Installs
from bot.logs import log_as_json
from bot.settings import Settings, SettingsError
from bot.slack import SlackApp, build_app
from bot.slack.services import Conversing
from bot.slack.socket_mode import run_socket
from bot.sql_store import SqlStore
from bot.store import Store, StoreTooNew, StoreUnreachable
from bot.web import DRAIN_SECONDS, build_web

_log = logging.getLogger(__name__)


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


def _listening(port: int) -> socket.socket:
    try:
        listening = socket.create_server(("0.0.0.0", port), backlog=2048)  # nosec B104  # hosts pass on from outside
    except OSError as error:
        raise SettingsError(
            f"port {port} cannot be used: {error.strerror}; choose another with PORT"
        ) from None
    # Else the end of a long answer waits 40 ms for the acknowledgement of its beginning.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _config(web: ASGI, lifespan: Literal["on", "off"]) -> uvicorn.Config:
    return uvicorn.Config(
        web,
        lifespan=lifespan,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=DRAIN_SECONDS * 3 // 4,
    )


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
    listening = _listening(settings.port)
    config = _config(build_web(app, settings, clock=clock), "on")
    # uvicorn raises the signal that stopped it once more at the end: that is to end in peace.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    _log.info("listening on port %d", settings.port)
    with listening:
        uvicorn.Server(config).run(sockets=[listening])


class _Beside(uvicorn.Server):
    """A server that leaves the signals to what it serves beside."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def _health_served(app: SlackApp, settings: Settings) -> AsyncIterator[None]:
    """Where a port is set, its health is shown there as long as what is inside goes on."""
    if not settings.port:
        yield
        return
    with _listening(settings.port) as listening:
        server = _Beside(_config(Health(app, settings.metrics_token), "off"))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield
        finally:
            server.should_exit = True
            await serving


def serve_socket(
    settings: Settings,
    conversation: Conversing,
    store: Store | None = None,
    *,
    clock: Callable[[], float],
) -> None:
    """The same over Socket Mode; at the port, if there is one, only its health is shown.

    Raises SettingsError where Slack refuses the app's token.
    """

    async def serve() -> None:
        app = _app(settings, conversation, store, clock)
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        async with _health_served(app, settings):
            await run_socket(app, settings, stop, DRAIN_SECONDS)

    log_as_json(settings.log_level, with_messages=settings.log_questions)
    loop = uvicorn.Config("", loop="auto", log_config=None).get_loop_factory()
    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(serve())
