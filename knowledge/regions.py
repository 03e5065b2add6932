"""The regions of the world, as groups that no arrangement is signed with."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from knowledge.files import read_yaml
from knowledge.parties import Group, Membership


def read_regions(path: Path, file: str | None = None) -> dict[str, Group]:
    """The regions of a file, by id; raises DataError for what is no YAML.

    A region's members are its own and those of the regions it joins (`of`).
    """
    raw = cast(dict[str, dict[str, Any]], read_yaml(path, file))

    def members(ident: str) -> list[str]:
        entry = raw[ident]
        joined = [code for part in entry.get("of", ()) for code in members(part)]
        return list(dict.fromkeys([*joined, *entry.get("members", ())]))

    return {
        ident: Group(
            ident,
            entry["name"],
            tuple(Membership(code) for code in members(ident)),
            region=True,
            names=tuple(entry["names"]),
        )
        for ident, entry in raw.items()
    }
