"""How an arrangement comes about: the way there in general, and a partner's own."""

from __future__ import annotations

from bot.answer import Answer
from bot.question import Question
from bot.wording.common import cited, day_of, horizon, reach, said, signed_on
from bot.wording.pages import page
from bot.wording.verdicts import headline_of
from knowledge.model import Knowledge
from knowledge.prose import paragraph

_STEPS = {
    "announced": "announced",
    "work plan": "joint work plan signed",
    "signed": "arrangement signed",
    "in operation": "in operation",
}


def process(question: Question, knowledge: Knowledge) -> Answer:
    """How an arrangement comes about; for a partner, first what is known of its own way there."""
    answer = page(question, knowledge)
    lines: list[str] = []
    sources: list[str] = []
    for code in question.partners:
        found = reach(knowledge, code, day_of(question, knowledge))
        if not (found.covered and found.arrangement):
            day = day_of(question, knowledge)
            lines.append(headline_of(found, question, knowledge, day))
            sources += knowledge.list_sources(day)[:1]
            continue
        events = found.arrangement.events_by(horizon(question, knowledge))
        told = [e for e in sorted(events, key=lambda e: e.on.first) if e.what in _STEPS]
        if told:
            steps = said([f"{_STEPS[e.what]} {signed_on(e.on)}" for e in told])
            lines.append(f"{knowledge.economy(found.party).name}: {steps}.")
            sources += [s for e in told for s in e.sources[:1]]
    if not lines:
        return answer
    return answer._replace(
        headline=lines[0],
        body=(*map(paragraph, (*lines[1:], answer.headline)), *answer.body),
        citations=tuple(dict.fromkeys((*cited(knowledge, sources), *answer.citations))),
    )
