"""A hundred thousand messages: no answer speaks of somebody who was not asked about, or says of
anybody what is not so.

Speaking of the wrong one is the worst that can happen; saying nothing, or asking, never is.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

import pytest

from bot.answer import Answer
from bot.rendering import to_object
from tests import generated, generated_characters
from tests.generated import BETWEEN, Case, covered, unions_of
from tests.register_copies import known
from tests.scoring import DECLINING, wrong_assertion
from tests.talking import conversation

SHOWN = 40  # faults in a failure's message
# Most of the questions name their country in a plain way: declining them all would be safe, too.
ANSWERED = 90  # percent

Cases = Callable[[int], Iterator[Case]]


def ask(text: str) -> Answer:
    said = conversation().ask(text).said
    assert isinstance(said, Answer)
    return said


def faults(case: Case, answer: Answer) -> list[str]:
    """What is wrong with an answer: whom it speaks of, what it says of them, on what it rests."""
    found = []
    expect = {"topic": "status" if case.named else "off_topic", "partners": sorted(case.named)}
    if wrong_assertion(expect, to_object(answer)) or not case.named.issuperset(answer.via):
        found.append(f"speaks of {answer.partners}, {dict(answer.via)}")
    elif answer.partners and answer.topic != "pair":
        found += [f"says {v} of {c}" for c, v in _verdicts(answer).items() if _untrue(c, v, case)]
    if answer.partners and answer.topic not in DECLINING and not _rests(answer):
        found.append("has no source or no day")
    return found


def _rests(answer: Answer) -> bool:
    """Whether an answer names its day and its sources; that a pair is not on record, which the
    table of pairs does not deny, rests on none."""
    missing_pair = answer.topic == "pair" and answer.verdict == "n/a"
    return bool(answer.dated and (answer.citations or missing_pair))


def _verdicts(answer: Answer) -> dict[str, str]:
    """What is said of each, by those whom the union named in the answer stands for."""
    said: dict[str, str] = dict(answer.verdicts)
    if len(answer.partners) == 1:
        said.setdefault(answer.partners[0], answer.verdict)
    members = {via: [c for c, union in answer.via.items() if union == via] for via in said}
    return {code: verdict for via, verdict in said.items() for code in members[via] or [via]}


def _untrue(code: str, verdict: str, case: Case) -> bool:
    """Whether a verdict holds on no day that the question may mean."""
    if code in BETWEEN or verdict == "n/a":
        return False
    days = case.days or (known().us_evidence, known().us_evidence)
    return all(covered(code, day) != (verdict == "yes") for day in days)


SETS: dict[str, tuple[Cases, int]] = {
    "questions": (generated.questions, 42000),
    "typos": (generated.typos, 20000),
    "chatter": (generated.chatter, 22000),
    "machines": (generated.machines, 8000),
    "decorated": (generated_characters.decorated, 2000),
}


# What is left, of two slips in a name that make another one ("sg. locia"). The goal is none.
LEFT = {"typos": 4}


@pytest.mark.parametrize("name", SETS)
def test_no_answer_is_wrong(name: str) -> None:
    cases, count = SETS[name]
    wrong = [
        f"{case.text!r}: {', '.join(found)}"
        for case in cases(count)
        if (found := faults(case, ask(case.text)))
    ]
    assert len(wrong) <= LEFT.get(name, 0), f"{len(wrong)} of {count}: {wrong[:SHOWN]}"


def test_most_questions_are_answered() -> None:
    answers = [ask(case.text) for case in generated.questions(3000)]
    answered = [bool(a.partners) and a.topic not in DECLINING for a in answers]
    assert 100 * sum(answered) / len(answered) >= ANSWERED


def test_any_characters_get_an_answer() -> None:
    answers = [(text, ask(text)) for text in generated_characters.fuzz(6000)]
    assert [t for t, a in answers if not a.headline] == []
    told = [(t, a) for t, a in answers if a.partners and a.topic not in DECLINING]
    assert [t for t, a in told if not _rests(a)] == []


# The generators themselves


@pytest.mark.parametrize("name", SETS)
def test_the_same_messages_come_every_time(name: str) -> None:
    cases, _ = SETS[name]
    assert list(cases(200)) == list(cases(200))


@pytest.mark.parametrize("name", SETS)
def test_messages_differ(name: str) -> None:
    cases, _ = SETS[name]
    assert len({case.text for case in cases(1000)}) > 700


def test_a_wrong_answer_would_be_seen() -> None:
    """Each kind of fault, on answers that are right for another question."""
    korea, laos = ask("is South Korea covered?"), ask("is Laos covered?")
    assert faults(Case("", frozenset({"KR"})), korea) == []
    assert faults(Case("", frozenset({"LA"})), laos) == []
    assert faults(Case("", frozenset({"KP"})), korea)
    assert faults(Case("", frozenset()), laos)
    before = (datetime.date(2009, 1, 1), datetime.date(2009, 12, 31))
    assert faults(Case("", frozenset({"KR"}), before), korea) == ["says yes of KR"]
    assert unions_of("FR") == {"EU"} and not covered("FR", before[0])
