"""The database: SQLite in a file, or Postgres; opened once, used from threads of its own.

Measured for a mention's two transactions, SQLite and Postgres on one machine: 0.3 and 3.2 ms in
a thread, 1.1 and 4.5 ms with SQLAlchemy's asyncio. A thread also leaves the loop free while a
disk or the network stands still.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot import metrics
from bot.schema import migrate
from bot.store import StoreUnreachable

Result = TypeVar("Result")
_BUSY_SECONDS = 5.0  # that a process waits for another's write to a SQLite file
_TURNS = 10  # that others may have first at a new file; of ten at a time, one had to wait for one
_CONNECT_SECONDS = 2  # less than Slack's patience
_STATEMENT_MS = 5000
_THREADS = 4  # connections of one process to Postgres; SQLite has one writer anyhow


def is_there(url: str) -> bool:
    """Whether there is a database to read: a server is taken to be there, a file has to be."""
    file = make_url(url).database if url.startswith("sqlite") else None
    return not file or Path(file).exists()


class Database:
    """One database. Its schema is made or brought up to date at the first use."""

    def __init__(self, url: str) -> None:
        """`url` is as hosts hand it out: sqlite:///FILE, postgres:// or postgresql://."""
        self.engine, threads = _engine(url)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="database")
        self._migrated = False
        self._migrating = asyncio.Lock()

    def open(self) -> None:
        """Makes the schema, or brings it up to date, before the loop runs.

        Raises StoreUnreachable, StoreTooNew.
        """
        _guarded(lambda: self._twice(migrate))
        self._migrated = True

    async def run(self, operation: str, work: Callable[[Connection], Result]) -> Result:
        """The result of work done in one transaction; raises StoreUnreachable.

        Where the connection turns out to be broken it is done once more over a new one: work
        must bear that. It is timed under the name of the operation.
        """
        with metrics.store_operation(operation):
            await self._migrate()
            return await self._in_thread(work)

    async def call(self, operation: str, work: Callable[[], Result]) -> Result:
        """The result of work that opens its own connections; raises StoreUnreachable."""
        with metrics.store_operation(operation):
            await self._migrate()
            return await asyncio.get_running_loop().run_in_executor(self._pool, _guarded, work)

    async def _migrate(self) -> None:
        if not self._migrated:
            async with self._migrating:
                if not self._migrated:
                    await self._in_thread(migrate)
                    self._migrated = True

    async def _in_thread(self, work: Callable[[Connection], Result]) -> Result:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, _guarded, lambda: self._twice(work))

    def _twice(self, work: Callable[[Connection], Result]) -> Result:
        try:
            with self.engine.begin() as connection:
                return work(connection)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        with self.engine.begin() as connection:
            return work(connection)

    async def close(self) -> None:
        """Closes all connections."""
        await asyncio.to_thread(self._pool.shutdown)
        self.engine.dispose()


def _guarded(work: Callable[[], Result]) -> Result:
    try:
        return work()
    except StoreUnreachable:
        raise
    except (SQLAlchemyError, PoolTimeout, OSError, sqlite3.Error) as error:
        # The error's own text may hold the address, with its password.
        cause = getattr(error, "orig", None) or error
        raise StoreUnreachable(type(cause).__name__) from None


def _engine(url: str) -> tuple[Engine, int]:
    if url.startswith("sqlite"):
        engine = create_engine(
            url,
            pool_size=1,
            max_overflow=1,  # the readiness check must not wait behind work
            connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine, 1
    scheme, _, rest = url.partition("://")
    assert scheme in ("postgres", "postgresql"), "the settings take no other"
    return create_engine(
        f"postgresql+psycopg://{rest}",
        pool_size=_THREADS,
        pool_recycle=1800,  # hosts drop idle connections
        pool_timeout=_CONNECT_SECONDS,
        connect_args={
            "connect_timeout": _CONNECT_SECONDS,
            "options": f"-c statement_timeout={_STATEMENT_MS}",
            "prepare_threshold": None,  # poolers such as pgbouncer know no prepared statements
        },
    ), _THREADS


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions begin as said below, not by the driver
    cursor = connection.cursor()
    _write_ahead(cursor)
    cursor.execute("PRAGMA synchronous=NORMAL")  # survives a crash of the process
    cursor.close()


def _write_ahead(cursor: sqlite3.Cursor) -> None:
    """Turns a file to WAL; of many who do that to a new one at a time, all succeed.

    SQLite makes nobody wait for this: who comes second is refused. A transaction waits its turn.
    """
    for left in reversed(range(_TURNS)):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or not left:
                raise
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("COMMIT")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and then writes would fail instead of waiting its turn.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
