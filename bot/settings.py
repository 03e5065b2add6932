"""The operator's settings, read from a mapping such as the environment."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Transport = Literal["http", "socket"]

_SLACK_API = "https://slack.com/api/"
_DATABASE = "sqlite:///mra-bot.sqlite3"
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_BOT_TOKEN = re.compile(r"(?:xoxe\.)?xoxb-[!-~]+")
_APP_TOKEN = re.compile(r"xapp-[!-~]+")
_SECRET = re.compile(r"[!-~]+")  # Slack's are 32 hexadecimal digits
_ADDRESS = re.compile(r"https?://(?:[\w.-]+|\[[0-9a-f:]+\])(?::\d+)?/(?:[!-~]+/)?api/")
_CLIENT_ID = re.compile(r"\d+\.\d+")
_FLAGS = {"": False, "0": False, "1": True}


class SettingsError(ValueError):
    """A setting is missing or malformed; the message is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decided. Secrets are not shown by repr."""

    bot_token: str = field(repr=False)
    signing_secret: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    api_url: str = _SLACK_API
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    token_keys: tuple[str, ...] = field(default=(), repr=False)  # the first one encrypts
    database_url: str = field(default=_DATABASE, repr=False)  # may hold a password
    port: int = 3000  # 0 for none: Socket Mode needs none
    log_level: str = "INFO"
    log_questions: bool = False
    store_questions: bool = False
    answer_external: bool = False
    metrics_token: str = field(default="", repr=False)
    data: str = ""

    @staticmethod
    def from_mapping(values: Mapping[str, str], transport: Transport) -> Settings:
        """The settings for a transport; raises SettingsError for the first that is wrong."""
        read = _Reader(values)
        return Settings(
            bot_token=read.matching(
                "SLACK_BOT_TOKEN", _BOT_TOKEN, "the bot token, which starts with xoxb-",
                needed="SLACK_CLIENT_ID" not in read,
            ),
            signing_secret=read.matching(
                "SLACK_SIGNING_SECRET",
                _SECRET,
                "the signing secret from the app's Basic Information page",
                needed=transport == "http",
            ),
            app_token=read.matching(
                "SLACK_APP_TOKEN",
                _APP_TOKEN,
                "the app-level token, which starts with xapp-",
                needed=transport == "socket",
            ),
            api_url=read.api_url(),
            client_id=read.matching(
                "SLACK_CLIENT_ID", _CLIENT_ID, "the app's client id, two numbers with a dot",
                needed="SLACK_CLIENT_SECRET" in read,
            ),
            client_secret=read.matching(
                "SLACK_CLIENT_SECRET", _SECRET, "the app's client secret",
                needed="SLACK_CLIENT_ID" in read,
            ),
            token_keys=read.token_keys(needed="SLACK_CLIENT_ID" in read),
            database_url=read.database_url(),
            port=read.port(3000 if transport == "http" else 0),
            log_level=read.log_level(),
            log_questions=read.flag("LOG_QUESTIONS"),
            store_questions=read.flag("STORE_QUESTIONS"),
            answer_external=read.flag("ANSWER_EXTERNAL"),
            metrics_token=read.text("METRICS_TOKEN"),
            data=read.text("MRA_DATA"),
        )  # fmt: skip


def api_url_of(values: Mapping[str, str]) -> str:
    """The address of Slack's Web API alone; raises SettingsError where it is none."""
    return _Reader(values).api_url()


def database_url_of(values: Mapping[str, str]) -> str:
    """The address of the database alone; raises SettingsError where it is none."""
    return _Reader(values).database_url()


class _Reader:
    """Reads one setting at a time; an empty one counts as not set."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def __contains__(self, name: str) -> bool:
        return bool(self.text(name))

    def text(self, name: str) -> str:
        return self._values.get(name, "").strip()

    def matching(self, name: str, form: re.Pattern[str], what: str, needed: bool = True) -> str:
        """The value, which is never repeated in an error: it may be a secret."""
        value = self.text(name)
        if not value and needed:
            raise SettingsError(f"{name} is not set; set it to {what}")
        if value and not form.fullmatch(value):
            raise SettingsError(f"{name} is malformed; set it to {what}")
        return value

    def flag(self, name: str) -> bool:
        try:
            return _FLAGS[self.text(name)]
        except KeyError:
            raise SettingsError(f"{name} is {self.text(name)!r}; set it to 0 or 1") from None

    def port(self, default: int) -> int:
        text = self.text("PORT")
        if not text:
            return default
        if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536):
            raise SettingsError(f"PORT is {text!r}; set it to a number from 1 to 65535")
        return int(text)

    def log_level(self) -> str:
        level = self.text("LOG_LEVEL").upper() or "INFO"
        if level not in _LEVELS:
            raise SettingsError(f"LOG_LEVEL is {level!r}; set it to one of {', '.join(_LEVELS)}")
        return level

    def api_url(self) -> str:
        url = self.text("SLACK_API_URL") or _SLACK_API
        if not _ADDRESS.fullmatch(url):
            raise SettingsError(
                f"SLACK_API_URL is {url!r}; set it to an address that ends with /api/, "
                f"such as {_SLACK_API}"
            )
        return url

    def database_url(self) -> str:
        url = self.text("DATABASE_URL") or _DATABASE
        if not url.startswith(("sqlite:///", "postgres://", "postgresql://")):
            raise SettingsError(
                "DATABASE_URL is malformed; it starts with sqlite:///, postgres:// or postgresql://"
            )
        return url

    def token_keys(self, needed: bool) -> tuple[str, ...]:
        """Keys for tokens at rest: 32 bytes in URL-safe base64 each."""
        keys = tuple(k.strip() for k in self.text("TOKEN_KEY").split(",") if k.strip())
        if needed and not keys:
            raise SettingsError(
                "TOKEN_KEY is not set; with SLACK_CLIENT_ID it is needed to encrypt tokens"
            )
        for key in keys:
            try:
                length = len(base64.b64decode(key, altchars=b"-_", validate=True))
            except (binascii.Error, ValueError):
                length = 0
            if length != 32:
                raise SettingsError(
                    "TOKEN_KEY is malformed; each key is 32 random bytes in URL-safe base64"
                )
        return keys
