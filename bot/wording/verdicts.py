"""The verdict on an economy: yes or no, since when, and what the asker had wrong about it."""

from __future__ import annotations

import datetime

from bot.answer import Choice, Verdict
from bot.question import Question
from bot.wording.common import Reach, as_of, horizon, signed_on
from knowledge.arrangements import Arrangement, Event
from knowledge.dates import written
from knowledge.model import Knowledge


def verdict_of(found: Reach) -> Verdict:
    return "yes" if found.covered else "no"


def verdicts_of(reaches: list[Reach]) -> dict[str, Verdict]:
    """Keyed by the partner: a union for its members."""
    return {r.party: verdict_of(r) for r in reaches}


def headline_of(found: Reach, question: Question, knowledge: Knowledge, day: datetime.date) -> str:
    """Yes or no first, then since when, or as of when not."""
    economy, arrangement = found.economy, found.arrangement
    name = economy.in_sentence
    if found.covered and arrangement and arrangement.signed:
        since = arrangement.signed.written
        held = signed_on(arrangement.signed)
        if found.union:
            union = knowledge.economy(found.party)
            whose = f"{union.in_sentence}, whose arrangement with the U.S. was signed {held}"
            left = knowledge.has_left(economy.code, found.party)
            text = f"Yes: {name} {'came under' if left else 'is a member of'} {whose}"
        else:
            text = f"Yes: {name} has a mutual recognition arrangement with the U.S., signed {since}"
        return (
            f"{text} ({as_of(question, knowledge)})."
            if question.day or question.horizon
            else (f"{text}.")
        )
    text = f"No: no arrangement with {name} is on record, {as_of(question, knowledge)}."
    later = signed_later(found, question, knowledge, day)
    if later:
        text += f" One was signed {signed_on(later.on)}."
    return text


def signed_later(
    found: Reach, question: Question, knowledge: Knowledge, day: datetime.date
) -> Event | None:
    """The signature that came after a day without one, where it may be told of."""
    event = found.arrangement.signing if found.arrangement else None
    return event if event and day < event.on.last <= horizon(question, knowledge) else None


def premise(question: Question, arrangement: Arrangement | None) -> str:
    """What the asker took for granted about the date, put right; "" where it holds."""
    signed = arrangement.signed if arrangement else None
    if not signed or not (question.since or question.until):
        return ""
    if question.since and signed.last < question.since:
        return f"It was signed {signed_on(signed)}, before {written(question.since)}."
    if question.until and signed.first > question.until:
        return f"It was signed {signed_on(signed)}, after {written(question.until)}."
    return ""


def next_steps(knowledge: Knowledge, found: Reach) -> tuple[Choice, ...]:
    name = found.economy.name
    return (
        Choice("When signed", f"When was the arrangement with {name} signed?"),
        Choice("How to claim it", f"How is the {name} arrangement claimed on the entry?"),
        Choice("Benefits", f"What are the benefits of the arrangement with {name}?"),
        Choice("Show all", "List all arrangements"),
    )
