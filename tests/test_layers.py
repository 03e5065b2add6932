"""One way only: who may import whom, and who may ask the clock or the environment.

Read from the source with `ast`, and held against the tables in `layers`.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.layers import MAY_ASK, MAY_IMPORT, ONLY_IN

ROOT = Path(__file__).parent.parent

_ASKS = {
    ("os", "environ"): "environment",
    ("os", "getenv"): "environment",
    ("datetime", "now"): "day",
    ("datetime", "today"): "day",
    ("datetime", "utcnow"): "day",
    ("date", "today"): "day",
    ("time", "localtime"): "day",
    ("time", "gmtime"): "day",
    ("time", "time"): "seconds",
    ("time", "time_ns"): "seconds",
    ("time", "monotonic"): "seconds",
    ("time", "perf_counter"): "seconds",
    ("time", "sleep"): "seconds",
}


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    _module(path): path
    for package in ("bot", "knowledge")
    for path in sorted((ROOT / package).rglob("*.py"))
}


def part_of(module: str) -> str:
    """The part a module belongs to; "" for none. A package's own __init__ is no shelter."""
    pieces = module.split(".")
    names = (".".join(pieces[:n]) for n in range(len(pieces), 0, -1))
    part = next((name for name in names if name in MAY_IMPORT), "")
    return part if "." in part or part == module else ""


def lies_in(module: str, parts: set[str]) -> bool:
    """Whether a module is one of some parts, or inside one."""
    return any(f"{module}.".startswith(f"{part}.") for part in parts)


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


def imports(module: str) -> Iterator[str]:
    """The modules a module imports, wherever in it; `from bot import store` is bot.store."""
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are written out in full"
            for alias in node.names:
                inside = f"{node.module}.{alias.name}"
                yield inside if inside in MODULES else str(node.module)


def asks(module: str) -> Iterator[str]:
    """What of the world outside a module asks for."""
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Attribute):
            base = node.value
            name = base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
            if asked := _ASKS.get((name, node.attr)):
                yield asked
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if asked := _ASKS.get((str(node.module), alias.name)):
                    yield asked


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_its_place(module: str) -> None:
    assert part_of(module), f"put {module} in the table of who may import whom, in tests/layers.py"


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_one_way(module: str) -> None:
    part = part_of(module)
    allowed = MAY_IMPORT.get(part, set()) | {part}
    ours = {name for name in imports(module) if name.split(".")[0] in ("bot", "knowledge")}
    assert {name for name in ours if not lies_in(name, allowed)} == set()


@pytest.mark.parametrize("module", MODULES)
def test_a_package_stays_where_it_belongs(module: str) -> None:
    strayed = {
        name
        for name in imports(module)
        if (top := name.split(".")[0]) in ONLY_IN and not lies_in(module, ONLY_IN[top])
    }
    assert strayed == set()


@pytest.mark.parametrize("module", MODULES)
def test_only_the_edge_asks_the_clock_and_the_environment(module: str) -> None:
    assert {asked for asked in asks(module) if not lies_in(module, MAY_ASK[asked])} == set()


def test_no_part_imports_itself_through_others() -> None:
    needs: dict[str, set[str]] = defaultdict(set)
    for module in MODULES:
        ours = (name for name in imports(module) if name in MODULES)
        needs[part_of(module)] |= {part_of(name) for name in ours} - {part_of(module)}
    tuple(TopologicalSorter(needs).static_order())  # raises CycleError, which names them


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import os\nos.environ['A']", ["environment"]),
        ("from os import getenv", ["environment"]),
        ("import datetime\ndatetime.date.today()", ["day"]),
        ("from datetime import datetime\ndatetime.now()", ["day"]),
        ("import time\ntime.monotonic()", ["seconds"]),
        ("from time import sleep", ["seconds"]),
        ("import datetime\ndatetime.date(2020, 1, 1)", []),
        ("def f(today):\n    return today()", []),
    ],
)
def test_the_rule_sees_what_it_forbids(
    source: str, found: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "module.py"
    path.write_text(source, "utf-8")
    monkeypatch.setitem(MODULES, source, path)
    assert list(asks(source)) == found
