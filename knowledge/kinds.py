"""Kinds of values a data file may hold: each says how it is read and how JSON Schema puts it.

Reading goes on after a mistake, so that all of them are told at once: what is refused is noted
in the `Reading` and comes back as `BAD`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from knowledge.dates import When
from knowledge.files import DataError, Node, Scalar, value_of

BAD: Any = object()  # what is read where something was refused
Schema = Mapping[str, Any]


class Use(NamedTuple):
    """Where an id, a name or a date is used, to be checked once all is read."""

    what: str  # a table for an id, an owner for a name, a list for a date
    value: Any
    file: str
    line: int

    def error(self, why: str, cure: str) -> DataError:
        return DataError(self.file, self.line, why, cure)


@dataclass(slots=True)
class Reading:
    """What is noted while documents are read: mistakes, and what only the whole can tell."""

    file: str = ""  # what is being read
    errors: list[DataError] = field(default_factory=list)
    ids: dict[str, set[str]] = field(default_factory=dict)  # by table
    ids_used: list[Use] = field(default_factory=list)
    names: list[Use] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)  # names that several owners may bear
    dates: list[Use] = field(default_factory=list)
    evidence: dict[str, datetime.date] = field(default_factory=dict)  # list -> its last day
    days: dict[str, When] = field(default_factory=dict)  # by how they are written: many recur

    def refuse(self, node: Node, why: str, cure: str) -> Any:
        """Note a mistake; returns BAD."""
        self.errors.append(DataError(self.file, node.line, why, cure))
        return BAD


@dataclass(frozen=True, slots=True)
class Kind:
    """How a value is read from a node, and the same as JSON Schema."""

    read: Callable[[Node, Reading], Any]
    schema: Schema


def described(kind: Kind, text: str) -> Kind:
    """The same kind, with a sentence for whoever fills it in."""
    return Kind(kind.read, {**kind.schema, "description": text})


def _text(node: Node, reading: Reading) -> Any:
    if not isinstance(node, Scalar):
        return reading.refuse(node, "a list or mapping where a text belongs", "write one text")
    value = value_of(node.text, node.bare)
    if isinstance(value, str) and (text := value.strip()):
        return text
    if not value:
        return reading.refuse(node, "nothing where a text belongs", "fill it or drop the key")
    return reading.refuse(node, f"{node.text} is no text", f'write "{node.text}" if it is meant')


TEXT = Kind(_text, {"type": "string", "minLength": 1})


def _truth(node: Node, reading: Reading) -> Any:
    value = value_of(node.text, node.bare) if isinstance(node, Scalar) else None
    return value if isinstance(value, bool) else reading.refuse(node, *_NO_TRUTH)


_NO_TRUTH = ("neither true nor false", "write true or false")
TRUTH = Kind(_truth, {"type": "boolean"})


def _when(node: Node, reading: Reading) -> Any:
    shown = "a list or mapping"
    if isinstance(node, Scalar):
        if known := reading.days.get(node.text):
            return known
        try:
            return reading.days.setdefault(node.text, When.parse(node.text))
        except ValueError:
            shown = node.text or "nothing"
    return reading.refuse(node, f"{shown} is no date", "write 2010, 2010-06 or 2010-06-28")


WHEN = Kind(
    _when,
    {
        "type": ["string", "integer"],  # 2010 alone is a number to other readers of YAML
        "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
        "minimum": 1000,
        "maximum": 9999,
    },
)


def _day(node: Node, reading: Reading) -> Any:
    when = _when(node, reading)
    if when is BAD:
        return BAD
    if when.day is None:
        return reading.refuse(node, f"{when.iso} is no day", "write the whole date: 2010-06-28")
    day: datetime.date = when.first
    return day


DAY = Kind(_day, {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})


def matching(pattern: str, what: str, cure: str) -> Kind:
    """Text of a certain shape; `what` names it in complaints."""
    fits = re.compile(pattern).fullmatch

    def read(node: Node, reading: Reading) -> Any:
        value = _text(node, reading)
        if value is BAD or fits(value):
            return value
        return reading.refuse(node, f"{value} is no {what}", cure)

    return Kind(read, {"type": "string", "pattern": f"^(?:{pattern})$"})


def _address(node: Node, reading: Reading) -> Any:
    value = _text(node, reading)
    if value is BAD or _ADDRESS.fullmatch(value):
        return value
    if _USER_AT.match(value):
        cure = "use an address people can open, or keep it under `copy`"
        return reading.refuse(node, f"{value} has a user before its host", cure)
    return reading.refuse(node, f"{value} is no web address", "write https://host/path")


_USER_AT = re.compile(r"https?://[^/?#\s]*@")
_ADDRESS = re.compile(r"https?://[^\s/@?#]+\.[^\s/@?#.]+(?:[/?#]\S*)?")
ADDRESS = Kind(_address, {"type": "string", "pattern": f"^{_ADDRESS.pattern}$"})


def one_of(values: tuple[str, ...]) -> Kind:
    """One of some words."""
    known = frozenset(values)

    def read(node: Node, reading: Reading) -> Any:
        shown = node.text if isinstance(node, Scalar) else "a list or mapping"
        if shown in known:
            return shown
        return reading.refuse(node, f"{shown} is none of the words used here", choose(values))

    return Kind(read, {"enum": list(values)})


def _index(node: Node, reading: Reading) -> Any:
    value = value_of(node.text, node.bare) if isinstance(node, Scalar) else BAD
    if value is None or (type(value) is int and value >= 0):
        return value
    return reading.refuse(node, "no position in a list", "write 0 for the first, or null")


INDEX = Kind(_index, {"type": ["integer", "null"], "minimum": 0})


def reference(table: str, pattern: str = "") -> Kind:
    """The id of a record in a table; that it is there is checked once all is read."""

    def read(node: Node, reading: Reading) -> Any:
        if not isinstance(node, Scalar) or not node.text:
            return reading.refuse(node, "no id", f"write the id of one of the {table}")
        reading.ids_used.append(Use(table, node.text, reading.file, node.line))
        return node.text

    return Kind(read, {"type": "string", "pattern": f"^{pattern or '.+'}$"})


def choose(values: Iterable[str]) -> str:
    """What to do where something else than these was written."""
    return f"write one of: {', '.join(values)}"
