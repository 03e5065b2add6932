"""From those spoken of to all there are, or to arrangements as such."""

from __future__ import annotations

from bot.question import Filters
from bot.resolving.case import Asked, Case, made
from bot.resolving.days import filters

OF_PAGES = ("definition", "process", "benefits", "eligibility", "claim", "wco_safe", "term")
_TELLABLE = ("benefits", "eligibility", "claim", "process")
_BRIEF = 7  # words: "and in general?", "is it the same for everyone?"


def wider(case: Case, topic: str) -> Asked | None:
    """What a message asks of all, or of nobody in particular; None where it does not."""
    return _in_general(case, topic) or _with_whom(case, topic) or _of_all(case)


def _in_general(case: Case, topic: str) -> Asked | None:
    """ "and in general?", "how does a country get one?" """
    r, m = case.r, case.m
    of_all = topic == "list" and r.has("all") and r.has("it") and not r.has("which", "who", "sign")
    if of_all and m.topic in _TELLABLE and m.partners:
        return made(case, m.topic, "in general")  # "do all partners get those?"
    if not r.has("general") or r.times or r.groups:
        return None
    if topic in _TELLABLE:
        return made(case, topic, "in general")
    last = m.topic if m.topic in _TELLABLE else ""
    if last and topic in ("", "list", "status") and len(r.text.split()) <= _BRIEF:
        return made(case, last, "in general")
    if topic == "list" and r.has("process", "join", "how") and r.has("how"):
        return made(case, "process", "in general")
    return None


def _with_whom(case: Case, topic: str) -> Asked | None:
    """ "with whom?", "who do we have these with?", after what they are was told."""
    r, m = case.r, case.m
    if topic not in ("", "list", "pair", "agency", "status") or r.times or r.has("signatory"):
        return None
    ours = r.has("us", "ours", "have") and r.has("having", "plural", "mra", "it")
    if not (r.has("withwhom") or (r.has("who", "which") and ours and not r.place)):
        return None
    if m.topic == "pair" and m.partners and r.has("withwhom"):
        return made(case, "pair", "with whom the first one", partners=m.partners[:1])
    if m.topic in OF_PAGES and not m.partners:
        return made(case, "list", "with whom there are any", filters=filters(case))
    return None


def _of_all(case: Case) -> Asked | None:
    """ "the latest one of the whole list", whatever set was spoken of."""
    r = case.r
    if not r.has("ever") or not r.place or r.place in ("earlier", "later"):
        return None
    return made(case, "order", "of all there are", place=r.place, take=r.take, filters=Filters())
