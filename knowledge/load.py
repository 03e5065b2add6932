"""Loads the register and what stands beside it into one cross-linked `Knowledge`.

Reads its own data files and nothing else: no clock, no environment.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from knowledge.crosslink import colliding, dangling, too_late
from knowledge.files import DataErrors
from knowledge.kinds import Reading
from knowledge.load_parts import (
    read_asides,
    read_cues,
    read_intents,
    read_names,
    read_pages,
    read_refusals,
    read_region_groups,
    read_register,
    read_terms,
    read_words,
)
from knowledge.model import Knowledge
from knowledge.parties import Names

HERE = Path(__file__).parent


def register_path() -> Path:
    """The register that comes with the program."""
    installed = HERE / "mras.yaml"
    return installed if installed.exists() else HERE.parent / "data" / "mras.yaml"


def load_knowledge(register: Path | None = None, *, folder: Path = HERE) -> Knowledge:
    """All that is known, from a register (by default the one that comes with the program).

    `folder` holds the pages, the names and the rest. Raises DataErrors, which lists everything
    found wrong, each with file, line and what to do.
    """
    with _collector_paused():
        return _load(register or register_path(), folder)


def _load(path: Path, folder: Path) -> Knowledge:
    seen = Reading()

    def read(reader: Callable[[Path, str, Reading], Any], file: Path) -> Any:
        return reader(file, shown_as(file), seen)

    # The largest first: what it needs only for a while, the others use again.
    names: Names = read(read_names, folder / "names.json")
    sections = read(read_register, path)
    beside = {
        "groups": sections.get("groups", {}) | read(read_region_groups, folder / "regions.yaml"),
        "pages": read(read_pages, folder / "faq"),
        "terms": read(read_terms, folder / "glossary.yaml"),
        "intents": read(read_intents, folder / "intents.yaml"),
        "refusals": read(read_refusals, folder / "refusals.yaml"),
        "cues": read(read_cues, folder / "cues.yaml"),
        "asides": read(read_asides, folder / "asides.yaml"),
        "common_words": read(read_words, folder / "commonwords.txt"),
    }
    english = names.display.get("en", {})
    seen.errors += [*dangling(seen, english), *too_late(seen), *colliding(seen, english)]
    if seen.errors:
        raise DataErrors(seen.errors)
    return Knowledge(**sections | beside, names=names, file=shown_as(path))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Without the garbage collector: what is made here stays, and looking it over costs a tenth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def shown_as(path: Path) -> str:
    """A path as messages name it: what belongs to the program without where it is installed."""
    return str(path.relative_to(HERE.parent) if path.is_relative_to(HERE.parent) else path)
