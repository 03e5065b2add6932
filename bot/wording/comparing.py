"""Two or more partners side by side."""

from __future__ import annotations

from bot.answer import Answer
from bot.question import Question
from bot.wording.common import (
    as_of,
    body_of,
    cited,
    dated,
    day_of,
    elapsed,
    facts_text,
    horizon,
    named,
    partners_of,
    program_of,
    reach,
    said,
    via_of,
)  # fmt: skip
from bot.wording.verdicts import verdicts_of
from knowledge.model import Knowledge
from knowledge.prose import Block, Table, paragraph


def compare(question: Question, knowledge: Knowledge) -> Answer:
    """Program, administration, date, scope and way to claim of each, and what they share."""
    day = day_of(question, knowledge)
    until = horizon(question, knowledge)
    reaches = [reach(knowledge, code, day) for code in question.partners]
    columns = [("Signed", []), ("Program", []), ("Run by", []), ("Scope", [])]  # type: list[tuple[str, list[str]]]
    sources: list[str] = []
    for found in reaches:
        arrangement = found.arrangement if found.covered else None
        if not arrangement:
            for _, values in columns:
                values.append("no arrangement on record")
            continue
        program = program_of(knowledge, arrangement, found.party)
        body = body_of(knowledge, program)
        facts = arrangement.facts_on("scope", until) or arrangement.facts_on("eligible", until)[:1]
        event = arrangement.signing
        columns[0][1].append(event.on.written if event else "not sourced")
        columns[1][1].append(named(program.names_on(until)[-1]) if program else "not sourced")
        columns[2][1].append(named(body) if body else "not sourced")
        columns[3][1].append(facts_text(facts, knowledge) or "not sourced")
        if event:
            sources += event.sources[:2]
    names = [r.economy.name for r in reaches]
    rows = tuple((label, *values) for label, values in columns)
    order = sorted(
        (r for r in reaches if r.covered and r.arrangement and r.arrangement.signed),
        key=lambda r: r.arrangement.signed.last,  # type: ignore[union-attr]  # filtered above
    )
    text = f"{said(names)} side by side, {as_of(question, knowledge)}."
    body_blocks: list[Block] = [Table(("", *names), rows)]
    alike = [
        label
        for label, values in columns
        if len(set(values)) == 1 and len(values) > 1 and "no arrangement" not in values[0]
    ]
    summary = []
    if len(order) > 1:
        parts = [
            f"{r.economy.in_sentence} {r.arrangement.signed.written}"
            for r in order
            if r.arrangement and r.arrangement.signed
        ]
        summary.append(f"In the order signed: {said(parts)}.")
        first, last = order[0].arrangement, order[-1].arrangement
        if first and last and first.signed and last.signed:
            gap = elapsed(first.signed.last, last.signed.last)
            same = first.signed == last.signed
            summary.append(
                "Both on the same day." if same and first.signed.day else f"They lie {gap} apart."
            )
    if alike:
        summary.append(f"The same for all: {said([a.lower() for a in alike])}.")
    missing = [r.economy.in_sentence for r in reaches if not r.covered]
    if missing:
        summary.append(f"No arrangement on record with {said(missing)}.")
    if summary:
        body_blocks.insert(0, paragraph(" ".join(summary)))
    return Answer(
        topic="compare",
        headline=text,
        as_of=day,
        partners=partners_of(reaches),
        via=via_of(reaches),
        verdicts=verdicts_of(reaches),
        selected=tuple(r.party for r in order) if question.place else (),
        body=tuple(body_blocks),
        citations=cited(knowledge, sources or knowledge.list_sources(day)),
        dated=dated(question, knowledge),
    )
