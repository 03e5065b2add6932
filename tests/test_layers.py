"""One way only: who may import whom, and who may ask the clock or the environment.

Read from the source with `ast`. The tables below are the whole rule; a module that no part
covers fails, so that a new one is placed on purpose.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Part -> the parts it may import beside itself. The longest part that begins a module's name is
# the one it belongs to; naming a part allows the parts inside it.
MAY_IMPORT: dict[str, set[str]] = {
    # What is known, from the ground up
    "knowledge": set(),
    "knowledge.text": set(),
    "knowledge.dates": set(),
    "knowledge.prose": set(),
    "knowledge.words": set(),
    "knowledge.files": set(),
    "knowledge.facts": {"knowledge.dates"},
    "knowledge.parties": {"knowledge.dates"},
    "knowledge.arrangements": {"knowledge.dates", "knowledge.facts"},
    "knowledge.pages": {"knowledge.prose"},
    "knowledge.model": {
        "knowledge.arrangements",
        "knowledge.facts",
        "knowledge.pages",
        "knowledge.parties",
    },
    "knowledge.kinds": {"knowledge.dates", "knowledge.files"},
    "knowledge.records": {"knowledge.files", "knowledge.kinds"},
    "knowledge.register_facts": {"knowledge.facts", "knowledge.kinds", "knowledge.records"},
    "knowledge.register_parties": {
        "knowledge.files",
        "knowledge.kinds",
        "knowledge.parties",
        "knowledge.records",
        "knowledge.register_facts",
    },
    "knowledge.register_arrangements": {
        "knowledge.arrangements",
        "knowledge.dates",
        "knowledge.facts",
        "knowledge.kinds",
        "knowledge.records",
        "knowledge.register_facts",
        "knowledge.register_parties",
    },
    "knowledge.register_format": {
        "knowledge.arrangements",
        "knowledge.facts",
        "knowledge.files",
        "knowledge.kinds",
        "knowledge.records",
        "knowledge.register_arrangements",
        "knowledge.register_facts",
        "knowledge.register_parties",
    },
    "knowledge.regions": {"knowledge.files", "knowledge.parties"},
    "knowledge.crosslink": {
        "knowledge.dates",
        "knowledge.files",
        "knowledge.kinds",
        "knowledge.text",
    },
    "knowledge.load_parts": {
        "knowledge.files",
        "knowledge.kinds",
        "knowledge.pages",
        "knowledge.parties",
        "knowledge.prose",
        "knowledge.records",
        "knowledge.regions",
        "knowledge.register_facts",
        "knowledge.register_format",
        "knowledge.words",
    },
    "knowledge.load": {
        "knowledge.crosslink",
        "knowledge.files",
        "knowledge.kinds",
        "knowledge.load_parts",
        "knowledge.model",
        "knowledge.parties",
    },
    "knowledge.schema": {"knowledge.kinds", "knowledge.register_format"},
    "knowledge.checks": {"knowledge.dates", "knowledge.facts", "knowledge.model"},
    "knowledge.links": {"knowledge.checks", "knowledge.model", "knowledge.prose"},
    "knowledge.make_names": {"knowledge.text"},
    # How it talks
    "bot": set(),
    "bot.answer": {"knowledge"},
    "bot.question": {"knowledge"},
    "bot.memory": {"bot.answer"},
    "bot.matching": {"knowledge"},
    "bot.wording": {"knowledge", "bot.answer", "bot.question"},
    "bot.rendering": {"knowledge", "bot.answer"},
    "bot.rendering.limits": set(),
    "bot.register_view": {"knowledge"},
    "bot.demonstration": {
        "bot.conversation",
        "bot.in_process_store",
        "bot.playground",
        "bot.settings",
        "bot.slack",
        "bot.web",
    },
    "bot.choosing": {"knowledge", "bot.matching", "bot.memory"},
    "bot.hearing": {"knowledge", "bot.matching", "bot.memory", "bot.question"},
    "bot.parting": {"knowledge", "bot.answer", "bot.matching", "bot.memory"},
    "bot.resolving": {"knowledge", "bot.matching", "bot.memory", "bot.question"},
    "bot.catalogue": {"knowledge", "bot.answer", "bot.matching", "bot.question"},
    "bot.conversation": {
        "knowledge",
        "bot.answer",
        "bot.catalogue",
        "bot.choosing",
        "bot.hearing",
        "bot.parting",
        "bot.matching",
        "bot.memory",
        "bot.question",
        "bot.resolving",
        "bot.wording",
    },
    # Where it talks
    "bot.settings": set(),
    "bot.gaps": {"bot.store"},
    "bot.recent": {"bot.store"},
    "bot.manifest": set(),
    "bot.metrics": set(),
    "bot.logs": set(),
    "bot.scraping": set(),
    "bot.reloading": {
        "knowledge",
        "bot.answer",
        "bot.catalogue",
        "bot.conversation",
        "bot.memory",
        "bot.metrics",
        "bot.question",
    },
    "bot.store": {"bot.memory"},
    "bot.in_process_store": {"bot.memory", "bot.store"},
    "bot.schema": {"bot.store"},
    "bot.database": {"bot.metrics", "bot.schema", "bot.store"},
    "bot.sql_statements": {"bot.schema"},
    "bot.sql_store": {"bot.database", "bot.memory", "bot.sql_statements", "bot.store"},
    "bot.installs": {"bot.database", "bot.schema", "bot.store"},
    "bot.leaving": {"bot.installs"},
    "bot.slack": {
        "knowledge",
        "bot.answer",
        "bot.catalogue",
        "bot.conversation",
        "bot.matching.typeahead",
        "bot.gaps",
        "bot.recent",
        "bot.installs",
        "bot.logs",
        "bot.manifest",
        "bot.memory",
        "bot.metrics",
        "bot.question",
        "bot.rendering",
        "bot.settings",
        "bot.store",
    },
    "bot.health": {"bot.metrics", "bot.scraping", "bot.slack"},
    "bot.web": {
        "bot.health",
        "bot.rendering.limits",
        "bot.settings",
        "bot.slack",
        "bot.store",
    },
    "bot.serving": {
        "bot.database",
        "bot.health",
        "bot.installs",
        "bot.logs",
        "bot.settings",
        "bot.slack",
        "bot.sql_store",
        "bot.store",
        "bot.web",
    },
    "bot.playground": {"bot.rendering.limits"},
    "bot.explaining": {"bot.conversation", "bot.matching", "bot.memory", "bot.question"},
    "bot.terminal": {
        "bot.answer",
        "bot.conversation",
        "bot.explaining",
        "bot.memory",
        "bot.rendering",
    },
    "bot.checking": {"knowledge", "bot.answer", "bot.conversation", "bot.matching"},
    "bot.cli": {"knowledge", "bot"},
    "bot.__main__": {"bot.cli"},
}

# Package -> the only parts that may import it.
ONLY_IN: dict[str, set[str]] = {
    "rapidfuzz": {"bot.matching"},
    "slack_bolt": {"bot.slack"},
    "markdown_it": {"knowledge.prose"},
    "yaml": {"knowledge.files", "knowledge.make_names"},
    "babel": {"knowledge.make_names"},
    "pycountry": {"knowledge.make_names"},
    "prometheus_client": {"bot.metrics"},
    "structlog": {"bot.logs"},
    "cryptography": {"bot.installs"},
    "sqlalchemy": {
        "bot.schema",
        "bot.database",
        "bot.sql_statements",
        "bot.sql_store",
        "bot.installs",
    },
}

# What the world outside is asked -> the only parts that may ask it.
MAY_ASK: dict[str, set[str]] = {
    "environment": {"bot.cli"},
    "day": {"bot.cli", "bot.installs"},  # a state's end, by the clock that slack_sdk wrote it with
    # Seconds, where a network needs them: deadlines, pauses, the age of what is kept.
    "seconds": {
        "bot.cli",
        "bot.in_process_store",
        "bot.installs",
        "bot.metrics",
        "bot.playground",
        "bot.slack",
        "bot.web",
        "knowledge.links",
    },
}
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
    assert part_of(module), f"put {module} in the table of who may import whom"


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
