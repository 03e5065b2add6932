"""Whatever is offered leads to a question that is answered, and about what was offered."""

from __future__ import annotations

import datetime

import pytest

from bot.answer import Answer
from bot.catalogue import Catalogue
from bot.conversation import Conversation
from tests.register_copies import known
from tests.talking import TODAY, conversation

KNOWLEDGE = known()
CONVERSATION = conversation()
CATALOGUE = CONVERSATION.catalogue


def answer(question: str, conversation: Conversation = CONVERSATION) -> Answer:
    said = conversation.ask(question).said
    assert isinstance(said, Answer)
    return said


def test_every_partner_is_offered_and_covered() -> None:
    offered = CATALOGUE.partners()
    assert len(offered) == len(KNOWLEDGE.arrangements)
    assert {answer(choice.say).verdict for choice in offered} == {"yes"}


def test_every_year_and_region_has_somebody_and_together_they_have_everybody() -> None:
    partners = {KNOWLEDGE.partner(a) for a in KNOWLEDGE.arrangements}
    for offered in (CATALOGUE.years, CATALOGUE.regions):
        selected = [set(answer(choice.say).selected) for choice in offered]
        assert all(selected)
        assert set().union(*selected) == partners


def test_the_newest_come_with_their_day() -> None:
    newest = [(signed.choice.label, signed.on) for signed in CATALOGUE.newest(3)]
    assert newest == [
        ("Colombia", "17 April 2023"),
        ("Guatemala", "17 April 2023"),
        ("Brazil", "16 September 2022"),
    ]
    assert CATALOGUE.newest(1, "ja")[0].choice.label == "コロンビア"


def test_prompts_are_answered_with_what_they_promise() -> None:
    topics = [answer(choice.say).topic for choice in CATALOGUE.prompts]
    assert topics == ["status", "list", "compare", "claim"]


def test_a_prompt_is_answered_alike_whatever_was_asked_before() -> None:
    for before in CATALOGUE.prompts:
        memory = CONVERSATION.ask(before.say).memory
        for prompt in CATALOGUE.prompts:
            said = CONVERSATION.ask(prompt.say, memory).said
            assert said == answer(prompt.say), f"{prompt.say} after {before.say}"


def test_every_country_that_can_be_chosen_is_the_one_answered_about() -> None:
    wrong = []
    for code in KNOWLEDGE.names.display["en"]:
        question = CATALOGUE.question(code) or ""
        if code == KNOWLEDGE.home:
            continue
        said = answer(question)
        union = KNOWLEDGE.union_of(code, TODAY)
        if said.verdict == "n/a" or said.partners != (union or code,):
            wrong.append(code)
    # Two islands' halves are called the same; the answer asks back.
    assert wrong == ["MF"]


def test_every_program_that_can_be_chosen_is_the_one_answered_about() -> None:
    for program in KNOWLEDGE.programs.values():
        if program.economy != KNOWLEDGE.home:
            assert program.economy in answer(CATALOGUE.question(program.id) or "").partners


@pytest.mark.parametrize("ident", ["", "XX", "no-such-program", "korea"])
def test_what_is_not_in_the_register_has_no_question(ident: str) -> None:
    assert CATALOGUE.question(ident) is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("our plants in Korea and Laos", ("KR", "LA")),
        ("Kunden in Südkorea, 日本 und :flag-mx:", ("KR", "JP", "MX")),
        ("<@U123> said: nothing about it", ()),
        ("ship it from Congo", ("CD", "CG")),
        ("", ()),
    ],
)
def test_a_text_names_economies(text: str, codes: tuple[str, ...]) -> None:
    assert CATALOGUE.named(text) == codes


def test_a_question_about_several_speaks_of_each() -> None:
    said = CONVERSATION.answer([CATALOGUE.whether("KR", "LA", "DE", "CD", "HM")])
    assert dict(said.verdicts) == {"KR": "yes", "LA": "no", "EU": "yes", "CD": "no", "HM": "no"}


@pytest.mark.parametrize(
    ("day", "verdict"), [("0001-01-01", "no"), ("2009-01-01", "no"), ("2012-01-01", "yes")]
)
def test_whether_there_was_one_may_be_asked_of_any_day(day: str, verdict: str) -> None:
    asked = CATALOGUE.whether("KR", day=datetime.date.fromisoformat(day))
    assert CONVERSATION.answer([asked]).verdict == verdict


def test_a_conversation_of_a_day_tells_nothing_later_unless_asked() -> None:
    of_2014 = Conversation(KNOWLEDGE, today=lambda: TODAY, as_of=datetime.date(2014, 12, 31))
    asked = of_2014.catalogue.whether("PE")
    later = of_2014.catalogue.whether("PE", day=datetime.date(2020, 1, 1))
    assert [of_2014.answer([q]).verdict for q in (asked, later)] == ["no", "yes"]


def test_a_program_is_called_as_it_was_on_the_day() -> None:
    def called(party: str, year: int) -> str:
        return CATALOGUE.program(party, datetime.date(year, 12, 31))

    assert (called("MX", 2014), called("MX", 2022)) == (
        "New Scheme of Certified Companies (NEEC)",
        "Authorized Economic Operator (OEA)",
    )
    assert called("MX", 2013) == called("LA", 2022) == ""


def test_it_says_for_which_day_it_speaks() -> None:
    assert CATALOGUE.dates == (
        "18 U.S. arrangements, as of April 2023, the newest statement on record.",
        "104 arrangements between others, as of July 2026.",
    )
    assert CATALOGUE.sources[0].id in KNOWLEDGE.covering
    assert len(CATALOGUE.sources) == len(KNOWLEDGE.sources)


def test_as_of_an_earlier_day_it_offers_what_there_was() -> None:
    day = datetime.date(2010, 1, 1)
    then = conversation(day).catalogue
    assert [c.label for c in then.partners()] == ["Canada", "Japan", "Jordan", "New Zealand"]
    assert then.dates == ("4 U.S. arrangements, as of 1 January 2010.",)
    before = Catalogue(KNOWLEDGE, CONVERSATION.matcher, datetime.date(2000, 1, 1))
    assert (before.partners(), before.years, before.regions, before.prompts) == ((), (), (), ())
