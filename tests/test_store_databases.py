"""Databases as a store finds them: of other versions, out of reach, written before a restart."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.database import Database
from bot.schema import NEWEST, THREADS, VERSION, migrate
from bot.sql_store import SqlStore
from bot.store import DAY, Claim, StoreUnreachable
from tests.stored import MEMORY, NOW, THREAD

pytest_plugins = ["tests.databases"]


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/store.sqlite3"
    return str(request.getfixturevalue("postgres"))


@pytest.mark.parametrize("version", range(NEWEST + 1))
async def test_a_database_of_each_past_version_is_brought_up_to_date(
    url: str, version: int
) -> None:
    old = Database(url)
    with old.engine.begin() as connection:
        if version:
            migrate(connection, version)
            values = (*THREAD, MEMORY.to_json(), NOW + DAY)
            row = dict(zip(("team", "channel", "ts", "memory", "ends"), values, strict=True))
            connection.execute(THREADS.insert().values(row))
    await old.close()

    stores = [SqlStore(Database(url)) for _ in range(3)]
    notes = (s.note("feedback", "1", "up", NOW, DAY) for s in stores)
    await asyncio.gather(*notes)  # the three of them start at a time
    assert await stores[0].memory(THREAD, NOW) == (MEMORY if version else None)
    for store in stores:
        await store.close()


async def test_a_database_of_a_later_version_is_refused(url: str) -> None:
    later = Database(url)
    with later.engine.begin() as connection:
        migrate(connection)
        connection.execute(VERSION.update().values(version=NEWEST + 1))
    store = SqlStore(later)

    with pytest.raises(StoreUnreachable, match=f"of version {NEWEST + 1}.*update the program"):
        await store.claim("message", NOW)
    assert not await store.reachable()
    await store.close()


async def test_a_file_that_cannot_be_had_is_a_store_out_of_reach(tmp_path: Path) -> None:
    store = SqlStore(Database(f"sqlite:///{tmp_path}/none/store.sqlite3"))

    with pytest.raises(StoreUnreachable):
        await store.claim("message", NOW)
    assert not await store.reachable()
    await store.close()


async def test_a_file_that_another_process_is_just_making_is_waited_for(tmp_path: Path) -> None:
    store = SqlStore(Database(f"sqlite:///{tmp_path}/store.sqlite3"))
    with closing(sqlite3.connect(tmp_path / "store.sqlite3", isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        claim = asyncio.create_task(store.claim("message", NOW))
        await asyncio.wait([claim], timeout=0.1)
        assert not claim.done()
        another.execute("COMMIT")

        assert await claim is Claim.WON
    await store.close()


async def test_what_was_written_is_there_after_a_restart(url: str) -> None:
    before = SqlStore(Database(url))
    await before.begin("message", THREAD, NOW)
    await before.done("message", NOW, thread=THREAD, memory=MEMORY)
    await before.close()
    after = SqlStore(Database(url))

    assert await after.begin("message", THREAD, NOW) == (Claim.DONE, MEMORY)
    await after.close()
