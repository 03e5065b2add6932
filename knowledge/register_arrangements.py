"""Format of the register, part three: arrangements, pairs and plurilaterals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from knowledge.arrangements import Arrangement, Event, EventKind, Plurilateral, Signatory, Subject
from knowledge.dates import When
from knowledge.facts import Confidence, Fact
from knowledge.kinds import TEXT, WHEN, Kind, Reading, Use, described, one_of, reference
from knowledge.records import Nodes, list_of, map_of, record, table
from knowledge.register_facts import ECONOMY, FACTS, KEY, SOURCES, TEXTS
from knowledge.register_parties import note_names

_SIGNATORY = record(
    "signatory",
    lambda name, behalf, role=None: Signatory(name, role, behalf),
    required={"name": TEXT, "behalf": described(TEXT, "Whom they signed for")},
    optional={"role": TEXT},
)


def _events(evidence: str) -> Kind:
    """Events in the order of their dates, none later than the evidence day of their list."""

    def note_date(made: Event, nodes: Nodes, seen: Reading) -> None:
        seen.dates.append(Use(evidence, made.on, seen.file, nodes["on"].line))

    event = record(
        "event",
        Event,
        required={"on": WHEN, "what": one_of(get_args(EventKind)), "sources": SOURCES},
        optional={"place": TEXT, "by": list_of(_SIGNATORY), "note": TEXT},
        check=note_date,
    )
    return list_of(event, least=1, check=_check_order)


def _check_order(events: tuple[Event, ...], nodes: Nodes, seen: Reading) -> None:
    for n in range(1, len(events)):
        before, after = events[n - 1].on, events[n].on
        if after.last < before.first:
            why = f"an event of {after.iso} stands after one of {before.iso}"
            seen.refuse(nodes[str(n)], why, "put the events in the order of their dates")


def _arrangement(
    id: str,
    partner: str,
    program: str,
    events: tuple[Event, ...],
    facts: Mapping[Subject, tuple[Fact, ...]] | None = None,
    note: str | None = None,
) -> Arrangement:
    # The other party is the register's home, which stands elsewhere in the file.
    return Arrangement(id, (partner, partner), events, (program,), facts or {}, note=note)


ARRANGEMENTS = table(
    "arrangements",
    "arrangement",
    _arrangement,
    required={
        "partner": ECONOMY,
        "program": described(reference("programs"), "The partner's program it recognizes"),
        "events": _events("us"),
    },
    optional={"facts": map_of(FACTS, one_of(get_args(Subject))), "note": TEXT},
    key=KEY,
)


def _pair(
    parties: tuple[str, str],
    sources: tuple[str, ...],
    signed: When | None = None,
    in_operation: When | None = None,
    **rest: Any,
) -> Arrangement:
    dated: list[Event] = []
    if signed:
        dated.append(Event(signed, "signed", sources))
    if in_operation:
        dated.append(Event(in_operation, "in operation", sources))
    return Arrangement("-".join(parties), parties, tuple(dated), sources=sources, **rest)


def _check_parties(parties: tuple[str, ...], nodes: Nodes, seen: Reading) -> None:
    if parties[0] >= parties[1]:
        why = f"{parties[0]} stands before {parties[1]}"
        seen.refuse(nodes["0"], why, "name two different codes in alphabetical order")


def _check_pair(made: Arrangement, nodes: Nodes, seen: Reading) -> None:
    known = seen.ids.setdefault("pairs", set())
    if made.id in known:
        seen.refuse(nodes["parties"], f"{made.id} has an entry already", "make them one")
    known.add(made.id)
    dated = [(event.what.replace(" ", "_"), event.on) for event in made.events]
    for key, day in [*dated, ("seen", made.seen)]:
        if day:
            seen.dates.append(Use("world", day, seen.file, nodes[key].line))
    _check_order(made.events, {"1": nodes.get("in_operation", nodes["parties"])}, seen)
    if not (made.events or made.seen or made.note):
        cure = "give `signed`, `in_operation` or `seen`, or say in a `note` what is known"
        seen.refuse(nodes["parties"], "a pair without any date", cure)


PAIRS = list_of(
    record(
        "pair",
        _pair,
        required={
            "parties": list_of(ECONOMY, least=2, most=2, check=_check_parties),
            "sources": SOURCES,
        },
        optional={
            "signed": WHEN,
            "in_operation": WHEN,
            "seen": described(WHEN, "First known to exist, where its signature is not dated"),
            "note": TEXT,
            "confidence": one_of(get_args(Confidence)),
        },
        check=_check_pair,
    )
)


def _check_plurilateral(made: Plurilateral, nodes: Nodes, seen: Reading) -> None:
    note_names(f"plurilateral {made.id}", made, ("name", "names"), nodes, seen)


PLURILATERALS = table(
    "plurilaterals",
    "plurilateral",
    Plurilateral,
    required={"name": TEXT, "members": list_of(ECONOMY, least=3), "events": _events("world")},
    optional={"names": TEXTS, "facts": FACTS, "sources": SOURCES},
    key=KEY,
    check=_check_plurilateral,
)
