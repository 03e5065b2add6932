"""The rules where nobody is named."""

from __future__ import annotations

from bot.resolving.asking import ask_whom, attribute, status, terms
from bot.resolving.case import ATTRIBUTES, Asked, Case, made
from bot.resolving.days import filters, set_day
from bot.resolving.recalled import recalled
from bot.resolving.referring import all_noted, talk

_OF_A_PLACE = frozenset(("it", "ordinal", "lead", "and", "among", "singular"))  # "the second one"
_LISTED = ("signed_date", "agency", "program")  # what a list shows: "dates for all ten"
_OF_SEVERAL = ("list", "all", "plural", "mra", "sign", "count", "aeo", "program", "agency")
_CHOICES = 5  # places further on can only be in the list of all: "the twelfth one"
_BRIEF = 5  # words
_COURTEOUS = 3  # unknown words that a thank-you may have


def unnamed(case: Case) -> Asked:
    """What a message asks that names nobody."""
    r, m = case.r, case.m
    rule = str(r.trace.get("rule", ""))
    topic = r.topic
    if topic == "stop":
        return made(case, "smalltalk", "told to stop", reason="stop")
    if topic == "world":
        time = r.times[0].day if r.times else None
        return made(case, "count", rule, subject="world", day=time)
    if m.topic:
        asked = recalled(case, topic)
        if asked:
            return asked
    elif m.partners and r.has("it") and topic in ATTRIBUTES | {"status", "detail"}:
        rule = "of the one asked about something else"
        if topic in ATTRIBUTES:
            return attribute(case, topic, m.partners, rule)
        return status(case, topic, m.partners, rule)
    if (
        r.has("thanks", "hello")
        and len(r.unknown) <= _COURTEOUS
        and (r.bare or not topic or topic in ("note", "list", "signed_date"))
        and not r.has("mra", "cover", "aeo")
        and "?" not in r.text
    ):
        return made(
            case,
            "smalltalk",
            "courtesy",
            reason="hello" if r.has("hello") and not r.has("thanks") else "",
        )
    if m.topic and talk(case):
        return made(case, "smalltalk", "talk", reason="talk")
    if topic == "feedback":
        return made(case, "feedback", rule)
    if topic == "note":
        return made(case, "taiwan_note", rule, partners=all_noted(case))
    nothing = not (m.topic or r.times or r.groups or r.has(*_OF_SEVERAL))
    if topic == "list" and r.has("singular") and nothing and len(r.text.split()) <= _BRIEF:
        return made(case, "ambiguous", "which of nothing spoken of")
    if topic in ("count", "list"):
        return set_of(case, topic, rule)
    near = r.place in ("first", "last") or (r.place.isdecimal() and int(r.place) <= _CHOICES)
    if topic == "order" and near and not m.topic and r.features <= _OF_A_PLACE:
        return made(case, "ambiguous", "a place in nothing spoken of")
    if topic == "order" and r.has("all") and r.times and r.has("list", "detail"):
        return set_of(case, "list", "all of a time")
    if topic == "order":
        return set_of(case, "order", rule, place=r.place or "first", take=r.take)
    if topic == "term" and r.terms:
        return terms(case, rule)
    if topic == "compare" and len(r.terms) > 1:
        return terms(case, rule)
    if topic in ("benefits", "claim", "process", "eligibility", "wco_safe"):
        return made(case, topic, rule, subject=page_on(case, topic))
    if topic == "definition" and (defines := page_on(case, topic)):
        return made(case, topic, rule, subject=defines)
    if topic in ("page", "definition"):
        if r.pages:
            page = case.k.pages[r.pages[0][0]]
            if page.topic == "taiwan_note":
                return made(case, page.topic, rule, partners=all_noted(case))
            return made(case, page.topic, rule, subject=page.id)
        return made(case, "definition", rule)
    if r.has("help") or topic == "help":
        return made(case, "help", "help is asked for")
    if topic == "" and not m.topic and r.has("all") and r.has("detail", "list", "among"):
        return set_of(case, "list", "all of them")
    if topic in _LISTED and r.has("all") and not m.topic and not r.has("it"):
        return set_of(case, "list", "an attribute of all")
    if topic in ATTRIBUTES or topic == "compare":
        return ask_whom(case, topic)
    if (r.unknown or r.doubts or r.refused) and not r.has("it", "another", "and", "cover", "mra"):
        return made(case, "off_topic", "nothing known in it")
    return made(case, "ambiguous", "nothing to go by")


def page_on(case: Case, topic: str) -> str:
    """The likeliest page on a topic, or ""."""
    for page, _ in case.r.pages:
        if case.k.pages[page].topic == topic:
            return page
    return ""


def set_of(case: Case, topic: str, rule: str, **more: object) -> Asked:
    """A list, a count or an order, narrowed as the message says."""
    return made(case, topic, rule, filters=filters(case), day=set_day(case), **more)
