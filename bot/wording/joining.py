"""Several questions in one message: one reply that answers each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answer import Answer
from knowledge.prose import Block, Table, bullets, paragraph


def joined(answers: Sequence[Answer]) -> Answer:
    """The first answer, with the others below it, all facts and sources kept."""
    first, *rest = answers
    body: list[Block] = list(first.body)
    for answer in rest:
        body.append(paragraph(answer.headline))
        if answer.fields:
            body.append(bullets(tuple(f"{label}: {value}" for label, value in answer.fields)))
        body += [_untabled(block, body) for block in answer.body]
        if answer.note and answer.note != first.note:
            body.append(paragraph(f"Note: {answer.note}"))
    partners = tuple(dict.fromkeys(c for a in answers for c in a.partners))
    verdicts = {c: v for a in answers for c, v in a.verdicts.items()}
    return first._replace(
        partners=partners,
        via={k: v for a in answers for k, v in a.via.items()},
        verdicts=verdicts,
        verdict=first.verdict if len(partners) < 2 else "n/a",
        body=tuple(body),
        citations=tuple(dict.fromkeys(s for a in answers for s in a.citations)),
    )


def _untabled(block: Block, body: Sequence[Block]) -> Block:
    """A second table as bullets: a message shows one table."""
    if isinstance(block, Table) and any(isinstance(b, Table) for b in body):
        return bullets(tuple(": ".join(filter(None, row)) for row in block.rows))
    return block
