"""Copies of the register, changed as its keepers change it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.files import read_yaml
from knowledge.load import load_knowledge, register_path
from knowledge.model import Knowledge


@cache
def known() -> Knowledge:
    """The register as it comes."""
    return load_knowledge()


def edited(*path: str) -> tuple[Any, Any]:
    """A copy of the register as plain values, and the entry under some keys."""
    register: Any = read_yaml(register_path())
    entry = register
    for key in path:
        entry = entry[key]
    return register, entry


def loaded(register: Any, folder: Path) -> Knowledge:
    """What a changed register says."""
    path = folder / "register.yaml"
    text = yaml.safe_dump(register, allow_unicode=True, sort_keys=False, width=1000)
    path.write_text(text, "utf-8")
    return load_knowledge(path)


def stranger() -> str:
    """An economy without an arrangement with the home economy, alone or through a union."""
    taken = {known().partner(arrangement) for arrangement in known().arrangements}
    members = {m.economy for g in known().groups.values() if g.union for m in g.members}
    return min(known().names.display["en"].keys() - taken - members - {known().home})
