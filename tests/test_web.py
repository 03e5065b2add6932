"""The door: what is let in to Slack's app, what is turned away and how; starting and leaving."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import os
import re
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.playground import StandInWorkspace
from bot.playground.deliveries import Delivery, encoded, signature
from bot.settings import Settings, SettingsError
from bot.slack import SlackApp, build_app
from bot.slack.payloads import Malformed, check
from bot.slack.socket_mode import run_socket
from bot.store import Claim, InProcessStore
from bot.web import ASGI, build_web, serve_http
from tests.slack_app import Echoing, over_http, running, settings_for

NOW = 1_800_000_000
SECRET = "signing-secret"
FORM = "application/x-www-form-urlencoded"
EVENT = {
    "type": "event_callback",
    "team_id": "T1",
    "event_id": "Ev1",
    "event": {"type": "reaction_added", "user": "U1", "item": {}},
}
COMMAND = {"command": "/mra", "text": "korea", "team_id": "T1", "user_id": "U1"}


@dataclass
class Answered:
    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Door:
    """The ASGI application, called as a server would; counts what reached Bolt."""

    app: SlackApp
    web: ASGI
    dispatched: list[Any] = field(default_factory=list)

    async def send(
        self,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        *,
        method: str = "POST",
        path: str = "/slack/events",
        twice: dict[str, str] | None = None,
        chunk: int = 65_536,
    ) -> Answered:
        pairs = [*(headers or {}).items(), *(twice or {}).items()]
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "headers": [(k.lower().encode(), v.encode("latin-1")) for k, v in pairs],
        }
        parts = [body[i : i + chunk] for i in range(0, len(body), chunk)] or [b""]
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            part = parts.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(parts)}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.web(scope, receive, send)
        start, content = sent
        answered = {k.decode(): v.decode() for k, v in start["headers"]}
        return Answered(start["status"], answered, content["body"].decode())


def signed(
    body: bytes, content_type: str = "application/json", *, at: int = NOW, secret: str = SECRET
) -> dict[str, str]:
    return {"Content-Type": content_type, **signature(secret, body, at)}


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


# Everything Slack sends, with any one value gone wrong

STRANGE: list[Any] = [
    None, 5, True, 1.5, "", "x", "x" * 300, "\ud800", "a\x00b", [], [1], [{}], {}, {"id": 5},
    {"id": "U1"}, [[]], {"type": {}}, "C1/../C2", -1,
]  # fmt: skip


def _places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to every value within a payload, but not into blocks, which nobody reads."""
    if at:
        yield at
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in ("blocks", "state"):
                yield from _places(part, (*at, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _places(part, (*at, index))


def _with(payload: Any, at: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(payload)
    part = changed
    for key in at[:-1]:
        part = part[key]
    part[at[-1]] = value
    return changed


class Forgetful(InProcessStore):
    """Forgets what was handled, so that each delivery is handled to the end."""

    async def claim(self, key: str, now: float) -> Claim:
        return Claim.WON


async def test_whatever_value_is_strange_it_is_handled_or_refused(ws: StandInWorkspace) -> None:
    async with running(ws, Echoing()):
        ana, room = ws.user("Ana"), ws.channel("compliance")
        asked = await ws.mention(room, ana, "korea?")
        answer = await ws.answer_to(asked)
        await ws.say(room, ana, "and japan?", thread=asked)
        await ws.direct_message(ana, "korea?")
        await ws.open_home(ana, "messages")
        await ws.edit(asked, "<@BOT> japan?")
        await ws.command(room, ana, "/mra", "korea")
        await ws.click(ana, answer, "Why is that?")
        await ws.settled()
    kinds = {(d.kind, d.name, bool(d.payload.get("event", {}).get("subtype"))): d
             for d in ws.deliveries}  # fmt: skip
    assert len(kinds) >= 6

    settings = settings_for(ws)
    app = build_app(Echoing(), Forgetful(), settings, clock=lambda: NOW)
    door = Door(app, build_web(app, settings, clock=lambda: NOW))
    await app.open()
    statuses = []
    for delivery in kinds.values():
        for at in _places(delivery.payload):
            for value in STRANGE:
                if delivery.kind == "command" and not isinstance(value, str):
                    continue  # a form holds only text
                changed = replace(delivery, payload=_with(delivery.payload, at, value))
                statuses.append((await _deliver(door, changed), at, value))
    wrong = [s for s in statuses if s[0] not in (200, 400)]
    assert not wrong
    assert len(statuses) > 2_000
    assert len(ws.calls_of("chat.postMessage")) > 500, "many are answered all the same"
    await app.close(1)


async def _deliver(door: Door, delivery: Delivery) -> int:
    try:
        body, content_type = encoded(delivery)
    except UnicodeEncodeError:  # half a pair cannot be written into a form
        return 400
    return (await door.send(body, signed(body, content_type))).status


def test_a_payload_nested_as_deep_as_json_can_be_is_no_trouble() -> None:
    payload: dict[str, Any] = {"type": "message"}
    for _ in range(5_000):
        payload = {"type": "view", "view": payload}
    check(payload)
    payload["view"] = "x"
    with pytest.raises(Malformed, match="view is no object"):
        check(payload)


# Starting and leaving

SERVE = """
import sys, time, logging
from bot.settings import Settings
from bot.web import serve_http, serve_socket
from tests.slack_app import Echoing
logging.basicConfig(level=logging.INFO)
settings = Settings("xoxb-stand-in", "signing-secret", "xapp-stand-in", sys.argv[2],
                    port=int(sys.argv[3]))
serve = serve_http if sys.argv[1] == "http" else serve_socket
serve(settings, Echoing(), clock=time.time)
"""


@pytest.mark.parametrize("transport", ["http", "socket"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_told_to_leave_it_first_finishes_its_answer(
    ws: StandInWorkspace, transport: str, number: signal.Signals
) -> None:
    port = _free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SERVE, transport, ws.api_url, str(port),
        stderr=asyncio.subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    try:
        if transport == "http":
            await _listening(port)
            ws.deliver_to(f"http://127.0.0.1:{port}/slack/events")
        else:
            await ws.connected(seconds=20)
        ws.fail_next("chat.postMessage", delay=1.0)
        asking = asyncio.create_task(
            ws.mention(ws.channel("compliance"), ws.user("Ana"), "korea?", order=("app_mention",))
        )
        await ws.until(lambda: any(c.method == "auth.test" for c in ws.calls), seconds=20)
        await asyncio.sleep(0.3)  # the answer is on its way, and Slack slow
        process.send_signal(number)
        asked = await asking
        answer = await ws.answer_to(asked)
        _, log = await asyncio.wait_for(process.communicate(), 20)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()

    assert answer.text == "Yes: korea."
    assert [a.acknowledged for a in ws.deliveries[0].attempts] == [True]
    assert process.returncode == 0, log.decode()
    assert b"Traceback" not in log


async def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.create_server(("0.0.0.0", 0)) as taken:
        port = taken.getsockname()[1]
        settings = Settings("xoxb-1", "secret", port=port)
        with pytest.raises(SettingsError, match=f"port {port} cannot be used.*choose another"):
            serve_http(settings, Echoing(), clock=time.time)


async def test_a_wrong_app_token_is_one_clear_line(ws: StandInWorkspace) -> None:
    settings = replace(settings_for(ws), app_token="xapp-wrong")
    app = build_app(Echoing(), InProcessStore(), settings, clock=time.time)
    with pytest.raises(SettingsError, match="Slack refused SLACK_APP_TOKEN: invalid_auth"):
        await run_socket(app, settings, asyncio.Event(), 1)


async def test_answers_are_served_at_a_real_port(ws: StandInWorkspace) -> None:
    settings = settings_for(ws)
    app = build_app(Echoing(), InProcessStore(), settings, clock=time.time)
    async with over_http(app, settings) as url:
        ws.deliver_to(url)
        assert (await ws.verify_url()).body == '{"challenge": "challenge-accepted"}'


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


async def _listening(port: int) -> None:
    for _ in range(400):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            await writer.wait_closed()
            return
    raise TimeoutError(f"nothing listens at {port}")
