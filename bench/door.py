"""What 100,000 malformed or unsigned requests cost, and what they cost those who are signed.

Run `python -m bench.door`. The whole app serves on loopback in a process of its own; another
sends it junk at a steady rate, hundreds of times what Slack ever sends; this one asks signed
questions, first alone and then beside the junk. Exits 1 where a bar is passed: a 5xx, a request
without an answer, more than 10 MiB of growth, or a signed question's median time beyond 1.5
times of that alone. It takes about a minute.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import urlencode

from bench.served import ROOT, SECRET, resident_mib, serving
from bot.playground import StandInWorkspace
from bot.playground.deliveries import signature

SENTINEL = "tell-nobody"  # in every body; no line of the log may repeat it
RATE = 3_000  # a second; Slack sends at most 30,000 an hour, which is eight
GROWTH_MIB = 10
SLOWER = 1.5
_FORM = "application/x-www-form-urlencoded"
_CONNECTIONS = 8
_ASKED_ALONE = 3_000  # enough for a steady median; the first tenth only warms up


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of it."""

    statuses: Counter[str]  # "none" where the connection closed without an answer
    seconds: float  # that the junk took
    growth_mib: float
    alone_ms: float  # the median of a signed question
    beside_ms: float
    asked_beside: int
    log_lines: int
    log_faults: int  # lines with a traceback or with something of a body

    def passed(self, *, timed: bool = True) -> list[str]:
        """The bars that were passed, in words; times only where they are to count."""
        failures = {s: n for s, n in self.statuses.items() if s.startswith("5")}
        return [
            said
            for said, wrong in (
                (f"5xx: {failures}", failures),
                (f"{self.statuses['none']} without an answer", self.statuses["none"]),
                (f"grew by {self.growth_mib:.1f} MiB", self.growth_mib > GROWTH_MIB),
                (f"{self.log_faults} lines of the log say too much", self.log_faults),
                (
                    f"signed questions are {self.beside_ms / self.alone_ms:.2f} times slower",
                    timed and self.beside_ms > SLOWER * self.alone_ms,
                ),
            )
            if wrong
        ]


# The junk


def junk(chance: random.Random) -> bytes:
    """One request that nobody from Slack would send, as it goes over the line."""
    kind = chance.randrange(14)
    body = f'{{"text": "{SENTINEL}", "n": {chance.random()}}}'.encode()
    headers = {"Content-Type": "application/json"}
    method, path = "POST", "/slack/events"
    if kind in (0, 1):  # unsigned
        pass
    elif kind == 2:
        headers |= signature("another secret", body, int(time.time()))
    elif kind == 3:
        headers |= signature(SECRET, body, int(time.time()) - 3_600)
    elif kind == 4:
        headers |= signature(SECRET, body, int(time.time()))
        body = body[:-2] + b"!}"
    elif kind == 5:
        body = b"[" * chance.randrange(1, 60_000)
    elif kind == 6:
        body = chance.randbytes(chance.randrange(2_000)) + SENTINEL.encode()
    elif kind == 7:
        method, path = chance.choice(["GET", "PUT", "DELETE", "BREW"]), "/slack/events"
    elif kind == 8:
        path = "/" + "x" * chance.randrange(2_000)
    elif kind == 9:
        headers |= {f"X-{n}": "y" * 100 for n in range(chance.randrange(60))}
    elif kind == 10:
        headers |= {"X-Slack-Signature": "v0=" + "f" * 64, "X-Slack-Request-Timestamp": "9" * 500}
    elif kind == 11:  # signed, and none of Slack's shapes
        body = chance.choice([b"[]", b"{}", b"\xff", b"[" * 5_000, b'{"type": 5}', b"null"])
        headers |= signature(SECRET, body, int(time.time()))
    elif kind == 12:
        body = chance.choice([b"payload=[]", b"payload={", b"command=%ff", b"a=1&" * 500])
        headers |= {"Content-Type": _FORM, **signature(SECRET, body, int(time.time()))}
    else:  # no HTTP at all
        return chance.choice(
            [b"\x16\x03\x01\x02" + body, b"GET\r\n\r\n", b"A" * 70_000 + b"\r\n\r\n"]
        )
    lines = [f"{method} {path} HTTP/1.1", "Host: here", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


class Line:
    """A connection that is opened again whenever the server closes it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None
        self._reader: IO[bytes] | None = None

    def status(self, request: bytes) -> str:
        """Sends a request; its answer's status, or "none"."""
        for _ in range(2):  # the server may just have closed what was kept open
            try:
                fresh = self._open()
                assert self._socket
                self._socket.sendall(request)
            except OSError:
                if not fresh:
                    self.close()
                    continue
            if status := self._read():
                return status
            if fresh:
                break
        return "none"

    def _open(self) -> bool:
        if self._socket:
            return False
        self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=10)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._reader = self._socket.makefile("rb")
        return True

    def close(self) -> None:
        if self._socket and self._reader:
            self._reader.close()
            self._socket.close()
        self._socket = self._reader = None

    def _read(self) -> str:
        assert self._reader
        try:
            first = self._reader.readline()
            headers: dict[bytes, bytes] = {}
            while (line := self._reader.readline()).strip():
                name, _, value = line.partition(b":")
                headers[name.lower()] = value.strip()
            self._reader.read(int(headers.get(b"content-length", b"0")))
        except OSError:
            first, headers = b"", {}
        if not first or headers.get(b"connection") == b"close":
            self.close()
        return first.split()[1].decode() if first else ""


