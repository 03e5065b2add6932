"""Faults on demand: what goes wrong with the next calls of a method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(slots=True)
class Fault:
    """One way for a call to go wrong, `times` times."""

    method: str  # or "*" for any; "response_url" and "upload" for those addresses
    error: str | None = None  # refused, under this name
    details: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    status: int | None = None  # an HTTP error, with a body that is no JSON
    retry_after: int | None = None  # 429: come back in so many seconds
    delay: float = 0.0  # seconds before anything else
    drop_connection: bool = False  # the connection breaks without an answer
    lost_answer: bool = False  # done, but the connection breaks before the answer
    times: int = 1


class Faults:
    """The faults that wait for their call, in the order they were asked for."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._waiting.append(fault)

    def take(self, method: str) -> Fault:
        """The fault for this call; one that does nothing where none waits for it."""
        for fault in self._waiting:
            if fault.method in (method, "*"):
                fault.times -= 1
                if fault.times < 1:
                    self._waiting.remove(fault)
                return fault
        return Fault(method)

    def clear(self) -> None:
        self._waiting.clear()
