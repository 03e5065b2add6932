"""What several topics say alike: names, dates, who is reached through whom, sources."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from bot.question import Question
from knowledge.arrangements import Arrangement, Event
from knowledge.dates import When, month_of, written
from knowledge.facts import Conflict, Fact, Source
from knowledge.model import Knowledge
from knowledge.parties import Administration, Economy, Name, Program

_MOST_LOCAL = 3  # a union's program has a name in each language
ASK_SPECIALIST = "Ask your CTPAT Supply Chain Security Specialist."
_MOST_SOURCES = 5  # a longer list is not read
_BY_GRADE = attrgetter("grade")


class Reach(NamedTuple):
    """How an economy stands to the home administration on a day."""

    economy: Economy  # as asked
    party: str  # the economy that signed: EU for Germany
    arrangement: Arrangement | None  # its arrangement, in force or not
    covered: bool

    @property
    def union(self) -> bool:
        return self.party != self.economy.code


def horizon(question: Question, knowledge: Knowledge) -> datetime.date:
    """The last day anything may be told of: the day asked to speak for, else the present."""
    return question.horizon or question.today or knowledge.us_evidence


def day_of(question: Question, knowledge: Knowledge) -> datetime.date:
    """The day the answer speaks for."""
    return question.day or question.horizon or knowledge.us_evidence


def reach(knowledge: Knowledge, code: str, day: datetime.date) -> Reach:
    """Whether an economy is covered on a day: by its own arrangement, or through its union."""
    economy = knowledge.economy(code)
    place = knowledge.place_on(code, day)
    own = knowledge.arrangement_with(code)
    if own and place is not None and knowledge.held_on(day)[place] is own:
        return Reach(economy, code, own, True)
    union = knowledge.union_of(code, day)
    if union:
        shared = knowledge.arrangement_with(union)
        if shared and (shared.holds_on(day) or not own):
            return Reach(economy, union, shared, shared.holds_on(day))
    return Reach(economy, code, own, False)


def partners_of(reaches: Sequence[Reach]) -> tuple[str, ...]:
    """The contract's `partners`: members of a union count as the union."""
    return tuple(dict.fromkeys([r.party for r in reaches]))


def via_of(reaches: Sequence[Reach]) -> dict[str, str]:
    return {r.economy.code: r.party for r in reaches if r.union}


def dated(question: Question, knowledge: Knowledge, evidence: datetime.date | None = None) -> str:
    """The line that says which day an answer speaks for."""
    evidence = evidence or knowledge.us_evidence
    newest = month_of(evidence)
    day = question.day or question.horizon
    if day is None:
        return f"As of {newest}, the newest statement on record."
    if day > evidence:
        return f"As of {written(day)}; the newest statement on record is of {newest}."
    return f"As of {written(day)}."


def as_of(question: Question, knowledge: Knowledge) -> str:
    """The same inside a sentence: `as of April 2023`."""
    day = question.day or question.horizon
    if day is None:
        return f"as of {month_of(knowledge.us_evidence)}"
    return f"as of {written(day)}"


_WORDS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "twenty"),
)


def number(count: int) -> str:
    """`ten (10)`; plain digits above twenty."""
    return (
        f"{_WORDS[count]} ({count})"
        if 0 < count < len(_WORDS)
        else ("no" if not count else str(count))
    )


def said(items: Sequence[str]) -> str:
    """`A, B and C`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def named(name: Name | Administration) -> str:
    """`Korea Customs Service (KCS)`."""
    return name.full


def program_of(knowledge: Knowledge, arrangement: Arrangement, party: str) -> Program | None:
    """The partner's program in an arrangement."""
    for ident in arrangement.programs:
        program = knowledge.programs[ident]
        if program.economy == party:
            return program
    return None


def programs_in(knowledge: Knowledge, code: str) -> tuple[Program, ...]:
    return tuple(p for p in knowledge.programs.values() if p.economy == code)


def program_text(program: Program, day: datetime.date) -> str:
    """A program under its name on a day, with its acronym, local and earlier names."""
    names = program.names_on(day)
    current = names[-1]
    text = named(current)
    local = [
        named(n)
        for n in program.local
        if n.text != current.text and (n.since is None or n.since.last <= day)
    ]
    earlier = [named(n) for n in names[:-1]]
    if local:
        text += f"; locally {said(local[:_MOST_LOCAL])}"
    if earlier:
        text += f"; formerly {said(earlier)}"
    return text


def body_of(knowledge: Knowledge, program: Program | None) -> Administration | None:
    if program and program.administration:
        return knowledge.administrations[program.administration]
    return None


def signed_on(when: When) -> str:
    """`on 28 June 2008`, `in June 2010`."""
    return f"on {when.written}" if when.day else f"in {when.written}"


def signers(event: Event) -> str:
    """`Alan Bersin (Commissioner) for CBP and …`, or "" where no source names them."""
    return said([f"{s.name}{f' ({s.role})' if s.role else ''} for {s.behalf}" for s in event.by])


def fact_text(fact: Fact, knowledge: Knowledge) -> str:
    """A fact as a sentence: what is not sourced says so; what rests on a poor source alone is
    reported, not stated."""
    if not fact.sourced:
        return f"No published source says {fact.text}."
    return reported(fact.text, knowledge, fact.sources)


def reported(text: str, knowledge: Knowledge, sources: Sequence[str]) -> str:
    """A statement, said to be reported where it rests on sources of grade C or D alone."""
    thin = sources and knowledge.thin.issuperset(sources)
    return f"Reported: {text}" if thin else text


def facts_text(facts: Iterable[Fact], knowledge: Knowledge) -> str:
    return " ".join(fact_text(f, knowledge) for f in facts)


def fact_sources(facts: Iterable[Fact]) -> list[str]:
    return [s for f in facts for s in f.sources]


def cited(knowledge: Knowledge, ids: Iterable[str]) -> tuple[Source, ...]:
    """The sources of an answer, official ones first, at most as many as are read."""
    sources = knowledge.cited(ids)
    return tuple(sorted(sources, key=_BY_GRADE)[:_MOST_SOURCES]) if len(sources) > 1 else sources


def conflict_about(
    knowledge: Knowledge, code: str, about: str, day: datetime.date
) -> Conflict | None:
    """What sources disagree on about an economy, once both sides had spoken."""
    return next(
        (
            c
            for c in knowledge.conflicts
            if code in c.economies and c.about == about and _known(c, knowledge, day)
        ),
        None,
    )


def _known(conflict: Conflict, knowledge: Knowledge, day: datetime.date) -> bool:
    firsts = []
    for version in conflict.versions:
        dates = [
            p.first for s in version.sources if (p := knowledge.sources[s].published) is not None
        ]
        firsts.append(min(dates, default=datetime.date.min))
    return all(f <= day for f in firsts)


def conflict_text(conflict: Conflict) -> str:
    """Both versions and what the register follows, in a sentence or two."""
    versions = said([v.says for v in conflict.versions])
    return f"Sources differ: {versions}. {conflict.why}"


def elapsed(start: datetime.date, end: datetime.date) -> str:
    """`4 years and 6 months`; whole months only."""
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    years, rest = divmod(max(months, 0), 12)
    parts = [
        f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((years, "year"), (rest, "month")) if n
    ]
    return said(parts) or "less than a month"
