"""The workspaces that the app is installed in, with their tokens, encrypted at rest.

slack_sdk's own tables and stores, behind a cache: looked up once a minute, not with every
delivery, so that every process hears of a removal within that time.
"""

from __future__ import annotations

import datetime
import logging
from collections import OrderedDict
from collections.abc import Sequence
from time import monotonic
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from slack_sdk.oauth.installation_store.models.bot import Bot
from slack_sdk.oauth.installation_store.models.installation import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import Connection

from bot.database import Database
from bot.schema import BOTS, INSTALLATIONS

_log = logging.getLogger(__name__)
_FRESH = 60.0  # seconds that a process may go on with a token that was revoked elsewhere
_CACHED = 10_000  # workspaces
_STATE_SECONDS = 600  # from the button to Slack's redirect
_TOKENS = ("bot_token", "bot_refresh_token", "user_token", "user_refresh_token")
Place = tuple[str | None, str | None]  # enterprise and team


class _States(SQLAlchemyOAuthStateStore):
    """slack_sdk reads and then deletes, so that two at a time could use one state."""

    def consume(self, state: str) -> bool:
        now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
        column = self.oauth_states.c
        taking = self.oauth_states.delete().where(column.state == state, column.expire_at > now)
        with self.engine.begin() as connection:
            return connection.execute(taking).rowcount == 1


class Installs:
    """Who has installed the app. Any call may raise StoreUnreachable."""

    def __init__(self, database: Database, client_id: str, keys: Sequence[str]) -> None:
        """`keys` are 32 bytes in URL-safe base64 each; the first one encrypts."""
        quiet = logging.getLogger("bot.slack.framework")  # slack_sdk's lines name tokens
        self._database = database
        self._keys = MultiFernet([Fernet(key) for key in keys])
        self._sdk = SQLAlchemyInstallationStore(client_id, database.engine, logger=quiet)
        self._states = _States(_STATE_SECONDS, database.engine, logger=quiet)
        self._client_id = client_id
        self._cache: OrderedDict[Place, tuple[Bot, float]] = OrderedDict()
        self._changes = 0  # what was read before one is not kept after it

    async def find(self, enterprise: str | None, team: str | None) -> Bot | None:
        """The bot of a workspace: installed there, or in its whole organization."""
        for place in ((enterprise, team), (enterprise, None)):
            if place == (None, None):
                continue
            known = self._cache.get(place)
            if known and monotonic() < known[1]:
                return known[0]
            changes = self._changes
            found = await self._database.call("find_bot", lambda p=place: self._found(p))  # type: ignore[misc]
            if found:
                if changes == self._changes:
                    self._cache[place] = (found, monotonic() + _FRESH)
                    while len(self._cache) > _CACHED:
                        self._cache.popitem(last=False)
                return found
            self._cache.pop(place, None)
        return None

    async def save(self, installation: Installation) -> None:
        """Keeps an installation, in the place of an earlier one."""
        sealed = Installation(**self._sealed(installation.to_dict_for_copying()))
        await self._database.call("save_installation", lambda: self._sdk.save(sealed))
        self._forget_cached((installation.enterprise_id, installation.team_id))

    async def save_bot(self, bot: Bot) -> None:
        """Keeps a bot whose token was renewed."""
        sealed = Bot(**self._sealed(bot.to_dict_for_copying()))
        await self._database.call("save_bot", lambda: self._sdk.save_bot(sealed))
        self._forget_cached((bot.enterprise_id, bot.team_id))

    async def forget(self, enterprise: str | None, team: str | None) -> None:
        """Drops an installation with its tokens, in this process at once."""
        self._forget_cached((enterprise, team))
        await self._database.call(
            "forget_installation",
            lambda: self._sdk.delete_all(enterprise_id=enterprise, team_id=team),
        )
        self._forget_cached((enterprise, team))

    async def all(self) -> list[Bot]:
        """The newest of each workspace, in the order of their installation."""
        query = BOTS.select().where(BOTS.c.client_id == self._client_id)

        def work(connection: Connection) -> list[Any]:
            return list(connection.execute(query.order_by(BOTS.c.installed_at)).mappings())

        rows = await self._database.run("all_bots", work)
        newest = {(row["enterprise_id"], row["team_id"]): row for row in rows}
        return [self._opened(self._sdk.build_bot_entity(row)) for row in newest.values()]

    async def reseal(self) -> int:
        """Encrypts with the first key what an older one has encrypted; how many rows."""

        def work(connection: Connection) -> int:
            changed = 0
            for table in (BOTS, INSTALLATIONS):
                names = [name for name in _TOKENS if name in table.c]
                for row in connection.execute(table.select()).mappings():
                    values = {name: self._rotated(row[name]) for name in names if row[name]}
                    connection.execute(table.update().where(table.c.id == row["id"]), values)
                    changed += 1
            return changed

        return await self._database.run("reseal", work)

    async def new_state(self) -> str:
        """What Slack sends back with whoever came from here; good once, for ten minutes."""
        return await self._database.call("new_state", self._states.issue)

    async def take_state(self, state: str) -> bool:
        """Whether a state is one of these; it is used up with that."""
        return await self._database.call("take_state", lambda: self._states.consume(state))

    def _found(self, place: Place) -> Bot | None:
        enterprise, team = place
        found = self._sdk.find_bot(enterprise_id=enterprise, team_id=team)
        return self._opened(found) if found else None

    def _forget_cached(self, place: Place) -> None:
        self._changes += 1
        self._cache.pop(place, None)

    def _sealed(self, fields: dict[str, Any]) -> dict[str, Any]:
        for name in _TOKENS:
            if fields.get(name):
                fields[name] = self._keys.encrypt(fields[name].encode()).decode()
        return fields

    def _opened(self, bot: Bot) -> Bot:
        """With its tokens in clear; with none, where no key fits."""
        for name in ("bot_token", "bot_refresh_token"):
            if sealed := getattr(bot, name):
                try:
                    setattr(bot, name, self._keys.decrypt(sealed.encode()).decode())
                except InvalidToken:
                    _log.error("no TOKEN_KEY opens the token of %s; install there again",
                               bot.team_id or bot.enterprise_id)  # fmt: skip
                    setattr(bot, name, "")
        return bot

    def _rotated(self, sealed: str) -> str:
        try:
            return self._keys.rotate(sealed.encode()).decode()
        except InvalidToken:
            return sealed
