"""An answer as the object that programs read."""

from __future__ import annotations

from typing import Any

from bot.answer import Answer
from bot.rendering.text import to_text


def to_object(answer: Answer) -> dict[str, Any]:
    """The answer as values that JSON can hold; `text` is the whole answer in words."""
    return {
        "topic": answer.topic,
        "partners": list(answer.partners),
        "via": dict(answer.via),
        "selected": list(answer.selected),
        "verdict": answer.verdict,
        "verdicts": dict(answer.verdicts),
        "as_of": answer.as_of.isoformat(),
        "text": to_text(answer),
        "citations": [source.id for source in answer.citations],
        "choices": [choice.label for choice in answer.choices],
    }
