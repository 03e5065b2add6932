"""The door: what is let in to Slack's app, what is turned away and how."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.in_process_store import InProcessStore
from bot.playground import StandInWorkspace
from bot.settings import Settings
from bot.slack import build_app
from bot.web import build_web
from tests.door import NOW, SECRET, Door, signed
from tests.slack_app import Echoing, settings_for

FORM = "application/x-www-form-urlencoded"
EVENT = {
    "type": "event_callback",
    "team_id": "T1",
    "event_id": "Ev1",
    "event": {"type": "reaction_added", "user": "U1", "item": {}},
}
COMMAND = {"command": "/mra", "text": "korea", "team_id": "T1", "user_id": "U1"}


@pytest.fixture
async def ws() -> AsyncIterator[StandInWorkspace]:
    async with StandInWorkspace(signing_secret=SECRET) as workspace:
        yield workspace


@pytest.fixture
async def door(ws: StandInWorkspace) -> AsyncIterator[Door]:
    settings = settings_for(ws)
    app = build_app(Echoing(), InProcessStore(), settings, clock=lambda: NOW)
    door = Door(app, build_web(app, settings, clock=lambda: NOW))
    dispatch = app.async_dispatch

    async def counting(request: Any) -> Any:
        door.dispatched.append(request)
        return await dispatch(request)

    app.async_dispatch = counting  # type: ignore[method-assign, assignment]
    await app.open()
    yield door
    await app.close(1)


@pytest.fixture(autouse=True)
def no_traceback(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Holds for every test here: nothing that comes in makes the program stumble."""
    caplog.set_level(logging.DEBUG)
    yield
    records = [r for phase in ("setup", "call") for r in caplog.get_records(phase)]
    logged = [r.getMessage() for r in records]
    assert not [r for r in records if r.exc_info]
    # That Slack refuses a made-up channel or a response URL used up is Slack's affair.
    assert not [m for m in logged if re.search(" failed with (?!Unavailable|Refused)", m)]


BODY = json.dumps(EVENT).encode()
GOOD = signed(BODY)
UNSIGNED: dict[str, tuple[bytes, dict[str, str]]] = {
    "no headers at all": (BODY, {}),
    "no signature": (BODY, {"X-Slack-Request-Timestamp": str(NOW)}),
    "no timestamp": (BODY, {"X-Slack-Signature": GOOD["X-Slack-Signature"]}),
    "another secret": (BODY, signed(BODY, secret="another")),
    "an empty secret": (BODY, signed(BODY, secret="")),
    "another body": (BODY + b" ", GOOD),
    "too old": (BODY, signed(BODY, at=NOW - 301)),
    "from the future": (BODY, signed(BODY, at=NOW + 301)),
    "a timestamp in words": (BODY, GOOD | {"X-Slack-Request-Timestamp": "now"}),
    "a timestamp with a sign": (BODY, GOOD | {"X-Slack-Request-Timestamp": f"+{NOW}"}),
    "a timestamp that is not ASCII": (BODY, GOOD | {"X-Slack-Request-Timestamp": "²³"}),
    "an endless timestamp": (BODY, GOOD | {"X-Slack-Request-Timestamp": "9" * 5_000}),
    "an empty timestamp": (BODY, GOOD | {"X-Slack-Request-Timestamp": ""}),
    "a signature that is not ASCII": (BODY, GOOD | {"X-Slack-Signature": "v0=é"}),
    "half a signature": (BODY, GOOD | {"X-Slack-Signature": GOOD["X-Slack-Signature"][:20]}),
    "another version": (BODY, GOOD | {"X-Slack-Signature": "v1" + GOOD["X-Slack-Signature"][2:]}),
    "capitals": (BODY, GOOD | {"X-Slack-Signature": GOOD["X-Slack-Signature"].upper()}),
    "broken JSON": (b"{", {}),
    "deep JSON": (b"[" * 100_000, {}),
    "no UTF-8": (b"\xff\xfe", {}),
    "a list for a payload": (b"payload=[]", {"Content-Type": FORM}),
    "a large body": (b"x" * 20_000_000, {}),
    "a large body announced": (b"", {"Content-Length": "99999999999999999999999"}),
    "an ssl_check with more": (b"ssl_check=1&x=" + b"y" * 2_000, {"Content-Type": FORM}),
}


@pytest.mark.parametrize(("body", "headers"), UNSIGNED.values(), ids=UNSIGNED.keys())
async def test_unsigned_is_401_and_never_reaches_bolt(
    door: Door, body: bytes, headers: dict[str, str]
) -> None:
    answered = await door.send(body, headers)

    assert (answered.status, door.dispatched) == (401, [])


async def test_a_header_given_twice_counts_as_not_given(door: Door) -> None:
    other = {"X-Slack-Signature": "v0=" + "0" * 64}
    answered = await door.send(BODY, other, twice=GOOD)

    assert (answered.status, door.dispatched) == (401, [])


