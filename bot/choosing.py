"""Answering what the bot asked back: "the first one", "both", "Bissau"."""

from __future__ import annotations

from bot.matching.matcher import Matcher
from bot.matching.reading import Reading
from bot.memory import Memory
from knowledge.text import normalise


def chosen_reply(reading: Reading, memory: Memory, matcher: Matcher) -> str:
    """The question that a reply stands for, or "" where it is no reply to what was asked."""
    choices = memory.asked
    if reading.has("both") or reading.text.strip().lower().rstrip(".!?") in ("all", "all of them"):
        return ", ".join(c.label for c in choices)
    typed = set(normalise(reading.text).split())
    fitting = [c for c in choices if _told_apart(typed, c.label, [o.label for o in choices])]
    if len(fitting) == 1:
        return fitting[0].say
    if reading.mentions:
        return ""
    place = {"first": 1, "last": len(choices)}.get(reading.place) or (
        int(reading.place) if reading.place.isdecimal() else 0
    )
    if not place and len(reading.numbers) == 1 and reading.bare:
        place = reading.numbers[0]
    if 1 <= place <= len(choices):
        return choices[place - 1].say
    return ""


def _told_apart(typed: set[str], label: str, labels: list[str]) -> bool:
    """Whether a reply has the words that only this label has."""
    words = set(normalise(label).split())
    others = [set(normalise(other).split()) for other in labels if other != label]
    own = words - set().union(*others) if others else words
    if own:
        return bool(own & typed)
    # A label whose words all stand in others too (Guinea beside Guinea-Bissau): typed exactly.
    return words <= typed and not any((o - words) & typed for o in others)
