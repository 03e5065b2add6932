"""How a message was read, for whoever maintains the phrasings."""

from __future__ import annotations

from bot.conversation import Turn
from bot.matching.times import Time
from bot.memory import Memory
from bot.question import Question


def explanation(turn: Turn, before: Memory) -> str:
    """Spans, candidates with distances, features, rules that fired, filters, memory."""
    reading, question = turn.reading, turn.question
    if reading is None or question is None:
        return "How it was read: nothing was read."
    lines = ["How it was read:"]
    for mention in reading.mentions:
        distance = f", {mention.distance} edits away" if mention.distance else ""
        lines.append(
            f"  {mention.typed!r} -> {' or '.join(mention.codes)} "
            f"({mention.how}{', weak' if mention.weak else ''}{distance})"
        )
    for label, value in (
        ("doubted", ", ".join(reading.doubts)),
        ("refused", ", ".join(reading.refused)),
        ("features", ", ".join(sorted(reading.features))),
        ("times", ", ".join(_time(t) for t in reading.times)),
        ("groups", ", ".join(reading.groups)),
        ("terms", ", ".join(reading.terms)),
        ("pages", ", ".join(f"{page} {score}" for page, score in reading.pages)),
        ("repaired", ", ".join(f"word {i + 1} to {w!r}" for i, w in _repaired(reading.trace))),
        ("unknown words", ", ".join(reading.unknown)),
        ("topic of the words", f"{reading.topic or '-'}: {reading.trace.get('rule') or '-'}"),
        ("topic of the question", f"{question.topic}: {turn.rule}"),
        ("question", _question(question)),
        ("memory before", before.to_json()),
        ("memory after", turn.memory.to_json()),
    ):
        if value:
            lines.append(f"  {label}: {value}")
    return "\n".join(lines)


def _time(time: Time) -> str:
    return " ".join(
        f"{name}={value}"
        for name, value in time._asdict().items()
        if name in ("relation", "since", "until", "day") and value
    )


def _repaired(trace: object) -> list[tuple[int, str]]:
    repaired = trace.get("repaired", {}) if hasattr(trace, "get") else {}
    return list(repaired.items())


def _question(question: Question) -> str:
    parts = []
    for name, value in question._asdict().items():
        if value and name not in ("topic", "today"):
            parts.append(f"{name}={value.pairs() if name == 'filters' else value}")
    return ", ".join(str(p) for p in parts)
