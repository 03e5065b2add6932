"""Is there an arrangement, and all about one."""

from __future__ import annotations

import datetime

from bot.answer import Answer
from bot.question import Question
from bot.wording.common import (
    Reach,
    as_of,
    body_of,
    capital,
    cited,
    conflict_about,
    conflict_text,
    dated,
    day_of,
    fact_sources,
    facts_text,
    horizon,
    named,
    partners_of,
    program_of,
    program_text,
    reach,
    reported,
    said,
    signers,
    via_of,
)  # fmt: skip
from bot.wording.verdicts import headline_of, premise, signed_later, verdict_of, verdicts_of
from knowledge.arrangements import Arrangement, Subject
from knowledge.dates import When
from knowledge.model import Knowledge
from knowledge.prose import Block, Table, paragraph

_DETAIL: tuple[tuple[Subject, str], ...] = (
    ("form", "Form"),
    ("eligible", "Who is recognized"),
    ("scope", "Scope"),
    ("operation", "In operation"),
    ("claim", "How it is claimed"),
    ("benefits", "Benefits"),
    ("data", "Data exchanged"),
    ("contact", "Contact"),
    ("history", "History"),
)


def status(question: Question, knowledge: Knowledge) -> Answer:
    """Yes or no for each economy asked about, with program, scope, date and source."""
    day = day_of(question, knowledge)
    reaches = [reach(knowledge, code, day) for code in question.partners]
    if len(reaches) > 1 and len({r.party for r in reaches}) == 1 and not question.pasted:
        members = [r for r in reaches if r.union]
        if len(members) > 1:
            return _of_members(question, knowledge, members, day)
        reaches = members or reaches[:1]
    if question.pasted or len(reaches) > 1:
        return _several(question, knowledge, reaches, day)
    return _one(question, knowledge, reaches[0], day)


def _one(question: Question, knowledge: Knowledge, found: Reach, day: datetime.date) -> Answer:
    until = horizon(question, knowledge)
    code = found.economy.code
    fields: list[tuple[str, str]] = []
    sources: list[str] = []
    body: list[Block] = []
    note = None
    arrangement = found.arrangement if found.covered else None
    if arrangement:
        fields, sources = _fields(knowledge, arrangement, found.party, day, question)
        operation = arrangement.facts_on("operation", until)
        if (
            question.topic == "status"
            and operation
            and any(e.what == "in operation" for e in arrangement.events) is False
        ):
            note = facts_text(operation, knowledge)
            sources += fact_sources(operation)
        if question.topic == "detail":
            for subject, label in _DETAIL:
                facts = arrangement.facts_on(subject, until)
                if facts:
                    fields.append((label, facts_text(facts, knowledge)))
                    sources += fact_sources(facts)
        conflict = conflict_about(knowledge, found.party, "signed", until)
        if conflict and not note and (question.topic == "detail" or question.since):
            note = conflict_text(conflict)
            sources += [s for v in conflict.versions for s in v.sources]
    else:
        contact = knowledge.contacts.get(code)
        if contact:
            facts = tuple(f for f in contact.facts if f.since is None or f.since.last <= until)
            if facts:
                body.append(paragraph(facts_text(facts, knowledge)))
                sources += fact_sources(facts)
        if not sources:
            sources += knowledge.list_sources(day)
        later = signed_later(found, question, knowledge, day)
        if later:
            sources += later.sources[:1]
    if found.economy.note:
        note = note or found.economy.note
        sources += found.economy.sources
    hint = question.hints.get(code)
    if hint:
        body.insert(0, paragraph(f"{hint} is in {found.economy.in_sentence}."))
    correction = premise(question, arrangement)
    if correction:
        body.insert(0, paragraph(correction))
    return Answer(
        topic=question.topic,
        headline=headline_of(found, question, knowledge, day),
        as_of=day,
        partners=(found.party,),
        via=via_of([found]),
        verdict=verdict_of(found),
        verdicts=verdicts_of([found]),
        fields=tuple(fields),
        body=tuple(body),
        note=note,
        citations=cited(knowledge, sources),
        dated=dated(question, knowledge),
    )


