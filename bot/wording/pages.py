"""Answers in prose: a page of knowledge/faq, or a term of the glossary."""

from __future__ import annotations

from bot.answer import Answer, Choice
from bot.question import Question
from bot.wording.common import cited, dated, day_of
from knowledge.dates import written
from knowledge.model import Knowledge
from knowledge.pages import Page
from knowledge.prose import Block, Paragraph, paragraph

# The page that speaks for a topic where the question points to none in particular.
MAIN_PAGE = {
    "definition": "mutual-recognition",
    "benefits": "benefits",
    "eligibility": "eligibility",
    "claim": "claiming",
    "process": "process",
    "wco_safe": "wco-safe",
    "taiwan_note": "taiwan-note",
    "feedback": "feedback",
}


def page_for(question: Question, knowledge: Knowledge) -> Page:
    """The page asked for, else the topic's main one."""
    if question.subject in knowledge.pages:
        return knowledge.pages[question.subject]
    return knowledge.pages[MAIN_PAGE[question.topic]]


def page(question: Question, knowledge: Knowledge) -> Answer:
    """A page: its first paragraph is the answer, the rest is detail."""
    record = page_for(question, knowledge)
    return page_answer(record, question, knowledge)


def page_answer(record: Page, question: Question, knowledge: Knowledge) -> Answer:
    first, *rest = record.blocks
    headline = (
        "".join(s.text for s in first.spans) if isinstance(first, Paragraph) else record.title
    )
    blocks: tuple[Block, ...] = tuple(rest) if isinstance(first, Paragraph) else record.blocks
    others = [p for p in knowledge.pages.values() if p.topic == record.topic and p is not record]
    return Answer(
        topic=record.topic,
        headline=headline,
        as_of=day_of(question, knowledge),
        partners=question.partners,
        body=blocks,
        citations=cited(knowledge, record.sources),
        dated=f"Page reviewed on {written(record.reviewed)}.",
        next_steps=tuple(Choice(p.title[:60], p.asks[0]) for p in others[:3]),
    )


def term(question: Question, knowledge: Knowledge) -> Answer:
    """What an abbreviation stands for."""
    record = next(t for t in knowledge.terms if t.id == question.subject)
    return Answer(
        topic="definition",
        headline=f"{record.id}: {record.stands_for}.",
        as_of=day_of(question, knowledge),
        partners=question.partners,
        body=(paragraph(record.says),),
        citations=cited(knowledge, record.sources),
        dated=dated(question, knowledge),
        next_steps=(
            (Choice("More", knowledge.pages[record.page].asks[0]),)
            if record.page and record.page in knowledge.pages
            else ()
        ),
    )
