"""The store over a database, shared by any number of processes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import Connection

from bot.database import Database
from bot.memory import Memory
from bot.sql_statements import Statements
from bot.store import (
    HANDLED,
    LEASE,
    REMEMBERED,
    Begun,
    Change,
    Claim,
    Letter,
    StoreUnreachable,
    Thread,
    Waiting,
)

Result = TypeVar("Result")


class SqlStore:
    """A lasting store. Raises StoreUnreachable where the database can't be read or written."""

    lasting = True

    def __init__(self, database: Database, *, lease: float = LEASE) -> None:
        self._database = database
        self._run = database.run
        self._lease = lease
        self._sql = Statements(database.engine.dialect.name)
        self._owner = secrets.token_hex(8)
        self._mine: dict[str, object] = {}  # claims that this process knows it has

    async def memory(self, thread: Thread, now: float) -> Memory | None:
        return await self._run("memory", lambda c: self._memory(c, thread, now))

    async def remember(self, thread: Thread, memory: Memory, now: float) -> None:
        await self._run("remember", lambda c: self._remember(c, thread, memory, now))

    async def begin(self, key: str, thread: Thread, now: float, *, unasked: bool = False) -> Begun:
        call = object()

        def work(connection: Connection) -> Begun:
            memory = self._memory(connection, thread, now)
            if unasked and (memory is None or memory.stopped):
                return Begun(Claim.UNASKED, memory)
            return Begun(self._claim(connection, key, now, call), memory)

        return await self._claiming("begin", key, call, work)

    async def claim(self, key: str, now: float) -> Claim:
        call = object()
        return await self._claiming("claim", key, call, lambda c: self._claim(c, key, now, call))

    async def _claiming(
        self, operation: str, key: str, call: object, work: Callable[[Connection], Result]
    ) -> Result:
        try:
            return await self._run(operation, work)
        except BaseException:
            # It may have been won all the same: the next delivery then takes it over.
            if self._mine.get(key) is call:
                del self._mine[key]
            raise

    async def done(
        self,
        key: str,
        now: float,
        keep: float = HANDLED,
        *,
        thread: Thread | None = None,
        memory: Memory | None = None,
    ) -> None:
        def work(connection: Connection) -> None:
            self._done(connection, key, now + keep)
            connection.execute(self._sql.sent, {"key": key})
            if thread and memory:
                self._remember(connection, thread, memory, now)

        await self._run("done", work)
        self._mine.pop(key, None)

    async def release(self, key: str) -> None:
        self._mine.pop(key, None)  # even where that fails: the next delivery then takes it over
        values = {"key": key, "owner": self._owner}
        await self._run("release", lambda c: c.execute(self._sql.release, values))

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
        values = {
            "key": letter.key,
            "team": letter.team,
            "channel": letter.channel,
            "letter": letter.to_json(),
            "since": now,
            "due": due,
            "tries": int(held),
            "unsure": unsure,
        }

        def work(connection: Connection) -> None:
            self._done(connection, letter.key, now + letter.keep)
            connection.execute(self._sql.stow, values)
            if held:
                connection.execute(self._sql.hold, {"of": letter.key, "seconds": self._lease})
            if thread and memory:
                self._remember(connection, thread, memory, now)

        await self._run("stow", work)
        self._mine.pop(letter.key, None)

    async def take(self, now: float) -> Sequence[Waiting]:
        values = {"now": now, "seconds": self._lease}
        rows = await self._run("take", lambda c: c.execute(self._sql.take, values).all())
        return [Waiting(Letter.from_json(row[0]), row[1], row[2], bool(row[3])) for row in rows]

    async def postpone(self, key: str, due: float, *, unsure: bool) -> None:
        values = {"of": key, "at": due, "maybe": unsure}
        await self._run("postpone", lambda c: c.execute(self._sql.postpone, values))

    async def waiting(self) -> int:
        return int(await self._run("waiting", lambda c: c.execute(self._sql.waiting).scalar_one()))

    async def note(self, kind: str, key: str, value: str, now: float, keep: float) -> None:
        values = {"kind": kind, "key": key, "value": value, "ends": now + keep}
        await self._run("note", lambda c: c.execute(self._sql.note, values))

    async def revise(self, kind: str, key: str, change: Change, now: float, keep: float) -> None:
        where = {"kind": kind, "key": key}

        def work(connection: Connection) -> None:
            changed = change(connection.execute(self._sql.note_of, where | {"now": now}).scalar())
            if changed is None:
                connection.execute(self._sql.forget, where)
            else:
                note = where | {"value": changed, "ends": now + keep}
                connection.execute(self._sql.note, note)

        await self._run("revise", work)

    async def note_of(self, kind: str, key: str, now: float) -> str | None:
        values = {"kind": kind, "key": key, "now": now}
        found: str | None = await self._run(
            "note_of", lambda c: c.execute(self._sql.note_of, values).scalar()
        )
        return found

    async def noted(self, kind: str, now: float) -> dict[str, str]:
        values = {"kind": kind, "now": now}
        rows = await self._run("noted", lambda c: c.execute(self._sql.noted, values).all())
        return {row[0]: row[1] for row in rows}

    async def forget(self, kind: str, key: str) -> None:
        values = {"kind": kind, "key": key}
        await self._run("forget", lambda c: c.execute(self._sql.forget, values))

    async def sweep(self, now: float) -> None:
        for statement in self._sql.sweep:
            await self._run("sweep", lambda c, s=statement: c.execute(s, {"now": now}))  # type: ignore[misc]

    async def reachable(self) -> bool:
        try:
            await self.waiting()
        except StoreUnreachable:
            return False
        return True

    async def close(self) -> None:
        await self._database.close()

    # Inside a transaction

    def _memory(self, connection: Connection, thread: Thread, now: float) -> Memory | None:
        found = connection.execute(self._sql.memory, thread._asdict() | {"now": now}).scalar()
        return _read(found) if found else None

    def _remember(self, connection: Connection, thread: Thread, memory: Memory, now: float) -> None:
        kept = {"memory": memory.to_json(), "ends": now + REMEMBERED}
        connection.execute(self._sql.remember, thread._asdict() | kept)

    def _done(self, connection: Connection, key: str, ends: float) -> None:
        values = {"key": key, "owner": self._owner, "lease": None, "ends": ends}
        connection.execute(self._sql.done, values)

    def _claim(self, connection: Connection, key: str, now: float, call: object) -> Claim:
        owned = {"key": key, "owner": self._owner, "seconds": self._lease, "ends": now + HANDLED}
        if connection.execute(self._sql.claim, owned).first():
            self._mine[key] = call  # before others can see the claim
            return Claim.WON
        held = connection.execute(self._sql.claimed, {"key": key, "now": now}).first()
        if held is None:  # given back at this very moment
            return Claim.IN_FLIGHT
        owner, is_done, expired, too_old = held
        if is_done and not too_old:
            return Claim.DONE
        # A claim of this process that it does not know of: the commit's own answer was lost.
        lost = owner == self._owner and self._mine.get(key) in (None, call)
        if not (is_done or expired or lost):
            return Claim.IN_FLIGHT
        until = now + HANDLED
        values = {"of": key, "by": self._owner, "seconds": self._lease, "until": until}
        connection.execute(self._sql.take_over, values)
        self._mine[key] = call
        return Claim.WON if is_done else Claim.TAKEN


def _read(memory: str) -> Memory | None:
    """A thread's memory; None where a later version has written it otherwise."""
    try:
        return Memory.from_json(memory)
    except (ValueError, KeyError, TypeError):
        return None
