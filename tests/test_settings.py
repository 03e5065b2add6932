"""The operator's settings: what is taken, and the one line said about what is not."""

from __future__ import annotations

import base64

import pytest

from bot.settings import Settings, SettingsError, Transport

HTTP = {"SLACK_BOT_TOKEN": "xoxb-1-a", "SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5"}
SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1-a", "SLACK_APP_TOKEN": "xapp-1-a"}
KEY = base64.urlsafe_b64encode(bytes(range(224, 256))).decode()
OAUTH = {"SLACK_CLIENT_ID": "123.456", "SLACK_CLIENT_SECRET": "0" * 32, "TOKEN_KEY": KEY}


def test_what_is_not_set_has_the_contracts_default() -> None:
    settings = Settings.from_mapping(HTTP | {"HOME": "/home/x"}, "http")

    assert settings.api_url == "https://slack.com/api/"
    assert settings.database_url == "sqlite:///mra-bot.sqlite3"
    assert (settings.port, settings.log_level) == (3000, "INFO")
    assert not (settings.log_questions or settings.store_questions or settings.answer_external)


def test_everything_can_be_set() -> None:
    values = {
        **HTTP, **SOCKET, **OAUTH,
        "TOKEN_KEY": f"{KEY}, {KEY}",
        "SLACK_API_URL": "http://127.0.0.1:5000/api/",
        "DATABASE_URL": "postgres://user:pw@host/db",
        "PORT": " 8080 ",
        "LOG_LEVEL": "debug",
        "LOG_QUESTIONS": "1",
        "STORE_QUESTIONS": "0",
        "ANSWER_EXTERNAL": "1",
        "METRICS_TOKEN": "m",
        "MRA_DATA": "mine.yaml",
    }  # fmt: skip
    assert Settings.from_mapping(values, "http") == Settings(
        bot_token="xoxb-1-a",
        signing_secret=HTTP["SLACK_SIGNING_SECRET"],
        app_token="xapp-1-a",
        api_url="http://127.0.0.1:5000/api/",
        client_id="123.456",
        client_secret="0" * 32,
        token_keys=(KEY, KEY),
        database_url="postgres://user:pw@host/db",
        port=8080,
        log_level="DEBUG",
        log_questions=True,
        answer_external=True,
        metrics_token="m",
        data="mine.yaml",
    )


WRONG: list[tuple[Transport, dict[str, str], str]] = [
    ("http", {"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN is not set; set it to the bot token"),
    ("http", {"SLACK_BOT_TOKEN": "xoxp-1"}, "SLACK_BOT_TOKEN is malformed"),
    ("http", {"SLACK_BOT_TOKEN": "xoxb-1 xoxb-2"}, "SLACK_BOT_TOKEN is malformed"),
    ("http", {"SLACK_SIGNING_SECRET": " "}, "SLACK_SIGNING_SECRET is not set"),
    ("http", {"SLACK_SIGNING_SECRET": "two words"}, "SLACK_SIGNING_SECRET is malformed"),
    ("http", {"SLACK_APP_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN is malformed"),
    ("socket", {"SLACK_APP_TOKEN": ""}, "SLACK_APP_TOKEN is not set; set it to the app-level"),
    ("http", {"SLACK_API_URL": "slack.com/api/"}, "SLACK_API_URL is 'slack.com/api/'; set it to"),
    ("http", {"SLACK_API_URL": "https://x.example/"}, "an address that ends with /api/"),
    ("http", {"SLACK_API_URL": "https:///api/"}, "SLACK_API_URL is"),
    ("http", {"SLACK_API_URL": "https://[/api/"}, "SLACK_API_URL is"),
    ("http", {**OAUTH, "SLACK_CLIENT_ID": "mine"}, "SLACK_CLIENT_ID is malformed"),
    ("http", {**OAUTH, "SLACK_CLIENT_ID": ""}, "SLACK_CLIENT_ID is not set"),
    ("http", {**OAUTH, "SLACK_CLIENT_SECRET": ""}, "SLACK_CLIENT_SECRET is not set"),
    ("http", {**OAUTH, "TOKEN_KEY": " , "}, "TOKEN_KEY is not set; with SLACK_CLIENT_ID"),
    ("http", {**OAUTH, "TOKEN_KEY": f"{KEY},short"}, "TOKEN_KEY is malformed; each key is 32"),
    ("http", {**OAUTH, "TOKEN_KEY": "é" * 44}, "TOKEN_KEY is malformed"),
    ("http", {"DATABASE_URL": "mysql://x"}, "DATABASE_URL is malformed; it starts with sqlite"),
    ("http", {"PORT": "http"}, "PORT is 'http'; set it to a number from 1 to 65535"),
    ("http", {"PORT": "0"}, "PORT is '0'"),
    ("http", {"PORT": "65536"}, "PORT is '65536'"),
    ("http", {"PORT": "²"}, "PORT is '²'"),
    ("http", {"PORT": "9" * 5000}, "PORT is"),
    ("http", {"LOG_LEVEL": "loud"}, "LOG_LEVEL is 'LOUD'; set it to one of DEBUG, INFO"),
    ("http", {"LOG_QUESTIONS": "yes"}, "LOG_QUESTIONS is 'yes'; set it to 0 or 1"),
    ("http", {"STORE_QUESTIONS": "2"}, "STORE_QUESTIONS is '2'"),
    ("http", {"ANSWER_EXTERNAL": "true"}, "ANSWER_EXTERNAL is 'true'"),
]


@pytest.mark.parametrize(("transport", "change", "line"), WRONG)
def test_what_is_wrong_is_said_in_one_line(
    transport: Transport, change: dict[str, str], line: str
) -> None:
    good = HTTP if transport == "http" else SOCKET
    with pytest.raises(SettingsError) as raised:
        Settings.from_mapping(good | change, transport)

    assert line in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "TOKEN_KEY"])
def test_a_malformed_secret_is_not_repeated(name: str) -> None:
    with pytest.raises(SettingsError) as raised:
        Settings.from_mapping(HTTP | OAUTH | {name: "my dear secret"}, "http")

    assert "dear" not in str(raised.value)


def test_secrets_are_not_shown() -> None:
    shown = repr(
        Settings.from_mapping(HTTP | SOCKET | OAUTH | {"METRICS_TOKEN": "m-token"}, "http")
    )

    for secret in (*HTTP.values(), *SOCKET.values(), "0" * 32, KEY, "m-token"):
        assert secret not in shown


@pytest.mark.parametrize("token", ["xoxb-12-34-aB", "xoxe.xoxb-1-MQ"])
def test_a_rotated_token_is_a_token(token: str) -> None:
    assert Settings.from_mapping(HTTP | {"SLACK_BOT_TOKEN": token}, "http").bot_token == token
