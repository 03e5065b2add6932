"""Who of a grouping has no arrangement: "which Nordics are not covered?"."""

from __future__ import annotations

import datetime

from bot.answer import Answer
from bot.question import Question
from bot.wording.common import as_of, capital, cited, dated, day_of, number, reach, said
from bot.wording.verdicts import verdicts_of
from knowledge.model import Knowledge
from knowledge.prose import bullets, paragraph

_TOLD_IN_A_SENTENCE = 12  # names; more stand in a list


def uncovered(question: Question, knowledge: Knowledge) -> Answer:
    """The members without an arrangement, named; and how many of all they are."""
    day = day_of(question, knowledge)
    if not question.filters.group:
        return _everybody_else(question, knowledge, day)
    groups = [knowledge.groups[part] for part in (question.filters.group or "").split("+")]
    codes = dict.fromkeys(c for group in groups for c in group.members_on(day))
    reaches = [reach(knowledge, code, day) for code in codes if code != knowledge.home]
    without = [r for r in reaches if not r.covered]
    name = said([group.name for group in groups])
    names = sorted(r.economy.name for r in without)
    few = len(names) <= _TOLD_IN_A_SENTENCE
    have = "has" if len(names) == 1 else "have"
    text = (
        f"{capital(number(len(names)))} of {len(reaches)} in {name} {have} no arrangement on "
        f"record, {as_of(question, knowledge)}{f': {said(names)}' if few and names else ''}."
    )
    if not names:
        text = f"None: all {len(reaches)} in {name} are covered, {as_of(question, knowledge)}."
    return Answer(
        topic=question.topic,
        headline=text,
        as_of=day,
        selected=tuple(r.party for r in without),
        verdicts=verdicts_of(reaches),
        body=() if few else (bullets(tuple(names)),),
        citations=cited(knowledge, knowledge.list_sources(day)),
        dated=dated(question, knowledge),
    )


def _everybody_else(question: Question, knowledge: Knowledge, day: datetime.date) -> Answer:
    """Where no grouping is named: all the world but the partners, and how to narrow that down."""
    held = number(len(knowledge.held_on(day)))
    return Answer(
        topic=question.topic,
        headline=(
            f"All but the partners: {held} arrangements are on record, "
            f"{as_of(question, knowledge)}, and no other country has one."
        ),
        as_of=day,
        body=(
            paragraph("Name a region, or paste your countries, to see which of them have none."),
        ),
        citations=cited(knowledge, knowledge.list_sources(day)),
        dated=dated(question, knowledge),
    )
