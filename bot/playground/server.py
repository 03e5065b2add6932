"""Serving the playground: the workspace, its page, and the app under it, in one process."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

import uvicorn

from bot.playground.browser import Browser
from bot.playground.snapshot import Offer, Shown
from bot.playground.stand_in import StandInWorkspace

AsgiApp = Callable[
    [
        MutableMapping[str, Any],
        Callable[[], Awaitable[MutableMapping[str, Any]]],
        Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ],
    Awaitable[None],
]
_DRAIN_SECONDS = 10.0  # an answer under way takes far less


@dataclass(frozen=True, slots=True)
class Slack:
    """Where the app finds this Slack, and what it shows to be let in."""

    api_url: str
    bot_token: str
    signing_secret: str


def _say(line: str) -> None:
    print(line, flush=True)  # seen at once, also where it goes into a file or a pipe


def serve_playground(
    build_app: Callable[[Slack], AsgiApp],
    port: int,
    *,
    host: str = "127.0.0.1",
    events_path: str = "/slack/events",
    bot_name: str = "mra-bot",
    commands: Sequence[tuple[str, str]] = (),
    shortcuts: Sequence[tuple[str, str, str]] = (),
    offers: Sequence[Offer] = (),
    say: Callable[[str], None] = _say,
) -> None:
    """Serves until SIGINT or SIGTERM, then lets what is under way come to its end.

    `build_app` makes the app for this Slack; it is served on a port of its own, on loopback.
    Port 0 takes any that is free. `say` is told the address once the page can be opened.
    Raises OSError where the port is taken, and what `build_app` raises.
    """
    shown = Shown(commands, shortcuts, offers)
    playground = Playground(build_app, host, port, events_path, bot_name, shown)
    asyncio.run(playground.serve(say))


@dataclass(frozen=True, slots=True)
class Playground:
    """What `serve_playground` serves."""

    build_app: Callable[[Slack], AsgiApp]
    host: str
    port: int
    events_path: str
    bot_name: str
    shown: Shown

    async def serve(self, say: Callable[[str], None], stop: asyncio.Event | None = None) -> None:
        """Serves until `stop` is set or a signal comes."""
        stop = stop or asyncio.Event()
        workspace = StandInWorkspace(
            signing_secret=secrets.token_hex(16),
            bot_token=f"xoxb-{secrets.token_hex(16)}",
            team="Playground",
            bot_name=self.bot_name,
            retry_scale=1.0,
            host=self.host,
            port=self.port,
        )
        _furnish(workspace)
        Browser(workspace, self.shown).add_routes(workspace.site.app)
        async with workspace as ws:
            slack = Slack(ws.api_url, str(ws.bot_token), ws.signing_secret)
            async with _served(self.build_app(slack)) as address:
                ws.deliver_to(address + self.events_path)
                with _signals(stop):
                    say(f"http://{self.host}:{ws.site.port}/")
                    await stop.wait()
                with contextlib.suppress(TimeoutError):
                    await ws.settled(seconds=_DRAIN_SECONDS)


def _furnish(ws: StandInWorkspace) -> None:
    """Some people, a channel that the bot is in and one that it is not."""
    for name in ("You", "Ana", "Ben"):
        ws.user(name)
    ws.channel("compliance")
    ws.channel("elsewhere", bot=False)


class _Server(uvicorn.Server):
    """uvicorn, without its own handling of signals."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def _served(app: AsgiApp) -> Any:
    """The app on a free loopback port; gives its address. Its lifespan ends with the block."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="auto")
    server = _Server(config)
    running = asyncio.ensure_future(server.serve(sockets=[listening]))
    try:
        while not server.started and not running.done():
            await asyncio.sleep(0.01)
        if running.done():
            await running
            raise RuntimeError("the app did not start")
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await running
        listening.close()


@contextlib.contextmanager
def _signals(stop: asyncio.Event) -> Iterator[None]:
    """SIGINT and SIGTERM set `stop`."""
    loop = asyncio.get_running_loop()
    watched: list[signal.Signals] = []
    try:
        # Not on Windows, and only in the main thread: there, who started it ends it.
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):  # no signals there
            for name in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(name, stop.set)
                watched.append(name)
        yield
    finally:
        for name in watched:
            loop.remove_signal_handler(name)
