"""Whatever an answer says of a partner has its source and its day, for every partner and topic."""

from __future__ import annotations

import datetime

import pytest

from bot.answer import Answer
from bot.rendering import to_text
from bot.wording.common import reported
from knowledge.arrangements import Arrangement
from tests.register_copies import known
from tests.talking import conversation

QUESTIONS = {
    "status": "is {} covered?",
    "detail": "tell me everything about {}",
    "signed_date": "when was the arrangement with {} signed?",
    "program": "what is the program of {} called?",
    "agency": "which customs administration runs the program of {}?",
    "claim": "how is the arrangement with {} claimed on the entry?",
    "benefits": "what are the benefits of the arrangement with {}?",
    "eligibility": "which companies of {} are eligible?",
    "pair": "who else does {} have mras with?",
}
SETS = ("list all", "how many are there?", "which was first?", "which was last?", "list by date")
PARTNERS = [known().economy(known().partner(a)) for a in known().arrangements]
OTHERS = [known().economy(code) for code in ("CN", "CH", "AU", "AR", "HN", "KE", "KP", "NO")]


def ask(text: str, as_of: datetime.date | None = None) -> Answer:
    said = conversation(as_of).ask(text).said
    assert isinstance(said, Answer)
    return said


def is_sound(answer: Answer) -> None:
    """It cites sources of the register, shows only addresses that open, and says its day."""
    held = known().sources
    assert answer.citations and all(held[s.id] is s for s in answer.citations)
    assert answer.as_of and answer.dated
    text = to_text(answer)
    assert [s.copy for s in held.values() if s.copy and s.copy in text] == []


@pytest.mark.parametrize("topic", QUESTIONS)
@pytest.mark.parametrize("partner", PARTNERS, ids=lambda e: e.code)
def test_what_is_said_of_a_partner_is_cited_and_dated(partner: object, topic: str) -> None:
    answer = ask(QUESTIONS[topic].format(partner.name))  # type: ignore[attr-defined]  # Economy
    assert answer.topic == topic
    is_sound(answer)


@pytest.mark.parametrize("other", OTHERS, ids=lambda e: e.code)
def test_no_comes_with_its_day_and_source(other: object) -> None:
    answer = ask(f"is {other.name} covered?")  # type: ignore[attr-defined]  # Economy
    assert answer.verdict == "no" and "as of" in answer.headline
    is_sound(answer)


@pytest.mark.parametrize("year", [2008, 2011, 2014, 2020, None])
@pytest.mark.parametrize("question", SETS)
def test_sets_are_cited_and_dated(question: str, year: int | None) -> None:
    is_sound(ask(question, datetime.date(year, 12, 31) if year else None))


@pytest.mark.parametrize("pair", known().pairs, ids=lambda p: "-".join(p.parties))
def test_a_pair_on_poor_sources_alone_is_reported(pair: Arrangement) -> None:
    sources = (*pair.sources, *(s for e in pair.events for s in e.sources))
    poor = all(known().sources[s].grade in "CD" for s in sources)
    one, two = (known().economy(code).name for code in pair.parties)
    headline = ask(f"is there an mra between {one} and {two}?").headline
    if "on record" not in headline:
        assert headline.startswith("Reported: ") == poor


def test_what_is_reported() -> None:
    grades = {s.grade: s.id for s in known().sources.values()}
    assert reported("so it is.", known(), [grades["C"]]) == "Reported: so it is."
    assert reported("so it is.", known(), [grades["C"], grades["D"]]) == "Reported: so it is."
    assert reported("so it is.", known(), [grades["A"], grades["C"]]) == "so it is."
    assert reported("so it is.", known(), []) == "so it is."


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("how many mras are there worldwide?", "87 bilateral"),
        ("how many AEO programs are there in the world?", "97 AEO programs"),
        ("how many were there worldwide in 2018?", "57 mutual recognition arrangements"),
        ("how many mras does the US have?", "Eighteen (18)"),
    ],
)
def test_the_world_is_counted_by_those_who_count_it(question: str, says: str) -> None:
    answer = ask(question)
    assert answer.topic == "count" and says in answer.headline
    is_sound(answer)
