"""What holds for every record of the register that comes with the program, whatever it says.

At the end, copies of it are edited in one entry each, as its keepers do, and the answers follow.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from knowledge.arrangements import Arrangement, Event
from knowledge.checks import facts_of
from knowledge.facts import Fact
from knowledge.load import load_knowledge
from knowledge.model import Knowledge
from knowledge.parties import Name
from knowledge.text import normalise
from tests.register_copies import edited, loaded, stranger

KNOWN = load_knowledge()
DAY = KNOWN.us_evidence


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def partners(known: Knowledge, on: datetime.date) -> list[str]:
    return [known.partner(arrangement) for arrangement in known.held_on(on)]


# What the source page said


def test_at_the_end_of_2014_the_partners_are_those_of_the_source_page() -> None:
    held = KNOWN.held_on(day("2014-12-31"))
    assert [(KNOWN.partner(a), a.signed.iso[:7] if a.signed else "") for a in held] == [
        ("NZ", "2007-06"),
        ("CA", "2008-06"),
        ("JO", "2008-06"),
        ("JP", "2009-06"),
        ("KR", "2010-06"),
        ("EU", "2012-05"),
        ("TW", "2012-11"),
        ("IL", "2014-06"),
        ("MX", "2014-10"),
        ("SG", "2014-12"),
    ]


def test_at_the_start_of_2011_there_are_five() -> None:
    assert partners(KNOWN, day("2011-01-01")) == ["NZ", "CA", "JO", "JP", "KR"]


# Records, each


def named(records: Iterable[Any]) -> list[Any]:
    """Each record as a parameter called by its id."""
    return [pytest.param(record, id=record.id) for record in records]


@pytest.mark.parametrize("fact", [pytest.param(f, id=f"line {f.line}") for f in facts_of(KNOWN)])
def test_a_fact_is_sourced_or_says_that_it_is_not(fact: Fact) -> None:
    assert bool(fact.sources) == fact.sourced
    assert set(fact.sources) <= KNOWN.sources.keys()
    assert fact.text and fact.text == fact.text.strip()


@pytest.mark.parametrize("arrangement", named(KNOWN.arrangements))
def test_an_arrangement_is_dated_sourced_and_not_ahead_of_its_evidence(
    arrangement: Arrangement,
) -> None:
    assert arrangement.parties[0] == KNOWN.home
    _events_are_sound(arrangement.events, KNOWN.us_evidence)
    (program,) = arrangement.programs
    assert KNOWN.programs[program].economy == KNOWN.partner(arrangement)


@pytest.mark.parametrize("pair", named(KNOWN.pairs))
def test_a_pair_is_of_others_sourced_and_not_ahead_of_its_evidence(pair: Arrangement) -> None:
    assert KNOWN.home not in pair.parties and pair.parties[0] < pair.parties[1]
    assert pair.sources and set(pair.sources) <= KNOWN.sources.keys()
    _events_are_sound(pair.events, KNOWN.world_evidence)
    assert pair.seen is None or pair.seen.last <= KNOWN.world_evidence
    assert pair.events or pair.seen or pair.note


@pytest.mark.parametrize("plurilateral", named(KNOWN.plurilaterals))
def test_a_plurilateral_is_sound(plurilateral: Any) -> None:
    assert len(plurilateral.members) > 2
    _events_are_sound(plurilateral.events, KNOWN.world_evidence)


def _events_are_sound(events: tuple[Event, ...], evidence: datetime.date) -> None:
    assert all(event.on.last <= evidence for event in events)
    assert all(event.sources and set(event.sources) <= KNOWN.sources.keys() for event in events)
    for before, after in pairwise(events):
        assert before.on.first <= after.on.last


@pytest.mark.parametrize("source", named(KNOWN.sources.values()))
def test_a_source_shows_only_an_address_that_opens(source: Any) -> None:
    if source.url:
        assert source.url.startswith(("https://", "http://"))
        assert "@" not in source.url.split("/")[2]
    assert source.published is None or source.published.first <= source.read


@pytest.mark.parametrize("conflict", named(KNOWN.conflicts))
def test_a_conflict_has_sides_that_are_sourced(conflict: Any) -> None:
    assert len(conflict.versions) > 1 and all(version.sources for version in conflict.versions)


def test_arrangements_come_in_the_order_signed() -> None:
    signed = [a.signed for a in KNOWN.arrangements if a.signed]
    assert all(before.first <= after.last for before, after in pairwise(signed))


# Names


def test_no_two_records_bear_a_name_that_is_not_declared_shared() -> None:
    bearers = _bearers()
    shared = set(map(normalise, KNOWN.shared_names))
    undeclared = {text for text, who in bearers.items() if len(who) > 1} - shared
    assert undeclared == set()


def test_what_is_declared_shared_is() -> None:
    bearers = _bearers()
    for program in KNOWN.programs.values():
        for tier in program.tiers:  # people ask for these by name too
            bearers[normalise(tier)].add(f"program {program.id}")
    assert [name for name in KNOWN.shared_names if len(bearers[normalise(name)]) < 2] == []


def _bearers() -> dict[str, set[str]]:
    """Normalised name -> the records that bear it."""
    bearers: dict[str, set[str]] = defaultdict(set)

    def bear(who: str, *names: Name | str | None) -> None:
        for name in names:
            texts = (name.text, name.acronym) if isinstance(name, Name) else (name,)
            for text in filter(None, texts):
                bearers[normalise(text)].add(who)

    for code in KNOWN.names.display["en"].keys() | KNOWN.economies.keys():
        economy = KNOWN.economy(code)
        bear(code, economy.name, economy.formal, *economy.names)
    for group in KNOWN.groups.values():
        if not group.region:
            bear(group.id, group.name, *group.names)
    for body in KNOWN.administrations.values():
        names = (body.name, body.acronym, *body.local, *body.former, *body.also)
        bear(f"administration {body.id}", *names)
    for program in KNOWN.programs.values():
        bear(f"program {program.id}", *program.names, *program.local, *program.also)
    for plurilateral in KNOWN.plurilaterals:
        bear(f"plurilateral {plurilateral.id}", plurilateral.name, *plurilateral.names)
    return bearers


def test_the_list_of_ordinary_words_is_sorted() -> None:
    words = list(KNOWN.common_words)
    assert words == sorted(set(words)) and all(word in KNOWN.common_words for word in words[::97])
    assert "aaaa" not in KNOWN.common_words and "" not in KNOWN.common_words


# Editing one entry


def test_an_unchanged_copy_says_the_same(tmp_path: Path) -> None:
    register, _ = edited()
    copy = loaded(register, tmp_path)
    assert copy.arrangements == KNOWN.arrangements and copy.pairs == KNOWN.pairs
    assert copy.sources == KNOWN.sources and copy.groups == KNOWN.groups


def test_adding_an_arrangement_is_one_entry(tmp_path: Path) -> None:
    code, source = stranger(), next(iter(KNOWN.sources))
    register, programs = edited("programs")
    programs["new"] = {"economy": code, "names": [{"text": "New Program"}], "sources": [source]}
    register["arrangements"] = {  # at the head of the list, though it is not the first
        "us-new": {
            "partner": code,
            "program": "new",
            "events": [{"on": "2015-01", "what": "signed", "sources": [source]}],
        },
        **register["arrangements"],
    }

    known = loaded(register, tmp_path)

    before, after = day("2015-01-30"), day("2015-01-31")
    assert known.arrangement_with(code) is not None and KNOWN.arrangement_with(code) is None
    assert partners(known, before) == partners(KNOWN, before)
    assert partners(known, after) == [*partners(KNOWN, after), code]
    assert len(known.held_on(DAY)) == len(KNOWN.held_on(DAY)) + 1


def test_renaming_a_program_is_one_name_more(tmp_path: Path) -> None:
    id = KNOWN.arrangements[0].programs[0]
    register, program = edited("programs", id)
    program["names"].append({"text": "Latest Name", "acronym": "LN", "since": "2022-05"})

    renamed = loaded(register, tmp_path).programs[id]

    assert renamed.names_on(day("2022-05-31"))[-1].text == "Latest Name"
    earlier = KNOWN.programs[id].names_on(day("2022-05-30"))
    assert renamed.names_on(day("2022-05-30")) == earlier


def test_ending_an_arrangement_is_one_event_more(tmp_path: Path) -> None:
    first = KNOWN.arrangements[0]
    register, entry = edited("arrangements", first.id)
    end = {"on": DAY.isoformat(), "what": "ended", "sources": list(first.events[0].sources)}
    entry["events"].append(end)

    known = loaded(register, tmp_path)

    eve = DAY - datetime.timedelta(days=1)
    assert partners(known, eve) == partners(KNOWN, eve)
    assert partners(known, DAY) == partners(KNOWN, DAY)[1:]
    assert not known.arrangements[0].holds_on(DAY) and known.arrangements[0].holds_on(eve)


@pytest.mark.parametrize("union", [g.id for g in KNOWN.groups.values() if g.union])
def test_joining_a_union_is_one_member_more(union: str, tmp_path: Path) -> None:
    code = stranger()
    register, group = edited("groups", union)
    group["members"].append({"economy": code, "since": "2022-07-01"})

    known = loaded(register, tmp_path)

    assert known.union_of(code, day("2022-06-30")) is None
    assert known.union_of(code, day("2022-07-01")) == union
    assert partners(known, DAY) == partners(KNOWN, DAY)


def test_leaving_a_union_is_one_date(tmp_path: Path) -> None:
    union = next(g for g in KNOWN.groups.values() if g.union)
    member = next(m for m in union.members if m.until is None)
    register, group = edited("groups", union.id)
    (entry,) = (m for m in group["members"] if m["economy"] == member.economy)
    entry["until"] = "2022-12-31"

    known = loaded(register, tmp_path)

    assert known.union_of(member.economy, day("2022-12-31")) == union.id
    assert known.union_of(member.economy, day("2023-01-01")) is None
