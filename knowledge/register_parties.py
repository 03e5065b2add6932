"""Format of the register, part two: economies and groups, administrations and programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from knowledge.files import Items
from knowledge.kinds import (
    ADDRESS,
    TEXT,
    TRUTH,
    WHEN,
    Reading,
    Use,
    described,
    matching,
    one_of,
    reference,
)
from knowledge.parties import (
    Administration,
    AdministrationKind,
    Economy,
    Group,
    Membership,
    Name,
    Program,
)
from knowledge.records import Nodes, list_of, record, table
from knowledge.register_facts import CODE, ECONOMY, KEY, SOURCED, SOURCES, TEXTS


def note_names(owner: str, made: Any, keys: Iterable[str], nodes: Nodes, seen: Reading) -> None:
    """Note the names that a record bears under some of its keys, to be compared once all is read.

    Two records with the same `owner` may bear the same name.
    """
    for key in keys:
        if (node := nodes.get(key)) is None:
            continue
        value = getattr(made, key)
        if isinstance(node, Items):
            placed = list(zip(value, node.nodes, strict=True))
        else:
            placed = [(value, node)]
        for name, place in placed:
            texts = (name.text, name.acronym) if isinstance(name, Name) else (name,)
            seen.names += [Use(owner, text, seen.file, place.line) for text in texts if text]


_NAME = record(
    "name",
    Name,
    required={"text": TEXT},
    optional={
        "acronym": TEXT,
        "lang": described(TEXT, "Its language, as in the names table: en, ko, pt"),
        "since": described(WHEN, "First seen; not used for an earlier day"),
        "until": WHEN,
    },
)
_NAMES = list_of(_NAME)
_ALSO = described(TEXTS, "Other spellings people type")


def _check_administration(made: Administration, nodes: Nodes, seen: Reading) -> None:
    keys = ("name", "acronym", "local", "former", "also")
    note_names(f"administration {made.id}", made, keys, nodes, seen)


ADMINISTRATIONS = table(
    "administrations",
    "administration",
    Administration,
    required={
        "economy": ECONOMY,
        "name": TEXT,
        "kinds": list_of(one_of(get_args(AdministrationKind)), least=1),
        "sources": SOURCES,
    },
    optional={
        "acronym": TEXT,
        "local": _NAMES,
        "former": _NAMES,
        "also": _ALSO,
        "home": ADDRESS,
    },
    key=KEY,
    check=_check_administration,
    lined=True,
)


def _check_program(made: Program, nodes: Nodes, seen: Reading) -> None:
    note_names(f"program {made.id}", made, ("names", "local", "also"), nodes, seen)


PROGRAMS = table(
    "programs",
    "program",
    Program,
    required={
        "economy": ECONOMY,
        "names": described(list_of(_NAME, least=1), "Oldest first; the last is today's"),
        "sources": SOURCES,
    },
    optional={
        "administration": reference("administrations"),
        "local": _NAMES,
        "also": _ALSO,
        "tiers": TEXTS,
        "launched": WHEN,
        "home": ADDRESS,
    },
    key=KEY,
    check=_check_program,
    lined=True,
)


def _check_economy(made: Economy, nodes: Nodes, seen: Reading) -> None:
    note_names(made.code, made, ("name", "formal", "names"), nodes, seen)
    if made.note and not made.sources:
        seen.refuse(nodes["note"], "a note without `sources`", SOURCED)


ECONOMIES = table(
    "economies",
    "economy",
    Economy,
    required={"name": described(TEXT, "As answers write it")},
    optional={
        "article": described(TRUTH, 'Whether sentences say "the" before it'),
        "formal": TEXT,
        "names": described(TEXTS, "Everyday and former names beside the generated ones"),
        "note": described(TEXT, "How it stands to a customs territory"),
        "sources": SOURCES,
    },
    key=matching(CODE, "economy code", "write its two letters, such as KR"),
    check=_check_economy,
)


def _check_membership(made: Membership, nodes: Nodes, seen: Reading) -> None:
    if made.since and made.until and made.until.last < made.since.first:
        why = f"until {made.until.iso} is before since {made.since.iso}"
        seen.refuse(nodes["until"], why, "correct one of the two")


def _check_group(made: Group, nodes: Nodes, seen: Reading) -> None:
    note_names(made.id, made, ("name", "names"), nodes, seen)


GROUPS = table(
    "groups",
    "group",
    Group,
    required={
        "name": TEXT,
        "members": list_of(
            record(
                "membership",
                Membership,
                required={"economy": ECONOMY},
                optional={
                    "since": WHEN,
                    "until": described(WHEN, "The last day on which it counted as a member"),
                    "note": TEXT,
                },
                check=_check_membership,
            ),
            least=1,
        ),
    },
    optional={
        "union": described(TRUTH, "Whether members are reached through its arrangements"),
        "names": TEXTS,
        "sources": SOURCES,
    },
    key=matching("[A-Za-z][A-Za-z0-9-]*", "id", "use letters, digits and hyphens"),
    check=_check_group,
)
