"""How many programs and arrangements the world has, by the counts on record."""

from __future__ import annotations

from bot.answer import Answer
from bot.question import Question
from bot.wording.common import cited, dated
from knowledge.dates import When
from knowledge.facts import WorldCount
from knowledge.model import Knowledge
from knowledge.prose import Block, bullets

_PARTIAL = "Others count; the register lists the pairs that its sources name, and is partial."


def world_count(question: Question, knowledge: Knowledge) -> Answer:
    """The last count by the day asked about, and the earlier ones below it."""
    day = question.day or question.horizon or knowledge.world_evidence
    counts = [c for c in knowledge.counts if c.on.last <= day]
    body: tuple[Block, ...] = ()
    if counts:
        text = f"Worldwide, {_when(counts[-1].on)}: {counts[-1].says}."
        if len(counts) > 1:
            earlier = (f"{c.on.written}: {c.says}" for c in reversed(counts[:-1]))
            body = (bullets(tuple(earlier)),)
    else:
        first: WorldCount = knowledge.counts[0]
        text = f"No count of the world's arrangements is on record before {first.on.written}."
        counts = [first]
    return Answer(
        topic="count",
        headline=text,
        as_of=day,
        body=body,
        note=_PARTIAL,
        citations=cited(knowledge, [s for c in reversed(counts) for s in c.sources]),
        dated=dated(question, knowledge, knowledge.world_evidence),
    )


def _when(on: When) -> str:
    return f"at the count of {on.written}"
