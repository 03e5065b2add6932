"""The tables of the store, and how an older database becomes a newer one.

Each step takes a database from the version before it; none is ever changed once released.
"""

from __future__ import annotations

from collections.abc import Callable

from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    inspect,
    text,
)

from bot.store import StoreTooNew

TABLES = MetaData()
VERSION = Table("mra_version", TABLES, Column("version", Integer, nullable=False))
THREADS = Table(
    "mra_threads", TABLES,
    Column("team", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("ts", Text, primary_key=True),
    Column("memory", Text, nullable=False),
    Column("ends", Float(53), nullable=False),
    Index("mra_threads_ends", "ends"),
)  # fmt: skip
DELIVERIES = Table(
    "mra_deliveries", TABLES,
    Column("key", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("lease", Float(53)),  # by the database's clock; none once it is done
    Column("ends", Float(53), nullable=False),
    Index("mra_deliveries_ends", "ends"),
)  # fmt: skip
OUTBOX = Table(
    "mra_outbox", TABLES,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True,
           autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("team", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("letter", Text, nullable=False),
    Column("since", Float(53), nullable=False),
    Column("due", Float(53), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("unsure", Boolean, nullable=False),
    Column("lease", Float(53)),
)  # fmt: skip
NOTES = Table(
    "mra_notes", TABLES,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("ends", Float(53), nullable=False),
    Index("mra_notes_ends", "ends"),
)  # fmt: skip


def _widened(table: Table) -> Table:
    """One of slack_sdk's tables, with room for tokens that are encrypted."""
    for column in table.columns:
        if column.name.endswith("_token"):
            column.type = Text()
    return table


# Named as slack_sdk names them, for its stores find them so.
BOTS = _widened(SQLAlchemyInstallationStore.build_bots_table(TABLES, "slack_bots"))
INSTALLATIONS = _widened(
    SQLAlchemyInstallationStore.build_installations_table(TABLES, "slack_installations")
)
STATES = SQLAlchemyOAuthStateStore.build_oauth_states_table(TABLES, "slack_oauth_states")
_LOCK = 20_230_417  # any number that nobody else locks in this database


def _first(connection: Connection) -> None:
    TABLES.create_all(connection, [VERSION, THREADS, DELIVERIES, OUTBOX])


def _notes(connection: Connection) -> None:
    TABLES.create_all(connection, [NOTES])


def _installations(connection: Connection) -> None:
    TABLES.create_all(connection, [BOTS, INSTALLATIONS, STATES])


_STEPS: tuple[Callable[[Connection], None], ...] = (_first, _notes, _installations)
NEWEST = len(_STEPS)


def migrate(connection: Connection, newest: int = NEWEST) -> None:
    """Creates the tables, or brings an older database up to date, in one transaction.

    Of processes that start at a time one does it. Raises StoreTooNew for a database that
    a newer version of the program has written.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    found = 0
    if inspect(connection).has_table(VERSION.name):
        found = connection.execute(VERSION.select()).scalar_one()
    if found > NEWEST:
        raise StoreTooNew(
            f"the database is of version {found} and this program knows {NEWEST}; "
            "update the program"
        )
    for step in _STEPS[found:newest]:
        step(connection)
    if found < newest:
        connection.execute(VERSION.delete())
        connection.execute(VERSION.insert().values(version=newest))
