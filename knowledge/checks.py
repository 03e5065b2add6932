"""What is wrong or due though the data can be loaded: old reviews, thin sources, open conflicts.

The day is an argument. Links are checked in `links`, phrasings by the matcher that reads them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from knowledge.dates import written
from knowledge.facts import Fact
from knowledge.model import Knowledge

YEAR = datetime.timedelta(days=365)  # how long what was read or reviewed is taken to hold


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to put right, or (a warning) to look into."""

    severity: Literal["error", "warning"]
    file: str
    line: int
    what: str
    cure: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}; {self.cure}"


def find_problems(knowledge: Knowledge, today: datetime.date) -> tuple[Problem, ...]:
    """What a loaded register has wrong or due on a day, by file and line."""
    found = chain(
        _old_sources(knowledge, today),
        _old_pages(knowledge, today),
        _thin_facts(knowledge),
        _open_conflicts(knowledge),
    )
    return tuple(sorted(found, key=lambda problem: (problem.file, problem.line)))


def _old_sources(knowledge: Knowledge, today: datetime.date) -> Iterator[Problem]:
    for source in knowledge.sources.values():
        if today - source.read > YEAR:
            what = f"source {source.id} was last read on {written(source.read)}"
            cure = "read it again and set `read`"
            yield Problem("warning", knowledge.file, source.line, what, cure)


def _old_pages(knowledge: Knowledge, today: datetime.date) -> Iterator[Problem]:
    for page in knowledge.pages.values():
        if today - page.reviewed > YEAR:
            what = f"page {page.id} was last reviewed on {written(page.reviewed)}"
            cure = "compare it with its sources and set `reviewed`"
            yield Problem("warning", page.file, page.line, what, cure)


def _thin_facts(knowledge: Knowledge) -> Iterator[Problem]:
    for fact in facts_of(knowledge):
        if fact.sourced and _is_thin(knowledge, fact.sources):
            grades = ", ".join(f"{i} ({knowledge.sources[i].grade})" for i in fact.sources)
            what = f"a fact rests on {grades} alone"
            cure = "find a better or a second source"
            yield Problem("warning", knowledge.file, fact.line, what, cure)


def _is_thin(knowledge: Knowledge, sources: Iterable[str]) -> bool:
    """Whether there is nothing better than one source of grade C."""
    grades = [knowledge.sources[i].grade for i in sources]
    return not {"A", "B"} & set(grades) and grades.count("C") < 2


def _open_conflicts(knowledge: Knowledge) -> Iterator[Problem]:
    for conflict in knowledge.conflicts:
        if conflict.follows is None:
            what = f"open: {conflict.subject}"
            cure = "follow one of the versions where a source settles it"
            yield Problem("warning", knowledge.file, conflict.line, what, cure)


def facts_of(knowledge: Knowledge) -> Iterator[Fact]:
    """Every fact the register states."""
    for arrangement in knowledge.arrangements:
        yield from chain.from_iterable(arrangement.facts.values())
    for plurilateral in knowledge.plurilaterals:
        yield from plurilateral.facts
    for contact in knowledge.contacts.values():
        yield from contact.facts
    yield from chain.from_iterable(knowledge.facts.values())
