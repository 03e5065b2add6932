"""Tokens: which there are, what each may do, and how an installation gets one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from bot.playground.limits import limit
from bot.playground.refusal import Json, Refusal

BOT_SCOPES = (
    "app_mentions:read", "assistant:write", "channels:history", "channels:join", "channels:read",
    "chat:write", "commands", "files:read", "files:write", "groups:history",
    "groups:read", "im:history", "im:read", "im:write", "links:read", "links:write", "mpim:history",
    "mpim:read", "reactions:read", "reactions:write", "team:read", "users:read",
)  # fmt: skip
_APP_SCOPES = ("connections:write",)

Kind = Literal["bot", "app", "function"]


@dataclass(slots=True)
class Token:
    """A token; one that was revoked is remembered as such."""

    value: str
    kind: Kind
    scopes: tuple[str, ...]
    expires: float | None = None
    revoked: bool = False


@dataclass(slots=True)
class Tokens:
    """The tokens of one app in one workspace."""

    clock: Callable[[], float]
    scopes: tuple[str, ...]
    rotate: bool  # a bot token lives for twelve hours and comes with one to renew it
    known: dict[str, Token] = field(default_factory=dict)
    refresh: dict[str, bool] = field(default_factory=dict)  # refresh token: was it used
    codes: dict[str, str] = field(default_factory=dict)  # of installations: code, user
    _issued: int = 0

    def add(self, value: str, kind: Kind, scopes: Iterable[str] | None = None) -> Token:
        default = _APP_SCOPES if kind == "app" else self.scopes
        token = Token(value, kind, tuple(default if scopes is None else scopes))
        self.known[value] = token
        return token

    def check(self, value: str) -> Token:
        """The token; raises Refusal where it is not known, revoked or too old."""
        token = self.known.get(value)
        if token is None:
            raise Refusal("invalid_auth")
        if token.revoked:
            raise Refusal("token_revoked")
        if token.expires is not None and self.clock() > token.expires:
            raise Refusal("token_expired")
        return token

    def bot(self) -> Token | None:
        """The bot token in use; None where the app is not installed."""
        usable = [t for t in self.known.values() if t.kind == "bot" and not t.revoked]
        return usable[-1] if usable else None

    def revoke_all(self) -> None:
        """Revokes what an uninstalled app loses; the app's own token stays."""
        for token in self.known.values():
            token.revoked = token.revoked or token.kind != "app"

    def new_code(self, user: str) -> str:
        """What the browser brings back once `user` has allowed the installation."""
        self._issued += 1
        code = f"code-{self._issued}-{user}"
        self.codes[code] = user
        return code

    def exchange(self, code: str) -> tuple[str, Json]:
        """Who installed, and the token fields of the answer; a code works once."""
        if code not in self.codes:
            raise Refusal("invalid_code")
        return self.codes.pop(code), self._grant(self.bot() if not self.rotate else None)

    def renew(self, refresh_token: str) -> Json:
        """Another token for a refresh token, which works once."""
        if self.refresh.get(refresh_token, True):
            raise Refusal("invalid_refresh_token")
        self.refresh[refresh_token] = True
        return self._grant(None)

    def _grant(self, token: Token | None) -> Json:
        if token is None:
            self._issued += 1
            token = self.add(f"xoxb-issued-{self._issued}-{id(self)}", "bot")
        granted: Json = {
            "access_token": token.value,
            "token_type": token.kind,
            "scope": ",".join(token.scopes),
        }
        if not self.rotate:
            return granted
        token.expires = self.clock() + limit("token.seconds")
        refresh = f"xoxe-1-{self._issued}-{id(self)}"
        self.refresh[refresh] = False
        return granted | {"expires_in": limit("token.seconds"), "refresh_token": refresh}
