"""Whatever comes to the door: it is answered, by no 5xx, and nothing of it is logged.

Property tests; what hypothesis finds is kept small by it, and named by its seed.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.in_process_store import InProcessStore
from bot.playground import StandInWorkspace
from bot.playground.deliveries import signature
from bot.slack import build_app
from bot.web import build_web
from tests.door import NOW, SECRET, Answered, Door
from tests.slack_app import Echoing, settings_for

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
OUR_STATUSES = {200, 400, 401, 403, 404, 405, 408, 413, 415}
# A delivery that names what isn't there may be asked for once more: 503, and never 500.
AND_LATER = OUR_STATUSES | {503}
SENTINEL = "tell-nobody"

bounded = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)


class House:
    """The app in a workspace where it can answer, and one knock at its door at a time."""

    def __init__(self, runner: asyncio.Runner) -> None:
        self._runner = runner
        self._count = itertools.count()  # the same bytes again would be a replay
        self.ws = StandInWorkspace(signing_secret=SECRET)
        runner.run(self._open())

    async def _open(self) -> None:
        await self.ws.__aenter__()
        ours = settings_for(self.ws)
        self._app = build_app(Echoing(), InProcessStore(), ours, clock=lambda: NOW)
        self._door = Door(self._app, build_web(self._app, ours, clock=lambda: NOW))
        await self._app.open()
        self.room = self.ws.channel("compliance")
        self.ana = self.ws.user("Ana")

    async def _close(self) -> None:
        await self._app.close(5)
        await self.ws.__aexit__(None, None, None)

    def close(self) -> None:
        self._runner.run(self._close())

    def knock(
        self,
        body: bytes,
        headers: dict[str, str],
        method: str = "POST",
        path: str = "/slack/events",
    ) -> Answered:
        with nothing_said_in_the_log():
            sending = self._door.send(body, headers, method=method, path=path)
            return self._runner.run(sending)

    def placed(self, delivery: dict[str, Any]) -> dict[str, Any]:
        """The delivery, about a channel, a team and a person that there are, for the first time."""
        written = json.dumps(delivery | {"api_app_id": f"A{next(self._count)}"})
        for name, real in (("C1", self.room.id), ("T1", self.ws.team_id), ("U1", self.ana.id)):
            written = written.replace(f'"{name}"', f'"{real}"')
        return dict(json.loads(written.replace("USED-UP", self.ws.response_url("used-up"))))


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with asyncio.Runner() as runner:
        found = House(runner)
        yield found
        found.close()


@contextmanager
def nothing_said_in_the_log() -> Iterator[None]:
    """No line logged inside holds the sentinel, and none comes of an exception."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = records.append  # type: ignore[method-assign, assignment]
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    ours = [r for r in records if r.name.startswith("bot")]
    assert not [r.getMessage() for r in ours if SENTINEL in r.getMessage()]
    assert not [r for r in ours if r.exc_info]


text = st.text(max_size=40)
header_text = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60)
HEADERS = ["X-Slack-Signature", "X-Slack-Request-Timestamp", "Content-Type", "Content-Length",
           "X-Slack-Retry-Num", "X-Slack-Bolt-Lazy-Only", "Authorization", "X-Forwarded-For",
           "Transfer-Encoding", "Host"]  # fmt: skip
headers = st.dictionaries(st.sampled_from(HEADERS), header_text, max_size=6)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)
bodies = (
    st.binary(max_size=400)
    | anything.map(lambda value: json.dumps(value).encode())
    | st.dictionaries(text, text, max_size=6).map(
        lambda form: urlencode(form, errors="replace").encode()
    )
)
paths = st.sampled_from(
    ["/slack/events", "/", "/healthz", "/readyz", "/metrics", "/slack/install", "/slack/events/"]
) | text.map(lambda t: f"/{t}")
methods = st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "BREW"])


@bounded
@given(bodies, headers, methods, paths)
def test_any_request_is_answered(
    house: House, body: bytes, given_headers: dict[str, str], method: str, path: str
) -> None:
    answered = house.knock(body + SENTINEL.encode(), given_headers, method, path)
    assert answered.status in OUR_STATUSES
    if path == "/slack/events":
        assert answered.status not in (200, 404)
    assert SENTINEL not in answered.body