def _of_members(
    question: Question, knowledge: Knowledge, members: list[Reach], day: datetime.date
) -> Answer:
    """What holds for several members of one union, told once."""
    answer = _one(question, knowledge, members[0], day)
    if not members[0].covered:
        return answer._replace(via=via_of(members))
    names = said([m.economy.in_sentence for m in members])
    one = f"{members[0].economy.in_sentence} is a member of"
    headline = answer.headline.replace(one, f"{names} are members of", 1)
    return answer._replace(via=via_of(members), headline=headline)


def _fields(
    knowledge: Knowledge,
    arrangement: Arrangement,
    party: str,
    day: datetime.date,
    question: Question,
) -> tuple[list[tuple[str, str]], list[str]]:
    """Program, administration, signature and scope; and what they rest on."""
    fields: list[tuple[str, str]] = []
    event = arrangement.signing
    sources = list(event.sources) if event else list(arrangement.sources)
    program = program_of(knowledge, arrangement, party)
    if program:
        fields.append(("Program", program_text(program, horizon(question, knowledge))))
    body = body_of(knowledge, program)
    if body:
        fields.append(("Run by", named(body)))
    if event:
        text = event.on.written
        if question.topic == "detail":
            if event.place:
                text += f", {event.place}"
            by = signers(event)
            text += f", by {by}" if by else "; no published source names the signatories"
        fields.append(("Signed", text))
        started = next((e for e in arrangement.events_by(day) if e.what == "in operation"), None)
        if started:
            since = f"since {started.on.written}"
            fields.append(("In operation", reported(since, knowledge, started.sources)))
            sources += started.sources
    if question.topic != "detail":
        facts = (
            *arrangement.facts_on("eligible", day)[:1],
            *arrangement.facts_on("scope", day)[:1],
        )
        if facts:
            fields.append(("Scope", facts_text(facts, knowledge)))
            sources += fact_sources(facts)
    return fields, sources


def _several(
    question: Question, knowledge: Knowledge, reaches: list[Reach], day: datetime.date
) -> Answer:
    yes = [r for r in reaches if r.covered]
    no = [r for r in reaches if not r.covered]
    rows: list[tuple[str, ...]] = []
    sources: list[str] = []
    for found in reaches:
        typed = question.typed.get(found.economy.code, found.economy.name)
        name = found.economy.name
        label = (
            name
            if typed.casefold() in (name.casefold(), "") or not question.pasted
            else (f"{typed} ({name})")
        )
        rows.append((label, *_row(found, knowledge, day)))
        event = found.arrangement.signing if found.covered and found.arrangement else None
        if event:
            sources.append(event.sources[0])
    rows += [(typed, "not understood", "", "") for typed in question.unknown]
    parts = []
    if yes:
        parts.append(f"Yes for {said([r.economy.in_sentence for r in yes])}")
    if no:
        parts.append(f"no arrangement on record for {said([r.economy.in_sentence for r in no])}")
    text = capital("; ".join(parts)) + f", {as_of(question, knowledge)}."
    if question.pasted:
        text = (
            f"{len(yes)} of {len(reaches)} covered, {len(no)} without an arrangement on record, "
            f"{as_of(question, knowledge)}."
        )
    if question.unknown:
        text += f" Not understood: {said(list(question.unknown))}."
    body: list[Block] = [Table(("Country", "Covered", "Through", "Signed"), tuple(rows))]
    hints = [
        f"{city} is in {knowledge.economy(c).in_sentence}." for c, city in question.hints.items()
    ]
    if hints:
        body.insert(0, paragraph(" ".join(hints)))
    return Answer(
        topic=question.topic,
        headline=text,
        as_of=day,
        partners=partners_of(reaches),
        via=via_of(reaches),
        verdict="n/a",
        verdicts=verdicts_of(reaches),
        body=tuple(body),
        citations=cited(knowledge, sources or knowledge.list_sources(day)),
        dated=dated(question, knowledge),
    )


def _row(found: Reach, knowledge: Knowledge, day: datetime.date) -> tuple[str, str, str]:
    """Covered or not, through which program, since when."""
    arrangement = found.arrangement
    if not found.covered or not arrangement:
        return "no", "no arrangement on record", ""
    program = program_of(knowledge, arrangement, found.party)
    through = named(program.names_on(day)[-1]) if program else ""
    if found.union:
        through = f"{knowledge.economy(found.party).name}: {through}"
    signed: When | None = arrangement.signed
    return "yes", through, signed.written if signed else ""
