"""Keeps what answers lacked, with as much of the question as the operator wants kept."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from bot.answer import Answer
from bot.gaps import UNANSWERED, Gap, note_gap
from bot.rendering.characters import cut, plain
from bot.slack.payloads import MENTION
from bot.slack.services import Services

_QUESTION = 300  # characters


def note_unanswered(services: Services, team: str, asked: str, text: str, said: Answer) -> None:
    """Keeps a question that got no answer, beside the answering.

    `asked` names the message or command, so that one that is delivered twice counts once.
    """
    if said.choices or said.topic not in ("off_topic", "ambiguous"):
        return
    gap = Gap(UNANSWERED, said.topic, said.partners, readable(text))
    services.tasks.start(note(services, team, digest(asked), gap), "noting a gap")


async def note(services: Services, team: str, key: str, gap: Gap | None) -> None:
    """Keeps a gap under a key, or takes it back; a failure costs the gap, not the answer."""
    if gap and not services.settings.store_questions:
        gap = replace(gap, question="", remark="")
    try:
        await note_gap(services.store, team, key, gap, services.clock())
    except Exception as error:
        services.report(error, "noting a gap")


def digest(*names: str) -> str:
    """A key that tells the same thing from others, and nobody what it is."""
    return hashlib.sha256("\0".join(names).encode("utf-8", "replace")).hexdigest()[:32]


def readable(text: str) -> str:
    """A question as a person reads it, without mentions."""
    return cut(plain(MENTION.sub(" ", text)), _QUESTION)
