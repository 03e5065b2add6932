"""Whether a message in a thread is meant for the bot, though it was not mentioned.

Precision first: a wrong answer to colleagues' talk costs more than a question that has to
mention the bot once more.
"""

from __future__ import annotations

from bot.matching.cleaning import mentioned
from bot.matching.reading import Reading
from bot.memory import Memory
from bot.question import Question

_LONGEST = 14  # words; a follow-up is short, talk is long


def why_silent(
    text: str, reading: Reading, question: Question, rule: str, memory: Memory
) -> str:
    """Why to keep silent, or "" where the message is surely for the bot."""
    if memory.stopped:
        return "told to keep out of this thread"
    if not memory.topic and not memory.asked:
        return "nothing was asked of the bot in this thread"
    if mentioned(text):
        return "addressed to somebody else"
    if reading.empty:
        return "no words"
    if question.topic in ("off_topic", "ambiguous", "smalltalk", "help", "feedback"):
        return f"no question it can answer ({question.topic})"
    if reading.unknown:
        return "words it does not know"
    if reading.has("you", "chatter"):
        return "spoken between people"
    marked = "?" in text or "？" in text or reading.has("ask")
    if not marked and not (reading.bare and len(text.split()) <= 4):
        return "not put as a question"
    if len(text.split()) > _LONGEST:
        return "too long for a follow-up"
    return ""
