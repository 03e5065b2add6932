"""What must outlast a restart, behind one interface.

It holds what threads remember, for thirty days; which deliveries were handled, for a day;
answers that Slack has not taken yet; and notes, such as feedback, for as long as each says. The
text of a message is in it only where who wrote it, or the operator, wants that. The time comes in
with each call; only a lease runs by the store's own clock, for processes may disagree about the
time.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple, Protocol

from bot.memory import Memory

DAY = 24 * 3600.0
REMEMBERED = 30 * DAY  # a thread's memory, counted from its last turn
HANDLED = DAY  # Slack's last retry comes within minutes; edits of a message come later
LEASE = 30.0  # longer than any attempt to post takes, shorter than Slack's minute between retries


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
    TAKEN = "taken over"  # won from a process that fell silent: it may have answered
    IN_FLIGHT = "in flight"  # somebody is at it
    DONE = "done"
    UNASKED = "unasked"  # nobody asked the bot in that thread: not claimed


class Begun(NamedTuple):
    """How a turn begins."""

    claim: Claim
    memory: Memory | None


@dataclass(frozen=True, slots=True)
class Letter:
    """An answer on its way to Slack, with all that is needed to send it from any process."""

    key: str  # of the delivery it answers
    team: str
    channel: str
    body: str  # JSON: text and blocks
    enterprise: str = ""
    thread_ts: str = ""
    after_ts: str = ""  # of the message it answers, or ""
    asker: str = ""  # who sees it where the thread takes no replies
    opens: str = ""  # what the thread under it will remember, as JSON
    keep: float = HANDLED  # for how long the delivery counts as handled

    def to_json(self) -> str:
        """Compact JSON, for the store."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @staticmethod
    def from_json(text: str) -> Letter:
        """The letter that `to_json` wrote."""
        return Letter(**json.loads(text))


class Waiting(NamedTuple):
    """A letter from the outbox."""

    letter: Letter
    tries: int  # this one counted
    since: float
    unsure: bool  # Slack may have taken it already


class StoreUnreachable(ConnectionError):
    """The store can't be read or written now."""


class StoreTooNew(StoreUnreachable):
    """A newer version of the program has written it."""


# A note as it was, or None, to the note as it shall be, or None.
Change = Callable[[str | None], str | None]


class Store(Protocol):
    """The interface. Any call may raise StoreUnreachable."""

    lasting: bool  # whether it outlives the process

    async def memory(self, thread: Thread, now: float) -> Memory | None:
        """What a thread remembers, or None for one that has none (any more)."""

    async def remember(self, thread: Thread, memory: Memory, now: float) -> None:
        """Keeps a thread's memory for thirty days from now."""

    async def begin(self, key: str, thread: Thread, now: float, *, unasked: bool = False) -> Begun:
        """Claims a delivery and reads its thread's memory, at once.

        Where nobody asked (`unasked`), only if the thread remembers something and was not told
        to stop.
        """

    async def claim(self, key: str, now: float) -> Claim:
        """Claims a delivery. Of several claims of a key at a time exactly one is won.

        A claim that is neither done nor released is taken over after the lease.
        """

    async def done(
        self,
        key: str,
        now: float,
        keep: float = HANDLED,
        *,
        thread: Thread | None = None,
        memory: Memory | None = None,
    ) -> None:
        """Marks a delivery as handled, for `keep` seconds; a letter that answers it is gone.

        At once with that, a thread's memory is kept.
        """

    async def release(self, key: str) -> None:
        """Gives a claim back unhandled, so that the next delivery wins it."""

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
        """Puts a letter into the outbox; the delivery it answers is handled with that.

        `due` is when to try it next. `held`: it is being tried now, for the length of a lease.
        """

    async def take(self, now: float) -> Sequence[Waiting]:
        """Letters that are due, at most one of a channel, the oldest: held for a lease.

        One whose holder fell silent may have been sent.
        """

    async def postpone(self, key: str, due: float, *, unsure: bool) -> None:
        """Gives a letter back, to be tried again."""

    async def waiting(self) -> int:
        """How many letters wait."""

    async def note(self, kind: str, key: str, value: str, now: float, keep: float) -> None:
        """Keeps a note for `keep` seconds, in the place of an earlier one."""

    async def revise(self, kind: str, key: str, change: Change, now: float, keep: float) -> None:
        """Changes a note in one step, and keeps it for `keep` seconds from now.

        `change` is given the note, None where there is none, and returns what it becomes; None
        drops it. It may be called more than once.
        """

    async def note_of(self, kind: str, key: str, now: float) -> str | None:
        """One note."""

    async def noted(self, kind: str, now: float) -> dict[str, str]:
        """The notes of a kind, by key."""

    async def forget(self, kind: str, key: str) -> None:
        """Drops a note."""

    async def sweep(self, now: float) -> None:
        """Drops what is too old."""

    async def reachable(self) -> bool:
        """Whether it can be read and written; never raises."""

    async def close(self) -> None:
        """Ends its use; what was written is kept if the store is a lasting one."""
