"""One entry in one file, and every answer follows: each change is made on a copy and asked of."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from bot.answer import Answer
from bot.conversation import Conversation
from bot.matching.matcher import Matcher
from bot.matching.typeahead import Typeahead
from bot.rendering import to_text
from knowledge.model import Knowledge
from tests.register_copies import edited, known, loaded, stranger

TODAY = datetime.date(2026, 11, 24)
Ask = Callable[..., Answer]


def asking(register: Knowledge) -> Ask:
    """A way to ask a register, as of a day or now."""

    matcher = Matcher(register)

    def ask(text: str, as_of: str | None = None) -> Answer:
        day = datetime.date.fromisoformat(as_of) if as_of else None
        asked = Conversation(register, today=lambda: TODAY, as_of=day, matcher=matcher)
        said = asked.ask(text).said
        assert isinstance(said, Answer)
        return said

    return ask


@pytest.fixture(scope="module")
def before() -> Ask:
    return asking(known())


def source() -> str:
    return next(iter(known().sources))


# An arrangement more: with Australia, whose program Zephyr Trust Mark (ZTM) is new too


@pytest.fixture(scope="module")
def with_one_more(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    register, programs = edited("programs")
    name = {"text": "Zephyr Trust Mark", "acronym": "ZTM"}
    programs["ztm"] = {"economy": "AU", "names": [name], "sources": [source()]}
    event = {"on": "2022-08-09", "what": "signed", "sources": [source()]}
    register["arrangements"]["us-au"] = {"partner": "AU", "program": "ztm", "events": [event]}
    register["arrangements"] = dict(
        sorted(register["arrangements"].items(), key=lambda item: _signed(item[1]))
    )
    return loaded(register, tmp_path_factory.mktemp("added"))


@pytest.fixture(scope="module")
def added(with_one_more: Knowledge) -> Ask:
    return asking(with_one_more)


def _signed(arrangement: Any) -> str:
    return min(str(e["on"]) for e in arrangement["events"] if e["what"] == "signed")


def test_an_added_partner_is_told(added: Ask, before: Ask) -> None:
    assert before("does australia have one?").verdict == "no"
    assert added("does australia have one?").verdict == "yes"
    assert "9 August 2022" in to_text(added("when was australia signed?"))


def test_an_added_partner_is_listed_and_counted(added: Ask, before: Ask) -> None:
    assert set(added("list all").selected) == {*before("list all").selected, "AU"}
    assert str(len(before("list all").selected) + 1) in added("how many are there?").headline


def test_an_added_partner_has_its_place_in_the_order(added: Ask) -> None:
    assert added("who came first, australia or brazil?").selected == ("AU",)
    assert "AU" in added("who signed in 2022?").selected


def test_an_added_partner_is_none_before_it_signed(added: Ask) -> None:
    assert added("australia?", "2022-08-08").verdict == "no"
    assert added("australia?", "2022-08-09").verdict == "yes"
    assert "AU" not in added("list all", "2022-08-08").selected


@pytest.mark.parametrize("typed", ["ZTM", "zephyr trust mark", "zephir trust mark"])
def test_an_added_program_is_understood(added: Ask, typed: str) -> None:
    assert added(f"which country's program is {typed}?").partners == ("AU",)


def test_an_added_partner_and_its_program_are_offered_while_one_types(
    with_one_more: Knowledge,
) -> None:
    typeahead, before = Typeahead(with_one_more), Typeahead(known())
    offered = {suggestion.id for suggestion in typeahead.suggest("")}
    assert offered == {*(suggestion.id for suggestion in before.suggest("")), "AU"}
    assert [typeahead.suggest(t)[0].id for t in ("zephyr", "ZTM", "zephir t")] == ["ztm"] * 3


def test_help_speaks_of_the_register_as_it_is(added: Ask, before: Ask) -> None:
    there, here = to_text(added("help")), to_text(before("help"))
    count = len(before("list all").selected)
    assert str(count) in here and str(count + 1) in there


# A program renamed from a day on


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    register, program = edited("programs", known().arrangements[0].programs[0])
    program["names"].append({"text": "Kauri Gate Scheme", "acronym": "KGS", "since": "2022-05"})
    return asking(loaded(register, tmp_path_factory.mktemp("renamed")))


def test_a_renamed_program_has_its_new_name(renamed: Ask) -> None:
    assert "Kauri Gate Scheme" in to_text(renamed("what is new zealand's program?"))
    assert "Kauri Gate Scheme" in to_text(renamed("list all"))


def test_a_renamed_program_has_its_old_name_before(renamed: Ask) -> None:
    text = to_text(renamed("what is new zealand's program?", "2022-04-30"))
    assert "Kauri" not in text and "Secure Exports Scheme" in text


@pytest.mark.parametrize("typed", ["KGS", "kauri gate scheme", "kauri gate sheme", "SES"])
def test_a_renamed_program_is_understood_by_both_names(renamed: Ask, typed: str) -> None:
    assert renamed(f"is {typed} recognized?").partners == ("NZ",)


# An arrangement ended


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    first = known().arrangements[0]
    register, entry = edited("arrangements", first.id)
    end = {"on": "2022-03-01", "what": "ended", "sources": list(first.events[0].sources)}
    entry["events"].append(end)
    return asking(loaded(register, tmp_path_factory.mktemp("ended")))


def test_an_ended_arrangement_is_none_from_its_end(ended: Ask) -> None:
    assert ended("new zealand covered?").verdict == "no"
    assert ended("new zealand covered?", "2022-03-01").verdict == "no"
    assert ended("new zealand covered?", "2022-02-28").verdict == "yes"


def test_an_ended_arrangement_leaves_list_count_and_order(ended: Ask, before: Ask) -> None:
    rest = [code for code in before("list all").selected if code != "NZ"]
    assert list(ended("list all").selected) == rest
    assert str(len(rest)) in ended("how many are there?").headline
    assert "NZ" in ended("list all", "2022-02-28").selected


# A state joining the European Union


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    register, union = edited("groups", "EU")
    union["members"].append({"economy": stranger(), "since": "2022-07-01"})
    return asking(loaded(register, tmp_path_factory.mktemp("joined")))


def test_a_new_member_is_reached_through_its_union(joined: Ask, before: Ask) -> None:
    name = known().economy(stranger()).name
    assert before(f"is {name} covered?").verdict == "no"
    answer = joined(f"is {name} covered?")
    assert answer.verdict == "yes" and answer.via == {stranger(): "EU"}
    assert joined(f"is {name} covered?", "2022-06-30").verdict == "no"
