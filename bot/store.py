"""What must outlast a restart, behind one interface; here, kept in the process.

It holds what threads remember, for thirty days, and which deliveries were handled, for a
day; for a person who agreed to it, their last questions; and what answers lacked, for a
year. It holds no other text of a message, and that of a gap only where the operator wants it.
The time comes in with each call.
"""

from __future__ import annotations

import enum
from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeVar

from bot.gaps import Gap, Noted
from bot.memory import Memory

DAY = 24 * 3600.0
REMEMBERED = 30 * DAY  # a thread's memory, counted from its last turn
RECENT = 10  # questions of a person; more is a history, not a shortcut
WANTED = 365 * DAY  # a gap: longer than from one review of the register to the next
HANDLED = DAY  # Slack's last retry comes within minutes; edits of a message come later
_SWEEP = 3600.0  # how often what is too old is dropped; until then it is only not given out


class Thread(NamedTuple):
    """A conversation: a thread, or with `ts` "" the direct message's own level."""

    team: str
    channel: str
    ts: str


class Person(NamedTuple):
    """Somebody, in the workspace they are in."""

    team: str
    user: str


class Claim(enum.Enum):
    """What comes of claiming a delivery."""

    WON = "won"  # nobody has it: handle it, then say done or release
    IN_FLIGHT = "in flight"  # somebody is at it
    DONE = "done"


class Store(Protocol):
    """The interface. Any call may raise ConnectionError where the store is out of reach."""

    async def memory(self, thread: Thread, now: float) -> Memory | None:
        """What a thread remembers, or None for one that has none (any more)."""

    async def remember(self, thread: Thread, memory: Memory, now: float) -> None:
        """Keeps a thread's memory for thirty days from now."""

    async def claim(self, key: str, now: float) -> Claim:
        """Claims a delivery. Of several claims of a key at a time exactly one is won."""

    async def done(self, key: str, now: float, keep: float = HANDLED) -> None:
        """Marks a claimed delivery as handled, for `keep` seconds."""

    async def release(self, key: str) -> None:
        """Gives a claim back unhandled, so that the next delivery wins it."""

    async def recent(self, person: Person, now: float) -> tuple[str, ...] | None:
        """A person's recent questions, newest first; None where they have not agreed (or it is
        thirty days since they did, and since their last question)."""

    async def keep_recent(self, person: Person, agreed: bool, now: float) -> None:
        """Begins to keep a person's questions, or ends it; those kept before are erased."""

    async def add_recent(self, person: Person, question: str, now: float) -> None:
        """Keeps a question for thirty days, as the newest of at most `RECENT`, each once; where
        the person has not agreed, nothing."""

    async def note_gap(self, team: str, key: str, gap: Gap | None, now: float) -> None:
        """Keeps what an answer lacked, for a year. Under a key of a team there is one gap: the
        last one noted, or after None nothing."""

    async def gaps(self, now: float) -> Sequence[Noted]:
        """What is kept of all teams, in any order."""

    async def reachable(self) -> bool:
        """Whether it can be read and written; never raises."""

    async def close(self) -> None:
        """Ends its use; what was written is kept if the store is a lasting one."""


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
            self._swept = now
            for old in [k for k, (_, end) in self.items() if end <= now]:
                del self[old]
        while len(self) >= self._most:
            self.popitem(last=False)
        self[key] = (value, ends)

    def current(self, key: Key, now: float) -> Value | None:
        found = self.get(key)
        return found[0] if found and now < found[1] else None


class InProcessStore:
    """A store that ends with its process: for trying out, tests and Socket Mode at home."""

    def __init__(
        self,
        threads: int = 20_000,
        deliveries: int = 50_000,
        people: int = 5_000,
        gaps: int = 5_000,
    ) -> None:
        """The numbers bound it: about 35 MB at most with these."""
        self._threads: _Aging[Thread, Memory] = _Aging(threads)
        self._claims: _Aging[str, Claim] = _Aging(deliveries)
        self._recent: _Aging[Person, tuple[str, ...]] = _Aging(people)
        self._gaps: _Aging[tuple[str, str], Noted] = _Aging(gaps)

    async def memory(self, thread: Thread, now: float) -> Memory | None:
        return self._threads.current(thread, now)

    async def remember(self, thread: Thread, memory: Memory, now: float) -> None:
        self._threads.put(thread, memory, now, now + REMEMBERED)

    async def claim(self, key: str, now: float) -> Claim:
        held = self._claims.current(key, now)
        if held is None:
            self._claims.put(key, Claim.IN_FLIGHT, now, now + HANDLED)
            return Claim.WON
        return held

    async def done(self, key: str, now: float, keep: float = HANDLED) -> None:
        self._claims.put(key, Claim.DONE, now, now + keep)

    async def release(self, key: str) -> None:
        self._claims.pop(key, None)

    async def recent(self, person: Person, now: float) -> tuple[str, ...] | None:
        return self._recent.current(person, now)

    async def keep_recent(self, person: Person, agreed: bool, now: float) -> None:
        self._recent.pop(person, None)
        if agreed:
            self._recent.put(person, (), now, now + REMEMBERED)

    async def add_recent(self, person: Person, question: str, now: float) -> None:
        kept = self._recent.current(person, now)
        if kept is not None:
            newest = (question, *(q for q in kept if q != question))[:RECENT]
            self._recent.put(person, newest, now, now + REMEMBERED)

    async def note_gap(self, team: str, key: str, gap: Gap | None, now: float) -> None:
        self._gaps.pop((team, key), None)
        if gap:
            self._gaps.put((team, key), Noted(gap, now), now, now + WANTED)

    async def gaps(self, now: float) -> Sequence[Noted]:
        return [noted for noted, ends in self._gaps.values() if now < ends]

    async def reachable(self) -> bool:
        return True

    async def close(self) -> None:
        return None


def open_store(url: str) -> Store:
    """The store at an address: for now, whatever the address, one that ends with its process."""
    return InProcessStore()
