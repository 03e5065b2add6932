"""The format of the register: which records it holds, under which keys, of which kinds.

The only description of it: the loader reads with it and the JSON Schema is generated from it.
What a record alone can tell (a membership that ends before it begins) is checked where it is
described; what needs the whole (an id that leads nowhere) in `crosslink`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, get_args

from knowledge.arrangements import Arrangement, Plurilateral
from knowledge.facts import (
    Conflict,
    ConflictSubject,
    Contact,
    Fact,
    HomeSubject,
    Identifier,
    Version,
    WorldCount,
)
from knowledge.files import Items, Keys, Node
from knowledge.kinds import DAY, INDEX, TEXT, WHEN, Reading, described, one_of
from knowledge.records import Nodes, list_of, map_of, record, table
from knowledge.register_arrangements import ARRANGEMENTS, PAIRS, PLURILATERALS
from knowledge.register_facts import ECONOMY, FACTS, KEY, SOURCE_TABLE, SOURCES, TEXTS
from knowledge.register_parties import ADMINISTRATIONS, ECONOMIES, GROUPS, PROGRAMS


def _check_conflict(made: Conflict, nodes: Nodes, seen: Reading) -> None:
    if made.follows is not None and made.follows >= len(made.versions):
        why = f"`follows` is {made.follows}, but there are {len(made.versions)} versions"
        seen.refuse(nodes["follows"], why, "count from 0, or write null while it is open")


_CONFLICTS = table(
    "conflicts",
    "conflict",
    Conflict,
    required={
        "subject": TEXT,
        "economies": list_of(ECONOMY),
        "about": one_of(get_args(ConflictSubject)),
        "versions": list_of(
            record("version", Version, required={"says": TEXT, "sources": SOURCES}), least=2
        ),
        "follows": described(INDEX, "Which version the register follows, from 0; null while open"),
        "why": TEXT,
    },
    key=KEY,
    check=_check_conflict,
    lined=True,
)

_COUNT = record("count", WorldCount, required={"on": WHEN, "says": TEXT, "sources": SOURCES})

_IDENTIFIER = record(
    "identifier",
    Identifier,
    required={
        "at": described(list_of(ECONOMY, least=1), "Whose declaration it is"),
        "of": described(list_of(ECONOMY), "Whose operators; empty for all partners'"),
        "says": TEXT,
        "sources": SOURCES,
    },
    optional={"since": WHEN},
)


def _sections(
    home: str,
    evidence: Mapping[str, datetime.date],
    arrangements: Mapping[str, Arrangement],
    contacts: Mapping[str, tuple[Fact, ...]] | None = None,
    conflicts: Mapping[str, Conflict] | None = None,
    plurilaterals: Mapping[str, Plurilateral] | None = None,
    **sections: Any,
) -> dict[str, Any]:
    with_home = (replace(a, parties=(home, a.parties[1])) for a in arrangements.values())
    given = {
        "home": home,
        "us_evidence": evidence["us"],
        "world_evidence": evidence["world"],
        "arrangements": in_order_signed(with_home),
        "contacts": {code: Contact(code, facts) for code, facts in (contacts or {}).items()},
        "conflicts": tuple((conflicts or {}).values()),
        "plurilaterals": tuple((plurilaterals or {}).values()),
    }
    return {"groups": {}, "facts": {}} | dict.fromkeys(_LISTS, ()) | sections | given


_LISTS = ("pairs", "counts", "identifiers", "unsourced", "shared_names")


def in_order_signed(arrangements: Iterable[Arrangement]) -> tuple[Arrangement, ...]:
    """Earliest first, unsigned ones last; where dates don't tell, the order they come in."""
    placed: list[Arrangement] = []
    for one in arrangements:
        place = next((n for n, other in enumerate(placed) if _precedes(one, other)), len(placed))
        placed.insert(place, one)
    return tuple(placed)


def _precedes(one: Arrangement, other: Arrangement) -> bool:
    """Whether one was certainly signed before the other."""
    if one.signed is None or other.signed is None:
        return one.signed is not None
    return one.signed.last < other.signed.first


def _check_register(made: Mapping[str, Any], nodes: Nodes, seen: Reading) -> None:
    home, programs = made["home"], made["programs"]
    written, pairs = _entries(nodes["arrangements"]), _entries(nodes.get("pairs"))
    for one in made["arrangements"]:
        partner, program = one.parties[1], programs.get(one.programs[0])
        if partner == home:
            seen.refuse(written[one.id], f"{partner} is the home economy", "name its partner")
        if program and program.economy != partner:
            why = f"{program.id} is a program of {program.economy}, the partner is {partner}"
            seen.refuse(written[one.id], why, "name a program of the partner")
    for n, pair in enumerate(made["pairs"]):
        if home in pair.parties:
            why = f"{pair.id} is an arrangement of the home economy"
            seen.refuse(pairs[str(n)], why, "put it under `arrangements`")


def _entries(node: Node | None) -> Nodes:
    if isinstance(node, Items):
        return {str(n): each for n, each in enumerate(node.nodes)}
    return node.nodes if isinstance(node, Keys) else {}


def _note_evidence(made: Mapping[str, datetime.date], nodes: Nodes, seen: Reading) -> None:
    seen.evidence.update(made)


def _note_shared(made: tuple[str, ...], nodes: Nodes, seen: Reading) -> None:
    seen.shared.extend(made)


REGISTER = record(
    "register",
    _sections,
    required={
        "home": described(ECONOMY, "The economy whose arrangements it is about"),
        "evidence": described(
            record(
                "pair of evidence days",
                dict,
                required={"us": DAY, "world": DAY},
                check=_note_evidence,
            ),
            "The day of the newest statement read, for each list; nothing is dated later",
        ),
        "sources": SOURCE_TABLE,
        "economies": ECONOMIES,
        "administrations": ADMINISTRATIONS,
        "programs": PROGRAMS,
        "arrangements": described(ARRANGEMENTS, "Those of the home economy"),
    },
    optional={
        "groups": GROUPS,
        "pairs": described(PAIRS, "All other bilateral arrangements"),
        "plurilaterals": PLURILATERALS,
        "contacts": described(
            map_of(FACTS, ECONOMY), "Asked about, without an arrangement: what is known"
        ),
        "conflicts": _CONFLICTS,
        "counts": list_of(_COUNT),
        "identifiers": list_of(_IDENTIFIER),
        "facts": described(
            map_of(FACTS, one_of(get_args(HomeSubject))), "About the home program itself"
        ),
        "unsourced": described(TEXTS, "Looked for and not found in any source"),
        "shared_names": described(
            list_of(TEXT, check=_note_shared), "Names that several records bear, knowingly"
        ),
    },
    check=_check_register,
)
