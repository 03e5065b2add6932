"""What is counted, as Prometheus reads it."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import metrics

Labels = frozenset[tuple[str, str]]


def series() -> dict[tuple[str, Labels], float]:
    """Every series now, read as Prometheus reads it."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(metrics.exposition().decode())
        for sample in family.samples
    }


def difference(act: Callable[[], object]) -> dict[tuple[str, Labels], float]:
    """What changed of the bot's own series, buckets aside."""
    before = series()
    act()
    return {
        key: value - before.get(key, 0.0)
        for key, value in series().items()
        if key[0].startswith("mra_bot") and not key[0].endswith(("_bucket", "_sum"))
        if value != before.get(key, 0.0)
    }


def of(name: str, value: float = 1.0, /, **labels: str) -> dict[tuple[str, Labels], float]:
    return {(f"mra_bot_{name}", frozenset(labels.items())): value}


def _fails() -> None:
    with pytest.raises(ConnectionError), metrics.store_operation("claim"):
        raise ConnectionError


def _stored() -> None:
    with metrics.store_operation("memory"):
        pass


COUNTED = {
    "an answer": (
        lambda: metrics.question("status", "answered", 0.001),
        of("questions_total", topic="status", outcome="answered") | of("answer_seconds_count"),
    ),
    "silence has no topic": (
        lambda: metrics.question("", "silent", 0.001),
        of("questions_total", topic="none", outcome="silent") | of("answer_seconds_count"),
    ),
    "a delivery": (
        lambda: metrics.delivery("app_mention", 200, 0.2),
        of("delivery_seconds_count", kind="app_mention", status="200"),
    ),
    "a refused request": (
        lambda: metrics.turned_away(401),
        of("turned_away_total", status="401"),
    ),
    "a call": (
        lambda: metrics.slack_call("chat.postMessage", "200", 0.1),
        of("slack_call_seconds_count", method="chat.postMessage", status="200"),
    ),
    "a refused call": (
        lambda: metrics.slack_error("chat.postMessage", "ratelimited"),
        of("slack_errors_total", method="chat.postMessage", code="ratelimited"),
    ),
    "one more attempt": (
        lambda: metrics.slack_retry("ratelimited"),
        of("slack_retries_total", reason="ratelimited"),
    ),
    "an operation of the store": (_stored, of("store_seconds_count", operation="memory")),
    "one that failed": (
        _fails,
        of("store_seconds_count", operation="claim") | of("store_errors_total", operation="claim"),
    ),
    "a failure": (
        lambda: metrics.failure("a delivery"),
        of("failures_total", doing="a delivery"),
    ),
    "what looks like no name": (
        lambda: metrics.slack_error("chat.postMessage", 'x"} 1\n' + "é" * 100),
        of("slack_errors_total", method="chat.postMessage", code="other"),
    ),
}


@pytest.mark.parametrize(("act", "counted"), COUNTED.values(), ids=COUNTED.keys())
def test_is_counted(act: Callable[[], object], counted: dict[tuple[str, Labels], float]) -> None:
    assert difference(act) == counted


def test_a_queue_is_as_deep_as_was_said_last() -> None:
    metrics.queue_depth("outbox", 7)
    assert series()["mra_bot_queue_depth", frozenset({("queue", "outbox")})] == 7
    metrics.queue_depth("outbox", 0)
    assert series()["mra_bot_queue_depth", frozenset({("queue", "outbox")})] == 0


def test_a_refused_edit_shows_until_a_register_is_loaded() -> None:
    metrics.register_refused()
    assert series()["mra_bot_register_refused", frozenset()] == 1
    metrics.register_loaded({"us": datetime.date(1970, 1, 2)})
    now = series()
    assert now["mra_bot_register_refused", frozenset()] == 0
    name = "mra_bot_register_evidence_timestamp_seconds"
    assert now[name, frozenset({("list", "us")})] == 86_400


def test_every_series_shown_is_named() -> None:
    assert {name for name, _ in series()} <= metrics.names()
