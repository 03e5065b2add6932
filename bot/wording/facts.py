"""What the facts on record say of arrangements: how to claim, what it brings, who is recognized."""

from __future__ import annotations

from bot.answer import Answer
from bot.question import Question
from bot.wording.attributes import Line, Sentence, sentence_each
from bot.wording.common import (
    ASK_SPECIALIST,
    Reach,
    fact_sources,
    facts_text,
    horizon,
    program_of,
    said,
)
from bot.wording.pages import page
from knowledge.arrangements import Arrangement, Subject
from knowledge.model import Knowledge
from knowledge.prose import paragraph


def claim(question: Question, knowledge: Knowledge) -> Answer:
    """How recognition is claimed on an entry, or that no published source says so."""
    if not question.partners:
        return page(question, knowledge)
    return _with_identifiers(
        sentence_each(question, knowledge, _facts("claim", "how it is claimed on an entry")),
        question,
        knowledge,
    )


def _with_identifiers(answer: Answer, question: Question, knowledge: Knowledge) -> Answer:
    """The identifier the U.S. reads, added where it is known by the day asked about."""
    day = horizon(question, knowledge)
    for identifier in knowledge.identifiers:
        known = identifier.since is None or identifier.since.last <= day
        if knowledge.home in identifier.at and not identifier.of and known:
            text = f"On a U.S. entry: {identifier.says}."
            sources = (*answer.citations, *knowledge.cited(identifier.sources))
            return answer._replace(
                body=(*answer.body, paragraph(text)),
                citations=tuple(dict.fromkeys(sources)),
            )
    return answer


def benefits(question: Question, knowledge: Knowledge) -> Answer:
    """What recognition brings: the partner's own facts, else what the pages say of all."""
    if not question.partners:
        return page(question, knowledge)
    return sentence_each(question, knowledge, _facts("benefits", "what it brings in particular"))


def eligibility(question: Question, knowledge: Knowledge) -> Answer:
    """Whose members are recognized."""
    if not question.partners:
        return page(question, knowledge)
    return sentence_each(question, knowledge, _facts("eligible", "who is recognized"))


def _facts(subject: Subject, gap: str) -> Sentence:
    """A sentence of the facts on one subject, or that no published source gives any."""

    def sentence(
        found: Reach, arrangement: Arrangement, question: Question, knowledge: Knowledge
    ) -> Line:
        day = horizon(question, knowledge)
        name = knowledge.economy(found.party)
        facts = arrangement.facts_on(subject, day)
        ids = fact_sources(facts)
        event = arrangement.signing
        if facts:
            text = f"{name.name}: {facts_text(facts, knowledge)}"
        else:
            text = f"{name.name}: no published source on record says {gap}."
        if subject == "eligible":
            scope = arrangement.facts_on("scope", day)
            if scope:
                text += f" {facts_text(scope, knowledge)}"
                ids += fact_sources(scope)
        program = program_of(knowledge, arrangement, found.party)
        if subject == "eligible" and program and program.tiers:
            text += f" Levels of the program: {said(program.tiers)}."
        if subject == "claim" and (contact := arrangement.facts_on("contact", day)):
            text += f" {facts_text(contact, knowledge)}"
            ids += fact_sources(contact)
        if subject == "claim" and not any(f.sourced for f in facts):
            text += f" {ASK_SPECIALIST}"
        if not ids and event:
            ids = list(event.sources)
        return text, ids

    return sentence
