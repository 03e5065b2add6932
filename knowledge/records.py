"""Lists, mappings and records of values: a file's format is written down once, with these.

The loader reads with it and the JSON Schema is generated from it, so that the two cannot drift.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from knowledge.files import Items, Keys, Node, Scalar
from knowledge.kinds import BAD, Kind, Reading, Schema, choose

Nodes = Mapping[str, Node]  # the values of a record by key, for their lines
Check = Callable[[Any, Nodes, Reading], None]


def list_of(item: Kind, *, least: int = 0, most: int = 0, check: Check | None = None) -> Kind:
    """A list, as a tuple. `check` gets the tuple and the nodes under "0", "1" …; most 0: any."""
    read_item = item.read

    def read(node: Node, reading: Reading) -> Any:
        if not isinstance(node, Items):
            return reading.refuse(node, "no list", "write [a, b], or lines that begin with -")
        items = tuple([read_item(each, reading) for each in node.nodes])
        if len(items) < least:
            return reading.refuse(node, "too short a list", f"name at least {least}")
        if most and len(items) > most:
            return reading.refuse(node, "too long a list", f"name at most {most}")
        if BAD in items:
            return BAD
        nodes = {str(n): each for n, each in enumerate(node.nodes)} if check else {}
        return _checked(items, nodes, check, reading)

    schema: Schema = {"type": "array", "items": item.schema}
    if least:
        schema = {**schema, "minItems": least}
    if most:
        schema = {**schema, "maxItems": most}
    return Kind(read, schema)


def map_of(item: Kind, key: Kind) -> Kind:
    """A mapping whose keys are data."""

    def read(node: Node, reading: Reading) -> Any:
        return _mapping(node, reading, key.read, lambda _, value: item.read(value, reading))

    return Kind(read, _map_schema(item.schema, key))


def record(
    title: str,
    make: Callable[..., Any],
    required: Mapping[str, Kind],
    optional: Mapping[str, Kind] | None = None,
    *,
    cures: Mapping[str, str] | None = None,
    check: Check | None = None,
    lined: bool = False,
) -> Kind:
    """A mapping with certain keys, made into a record by `make(**values)`.

    `title` names it in complaints, `cures` says what to do where a key is missing, `check`
    looks at what was made, `lined` hands its line to `make` as well.
    """
    kinds = {**required, **(optional or {})}
    readers = {name: kind.read for name, kind in kinds.items()}

    def read(node: Node, reading: Reading) -> Any:
        if not isinstance(node, Keys):
            cure = f"write it with the keys {', '.join(required)}"
            return reading.refuse(node, f"this is no {title}", cure)
        values: dict[str, Any] = {}
        sound = True
        for name, value_node in node.nodes.items():
            if (read_value := readers.get(name)) is None:
                why = f"`{name}` is no key of {_a(title)}"
                value = reading.refuse(value_node, why, _key(name, kinds))
            else:
                value = values[name] = read_value(value_node, reading)
            if value is BAD:
                sound = False
        for name in required:
            if name not in values:
                cure = (cures or {}).get(name, f"add `{name}`")
                sound = reading.refuse(node, f"{_a(title)} without `{name}`", cure) is not BAD
        if not sound:
            return BAD
        if lined:
            values["line"] = node.line
        return _checked(make(**values), node.nodes, check, reading)

    properties = {name: kind.schema for name, kind in kinds.items()}
    schema = {"title": title, "type": "object", "properties": properties}
    return Kind(read, schema | {"required": list(required), "additionalProperties": False})


def table(
    name: str,
    title: str,
    make: Callable[..., Any],
    required: Mapping[str, Kind],
    optional: Mapping[str, Kind] | None = None,
    *,
    key: Kind,
    check: Check | None = None,
    lined: bool = False,
) -> Kind:
    """A mapping of ids to records made by `make(id, **values)`, whose ids can be referred to."""
    item = record(title, dict, required, optional, lined=lined)

    def read(node: Node, reading: Reading) -> Any:
        ids = reading.ids.setdefault(name, set())

        def read_one(id: str, value_node: Node) -> Any:
            ids.add(id)
            values = item.read(value_node, reading)
            if values is BAD:
                return BAD
            assert isinstance(value_node, Keys)
            return _checked(make(id, **values), value_node.nodes, check, reading)

        return _mapping(node, reading, key.read, read_one)

    return Kind(read, _map_schema(item.schema, key))


def by_key(key: str, with_it: Kind, without: Kind) -> Kind:
    """One of two records, told apart by a key that only the first has."""

    def read(node: Node, reading: Reading) -> Any:
        if isinstance(node, Keys) and key in node.nodes:
            return with_it.read(node, reading)
        return without.read(node, reading)

    return Kind(read, {"oneOf": [with_it.schema, without.schema]})


def _checked(made: Any, nodes: Nodes, check: Check | None, reading: Reading) -> Any:
    """What was made, or BAD where its check refuses something."""
    if check is None:
        return made
    before = len(reading.errors)
    check(made, nodes, reading)
    return made if len(reading.errors) == before else BAD


def _mapping(
    node: Node,
    reading: Reading,
    read_key: Callable[[Node, Reading], Any],
    read_one: Callable[[str, Node], Any],
) -> Any:
    """A mapping whose keys are data, each entry read by `read_one(key, value)`."""
    if not isinstance(node, Keys):
        return reading.refuse(node, "no mapping", "write `key: value`, a line for each")
    found: dict[str, Any] = {}
    sound = True
    for key, value_node in node.nodes.items():
        if read_key(Scalar(key, False, value_node.line), reading) is BAD:
            sound = False
            continue
        found[key] = value = read_one(key, value_node)
        sound = sound and value is not BAD
    return found if sound else BAD


def _map_schema(item: Schema, key: Kind) -> Schema:
    return {"type": "object", "additionalProperties": item, "propertyNames": key.schema}


def _a(title: str) -> str:
    return f"{'an' if title[0] in 'aeiou' else 'a'} {title}"


def _key(name: str, kinds: Mapping[str, Kind]) -> str:
    from difflib import get_close_matches  # only where something is wrong

    near = get_close_matches(name, kinds, n=1)
    return f"did you mean `{near[0]}`?" if near else choose(kinds)
