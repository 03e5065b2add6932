"""Whether a message in a thread is meant for the bot, though it was not mentioned.

Precision first: a wrong answer to colleagues' talk costs more than a question that has to
mention the bot once more.
"""

from __future__ import annotations

import re

from bot.matching.cleaning import mentioned
from bot.matching.reading import Reading
from bot.memory import Memory
from bot.question import Question

_LONGEST = 14  # words; a follow-up is short, talk is long
_BRIEFEST = 5  # words; so short an attribute or a name needs no question mark
_TO_OTHERS = re.compile(r"<!|@here|@channel|@everyone|(?<!\w)@\w")
_TO_THE_BOT = re.compile(r"\s*(?:can|could|would) (?:you|u)\b", re.I)
# With one of these, "who" asks for an administration or a partner, not for a colleague.
_WHO_OF_THE_SUBJECT = (
    "mra", "agency", "signatory", "sign", "program", "customs", "cover", "claim", "benefit",
    "first", "last", "earlier", "later", "both", "another", "aeo", "ordinal", "list",
)  # fmt: skip
_DECLINED = frozenset({"off_topic", "ambiguous", "smalltalk", "help", "feedback"})


def why_silent(text: str, reading: Reading, question: Question, rule: str, memory: Memory) -> str:
    """Why to keep silent, or "" where the message is surely for the bot."""
    if memory.stopped:
        return "told to keep out of this thread"
    if not memory.topic and not memory.asked:
        return "nothing was asked of the bot in this thread"
    if mentioned(text) or _TO_OTHERS.search(text):
        return "addressed to somebody else"
    if reading.empty:
        return "no words"
    if question.topic in _DECLINED:
        return f"no question it can answer ({question.topic})"
    marked = "?" in text or "\uff1f" in text
    length = len(text.split())
    if len(reading.unknown) > (1 if reading.mentions and (marked or reading.opens) else 0):
        return "words it does not know"
    to_bot = bool(_TO_THE_BOT.match(text))
    if reading.has("you") and not to_bot:
        return "spoken between people"
    if reading.has("chatter", "tells") and not (marked and reading.mentions):
        return "talk"
    if reading.has("who") and not reading.has(*_WHO_OF_THE_SUBJECT):
        return "asks who among the people"
    if reading.unknown and reading.mentions and all(m.how == "city" for m in reading.mentions):
        return "speaks of a place"
    if length > _LONGEST:
        return "too long for a follow-up"
    if marked or reading.opens or to_bot:
        return ""
    if length <= _BRIEFEST and (reading.mentions or reading.topic or reading.has("source", "both")):
        return ""
    return "not put as a question"
