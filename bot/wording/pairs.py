"""Arrangements between administrations other than the home one."""

from __future__ import annotations

import datetime

from bot.answer import Answer, Verdict
from bot.question import Question
from bot.wording.common import Reach, as_of, cited, dated, day_of, reach, reported, said
from bot.wording.verdicts import verdicts_of
from knowledge.arrangements import Arrangement, Plurilateral
from knowledge.dates import When
from knowledge.model import Knowledge
from knowledge.prose import Block, Table, bullets

_PARTIAL = "The table of pairs is partial: a missing pair proves nothing."


def pair(question: Question, knowledge: Knowledge) -> Answer:
    """Whether two administrations recognize each other's programs, or with whom one does."""
    day = question.day or question.horizon or knowledge.world_evidence
    if len(question.partners) == 1:
        return _one_side(question, knowledge, day)
    one, two = question.partners[:2]
    a, b = (_party(knowledge, code, day) for code in (one, two))
    records = [
        r
        for r in knowledge.records_of(one, a)
        if set(r.parties) in ({one, two}, {a, b}, {one, b}, {a, two}) and _known_by(r, day)
    ]
    shared = [
        p
        for p in knowledge.plurilaterals
        if {one, two} <= set(p.members) and any(e.on.last <= day for e in p.events)
    ]
    names = said([knowledge.economy(c).in_sentence for c in (one, two)])
    sources: list[str] = []
    lines: list[str] = []
    verdict: Verdict = "yes" if records or shared else "n/a"
    if records:
        record = records[0]
        text = f"Yes: {names} have a mutual recognition arrangement{_when(record, day)}."
        text = reported(text, knowledge, _sources(record))
        for extra in records:
            sources += _sources(extra)
            if extra.note:
                lines.append(_sentence(extra.note))
            if extra.confidence == "low":
                lines.append("This rests on thin evidence.")
    elif shared:
        text = f"Yes: {names} are both members of {shared[0].name}{_signed(shared[0], day)}."
    elif a == b and a != one:
        union = knowledge.economy(a).in_sentence
        text = f"{names} are both members of {union}: one status is valid in all."
        verdict = "yes"
        sources += knowledge.groups[a].sources
    else:
        text = f"No arrangement between {names} is on record. {_PARTIAL}"
    for group in shared:
        sources += group.sources or [s for e in group.events for s in e.sources]
        if records:
            lines.append(f"Both also belong to {group.name}{_signed(group, day)}.")
        lines += [f.text for f in group.facts if f.since is None or f.since.last <= day]
    via = {c: p for c, p in ((one, a), (two, b)) if c != p and any(p in r.parties for r in records)}
    ours = [reach(knowledge, code, day_of(question, knowledge)) for code in (one, two)]
    lines.append(f"With the U.S., {as_of(question, knowledge)}: {_standing(ours)}.")
    sources += knowledge.list_sources(day)[:1]
    body: tuple[Block, ...] = (bullets(tuple(lines)),)
    partners = tuple(dict.fromkeys(via.get(c, c) for c in (one, two)))
    return Answer(
        topic="pair",
        headline=text,
        as_of=day,
        partners=partners,
        via=via,
        verdict=verdict,
        verdicts=verdicts_of(ours),
        body=body,
        note=None if verdict == "n/a" else _PARTIAL,
        citations=cited(knowledge, sources),
        dated=dated(question, knowledge, knowledge.world_evidence),
    )


def _standing(reaches: list[Reach]) -> str:
    """Where each stands with the U.S., should that have been meant."""
    return ", ".join(f"{r.economy.name} {'yes' if r.covered else 'none'}" for r in reaches)


def _party(knowledge: Knowledge, code: str, day: datetime.date) -> str:
    return knowledge.union_of(code, day) or code


def _known_by(record: Arrangement, day: datetime.date) -> bool:
    """Whether a pair existed by a day; one without any date counts as undated, and is told."""
    dated = bool(record.events) or record.seen is not None
    return record.holds_on(day) if dated else True


def _when(record: Arrangement, day: datetime.date) -> str:
    parts = []
    for event in record.events:
        if event.on.last > day:
            continue
        if event.what == "signed":
            parts.append(f"signed {_on(event.on)}")
        elif event.what == "in operation":
            parts.append(f"in operation since {event.on.written}")
    return f", {said(parts)}" if parts else "; the sources read give no date"


def _on(when: When) -> str:
    return f"on {when.written}" if when.day else f"in {when.written}"


def _signed(group: Plurilateral, day: datetime.date) -> str:
    event = next((e for e in group.events if e.what == "signed" and e.on.last <= day), None)
    return f", signed {_on(event.on)}" if event else ""


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith(".") else f"{text}."


def _sources(record: Arrangement) -> list[str]:
    return [*record.sources, *(s for e in record.events for s in e.sources)]


def _one_side(question: Question, knowledge: Knowledge, day: datetime.date) -> Answer:
    code = question.partners[0]
    party = _party(knowledge, code, day)
    records = sorted(
        (r for r in knowledge.records_of(code, party) if _known_by(r, day)),
        key=lambda r: min((e.on.last for e in r.events), default=datetime.date.max),
    )
    rows = []
    others: list[str] = []
    sources: list[str] = []
    for record in records:
        mine = code if code in record.parties else party
        other = record.other(mine)
        others.append(other)
        when = _when(record, day).lstrip(",; ")
        when = reported(when[:1].upper() + when[1:], knowledge, _sources(record))
        rows.append((knowledge.economy(other).name, when))
        sources += _sources(record)[:1]
    groups = [
        p
        for p in knowledge.plurilaterals
        if code in p.members and any(e.on.last <= day for e in p.events)
    ]
    name = knowledge.economy(
        party if party != code and records and not any(code in r.parties for r in records) else code
    ).in_sentence
    economy = knowledge.economy(code)
    if records:
        count = len(records)
        noun = "arrangement" if count == 1 else "arrangements"
        text = (
            f"{count} {noun} of {name} are on record."
            if count > 1
            else f"One arrangement of {name} is on record."
        )
    else:
        text = f"No arrangement of {economy.in_sentence} with anyone is on record."
    lines = tuple(f"{p.name}{_signed(p, day)}" for p in groups)
    body: list[Block] = []
    if rows:
        body.append(Table(("With", "When"), tuple(rows)))
    if lines:
        body.append(bullets(lines))
        sources += [s for p in groups for s in (p.sources or p.events[0].sources)]
    via = (
        {code: party}
        if party != code and records and not any(code in r.parties for r in records)
        else {}
    )
    return Answer(
        topic="pair",
        headline=f"{text} {_PARTIAL}",
        as_of=day,
        partners=(via.get(code, code),),
        via=via,
        selected=tuple(dict.fromkeys(others)),
        verdict="yes" if records or groups else "n/a",
        body=tuple(body),
        citations=cited(knowledge, sources),
        dated=dated(question, knowledge, knowledge.world_evidence),
    )
