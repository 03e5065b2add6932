"""The store kept in the process, which ends with it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from bot.memory import Memory
from bot.store import HANDLED, LEASE, REMEMBERED, Begun, Change, Claim, Letter, Thread, Waiting

_SWEEP = 3600.0  # how often what is too old is dropped; until then it is only not given out

Key = TypeVar("Key")
Value = TypeVar("Value")


class _Aging(OrderedDict[Key, tuple[Value, float]]):
    """Values that each have an end, at most `most` of them: the oldest goes first."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self._swept = 0.0

    def put(self, key: Key, value: Value, now: float, ends: float) -> None:
        self.pop(key, None)  # so that it counts as the newest
        if now - self._swept >= _SWEEP:
            self.sweep(now)
        while len(self) >= self._most:
            self.popitem(last=False)
        self[key] = (value, ends)

    def sweep(self, now: float) -> None:
        self._swept = now
        for old in [k for k, (_, end) in self.items() if end <= now]:
            del self[old]

    def current(self, key: Key, now: float) -> Value | None:
        found = self.get(key)
        return found[0] if found and now < found[1] else None


@dataclass(slots=True)
class _Held:
    """A letter in the outbox of the process."""

    letter: Letter
    since: float
    due: float
    unsure: bool
    tries: int = 0
    lease: float | None = None


_DONE = None  # in the place of a lease


class InProcessStore:
    """A store that ends with its process: for trying out, and for tests."""

    lasting = False

    def __init__(
        self,
        threads: int = 20_000,
        deliveries: int = 50_000,
        notes: int = 10_000,
        *,
        lease: float = LEASE,
    ) -> None:
        """The numbers bound it: about 30 MB at most with these."""
        self._threads: _Aging[Thread, Memory] = _Aging(threads)
        self._claims: _Aging[str, float | None] = _Aging(deliveries)
        self._notes: _Aging[tuple[str, str], str] = _Aging(notes)
        self._outbox: dict[str, _Held] = {}
        self._lease = lease

    async def memory(self, thread: Thread, now: float) -> Memory | None:
        return self._threads.current(thread, now)

    async def remember(self, thread: Thread, memory: Memory, now: float) -> None:
        self._threads.put(thread, memory, now, now + REMEMBERED)

    async def begin(self, key: str, thread: Thread, now: float, *, unasked: bool = False) -> Begun:
        memory = await self.memory(thread, now)
        if unasked and (memory is None or memory.stopped):
            return Begun(Claim.UNASKED, memory)
        return Begun(await self.claim(key, now), memory)

    async def claim(self, key: str, now: float) -> Claim:
        held = self._claims.get(key)
        claim = Claim.WON
        if held and now < held[1]:
            lease = held[0]
            if lease is _DONE:
                return Claim.DONE
            if monotonic() < lease:
                return Claim.IN_FLIGHT
            claim = Claim.TAKEN
        self._claims.put(key, monotonic() + self._lease, now, now + HANDLED)
        return claim

    async def done(
        self,
        key: str,
        now: float,
        keep: float = HANDLED,
        *,
        thread: Thread | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._claims.put(key, _DONE, now, now + keep)
        self._outbox.pop(key, None)
        if thread and memory:
            await self.remember(thread, memory, now)

    async def release(self, key: str) -> None:
        held = self._claims.get(key)
        if held and held[0] is not _DONE:
            del self._claims[key]

    async def stow(
        self,
        letter: Letter,
        now: float,
        due: float,
        *,
        unsure: bool = False,
        held: bool = False,
        thread: Thread | None = None,
        memory: Memory | None = None,
    ) -> None:
        await self.done(letter.key, now, letter.keep, thread=thread, memory=memory)
        lease = monotonic() + self._lease if held else None
        self._outbox[letter.key] = _Held(letter, now, due, unsure, int(held), lease)

    async def take(self, now: float) -> Sequence[Waiting]:
        heads: dict[tuple[str, str], _Held] = {}
        for held in self._outbox.values():
            heads.setdefault((held.letter.team, held.letter.channel), held)
        taken = []
        for held in heads.values():
            if held.due <= now and (held.lease is None or held.lease <= monotonic()):
                held.unsure = held.unsure or held.lease is not None
                held.lease = monotonic() + self._lease
                held.tries += 1
                taken.append(Waiting(held.letter, held.tries, held.since, held.unsure))
        return taken

    async def postpone(self, key: str, due: float, *, unsure: bool) -> None:
        if held := self._outbox.get(key):
            held.due, held.unsure, held.lease = due, unsure, None

    async def waiting(self) -> int:
        return len(self._outbox)

    async def note(self, kind: str, key: str, value: str, now: float, keep: float) -> None:
        self._notes.put((kind, key), value, now, now + keep)

    async def revise(self, kind: str, key: str, change: Change, now: float, keep: float) -> None:
        changed = change(self._notes.current((kind, key), now))
        if changed is None:
            await self.forget(kind, key)
        else:
            await self.note(kind, key, changed, now, keep)

    async def note_of(self, kind: str, key: str, now: float) -> str | None:
        return self._notes.current((kind, key), now)

    async def noted(self, kind: str, now: float) -> dict[str, str]:
        return {k: v for (of, k), (v, end) in self._notes.items() if of == kind and now < end}

    async def forget(self, kind: str, key: str) -> None:
        self._notes.pop((kind, key), None)

    async def sweep(self, now: float) -> None:
        self._threads.sweep(now)
        self._claims.sweep(now)
        self._notes.sweep(now)

    async def reachable(self) -> bool:
        return True

    async def close(self) -> None:
        return None
