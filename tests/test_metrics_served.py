"""Who is shown the figures: who has the token, or without one this machine alone."""

from __future__ import annotations

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import metrics
from bot.in_process_store import InProcessStore
from bot.settings import Settings
from bot.slack import build_app
from bot.web import build_web
from tests.door import NOW, SECRET, Door
from tests.slack_app import Echoing

HERE = ("127.0.0.1", 50_000)
AWAY = ("203.0.113.7", 50_000)
WITH = {"Authorization": "Bearer open-sesame"}


def door(token: str = "") -> Door:
    settings = Settings("xoxb-1", SECRET, metrics_token=token)
    app = build_app(Echoing(), InProcessStore(), settings, clock=lambda: NOW)
    return Door(app, build_web(app, settings, clock=lambda: NOW))


FORWARDING = ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "Via",
              "CF-Connecting-IP"]  # fmt: skip
WITHOUT_A_TOKEN = {
    "from this machine": (200, HERE, {}),
    "from this machine, by its newer address": (200, ("::1", 50_000), {}),
    "from elsewhere": (403, AWAY, {}),
    "from nobody knows where": (403, None, {}),
    "from a name": (403, ("localhost.example", 1), {}),
    **{f"passed on, says {name}": (403, HERE, {name: "127.0.0.1"}) for name in FORWARDING},
    "with a token that nobody set": (403, AWAY, WITH),
    "with an empty token": (403, AWAY, {"Authorization": "Bearer "}),
}


@pytest.mark.parametrize(
    ("status", "client", "headers"), WITHOUT_A_TOKEN.values(), ids=WITHOUT_A_TOKEN.keys()
)
async def test_without_a_token(
    status: int, client: tuple[str, int] | None, headers: dict[str, str]
) -> None:
    answered = await door().send(method="GET", path="/metrics", headers=headers, client=client)
    assert answered.status == status
    assert ("mra_bot" in answered.body) == (status == 200)


async def test_a_forwarding_header_given_twice_counts() -> None:
    twice = {"X-Forwarded-For": "127.0.0.1"}
    answered = await door().send(
        method="GET", path="/metrics", headers=twice, twice=twice, client=HERE
    )
    assert answered.status == 403


WITH_A_TOKEN = {
    "the token": (200, AWAY, WITH),
    "the token, passed on": (200, HERE, WITH | {"X-Forwarded-For": "203.0.113.7"}),
    "none, from this machine": (401, HERE, {}),
    "another": (401, HERE, {"Authorization": "Bearer sesame"}),
    "half of it": (401, HERE, {"Authorization": "Bearer open"}),
    "in another way": (401, HERE, {"Authorization": "Basic open-sesame"}),
    "not ASCII": (401, HERE, {"Authorization": "Bearer é"}),
}


@pytest.mark.parametrize(
    ("status", "client", "headers"), WITH_A_TOKEN.values(), ids=WITH_A_TOKEN.keys()
)
async def test_with_a_token(status: int, client: tuple[str, int], headers: dict[str, str]) -> None:
    answered = await door("open-sesame").send(
        method="GET", path="/metrics", headers=headers, client=client
    )
    assert answered.status == status
    assert ("www-authenticate" in answered.headers) == (status == 401)
    assert "open-sesame" not in answered.body


async def test_it_is_what_prometheus_reads() -> None:
    metrics.question("status", "answered", 0.001)
    answered = await door().send(method="GET", path="/metrics", client=HERE)
    assert answered.headers["content-type"] == metrics.CONTENT_TYPE
    families = {family.name for family in text_string_to_metric_families(answered.body)}
    assert {"mra_bot_questions", "mra_bot_turned_away", "process_resident_memory_bytes"} <= families


async def test_what_the_door_turns_away_is_one_line_without_the_body(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    await door().send(b"a secret of somebody", {"X-Slack-Signature": "v0=00"})
    [record] = caplog.records
    assert record.getMessage() == "turned away with 401: the request is not signed, or not now"