@bounded
@given(bodies, st.sampled_from([JSON, FORM, "text/plain", "", "application/json; charset=x"]))
def test_any_signed_body_is_answered(house: House, body: bytes, content_type: str) -> None:
    signed = {"Content-Type": content_type, **signature(SECRET, body, NOW)}
    answered = house.knock(body, signed)
    assert answered.status in AND_LATER - {401}


@bounded
@given(st.binary(max_size=200), st.data())
def test_one_changed_bit_anywhere_is_401(house: House, body: bytes, data: st.DataObject) -> None:
    sent = signature(SECRET, body, NOW)
    whole = body + sent["X-Slack-Signature"].encode() + sent["X-Slack-Request-Timestamp"].encode()
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    changed = bytearray(whole)
    changed[bit // 8] ^= 1 << bit % 8
    rest = bytes(changed[len(body) :]).decode("latin-1")
    at = len(sent["X-Slack-Signature"])
    forged = {
        "Content-Type": JSON,
        "X-Slack-Signature": rest[:at],
        "X-Slack-Request-Timestamp": rest[at:],
    }
    answered = house.knock(bytes(changed[: len(body)]), forged)
    assert answered.status == 401


# Deliveries as Slack's, with any of their parts replaced.

DELIVERIES: list[dict[str, Any]] = [
    {
        "type": "event_callback", "team_id": "T1", "event_id": "Ev1", "enterprise_id": "E1",
        "is_ext_shared_channel": False, "authorizations": [{"team_id": "T1", "is_bot": True}],
        "event": {"type": kind, "channel": "C1", "channel_type": where, "user": "U1", "ts": "1.1",
                  "thread_ts": "1.0", "text": "<@U0> korea?", "team": "T1", "blocks": []},
    }
    for kind, where in (("app_mention", "channel"), ("message", "channel"), ("message", "im"))
] + [
    {"type": "event_callback", "team_id": "T1", "event_id": "Ev2",
     "event": {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "messages"}},
    {"type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U1"},
     "channel": {"id": "C1"}, "response_url": "USED-UP",
     "container": {"type": "message", "message_ts": "1.1", "is_ephemeral": True},
     "message": {"ts": "1.1", "text": "x"},
     "actions": [{"action_id": "choice:0", "block_id": "b", "type": "button",
                  "value": '{"say":"korea","carry":""}', "action_ts": "1.2",
                  "text": {"type": "plain_text", "text": "Korea"}}]},
    {"type": "url_verification", "challenge": "x"},
    {"command": "/mra", "text": "korea", "team_id": "T1", "user_id": "U1", "channel_id": "C1"},
]  # fmt: skip


def _places(part: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a delivery."""
    if at:
        yield at
    if isinstance(part, dict | list):
        inside = part.items() if isinstance(part, dict) else enumerate(part)
        for key, value in inside:
            yield from _places(value, (*at, key))


@st.composite
def spoiled(draw: st.DrawFn) -> dict[str, Any]:
    """A delivery with some of its parts taken out or replaced by anything."""
    delivery = json.loads(json.dumps(draw(st.sampled_from(DELIVERIES))))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(sorted(_places(delivery), key=repr)))
        inner = delivery
        for key in way:
            inner = inner[key]
        if draw(st.booleans()):
            inner[last] = draw(anything)
        else:
            del inner[last]
        if not delivery:
            break
    return dict(delivery)


def _form(delivery: dict[str, Any]) -> bytes:
    if "command" in delivery:
        return urlencode({k: str(v) for k, v in delivery.items()}, errors="replace").encode()
    return b"payload=" + quote_plus(json.dumps(delivery)).encode()


@bounded
@given(spoiled(), st.booleans())
def test_a_spoiled_delivery_is_answered(
    house: House, delivery: dict[str, Any], as_form: bool
) -> None:
    delivery = house.placed(delivery)
    body = _form(delivery) if as_form else json.dumps(delivery).encode()
    signed = {"Content-Type": FORM if as_form else JSON, **signature(SECRET, body, NOW)}
    answered = house.knock(body, signed)
    assert answered.status in AND_LATER - {401}
