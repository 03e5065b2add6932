"""Filters, places in the order and exceptions, combined: each selects just those it speaks of."""

from __future__ import annotations

import pytest

from bot.rendering import to_object
from bot.wording.common import reach
from bot.wording.narrowing import region
from knowledge.dates import When
from tests.register_copies import known
from tests.talking import conversation

ASIA, LATIN_AMERICA, SOUTH_AMERICA, EUROPE = "r142", "r419", "r005", "r150"
REGIONS = {
    ASIA: ("Asia", "Asian"),
    LATIN_AMERICA: ("Latin America", "Latin American"),
    SOUTH_AMERICA: ("South America", "South American"),
    EUROPE: ("Europe", "European"),
}
YEARS = (2010, 2012, 2014, 2018, 2021)
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "3": 3, "6": 6}


def partners() -> list[tuple[str, When]]:
    """All of them with their signatures, in the order signed."""
    register = known()
    held = register.held_on(register.us_evidence)
    return [(register.partner(a), a.signed) for a in held if a.signed]


def inside(group: str) -> list[tuple[str, When]]:
    members = region(known(), group, known().us_evidence)
    return [(partner, signed) for partner, signed in partners() if partner in members]


def codes(of: list[tuple[str, When]]) -> set[str]:
    return {partner for partner, _ in of}


def selected(asked: str) -> set[str]:
    return set(to_object(conversation().ask(asked).said)["selected"])


GROUPS = sorted(g.id for g in known().groups.values() if not g.union)


@pytest.mark.parametrize("group", GROUPS)
def test_a_grouping_by_its_name(group: str) -> None:
    name = known().groups[group].name
    member_day = known().world_evidence  # who belongs to it is told as of the present
    members = region(known(), group, member_day)
    wanted = {partner for partner, _ in partners() if partner in members}
    asked = ("which partners are in {}?", "how many arrangements in {}", "list partners from {}",
             "who in {} is covered", "{} partners")  # fmt: skip
    assert {a: selected(a.format(name)) for a in asked} == dict.fromkeys(asked, wanted)


@pytest.mark.parametrize("group", REGIONS)
@pytest.mark.parametrize("year", YEARS)
def test_a_region_and_a_year(group: str, year: int) -> None:
    adjective = REGIONS[group][1]
    before = codes([p for p in inside(group) if p[1].last.year < year])
    since = codes([p for p in inside(group) if p[1].last.year >= year])
    that_year = codes([p for p in inside(group) if p[1].year == year])
    wanted = {
        f"which {adjective} ones were signed before {year}": before,
        f"{adjective} arrangements before {year}": before,
        f"how many {adjective} partners signed before {year}": before,
        f"which {adjective} ones were signed since {year}": since,
        f"{adjective} partners added since {year}": since,
        f"new {adjective} arrangements since {year}": since,
        f"{adjective} arrangements signed in {year}": that_year,
        f"did any {adjective} country sign in {year}?": that_year,
    }
    assert {asked: selected(asked) for asked in wanted} == wanted


@pytest.mark.parametrize("written", NUMBERS)
def test_so_many_at_either_end(written: str) -> None:
    ordered, many = [partner for partner, _ in partners()], NUMBERS[written]
    first, last = set(ordered[:many]), set(ordered[-many:])
    wanted = {
        f"the first {written} partners": first,
        f"who were the first {written} to sign": first,
        f"the {written} oldest arrangements": first,
        f"last {written} arrangements": last,
        f"what are the {written} latest arrangements": last,
        f"the {written} most recent signings": last,
    }
    assert {asked: selected(asked) for asked in wanted} == wanted


@pytest.mark.parametrize("group", REGIONS)
def test_the_first_and_the_last_of_a_region(group: str) -> None:
    name, adjective = REGIONS[group]
    signed = inside(group)
    first = codes([p for p in signed if p[1] == signed[0][1]])
    last = codes([p for p in signed if p[1] == signed[-1][1]])
    wanted = {
        f"oldest in {name}": first,
        f"who was first in {name}": first,
        f"earliest {adjective} partner": first,
        f"latest in {name}": last,
        f"who was last to sign in {name}": last,
        f"most recent {adjective} arrangement": last,
    }
    assert {asked: selected(asked) for asked in wanted} == wanted


@pytest.mark.parametrize("code", [code for code, _ in partners()])
def test_all_but_one(code: str) -> None:
    name = known().economy(code).in_sentence
    asked = ("list all except {}", "all partners but {}", "which ones apart from {} are there",
             "everyone other than {}", "partners excluding {}")  # fmt: skip
    wanted = codes(partners()) - {code}
    assert {a: selected(a.format(name)) for a in asked} == dict.fromkeys(asked, wanted)


@pytest.mark.parametrize("group", REGIONS)
def test_all_outside_a_region(group: str) -> None:
    asked = ("which are not in {}", "partners outside {}", "all except those in {}")
    wanted = codes(partners()) - codes(inside(group))
    said = {a: selected(a.format(REGIONS[group][0])) for a in asked}
    assert said == dict.fromkeys(asked, wanted)


@pytest.mark.parametrize("group", [g for g in GROUPS if not known().groups[g].region])
def test_the_members_of_a_grouping_that_are_not_covered(group: str) -> None:
    register = known()
    day, name = register.us_evidence, register.groups[group].name
    members = set(register.groups[group].members_on(day)) - {register.home}
    wanted = {code for code in members if not reach(register, code, day).covered}
    asked = ("which {} countries are not covered?", "who in {} has no MRA with us",
             "which {} members lack an arrangement", "who isn't covered in {}")  # fmt: skip
    assert {a: selected(a.format(name)) for a in asked} == dict.fromkeys(asked, wanted)


@pytest.mark.parametrize("year", YEARS)
def test_all_not_of_a_year(year: int) -> None:
    wanted = {partner for partner, signed in partners() if signed.year != year}
    assert selected(f"which were not signed in {year}") == wanted
