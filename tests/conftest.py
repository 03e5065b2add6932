"""What holds for all tests: how Python is kept from their garbage, and what they report is sent."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="module", autouse=True)
def python_looks_for_garbage_once() -> Iterator[None]:
    """Registers are shared and last; to look through them again and again took half the time."""
    gc.freeze()
    yield
    gc.collect()


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Iterator[None]:
    """Half of a surrogate pair, which some tests log on purpose, goes as an escape: alone it has
    no bytes to be sent in from the process that tests to the one that reports."""
    report = yield
    return _sendable(report)


def _sendable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {_sendable(key): _sendable(of_it) for key, of_it in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(_sendable, value))
    return value