def send_junk(port: int, count: int, rate: int, seed: int) -> Counter[str]:
    """Sends so many, at that rate or as fast as they are answered; statuses by how often."""
    chance = random.Random(seed)
    lines = [Line(port) for _ in range(_CONNECTIONS)]
    statuses: Counter[str] = Counter()
    start = time.perf_counter()
    for number in range(count):
        early = start + number / rate - time.perf_counter()
        if early > 0:
            time.sleep(early)
        statuses[chance.choice(lines).status(junk(chance))] += 1
    for line in lines:
        line.close()
    return statuses


# Who is signed


class Asker:
    """Asks signed questions, one after the other, as Slack does for a command."""

    def __init__(self, port: int, team: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        self._connection.connect()
        self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        command = {"command": "/mra", "text": "korea", "team_id": team, "user_id": "U1",
                   "channel_id": "C1"}  # fmt: skip
        self._command = urlencode(command)
        self._asked = 0

    def close(self) -> None:
        self._connection.close()

    def ask(self) -> float:
        """Milliseconds to the answer."""
        self._asked += 1  # the same command once more would be a replay
        body = f"{self._command}&trigger_id={self._asked}".encode()
        signed = {"Content-Type": _FORM, **signature(SECRET, body, int(time.time()))}
        start = time.perf_counter()
        self._connection.request("POST", "/slack/events", body, signed)
        answer = self._connection.getresponse()
        content = answer.read()
        took = (time.perf_counter() - start) * 1e3
        assert answer.status == 200 and b"Korea" in content, (answer.status, content)
        return took


# Measuring


def measured(count: int, *, rate: int = RATE, alone: int = _ASKED_ALONE, seed: int = 1) -> Figures:
    """Serves, asks, sends junk, asks beside it, and reads what that left."""

    async def measuring() -> Figures:
        async with StandInWorkspace(signing_secret=SECRET) as ws:
            with (
                tempfile.TemporaryFile() as log,
                serving(ws.api_url, log) as (process, port),
                closing(Asker(port, ws.team_id)) as asker,
            ):
                return await asyncio.to_thread(_measure, asker, process, port, log)

    def _measure(
        asker: Asker, process: subprocess.Popen[bytes], port: int, log: IO[bytes]
    ) -> Figures:
        send_junk(port, 1_000, rate, seed + 1)  # warms up: what is made once is no growth
        times = [asker.ask() for _ in range(alone)]
        before = resident_mib(process.pid)
        command = [sys.executable, "-m", "bench.door", "--send", str(port), "--count", str(count),
                   "--rate", str(rate), "--seed", str(seed)]  # fmt: skip
        beside = []
        start = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as sender:
            assert sender.stdout
            sender.stdout.readline()  # it says that it begins
            start = time.perf_counter()
            while sender.poll() is None:
                beside.append(asker.ask())
                time.sleep(0.002)  # asked as people do, not as fast as it can be answered
            seconds = time.perf_counter() - start
            statuses: Counter[str] = Counter(json.loads(sender.stdout.read()))
        growth = resident_mib(process.pid) - before
        times += [asker.ask() for _ in range(alone)]
        log.seek(0)
        lines = log.read().splitlines()
        return Figures(
            statuses, seconds, growth,
            statistics.median(times[alone // 10 :]), statistics.median(beside), len(beside),
            len(lines), sum(SENTINEL.encode() in line or b"Traceback" in line for line in lines),
        )  # fmt: skip

    return asyncio.run(measuring())


def main(argv: list[str] | None = None) -> int:
    """Prints the figures; 1 where a bar is passed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--rate", type=int, default=RATE)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--send", type=int, metavar="PORT", help="only send, to this port")
    arguments: Any = parser.parse_args(argv)
    if arguments.send:
        print("begin", flush=True)
        statuses = send_junk(arguments.send, arguments.count, arguments.rate, arguments.seed)
        print(json.dumps(statuses))
        return 0
    figures = measured(arguments.count, rate=arguments.rate, seed=arguments.seed)
    shown = ", ".join(f"{n} x {status}" for status, n in sorted(figures.statuses.items()))
    print(f"junk:   {arguments.count} in {figures.seconds:.0f} s: {shown}")
    print(f"memory: {figures.growth_mib:+.1f} MiB (bar {GROWTH_MIB})")
    print(
        f"signed: {figures.alone_ms:.2f} ms alone, {figures.beside_ms:.2f} ms beside "
        f"({figures.asked_beside} asked): {figures.beside_ms / figures.alone_ms:.2f} times "
        f"(bar {SLOWER})"
    )
    print(f"log:    {figures.log_lines} lines, {figures.log_faults} that say too much")
    passed = figures.passed()
    for bar in passed:
        print(f"passed a bar: {bar}", file=sys.stderr)
    return int(bool(passed))


if __name__ == "__main__":
    raise SystemExit(main())
