"""One attribute of one or more arrangements: date, program, administration."""

from __future__ import annotations

from collections.abc import Callable

from bot.answer import Answer, Verdict
from bot.question import Question
from bot.wording.common import (
    Reach,
    body_of,
    cited,
    conflict_about,
    conflict_text,
    dated,
    day_of,
    elapsed,
    fact_sources,
    facts_text,
    horizon,
    named,
    partners_of,
    program_of,
    program_text,
    programs_in,
    reach,
    said,
    signed_on,
    signers,
    via_of,
)  # fmt: skip
from bot.wording.verdicts import headline_of, next_steps, premise, verdicts_of
from knowledge.arrangements import Arrangement
from knowledge.model import Knowledge
from knowledge.prose import Block, paragraph

Line = tuple[str, list[str]]  # a sentence, and the sources it rests on
Sentence = Callable[[Reach, Arrangement, Question, Knowledge], Line]


def sentence_each(
    question: Question, knowledge: Knowledge, sentence: Sentence, *, present: bool = False
) -> Answer:
    """One sentence for each economy with an arrangement, a dated "no" for each without.

    `present`: the attribute exists without an arrangement too (a program, an administration).
    """
    day = day_of(question, knowledge)
    reaches = [reach(knowledge, code, day) for code in question.partners]
    lines: list[str] = []
    sources: list[str] = []
    note = None
    for found in reaches:
        arrangement = found.arrangement
        if not found.covered or not arrangement:
            lines.append(headline_of(found, question, knowledge, day))
            own = _own_program(found, knowledge) if present else None
            if own:
                lines.append(own[0])
                sources += own[1]
            sources += knowledge.list_sources(day)[:2]
            continue
        text, ids = sentence(found, arrangement, question, knowledge)
        lines.append(_through(found, knowledge) + text)
        sources += ids
        if question.topic == "signed_date" and not note:
            conflict = conflict_about(
                knowledge, found.party, "signed", horizon(question, knowledge)
            )
            if conflict:
                note = conflict_text(conflict)
                sources += [s for v in conflict.versions for s in v.sources]
    verdict: Verdict = "n/a"
    if len(reaches) == 1 and not reaches[0].covered:
        verdict = "no"
    elif len(reaches) == 1 and question.whether:
        verdict = "yes"
    body: tuple[Block, ...] = tuple(paragraph(line) for line in lines[1:])
    if page := knowledge.pages.get(question.subject):
        body += page.blocks[:1]
        sources += page.sources[:2]
    never = verdict == "no" and question.topic == "signed_date" and bool(question.since)
    return Answer(
        topic="status" if never else question.topic,  # "Australia signed in 2019, right?"
        headline=lines[0],
        as_of=day,
        partners=partners_of(reaches),
        via=via_of(reaches),
        verdict=verdict,
        verdicts=verdicts_of(reaches) if len(reaches) > 1 else {},
        body=body,
        note=note,
        citations=cited(knowledge, sources),
        dated=dated(question, knowledge),
        next_steps=next_steps(knowledge, reaches[0])
        if reaches[0].covered and len(reaches) > 1
        else (),
    )


def _through(found: Reach, knowledge: Knowledge) -> str:
    """`Germany is covered through the European Union. `, where it is."""
    if not found.union:
        return ""
    union = knowledge.economy(found.party)
    return f"{found.economy.name} is covered through {union.in_sentence}. "


def _own_program(found: Reach, knowledge: Knowledge) -> Line | None:
    """What is known of a program that no arrangement with the U.S. recognizes."""
    programs = programs_in(knowledge, found.economy.code)
    if not programs:
        return None
    program = programs[0]
    body = body_of(knowledge, program)
    run = f", run by {named(body)}" if body else ""
    return f"Its own program is {named(program.names[-1])}{run}.", list(program.sources)


def signed_date(question: Question, knowledge: Knowledge) -> Answer:
    """When, where and by whom an arrangement was signed; how long ago, if that is asked."""
    return sentence_each(question, knowledge, _signed)


