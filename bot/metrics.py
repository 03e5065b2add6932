"""What is counted and timed, for Prometheus; each way of counting is a plain function.

The counts belong to the process, as Prometheus expects, so they are kept here and nowhere else.
A label never holds what a user typed, and each has few values: a name from outside that looks
like no name is counted as "other".
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
from typing import Literal

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST as CONTENT_TYPE

__all__ = ["CONTENT_TYPE", "exposition"]

Outcome = Literal["answered", "asked_back", "declined", "silent", "failed"]

# Else every count has a second series with when it began.
disable_created_metrics()  # type: ignore[no-untyped-call]
_REGISTRY = CollectorRegistry()
ProcessCollector(registry=_REGISTRY)
PlatformCollector(registry=_REGISTRY)
GCCollector(registry=_REGISTRY)

_NAME = re.compile(r"[A-Za-z0-9_./ -]{1,64}")
_THINKING = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)
_CALLING = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0)  # Slack waits 3
_STORING = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1.0, 5.0)

_questions = Counter(
    "mra_bot_questions", "Messages read.", ("topic", "outcome"), registry=_REGISTRY
)
_thinking = Histogram(
    "mra_bot_answer_seconds", "From a message to its answer, before it is sent.",
    buckets=_THINKING, registry=_REGISTRY,
)  # fmt: skip
_deliveries = Histogram(
    "mra_bot_delivery_seconds", "From what Slack delivers to what it is told.",
    ("kind", "status"), buckets=_CALLING, registry=_REGISTRY,
)  # fmt: skip
_turned_away = Counter(
    "mra_bot_turned_away", "Requests that the door refused.", ("status",), registry=_REGISTRY
)
_calls = Histogram(
    "mra_bot_slack_call_seconds", "One attempt of a call to Slack.",
    ("method", "status"), buckets=_CALLING, registry=_REGISTRY,
)  # fmt: skip
_errors = Counter(
    "mra_bot_slack_errors", "Calls that Slack refused or that did not reach it.",
    ("method", "code"), registry=_REGISTRY,
)  # fmt: skip
_retries = Counter(
    "mra_bot_slack_retries", "Attempts of calls after the first.", ("reason",), registry=_REGISTRY
)
_queues = Gauge("mra_bot_queue_depth", "What waits, in each queue.", ("queue",), registry=_REGISTRY)
_store = Histogram(
    "mra_bot_store_seconds", "One operation of the store.",
    ("operation",), buckets=_STORING, registry=_REGISTRY,
)  # fmt: skip
_store_errors = Counter(
    "mra_bot_store_errors", "Operations of the store that failed.",
    ("operation",), registry=_REGISTRY,
)  # fmt: skip
_failures = Counter(
    "mra_bot_failures", "Errors that were given a reference id.", ("doing",), registry=_REGISTRY
)
_evidence = Gauge(
    "mra_bot_register_evidence_timestamp_seconds",
    "The evidence day of each list of the register that answers.",
    ("list",), registry=_REGISTRY,
)  # fmt: skip
_reloads = Counter(
    "mra_bot_register_loads", "Loads of the register.", ("outcome",), registry=_REGISTRY
)
_refused = Gauge(
    "mra_bot_register_refused",
    "1 while the register's files hold an edit that was refused.", registry=_REGISTRY,
)  # fmt: skip


def exposition() -> bytes:
    """Everything, in Prometheus's text format."""
    return generate_latest(_REGISTRY)


def names() -> frozenset[str]:
    """The names of all series that may be shown, as queries write them."""
    endings = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}
    return frozenset(
        family.name + ending
        for family in _REGISTRY.collect()
        for ending in endings.get(family.type, ("",))
    )


def question(topic: str, outcome: Outcome, seconds: float) -> None:
    """A message was read; `topic` is "" where nothing was said."""
    _questions.labels(_bounded(topic or "none"), outcome).inc()
    _thinking.observe(seconds)


def delivery(kind: str, status: int, seconds: float) -> None:
    """Something that Slack delivered was handled; `status` is what Slack was told."""
    _deliveries.labels(_bounded(kind), str(status)).observe(seconds)


def turned_away(status: int) -> None:
    """The door refused a request."""
    _turned_away.labels(str(status)).inc()


def slack_call(method: str, status: str, seconds: float) -> None:
    """One attempt of a call has ended; `status` is HTTP's, or "none" without an answer."""
    _calls.labels(_bounded(method), _bounded(status)).observe(seconds)


def slack_error(method: str, code: str) -> None:
    """Slack refused a call; `code` is Slack's word, or the exception's name."""
    _errors.labels(_bounded(method), _bounded(code)).inc()


def slack_retry(reason: str) -> None:
    """A call is tried once more; `reason` is "ratelimited", "connection" or the like."""
    _retries.labels(_bounded(reason)).inc()


def queue_depth(queue: str, depth: int) -> None:
    """So much waits in a queue now."""
    _queues.labels(_bounded(queue)).set(depth)


@contextmanager
def store_operation(operation: str) -> Iterator[None]:
    """Times what is done inside; an exception counts as an error and goes on its way."""
    start = perf_counter()
    try:
        yield
    except Exception:
        _store_errors.labels(operation).inc()
        raise
    finally:
        _store.labels(operation).observe(perf_counter() - start)


def failure(doing: str) -> None:
    """An error was logged under a reference id, in the midst of doing something."""
    _failures.labels(_bounded(doing)).inc()


def register_loaded(evidence: Mapping[str, datetime.date]) -> None:
    """A register answers from now on; its evidence day by list."""
    for name, day in evidence.items():
        at = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
        _evidence.labels(name).set(at.timestamp())
    _reloads.labels("loaded").inc()
    _refused.set(0)


def register_refused() -> None:
    """An edit of the register was refused; the one before it goes on answering."""
    _reloads.labels("refused").inc()
    _refused.set(1)


def _bounded(name: str) -> str:
    return name if _NAME.fullmatch(name) else "other"
