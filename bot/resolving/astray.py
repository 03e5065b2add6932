"""Whether a thread has lost whom it speaks of.

Somebody was named in a way that was not understood ("and Wakanda?"); what then asks when they
signed may mean them, and must not be told of whoever was named before.
"""

from __future__ import annotations

from bot.matching.reading import Reading
from bot.resolving.asking import ask_whom
from bot.resolving.case import ATTRIBUTES, Asked, Case

_BRIEF = 4  # words: "wakanda?", "and our Wakanda branch?"


def went_astray(asked: Asked, reading: Reading) -> bool:
    """Whether a message that was declined seems to have gone on to somebody else."""
    if asked.question.topic not in ("off_topic", "ambiguous") or asked.question.wanted:
        return False
    if asked.question.choices or reading.has("thanks", "chat"):
        return False
    if reading.has("neighbour"):
        return True
    named = bool(reading.mentions or reading.unknown or reading.doubts or reading.refused)
    asks = reading.text.rstrip().endswith(("?", "\uff1f"))
    return named and (_goes_on(reading) or (asks and len(reading.text.split()) <= _BRIEF))


def _goes_on(reading: Reading) -> bool:
    """ "and …", "what about …": not "and so on" in the midst of talk."""
    return reading.has("and") and len(reading.text.split()) <= 2 * _BRIEF


def asked_anew(case: Case, asked: Asked) -> Asked:
    """What was meant of somebody spoken of, or, in a thread gone astray, the question whom."""
    question = asked.question
    if not case.m.astray or case.codes or not question.partners:
        return asked
    if case.r.has("another", "both", "former", "latter", "first", "among"):
        return asked
    return ask_whom(case, question.topic if question.topic in ATTRIBUTES else "status")
