"""The grammar in which the shapes of Block Kit are written, and how it is checked.

A check takes a value, where it stands (a JSON pointer) and the list that it adds to what is
wrong, in words as Slack uses them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.playground.limits import limit

Check = Callable[[Any, str, list[str]], None]


def size(text: str) -> int:
    """Characters as the strictest reader counts them: UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def wrong(message: str, at: str) -> str:
    return f"{message} [json-pointer:{at}]"


def string(most: str = "", least: int = 1) -> Check:
    """A string of at least `least` characters and at most the limit named `most`."""

    def check(value: Any, at: str, found: list[str]) -> None:
        if not isinstance(value, str):
            found.append(wrong("must provide a string", at))
        elif size(value) < least:
            found.append(wrong(f"must be more than {least - 1} characters", at))
        elif most and size(value) > limit(most):
            found.append(wrong(f"must be less than {limit(most) + 1} characters", at))

    return check


def address(most: str = "button.url") -> Check:
    """A web address, or another one that a click can open."""

    def check(value: Any, at: str, found: list[str]) -> None:
        string(most)(value, at, found)
        if isinstance(value, str) and not value.startswith(("https://", "http://", "mailto:")):
            found.append(wrong("must be a valid url", at))

    return check


def truth(value: Any, at: str, found: list[str]) -> None:
    if not isinstance(value, bool):
        found.append(wrong("must provide a boolean", at))


def whole(least: int = 0, most: int | None = None) -> Check:
    def check(value: Any, at: str, found: list[str]) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            found.append(wrong("must provide a number", at))
        elif value < least or (most is not None and value > most):
            found.append(wrong(f"must be between {least} and {most}", at))

    return check


def number(value: Any, at: str, found: list[str]) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        found.append(wrong("must provide a number", at))


def one_of(*values: str) -> Check:
    def check(value: Any, at: str, found: list[str]) -> None:
        if value not in values:
            found.append(wrong(f"value must be one of {', '.join(values)}", at))

    return check


def anything(value: Any, at: str, found: list[str]) -> None:
    """What the workspace takes as it is."""


def items(each: Check, most: str = "", least: int = 1) -> Check:
    """A list of at least `least` items and at most the limit named `most`."""

    def check(value: Any, at: str, found: list[str]) -> None:
        if not isinstance(value, list):
            found.append(wrong("must provide an array", at))
            return
        if len(value) < least:
            found.append(wrong(f"no fewer than {least} items allowed", at))
        if most and len(value) > limit(most):
            found.append(wrong(f"no more than {limit(most)} items allowed", at))
        for index, item in enumerate(value):
            each(item, f"{at}/{index}", found)

    return check


@dataclass(frozen=True, slots=True)
class Shape:
    """An object: what it must have, what it may have, and nothing else."""

    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)

    def __call__(self, value: Any, at: str, found: list[str]) -> None:
        if not isinstance(value, dict):
            found.append(wrong("must provide an object", at))
            return
        for name, check in self.required.items():
            if value.get(name) is None:
                found.append(wrong(f"missing required field: {name}", at))
            else:
                check(value[name], f"{at}/{name}", found)
        for name, content in value.items():
            if name in self.optional:
                if content is not None:
                    self.optional[name](content, f"{at}/{name}", found)
            elif name not in self.required and name != "type":
                found.append(wrong(f"invalid additional property: {name}", at))


def typed(shapes: Mapping[str, Check], only: tuple[str, ...] = ()) -> Check:
    """An object whose `type` says which of the shapes it has; `only` narrows the types."""

    def check(value: Any, at: str, found: list[str]) -> None:
        if not isinstance(value, dict):
            found.append(wrong("must provide an object", at))
            return
        kind = value.get("type")
        if kind is None:
            found.append(wrong("missing required field: type", at))
        elif kind not in shapes or (only and kind not in only):
            found.append(wrong(f"unsupported type: {kind}", f"{at}/type"))
        else:
            shapes[kind](value, at, found)

    return check


def text(most: str, *, plain: bool = False) -> Check:
    """A text object; `plain` where Slack shows no formatting."""
    shapes = {"plain_text": Shape({"text": string(most)}, {"emoji": truth})}
    if not plain:
        shapes["mrkdwn"] = Shape({"text": string(most)}, {"verbatim": truth})
    return typed(shapes)


def nullable(each: Check) -> Check:
    """Null, or what the check takes."""

    def check(value: Any, at: str, found: list[str]) -> None:
        if value is not None:
            each(value, at, found)

    return check


def any_of(*checks: Check) -> Check:
    """What satisfies one of the checks; says what the last one found."""

    def check(value: Any, at: str, found: list[str]) -> None:
        for each in checks:
            mine: list[str] = []
            each(value, at, mine)
            if not mine:
                return
        found.extend(mine)

    return check
