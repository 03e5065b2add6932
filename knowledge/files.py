"""Strict YAML and pages with front matter, every complaint with its file and line.

Stricter than YAML itself where that bites: only `true` and `false` are booleans, only plain
integers are numbers (`NO`, `010` and `3:30` stay text), dates stay text, a key written twice
is refused. Knows nothing of what the files say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, cast

import yaml
from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


class Scalar(NamedTuple):
    """One word, number or text, as written. What stands under a key has the key's line."""

    text: str
    bare: bool  # without quotes
    line: int


class Items(NamedTuple):
    """A list."""

    nodes: list[Node]
    line: int


class Keys(NamedTuple):
    """A mapping."""

    nodes: dict[str, Node]
    line: int


Node = Scalar | Items | Keys


class DataError(ValueError):
    """One thing wrong with a data file: where, what, and what to do about it."""

    def __init__(self, file: str, line: int, why: str, cure: str) -> None:
        super().__init__(f"{file}:{line}: {why}; {cure}")
        self.file = file
        self.line = line
        self.why = why
        self.cure = cure


class DataErrors(ValueError):
    """Everything wrong with the data files, by file and line; its text has a line for each."""

    def __init__(self, errors: list[DataError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda e: (e.file, e.line)))
        super().__init__("\n".join(map(str, self.errors)))


@dataclass(frozen=True, slots=True)
class Document:
    """A file of YAML, or the front matter of a page."""

    file: str  # as complaints name it
    root: Node
    errors: tuple[DataError, ...] = ()  # what is refused, though it could be read


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page as its file has it."""

    head: Document
    body: str
    first_line: int  # of the body, in the file


def read_text(path: Path, file: str) -> str:
    """A file's text; raises DataError where there is none that can be read."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        why = "there is no such file" if not path.exists() else f"cannot be read ({error.strerror})"
        raise DataError(file, 1, why, "put it there, or name another file") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DataError(file, line, "not UTF-8 text", "save the file as UTF-8") from error


def read_document(path: Path, file: str | None = None) -> Document:
    """A file of YAML as nodes. Raises DataError."""
    name = file or str(path)
    return _parsed(read_text(path, name), name)


def read_yaml(path: Path, file: str | None = None) -> Plain:
    """A file of YAML as plain dict, list, str, int, bool and None. Raises DataError."""
    name = file or str(path)
    document = _parsed(read_text(path, name), name, plain=True)
    if document.errors:
        raise document.errors[0]
    return cast(Plain, document.root)


def read_page(path: Path, file: str | None = None) -> PageFile:
    """A page: front matter between two lines of `---`, then its body. Raises DataError."""
    name = file or str(path)
    lines = read_text(path, name).splitlines(keepends=True)
    if not lines or lines[0].rstrip() != "---":
        why = "a page without front matter"
        raise DataError(name, 1, why, "begin it with ---, title, topic and so on, and --- again")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise DataError(name, 1, "front matter that does not end", "close it with a line of ---")
    head = _parsed("".join(lines[1:end]), name, before=1)
    return PageFile(head, "".join(lines[end + 1 :]), end + 2)


def value_of(text: str, bare: bool) -> bool | int | str | None:
    """What a scalar stands for; a quoted one is always text."""
    if not bare:
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if text[0] in "-0123456789" and _INTEGER.fullmatch(text) else text


def _parsed(text: str, file: str, *, before: int = 0, plain: bool = False) -> Document:
    """YAML as nodes or as plain values; `before` counts the lines of the file before it."""
    parser = _PARSER(text)
    errors: list[DataError] = []
    try:
        parser.get_event()  # the stream starts
        parser.get_event()  # the document starts, or there is none
        first = parser.get_event()
        if first is None:
            raise DataError(file, before + 1, "an empty file", "fill it")
        read = _reader(parser.get_event, file, before + 1, plain, errors)
        root = read(first, before + 1)
        parser.get_event()  # the document ends
        if not isinstance(after := parser.get_event(), yaml.StreamEndEvent):
            line = after.start_mark.line + before + 1
            raise DataError(file, line, "a second document", "take out the line of ---")
    except yaml.YAMLError as error:
        raise _syntax(error, text, file, before) from error
    except RecursionError:
        raise DataError(file, before + 1, "nested too deeply", "write it flatter") from None
    finally:
        parser.dispose()
    return Document(file, root, tuple(errors))


# Only its events are used: YAML's own rules for what is a number, a date or a boolean never run.
_PARSER: Any = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader


def _reader(
    next_event: Callable[[], Any], file: str, start: int, plain: bool, errors: list[DataError]
) -> Callable[[Any, int], Any]:
    """What reads a value, from its first event to its last. YAML's line 0 is the file's `start`."""

    new = tuple.__new__  # half the time of Scalar(…), and there are ten thousand nodes

    def refuse(line: int, why: str, cure: str) -> None:
        errors.append(DataError(file, line, why, cure))

    def read(event: Any, line: int) -> Any:
        kind = event.__class__
        if kind is ScalarEvent:
            text, bare = event.value, event.implicit[0]
            if not bare and event.tag:
                refuse(line, f"the tag {event.tag}", "take it out; no tags are used here")
            return value_of(text, bare) if plain else new(Scalar, (text, bare, line))
        if kind is SequenceStartEvent:
            items: list[Any] = []
            while (event := next_event()).__class__ is not SequenceEndEvent:
                items.append(read(event, event.start_mark.line + start))
            return items if plain else new(Items, (items, line))
        nodes: dict[str, Any] = {}
        if kind is not MappingStartEvent:
            refuse(line, f"an alias, *{event.anchor}", "write it out without & and *")
            return Keys(nodes, line)
        while (event := next_event()).__class__ is not MappingEndEvent:
            at = event.start_mark.line + start
            if event.__class__ is ScalarEvent:
                key = event.value
            else:
                read(event, at)
                key = ""
                refuse(at, "a key that is no word", "make it one word")
            if key in nodes:
                refuse(at, f"`{key}` is written twice", "keep one of the two")
            nodes[key] = read(next_event(), at)
        return nodes if plain else new(Keys, (nodes, line))

    return read


def _syntax(error: yaml.YAMLError, text: str, file: str, before: int) -> DataError:
    if mark := getattr(error, "problem_mark", None):
        above = mark.line
    else:  # a character that YAML doesn't allow: only its position is told
        above = text.count("\n", 0, getattr(error, "position", 0))
    why = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
    if "nesting depth" in why:
        return DataError(file, before + above + 1, "nested too deeply", "write it flatter")
    cure = "look for a missing quote, bracket or colon, or a wrong indent, here or just above"
    return DataError(file, before + above + 1, f"not YAML ({why})", cure)
