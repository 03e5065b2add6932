"""What every rule needs: the message as read, the thread's memory, the register, the days."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import NamedTuple

from bot.matching.reading import Mention, Reading
from bot.memory import Memory
from bot.question import Question
from knowledge.model import Knowledge
from knowledge.text import normalise

ATTRIBUTES = frozenset(
    {"signed_date", "program", "agency", "claim", "benefits", "eligibility", "process"}
)
SETS = frozenset({"list", "count", "order"})
MOST_COMPARED = 6  # more than a comparison shows side by side
ONE_DAY = datetime.timedelta(days=1)


class Asked(NamedTuple):
    """What a message asks, and by which rule."""

    question: Question
    rule: str
    also: tuple[Question, ...] = ()  # further questions in the same sentence


class Case(NamedTuple):
    """One message in its thread."""

    r: Reading
    m: Memory
    k: Knowledge
    today: datetime.date
    as_of: datetime.date | None
    codes: tuple[str, ...] = ()  # the economies named, as asked: DE, not EU
    hints: Mapping[str, str] = {}  # code -> the city it was told by
    unclear: Mention | None = None  # the first name that may mean several


def case_of(
    reading: Reading,
    memory: Memory,
    knowledge: Knowledge,
    today: datetime.date,
    as_of: datetime.date | None,
) -> Case:
    """The case of a message: its names resolved as far as they can be."""
    codes: dict[str, None] = {}
    hints: dict[str, str] = {}
    unclear: Mention | None = None
    for mention in _named(reading, knowledge):
        if mention.how == "shared" and reading.terms and reading.has("expand", "define"):
            unclear = unclear or mention
            continue
        options = _options(mention, reading, memory, knowledge, as_of)
        if len(options) > 1 and _all_of_them(mention, options, knowledge, as_of):
            codes.update(dict.fromkeys(options))
            continue
        if len(options) > 1:
            unclear = unclear or mention._replace(codes=options)
            continue
        codes[options[0]] = None
        if mention.how == "city":
            hints[options[0]] = mention.typed
    return Case(reading, memory, knowledge, today, as_of, tuple(codes), hints, unclear)


def _all_of_them(
    mention: Mention, codes: tuple[str, ...], knowledge: Knowledge, as_of: datetime.date | None
) -> bool:
    """Whether each of a mention's economies is meant: "both Koreas", "Benelux", of one union."""
    if normalise(mention.typed).startswith("both "):
        return True
    day = as_of or knowledge.us_evidence
    unions = {knowledge.union_of(code, day) for code in codes}
    return len(unions) == 1 and None not in unions


def _named(reading: Reading, knowledge: Knowledge) -> tuple[Mention, ...]:
    """The mentions that say who; a shared name beside a country ("Peru's OEA") is that one's."""
    named = reading.mentions
    if len(named) < 2:
        return named
    of_bodies = [m for m in named if m.how in ("program", "agency")]
    if of_bodies:
        shared = {normalise(name) for name in knowledge.shared_names if " " not in name}
        called = [m for m in of_bodies if normalise(m.typed) in shared]
        if called and len(named) - len(called) == 1:
            named = tuple(m for m in named if m not in called)
    aside = [reading.text[match.end() :].lower() for match in _ASIDE.finditer(reading.text)]
    if aside:
        named = tuple(m for m in named if not any(_begins(text, m) for text in aside)) or named
    return named


# What is told only to be put aside follows: "not korea, japan".
_ASIDE = re.compile(r"(?:^|,|\band|\bsorry|\bno)\s*not (?=\w)", re.I)


def _begins(text: str, mention: Mention) -> bool:
    """Whether a text begins with a name as typed, with or without its article."""
    name = mention.typed.lower()
    for start in (name, f"the {name}"):
        if text.startswith(start) and not text[len(start) : len(start) + 1].isalnum():
            return True
    return False


def _options(
    mention: Mention,
    reading: Reading,
    memory: Memory,
    knowledge: Knowledge,
    as_of: datetime.date | None,
) -> tuple[str, ...]:
    """The economies a mention may mean; one where the thread or the question decides."""
    codes = mention.codes
    if mention.how == "shared":
        held = knowledge.held_on(as_of or knowledge.us_evidence)
        codes = tuple(c for c in codes if any(c in a.parties for a in held)) or codes
    if len(codes) == 1:
        return codes
    day = memory.day or as_of or knowledge.us_evidence
    spoken_of = {*memory.partners, *(knowledge.union_of(c, day) for c in memory.partners)}
    known = [c for c in codes if c in spoken_of]
    if not known and not mention.distance and reading.topic in ATTRIBUTES:
        # Who asks when it was signed takes for granted that it was; a typo is asked about.
        known = [c for c in codes if knowledge.arrangement_with(c)]
    if not known and not mention.distance and _of_its_standing(reading):
        word = normalise(mention.typed).removesuffix("s")
        called = [c for c in codes if word in normalise(knowledge.economy(c).name).split()]
        known = [c for c in called if knowledge.arrangement_with(c)]
    return (known[0],) if len(known) == 1 else codes


def _of_its_standing(reading: Reading) -> bool:
    """Whether it is asked how an arrangement stands: "are the Dominicans in yet?".

    Of those that share a name, the one that bears it as a word of its own may be meant then.
    """
    if reading.topic not in ("status", "detail", ""):
        return False
    return reading.opens or reading.has("cover", "state", "mra", "operate")


def made(
    case: Case, topic: str, rule: str, *, day: datetime.date | None = None, **more: object
) -> Asked:
    """A question on a topic, with the day and the horizon that hold for it."""
    horizon = case.as_of
    if horizon and day and day > horizon:
        horizon = day
    question = Question(
        topic,
        day,
        horizon,
        today=case.today,
        hints=case.hints,
        **more,  # type: ignore[arg-type]  # fields of Question
    )
    return Asked(question, rule)
