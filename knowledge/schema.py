"""The register's format as JSON Schema, for editors that check while one types.

`python -m knowledge.schema` prints it; data/mras.schema.json is its output. It is generated
from the kinds that the loader reads with. What needs the whole register (ids, names, evidence
days) only the loader checks.
"""

from __future__ import annotations

import json
from typing import Any

from knowledge.kinds import Schema
from knowledge.register_format import REGISTER


def register_schema() -> dict[str, Any]:
    """The schema of a register; each kind of record is defined once, by its title."""
    defined: dict[str, Any] = {}
    _placed(REGISTER.schema, defined)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **defined.pop("register"),
        "definitions": dict(sorted(defined.items())),
    }


def schema_text() -> str:
    """The schema as its file has it."""
    return json.dumps(register_schema(), indent=2, ensure_ascii=False) + "\n"


def _placed(schema: Schema, defined: dict[str, Any]) -> dict[str, Any]:
    """A schema with each titled part moved to `defined`.

    Raises ValueError where two parts have a title but not their contents in common.
    """
    placed = {key: _part(value, defined) for key, value in schema.items()}
    if not isinstance(placed.get("title"), str):  # a record may have a key called title
        return placed
    name = placed["title"].replace(" ", "-")
    reference: dict[str, Any] = {"$ref": f"#/definitions/{name}"}
    if "description" in placed:  # of this place, not of the record; draft 7 ignores it beside $ref
        reference = {"description": placed.pop("description"), "allOf": [reference]}
    if defined.setdefault(name, placed) != placed:
        raise ValueError(f"two kinds of record are called {placed['title']}")
    return reference


def _part(value: Any, defined: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return _placed(value, defined)
    return [_part(item, defined) for item in value] if isinstance(value, list) else value


if __name__ == "__main__":
    print(schema_text(), end="")
