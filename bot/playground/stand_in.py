"""The stand-in workspace: a whole Slack on loopback, to drive an app with."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from types import TracebackType
from typing import Self

from bot.playground.clicking import Clicking
from bot.playground.installation import Installation
from bot.playground.records import Team, User
from bot.playground.site import Site
from bot.playground.socket_mode import SocketMode
from bot.playground.tokens import BOT_SCOPES, Tokens
from bot.playground.workspace import Workspace

_RETRY_SCALE = 0.0002  # Slack's minute between retries as a hundredth of a second


class StandInWorkspace(Clicking):
    """A Slack workspace with one app in it.

    Use as an async context manager: it listens while open. `events` are those the app has
    subscribed to, named as in a manifest (default: all). `retry_scale` scales the time between
    deliveries of the same event, `ack_seconds` is how long an app may take to acknowledge.
    `bot_token=None` is a workspace where the app is not installed yet.
    """

    def __init__(
        self,
        *,
        signing_secret: str = "signing-secret",
        bot_token: str | None = "xoxb-stand-in",
        app_token: str = "xapp-stand-in",
        client_id: str = "client-id",
        client_secret: str = "client-secret",
        team: str = "Importer",
        bot_name: str = "mra-bot",
        scopes: Collection[str] = BOT_SCOPES,
        events: Collection[str] | None = None,
        rotate_tokens: bool = False,
        retry_scale: float = _RETRY_SCALE,
        ack_seconds: float = 3.0,
        clock: Callable[[], float] = time.time,
        host: str = "127.0.0.1",
        port: int = 0,
        site: Site | None = None,
    ) -> None:
        site = site or Site((client_id, client_secret))
        ids = site.ids
        workspace = Workspace(
            ids=ids,
            clock=clock,
            team=Team(ids.next("T"), team, team.lower().replace(" ", "-")),
            bot=User(ids.next("U"), bot_name, is_bot=True),
            app_id=site.app_id,
            bot_id=ids.next("B"),
            changed=site.activity.note,
        )
        tokens = Tokens(clock, tuple(scopes), rotate_tokens)
        if bot_token:
            tokens.add(bot_token, "bot")
        tokens.add(app_token, "app")
        socket_mode = SocketMode(workspace.app_id, ack_seconds, clock, site.activity.note)
        installation = Installation(
            workspace,
            tokens,
            socket_mode,
            site.activity,
            subscriptions=events,
            retry_scale=retry_scale,
        )
        site.api.installations.append(installation)
        super().__init__(site, installation, signing_secret=signing_secret, ack_seconds=ack_seconds)
        self._listens_at = (host, port)

    async def __aenter__(self) -> Self:
        await self.site.start(*self._listens_at)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.site.stop()

    def neighbour(
        self, team: str, *, bot_token: str | None = None, rotate_tokens: bool = False
    ) -> StandInWorkspace:
        """Another workspace on the same Slack, for the same app; opens and closes with this."""
        ours = self.installation.tokens
        other = StandInWorkspace(
            site=self.site,
            team=team,
            bot_token=bot_token,
            bot_name=self.bot.name,
            scopes=ours.scopes,
            rotate_tokens=rotate_tokens,
            signing_secret=self.signing_secret,
            ack_seconds=self.ack_seconds,
            clock=self.workspace.clock,
        )
        other.installation.http = self.installation.http
        return other

    # The app comes and goes

    def install_code(self, user: User) -> str:
        """What Slack sends the browser back with, once `user` has allowed the app."""
        return self.installation.tokens.new_code(user.id)

    @property
    def bot_token(self) -> str | None:
        """The bot token in use; None where the app is not installed."""
        token = self.installation.tokens.bot()
        return token.value if token else None

    def revoke_tokens(self) -> None:
        """Takes the tokens without telling the app."""
        self.installation.tokens.revoke_all()

    async def uninstall(self) -> None:
        """Removes the app; returns once it has heard of it."""
        self.installation.uninstall()
        await self.settled()
