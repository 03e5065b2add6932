"""The app in processes of its own: started, ended in every way, and harmed from outside."""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.playground.deliveries import Attempt, Delivery, Http
from tests.test_serving import free_port

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.app_serving"])


@dataclass(frozen=True)
class Serving:
    """What every process of an app is given."""

    transport: str  # "http" or "socket"
    api_url: str
    database_url: str
    register: Path
    lease: float


def _serve(serving: Serving, skew: float, port: int, log: Connection) -> None:
    from tests.app_serving import serve

    os.dup2(log.fileno(), 2)
    serve(serving, skew, port)


class AppProcess:
    """One process of the app, started again whenever it was ended."""

    def __init__(
        self, serving: Serving, skew: float, ready: Callable[[AppProcess], Awaitable[None]]
    ) -> None:
        """`skew` is how far its clock is ahead; `ready` returns once Slack reaches it."""
        self.port = free_port()
        self._serving, self._skew, self._ready = serving, skew, ready
        self._process: ForkServerProcess | None = None
        self._log: list[str] = []
        self._readers: list[threading.Thread] = []

    async def start(self) -> None:
        """Returns once it can be reached."""
        # Over a pipe: where its files take nothing, its log is read all the same.
        read, write = _FORKS.Pipe(duplex=False)
        self._process = _FORKS.Process(
            target=_serve, args=(self._serving, self._skew, self.port, write)
        )
        await asyncio.to_thread(self._process.start)
        write.close()
        reader = threading.Thread(target=self._read, args=(read,), daemon=True)
        reader.start()
        self._readers.append(reader)
        await self._ready(self)

    def _read(self, log: Connection) -> None:
        with open(os.dup(log.fileno()), encoding="utf-8", errors="replace") as lines:
            log.close()
            self._log.extend(lines)

    async def end(self, number: signal.Signals) -> None:
        """Ends it by a signal; returns once it is gone."""
        if process := self._process:
            self.signal(number)
            await asyncio.to_thread(process.join)
            process.close()
            self._process = None

    def signal(self, number: signal.Signals) -> None:
        if self._process and self._process.pid:
            os.kill(self._process.pid, number)

    def fill_disk(self, full: bool) -> None:
        """No file of it takes another byte, as on a full disk; or all do again.

        By a limit that Linux lets be set from outside: it needs no root, as a small disk would.
        """
        if self._process and self._process.pid:
            _, hard = resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE)
            limits = (0 if full else hard, hard)
            resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, limits)

    async def log(self) -> list[str]:
        """All lines that it has logged, once it was ended."""
        for reader in self._readers:
            await asyncio.to_thread(reader.join)
        return self._log


class Balanced:
    """A load balancer: the next process, or, where nothing listens there, another."""

    def __init__(self, backends: Sequence[Http]) -> None:
        self._backends = backends
        self._turn = itertools.count()

    async def carry(self, delivery: Delivery, retry: int, reason: str) -> Attempt:
        attempt = Attempt(None, "", 0.0, "connection_failed")
        first = next(self._turn)
        for n in range(len(self._backends)):
            backend = self._backends[(first + n) % len(self._backends)]
            attempt = await backend.carry(delivery, retry, reason)
            if "Cannot connect" not in attempt.body:
                break
        return attempt
