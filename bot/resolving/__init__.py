"""From a reading and a thread's memory to the question that is meant.

A message on its own may leave out who, what or when; the memory of the thread fills in what
its words point to, and nothing else.
"""

from __future__ import annotations

import datetime

from bot.matching.reading import Reading
from bot.memory import Memory
from bot.resolving.asking import ask_again, ask_back, ask_who, attribute, pasted, terms
from bot.resolving.astray import asked_anew, went_astray
from bot.resolving.case import Asked, Case, case_of, made
from bot.resolving.named import named
from bot.resolving.remembering import remembered
from bot.resolving.unnamed import unnamed
from bot.resolving.whole import is_whole
from knowledge.model import Knowledge

_NAMING = ("name", "demonym")

__all__ = ["Asked", "remembered", "resolve", "went_astray"]


def resolve(
    reading: Reading,
    memory: Memory,
    knowledge: Knowledge,
    today: datetime.date,
    as_of: datetime.date | None,
) -> Asked:
    """The question a message means in its thread."""
    if is_whole(reading):
        memory = Memory(asked=memory.asked)  # what was spoken of before has no part in it
    case = case_of(reading, memory, knowledge, today, as_of)
    if reading.empty:
        return made(case, "help", "nothing was said")
    if reading.topic == "off_topic":
        return made(case, "off_topic", "about something else")
    if reading.stranger and not case.codes:
        name = (reading.stranger,)
        return made(case, "ambiguous", "a name not known", reason="stranger", unknown=name)
    if reading.asks and not reading.times and not reading.mentions:
        return ask_back(case, reading.asks, "which time")
    if reading.pasted:
        return pasted(case)
    if case.unclear and (not case.codes or case.unclear.how in _NAMING):
        if case.unclear.how == "shared" and reading.terms:
            return terms(case, "a shared abbreviation")
        return ask_who(case, case.unclear)
    if "neighbour" in reading.features and not case.codes and not reading.groups:
        return made(case, "ambiguous", "a neighbour that is not named")
    if not case.codes and (again := ask_again(case)):
        return again
    return _with_further(case, named(case) if case.codes else asked_anew(case, unnamed(case)))


def _with_further(case: Case, asked: Asked) -> Asked:
    """The question with the other attributes that the same sentence asks of the same partners."""
    first, topics = asked.question, case.r.attributes
    if asked.rule == "inherits the attribute" and not topics:
        # "date and agency of Korea", then "same for Peru"
        topics = (first.topic, *(v for k, v in case.m.filters if k == "also"))
    if len(topics) < 2 or first.topic not in topics or not first.partners:
        return asked
    others = (attribute(case, t, first.partners, asked.rule) for t in topics if t != first.topic)
    return asked._replace(also=tuple(other.question for other in others))
