"""Whether a message in a thread is meant for the bot, though it was not mentioned.

Precision first: a wrong answer to colleagues' talk costs more than a question that has to
mention the bot once more. So a message must show that it asks of arrangements: by what it asks,
or by going on to another partner in known words only.
"""

from __future__ import annotations

import re

from bot.matching.cleaning import mentioned
from bot.matching.reading import Reading
from bot.memory import Memory
from bot.question import Question

_LONGEST = 14  # words; a follow-up is short, talk is long
_BRIEFEST = 5  # words; so short a name needs no question mark
_FRAGMENT = 4  # words; so short an attribute needs none: "signing date", "program name"
_TO_OTHERS = re.compile(r"<!|@here|@channel|@everyone|(?<!\w)@\w")
_TO_THE_BOT = re.compile(r"\s*(?:can|could|would) (?:you|u)\b", re.I)
_SURE = re.compile(r"\b(?:sure|certain|seguro|sicher|s\u00fbr|certo)\b", re.I)
_WONDERS = re.compile(r"\bknow (?:if|whether|when|who|what)\b", re.I)
_CALLED = re.compile(r"\s*[A-Z][a-z]+\s?[:,]\s")  # "Steve: …", "Jordan, …"
# With one of these, "who" asks for an administration or a partner, not for a colleague.
_WHO_OF_THE_SUBJECT = (
    "eligible", "join",
    "mra", "agency", "signatory", "sign", "program", "customs", "cover", "claim", "benefit",
    "first", "last", "earlier", "later", "both", "another", "aeo", "ordinal", "list",
)  # fmt: skip
# What is asked of arrangements, and hardly of anything else that colleagues talk about.
_OF_THE_FIELD = ("mra", "cover", "claim", "benefit", "eligible", "note", "wco", "signatory")
_OF_THE_SUBJECT = (
    *_OF_THE_FIELD, "aeo", "sign", "program", "nameq", "agency", "when", "dateword", "howlong",
    "compare", "source", "first", "last", "earlier", "later", "ordinal", "list", "count", "operate",
    "plural", "places", "process", "define", "join", "since", "both", "another", "thosein",
    "thoseout", "only", "without_us", "pair", "deal", "customs", "beside", "thatday", "tally",
    "why", "where", "inbetween", "withwhom", "general", "sorted", "dropping", "status",
    "now",
)  # fmt: skip
# Things of work that are known words, but that no question about arrangements is about.
_OF_WORK = re.compile(
    r"\b(?:accounts?|budgets?|(?<!they )(?<!you )calls?|accounting|legal|finance|procurement|"
    r"purchasing|marketing|meetings?|invoices?|audit(?:s|ed|ors?)?|shipments?|containers?|freight|"
    r"contracts?|decks?|slides|tickets?|desk|office|crew|team|project|trip|flight|server|lease|"
    r"payroll|workshop|offsite|kickoff|standup|training|sales|quarter|bank|weather|import from|"
    r"questionnaires?|site visits?|inspections?|paperwork|logistics|vendors?|suppliers?|"
    r"warehouses?|brokers?|forwarders?|carriers?|factory|factories|plants?|buy|ship|update|due|"
    r"channel|tomorrow|yesterday|date today|ask (?:them|him|her)|let'?s|"
    r"sign (?:this|that|here|off))\b",
    re.I,
)
_OURSELVES = re.compile(
    r"\b(?:we|our|us|me|my|i(?! (?:assume|guess|suppose|presume|take)))\b", re.I
)
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
    to_bot = bool(_TO_THE_BOT.match(text))
    if talk := _talk(text, reading, marked, to_bot):
        return talk
    if length > _LONGEST:
        return "too long for a follow-up"
    if marked or reading.opens or to_bot:
        return ""
    longest = _BRIEFEST if reading.mentions else _FRAGMENT
    if length <= longest and (reading.mentions or reading.topic or reading.has("source", "both")):
        return ""
    return "not put as a question"


def _talk(text: str, reading: Reading, marked: bool, to_bot: bool) -> str:
    """Why a message is talk between people; "" where nothing says so."""
    if reading.unknown:
        return "words it does not know"
    if reading.has("you") and not (to_bot or reading.has("sure")):
        return "spoken between people"
    if _chatters(reading, marked):
        return "talk"
    if reading.has("aside", "stop") or _called(text, reading):
        return "speaks of something else"
    if reading.has("who") and not reading.has(*_WHO_OF_THE_SUBJECT):
        return "asks who among the people"
    of_trade = reading.has("benefit") and reading.has("party")
    asked = of_trade or reading.has(*(f for f in _OF_THE_FIELD if f != "benefit"))
    if _OF_WORK.search(text) and not asked:
        return "speaks of work"
    if _OURSELVES.search(text) and not reading.has(*_OF_THE_FIELD, "have", "detail", "aeo", "home"):
        return "speaks of themselves"
    if reading.has("anyone") and not (
        _WONDERS.search(text) or reading.groups or reading.has(*_OF_THE_FIELD, "sign")
    ):
        return "asks who among the people"
    if text.rstrip().endswith(("...", "\u2026")):
        return "trails off"
    if reading.has("sure") and _SURE.search(text):
        return ""
    if not reading.mentions and not reading.has(*_OF_THE_SUBJECT) and not reading.groups:
        return "" if reading.times or reading.terms or reading.kind else "asks nothing"
    return ""


def _chatters(reading: Reading, marked: bool) -> bool:
    """Whether the tone is that of talk, and what is asked does not outweigh it."""
    if not reading.has("chatter"):
        return False
    goes_on = reading.bare and reading.has("and")  # "ok and mexico"
    if reading.mentions and (marked or goes_on):
        return False
    # "ok what's the signing date then"
    asks = reading.has(*(_OF_THE_SUBJECT if reading.has("lead") else _OF_THE_FIELD))
    return not (reading.opens and asks)


def _called(text: str, reading: Reading) -> bool:
    """Whether it begins with the name of whom it is addressed to: "Steve: …", "Jordan, …"."""
    called = _CALLED.match(text)
    if not called:
        return False
    word = called[0].strip(" :,").lower()
    return not reading.mentions or all(m.typed.lower() != word for m in reading.mentions)
