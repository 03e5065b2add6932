"""The statements of the store over a database, built once for a kind of database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    bindparam,
    cast,
    delete,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.schema import DELIVERIES, NOTES, OUTBOX, THREADS

_TAKEN = 50  # letters at a time


class Statements:
    """All statements, for one kind of database."""

    def __init__(self, dialect: str) -> None:
        insert: Callable[[Any], Any] = (
            postgresql.insert if dialect == "postgresql" else sqlite.insert
        )
        clock: ColumnElement[float] = (
            cast(func.extract("epoch", func.clock_timestamp()), Float(53))
            if dialect == "postgresql"
            else literal_column("((julianday('now') - 2440587.5) * 86400.0)", Float)
        )
        leased = clock + bindparam("seconds", type_=Float)
        d, t, o, n = DELIVERIES.c, THREADS.c, OUTBOX.c, NOTES.c

        self.memory = select(t.memory).where(
            t.team == bindparam("team"),
            t.channel == bindparam("channel"),
            t.ts == bindparam("ts"),
            t.ends > bindparam("now"),
        )
        remember = insert(THREADS)
        self.remember = remember.on_conflict_do_update(
            index_elements=[t.team, t.channel, t.ts],
            set_={"memory": remember.excluded.memory, "ends": remember.excluded.ends},
        )
        self.claim = (
            insert(DELIVERIES)
            .values(key=bindparam("key"), owner=bindparam("owner"), lease=leased,
                    ends=bindparam("ends"))
            .on_conflict_do_nothing()
            .returning(d.key)
        )  # fmt: skip
        self.claimed = (
            select(d.owner, d.lease.is_(None), d.lease <= clock, d.ends <= bindparam("now"))
            .where(d.key == bindparam("key"))
            .with_for_update()
        )
        self.take_over = (
            update(DELIVERIES)
            .where(d.key == bindparam("of"))
            .values(owner=bindparam("by"), lease=leased, ends=bindparam("until"))
        )
        done = insert(DELIVERIES)
        self.done = done.on_conflict_do_update(
            index_elements=[d.key], set_={"lease": None, "ends": done.excluded.ends}
        )
        self.release = delete(DELIVERIES).where(
            d.key == bindparam("key"), d.owner == bindparam("owner"), d.lease.is_not(None)
        )
        self.stow = (
            insert(OUTBOX)
            .values({c: bindparam(c) for c in
                     ("key", "team", "channel", "letter", "since", "due", "tries", "unsure")})
            .on_conflict_do_nothing(index_elements=[o.key])
        )  # fmt: skip
        self.hold = update(OUTBOX).where(o.key == bindparam("of")).values(lease=leased)
        heads = select(func.min(o.number)).group_by(o.team, o.channel).scalar_subquery()
        due = (
            select(o.number)
            .where(
                o.number.in_(heads),
                o.due <= bindparam("now"),
                or_(o.lease.is_(None), o.lease <= clock),
            )
            .order_by(o.number)
            .limit(_TAKEN)
            .with_for_update(skip_locked=True)
        )
        self.take = (
            update(OUTBOX)
            .where(o.number.in_(due.scalar_subquery()))
            .values(
                unsure=or_(o.unsure, o.lease.is_not(None)),
                tries=o.tries + 1,
                lease=leased,
            )
            .returning(o.letter, o.tries, o.since, o.unsure)
        )
        self.postpone = (
            update(OUTBOX)
            .where(o.key == bindparam("of"))
            .values(due=bindparam("at"), unsure=bindparam("maybe"), lease=None)
        )
        self.sent = delete(OUTBOX).where(o.key == bindparam("key"))
        self.waiting = select(func.count()).select_from(OUTBOX)
        note = insert(NOTES)
        self.note = note.on_conflict_do_update(
            index_elements=[n.kind, n.key],
            set_={"value": note.excluded.value, "ends": note.excluded.ends},
        )
        self.noted = select(n.key, n.value).where(
            n.kind == bindparam("kind"), n.ends > bindparam("now")
        )
        self.note_of = (
            select(n.value)
            .where(
                n.kind == bindparam("kind"), n.key == bindparam("key"), n.ends > bindparam("now")
            )
            .with_for_update()
        )
        self.forget = delete(NOTES).where(n.kind == bindparam("kind"), n.key == bindparam("key"))
        self.sweep = [
            delete(table).where(table.c.ends <= bindparam("now"))
            for table in (THREADS, DELIVERIES, NOTES)
        ]
