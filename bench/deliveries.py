"""Whether the app's memory stays flat over many deliveries, however many it has seen.

Run `python -m bench.deliveries 1000000`; without a number it is 50,000. The whole app serves on
loopback in a process of its own, over SQLite. What comes is what a busy workspace brings: talk
that is nobody's question, commands, mentions, follow-ups, and mentions brought once more; every
person, channel and message is a new one, so that no cache is hit twice by chance. Exits 1 where
memory grows by more than 10 MiB in the second half, or something is refused.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web

from bench.served import SECRET, resident_mib, serving
from bot.playground.deliveries import Delivery, encoded, signature

GROWTH_MIB = 10
_CONNECTIONS = 8
_STEPS = 10
_TEAM = "T0000000001"


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of it."""

    statuses: Counter[int]
    seconds: float
    resident_mib: list[float]  # at the start, and after each tenth

    @property
    def growth_mib(self) -> float:
        """In the second half: what is filled once is full by then."""
        return self.resident_mib[-1] - self.resident_mib[_STEPS // 2]


def deliveries(count: int) -> Iterator[Delivery]:
    """So many deliveries, as a workspace brings them; every tenth is one that came before."""
    again = Delivery("event", "", {})
    for n in range(count):
        ts = f"{1_700_000_000 + n // 10}.{n % 10:06d}"
        channel, user = f"C{n // 10:010d}", f"U{n:010d}"
        said = {"type": "message", "user": user, "channel": channel, "channel_type": "channel"}
        match n % 10:
            case 0 | 1 | 2 | 3:
                yield _event({**said, "text": "lunch, anybody?", "ts": ts}, n)
            case 4 | 5 | 6:
                form = {"command": "/mra", "text": "korea", "team_id": _TEAM, "user_id": user,
                        "channel_id": channel, "trigger_id": str(n)}  # fmt: skip
                yield Delivery("command", "/mra", form)
            case 7:
                said |= {"type": "app_mention", "text": "<@U0000000B0T> korea?", "ts": ts}
                yield (again := _event(said, n))
            case 8:
                root = again.payload["event"]["ts"]
                yield _event({**said, "text": "and japan?", "ts": ts, "thread_ts": root}, n)
            case _:
                yield again


def _event(event: dict[str, Any], number: int) -> Delivery:
    payload = {"type": "event_callback", "team_id": _TEAM, "event_id": f"Ev{number}",
               "event": {**event, "event_ts": event["ts"]}}  # fmt: skip
    return Delivery("event", str(event["type"]), payload)


@asynccontextmanager
async def _slack() -> AsyncIterator[str]:
    """The address of a Slack that takes everything and remembers nothing."""
    numbers = iter(range(10**9))

    bot = {"team_id": _TEAM, "team": "Importer", "user_id": "U0000000B0T", "user": "mra-bot",
           "bot_id": "B0000000B0T", "url": "https://importer.example/"}  # fmt: skip

    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"ok": True, "ts": f"{next(numbers)}.000000", **bot})

    app = web.Application()
    app.router.add_route("*", "/api/{method}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server and isinstance(site._server, asyncio.Server)
    try:
        yield f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/api/"
    finally:
        await runner.cleanup()


async def measured(count: int, tell: Callable[[float], None] = lambda _: None) -> Figures:
    """Serves, delivers, reads the memory after each tenth, and tells it at once."""
    statuses: Counter[int] = Counter()
    resident: list[float] = []
    coming = deliveries(count)

    async def bring(session: aiohttp.ClientSession, url: str, most: int) -> None:
        for _ in range(most):
            if (delivery := next(coming, None)) is None:
                return
            status = 503
            while status == 503:  # it is under way already: Slack brings it once more, later
                body, content_type = encoded(delivery)
                signed = signature(SECRET, body, int(time.time()))
                headers = {"Content-Type": content_type, **signed}
                async with session.post(url, data=body, headers=headers) as answer:
                    await answer.read()
                status = answer.status
                statuses[status] += 1
                if status == 503:
                    await asyncio.sleep(0.02)

    start = time.perf_counter()
    with tempfile.TemporaryFile() as log:
        async with _slack() as api_url, aiohttp.ClientSession() as session:
            with serving(api_url, log) as (process, port):
                url = f"http://127.0.0.1:{port}/slack/events"
                for step in range(_STEPS + 1):
                    # The first ones only warm up.
                    most = max(1, count // _STEPS // _CONNECTIONS) if step else 25
                    await asyncio.gather(*(bring(session, url, most) for _ in range(_CONNECTIONS)))
                    resident.append(resident_mib(process.pid))
                    tell(resident[-1])
    return Figures(statuses, time.perf_counter() - start, resident)


def main(argv: list[str] | None = None) -> int:
    """Prints the figures; 1 where a bar is passed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("count", type=int, nargs="?", default=50_000)
    arguments = parser.parse_args(argv)
    figures = asyncio.run(
        measured(arguments.count, lambda mib: print(f"{mib:.1f} MiB", flush=True))
    )
    total = figures.statuses.total()
    shown = ", ".join(f"{n} x {status}" for status, n in sorted(figures.statuses.items()))
    print(f"{total} deliveries in {figures.seconds:.0f} s: {shown}")
    print(f"growth in the second half: {figures.growth_mib:+.1f} MiB (bar {GROWTH_MIB})")
    failed = total - figures.statuses[200] - figures.statuses[503]
    if failed:
        print(f"{failed} deliveries were not taken", file=sys.stderr)
    return int(bool(failed) or figures.growth_mib > GROWTH_MIB)


if __name__ == "__main__":
    raise SystemExit(main())