SIGNED: dict[str, tuple[int, bytes, str]] = {
    "an event": (200, BODY, "application/json"),
    "a type with its character set": (200, BODY, "Application/JSON; charset=utf-8"),
    "a command": (200, urlencode(COMMAND).encode(), FORM),
    "an ssl_check": (200, b"token=x&ssl_check=1", FORM),
    "no content type": (415, BODY, ""),
    "plain text": (415, BODY, "text/plain"),
    "an upload": (415, BODY, "multipart/form-data; boundary=x"),
    "too large": (413, b" " * (1024 * 1024 + 1), "application/json"),
    "nothing": (400, b"", "application/json"),
    "an empty form": (400, b"", FORM),
    "broken JSON": (400, b"{", "application/json"),
    "broken JSON in a form": (400, b"payload={", FORM),
    "no UTF-8": (400, b'{"type": "\xff"}', "application/json"),
    "no UTF-8 in a form": (400, b"command=%ff&text=x", FORM),
    "a list": (400, b"[]", "application/json"),
    "a list in a form": (400, b"payload=[]", FORM),
    "a number": (400, b"5", "application/json"),
    "null": (400, b"null", "application/json"),
    "no type": (400, b"{}", "application/json"),
    "a type that is none": (400, b'{"type": 5}', "application/json"),
    "deep lists": (400, b"[" * 100_000, "application/json"),
    "deep objects": (400, b'{"a":' * 100_000, "application/json"),
    "a number too long": (400, b'{"type": ' + b"9" * 5_000 + b"}", "application/json"),
    "a form with too many fields": (400, b"a=1&" * 5_000, FORM),
    "an event that is none": (400, b'{"type":"event_callback","event":[]}', "application/json"),
    "an event without a type": (400, b'{"type":"event_callback","event":{}}', "application/json"),
    "a click on nothing": (400, b'payload={"type":"block_actions","actions":[]}', FORM),
}


@pytest.mark.parametrize(("status", "body", "content_type"), SIGNED.values(), ids=SIGNED.keys())
async def test_signed_is_answered_with(
    door: Door, status: int, body: bytes, content_type: str
) -> None:
    answered = await door.send(body, signed(body, content_type))

    assert answered.status == status
    if status != 200:
        assert door.dispatched == []


async def test_slacks_check_of_the_certificate_needs_no_signature(door: Door) -> None:
    answered = await door.send(b"ssl_check=1&token=x", {"Content-Type": FORM})

    assert (answered.status, answered.body, door.dispatched) == (200, "", [])


async def test_the_address_proves_itself(door: Door) -> None:
    body = b'{"type": "url_verification", "challenge": "say this"}'
    answered = await door.send(body, signed(body))

    assert (answered.status, json.loads(answered.body)) == (200, {"challenge": "say this"})


async def test_a_body_in_small_pieces_is_put_together(door: Door) -> None:
    assert (await door.send(BODY, GOOD, chunk=7)).status == 200


async def test_headers_that_steer_bolt_are_dropped(door: Door) -> None:
    steering = {"X-Slack-Bolt-Lazy-Only": "1", "X-Slack-Bolt-Lazy-Function-Name": "x"}
    answered = await door.send(BODY, GOOD | steering)

    assert answered.status == 200
    assert door.dispatched[0].headers == {}


PATHS = [
    ("GET", "/healthz", 200),
    ("HEAD", "/healthz", 200),
    ("POST", "/healthz", 405),
    ("GET", "/readyz", 200),
    ("PUT", "/readyz", 405),
    ("GET", "/slack/events", 405),
    ("GET", "/", 404),
    ("POST", "/", 404),
    ("GET", "/slack/events/", 404),
    ("GET", "/healthz/../slack", 404),
]


@pytest.mark.parametrize(("method", "path", "status"), PATHS)
async def test_paths_and_methods(door: Door, method: str, path: str, status: int) -> None:
    answered = await door.send(method=method, path=path)

    assert answered.status == status
    assert ("allow" in answered.headers) == (status == 405)


class Lost(InProcessStore):
    """A store that is out of reach."""

    async def reachable(self) -> bool:
        return False


async def test_not_ready_while_the_store_is_out_of_reach(ws: StandInWorkspace) -> None:
    settings = settings_for(ws)
    app = build_app(Echoing(), Lost(), settings, clock=lambda: NOW)
    door = Door(app, build_web(app, settings, clock=lambda: NOW))

    assert (await door.send(method="GET", path="/readyz")).status == 503
    assert (await door.send(method="GET", path="/healthz")).status == 200


def test_it_does_not_serve_without_a_signing_secret() -> None:
    settings = Settings(bot_token="xoxb-1")
    app = build_app(Echoing(), InProcessStore(), settings, clock=lambda: NOW)
    with pytest.raises(ValueError, match="signing secret"):
        build_web(app, settings, clock=lambda: NOW)


async def test_a_command_that_is_replayed_is_refused(door: Door) -> None:
    body = urlencode(COMMAND).encode()
    statuses = [(await door.send(body, signed(body, FORM))).status for _ in range(3)]
    later = await door.send(body, signed(body, FORM, at=NOW + 1))

    assert (statuses, later.status) == ([200, 401, 401], 200)


async def test_an_event_that_comes_again_is_no_replay(door: Door) -> None:
    assert [(await door.send(BODY, GOOD)).status for _ in range(2)] == [200, 200]