def _signed(
    found: Reach, arrangement: Arrangement, question: Question, knowledge: Knowledge
) -> Line:
    event = arrangement.signing
    name = knowledge.economy(found.party).in_sentence
    if not event:
        return f"No published source dates the arrangement with {name}.", list(arrangement.sources)
    text = f"The arrangement with {name} was signed {signed_on(event.on)}"
    correction = premise(question, arrangement)
    if event.place:
        text += f" ({event.place})"
    by = signers(event)
    text += f", by {by}." if by else "."
    if event.on.day is None:
        text += " No published source gives the day."
    if event.note:
        text += f" {event.note}"
    if correction:
        text += f" {correction}"
    if question.ago:
        end = question.horizon or question.today
        if end:
            start, about = (event.on.last, "") if event.on.day else (event.on.first, "about ")
            text += f" That is {about}{elapsed(start, end)} ago."
    sources = list(event.sources)
    day = day_of(question, knowledge)
    started = next((e for e in arrangement.events_by(day) if e.what == "in operation"), None)
    if started:
        text += f" In operation since {started.on.written}."
        sources += started.sources
    return text, sources


def program(question: Question, knowledge: Knowledge) -> Answer:
    """The partner's program, with its acronym, local name and administration."""
    return sentence_each(question, knowledge, _program, present=True)


def _program(
    found: Reach, arrangement: Arrangement, question: Question, knowledge: Knowledge
) -> Line:
    record = program_of(knowledge, arrangement, found.party)
    name = knowledge.economy(found.party).in_sentence
    if not record:
        return f"No published source names the program of {name}.", list(arrangement.sources)
    text = f"{_possessive(name)} program: {program_text(record, horizon(question, knowledge))}"
    body = body_of(knowledge, record)
    text += f". It is run by {named(body)}." if body else "."
    sources = list(record.sources)
    facts = arrangement.facts_on("scope", horizon(question, knowledge))
    if facts:
        text += f" {facts_text(facts, knowledge)}"
        sources += fact_sources(facts)
    if record.tiers:
        text += f" Levels: {said(record.tiers)}."
    if arrangement.signed:
        text += f" The arrangement was signed {signed_on(arrangement.signed)}."
    return text, sources


def _possessive(name: str) -> str:
    text = name[0].upper() + name[1:]
    return f"{text}'" if text.endswith("s") else f"{text}'s"


def agency(question: Question, knowledge: Knowledge) -> Answer:
    """The administration that runs the program, or the persons who signed."""
    return sentence_each(
        question, knowledge, _signatories if question.signed_by else _agency, present=True
    )


def _agency(
    found: Reach, arrangement: Arrangement, question: Question, knowledge: Knowledge
) -> Line:
    record = program_of(knowledge, arrangement, found.party)
    body = body_of(knowledge, record)
    name = knowledge.economy(found.party).in_sentence
    if not body or not record:
        return f"No published source names the administration of {name}.", []
    program_name = named(record.names_on(horizon(question, knowledge))[-1])
    text = f"{named(body)} runs the program of {name}: {program_name}."
    local = [named(n) for n in body.local if n.text != body.name]
    if local:
        text += f" Its local name: {said(local)}."
    former = [named(n) for n in body.former]
    if former:
        text += f" Formerly {said(former)}."
    if body.home:
        text += f" {body.home}"
    return text, list(dict.fromkeys([*body.sources, *record.sources]))


def _signatories(
    found: Reach, arrangement: Arrangement, question: Question, knowledge: Knowledge
) -> Line:
    event = arrangement.signing
    name = knowledge.economy(found.party).in_sentence
    if not event:
        return f"No published source says who signed with {name}.", list(arrangement.sources)
    by = signers(event)
    place = f" ({event.place})" if event.place else ""
    if by:
        text = f"{by} signed the arrangement with {name} {signed_on(event.on)}{place}."
    else:
        text = (
            f"No published source names who signed the arrangement with {name}, "
            f"{signed_on(event.on)}{place}."
        )
    record = program_of(knowledge, arrangement, found.party)
    body = body_of(knowledge, record)
    if body:
        text += f" The parties' programs are run by CBP and {named(body)}."
    if event.note:
        text += f" {event.note}"
    return text, list(event.sources)
