"""Sentences from a grammar: templates whose slots are filled by chance, from lists or functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random

import yaml

Filler = Sequence[str] | Callable[[], str]
SAYINGS = Path(__file__).parent / "sayings"
_SLOT = re.compile(r"(?<!\{)\{(\w+)\}")


def grammar(name: str) -> dict[str, list[str]]:
    """The templates and lists of a grammar, by their names."""
    lists: dict[str, list[str]] = yaml.safe_load((SAYINGS / f"{name}.yaml").read_text("utf-8"))
    return lists


def said(template: str, fillers: Mapping[str, Filler], chance: Random) -> str:
    """A template with every slot filled, each time anew; doubled braces stand for themselves."""

    def filled(slot: re.Match[str]) -> str:
        filler = fillers[slot[1]]
        return filler() if callable(filler) else chance.choice(filler)

    return _SLOT.sub(filled, template).replace("{{", "{").replace("}}", "}")
