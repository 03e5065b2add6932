"""Everything Slack sends, with any one value gone wrong: handled or refused, never a stumble."""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.in_process_store import InProcessStore
from bot.playground import StandInWorkspace
from bot.playground.deliveries import Delivery, encoded
from bot.slack import build_app
from bot.slack.payloads import Malformed, check
from bot.store import Claim
from bot.web import build_web
from tests.door import NOW, SECRET, Door, signed
from tests.slack_app import Echoing, running, settings_for


@pytest.fixture
async def ws() -> AsyncIterator[StandInWorkspace]:
    async with StandInWorkspace(signing_secret=SECRET) as workspace:
        yield workspace


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


GONE = object()  # in place of a value: it is left out
STRANGE: list[Any] = [
    GONE, None, 5, True, 1.5, "", "x", "x" * 300, "\ud800", "a\x00b", [], [1], [{}], {}, {"id": 5},
    {"id": "U1"}, [[]], {"type": {}}, "C1/../C2", -1,
]  # fmt: skip


def _places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to every value within a payload, but not into blocks, which nobody reads."""
    if at:
        yield at
    if isinstance(value, dict):
        for key, part in value.items():
            if key != "blocks":
                yield from _places(part, (*at, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _places(part, (*at, index))


def _kind(delivery: Delivery) -> tuple[object, ...]:
    event = delivery.payload.get("event", {})
    action = delivery.payload.get("actions", [{}])[0].get("action_id")
    return delivery.kind, delivery.name, action, bool(event.get("subtype")), event.get("tab")


def _with(payload: Any, at: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(payload)
    part = changed
    for key in at[:-1]:
        part = part[key]
    if value is GONE:
        del part[at[-1]]
    else:
        part[at[-1]] = value
    return changed


class Forgetful(InProcessStore):
    """Forgets what was handled, so that each delivery is handled to the end; counts answers."""

    answered = 0

    async def claim(self, key: str, now: float) -> Claim:
        return Claim.WON

    async def done(self, *_: Any, **__: Any) -> None:
        self.answered += 1

    async def stow(self, *_: Any, **__: Any) -> None:
        self.answered += 1  # a channel takes one a second; the others would wait for hours


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
        home = await ws.open_home(ana)
        assert home
        await ws.choose(ana, home, "home_search", "korea")
        await ws.choose(ana, home, "By year", "2012")
        await ws.shortcut(ana, "look_up")
        modal = ws.modal(ana)
        assert modal
        [korea, *_] = await ws.suggest(ana, modal, "partner", "korea")
        await ws.submit_view(ana, {"partner": korea})
        await ws.message_shortcut(ana, asked, "find_in_message")
        await ws.run_step("look_up_arrangement", {"country": "Korea", "date": "2015-01-01"})
        await ws.settled()
    kinds = {_kind(delivery): delivery for delivery in ws.deliveries}
    assert len(kinds) >= 14

    settings, store = settings_for(ws), Forgetful()
    app = build_app(Echoing(), store, settings, clock=lambda: NOW)
    door = Door(app, build_web(app, settings, clock=lambda: NOW))
    await app.open()
    statuses = []
    for delivery in kinds.values():
        for number, at in enumerate(_places(delivery.payload)):
            # A third of the values at each place: next to it come the others.
            for value in STRANGE[number % 3 :: 3]:
                if delivery.kind == "command" and not (value is GONE or isinstance(value, str)):
                    continue  # a form holds only text
                changed = replace(delivery, payload=_with(delivery.payload, at, value))
                statuses.append((await _deliver(door, changed), at, value))
    wrong = [s for s in statuses if s[0] not in (200, 400)]
    assert not wrong
    assert len(statuses) > 2_000
    assert store.answered > 500, "many are answered all the same"
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
