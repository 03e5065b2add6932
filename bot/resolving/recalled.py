"""The rules of a thread: what its memory adds to a message that names nobody.

Ordered; the first that fires decides.
"""

from __future__ import annotations

from bot.question import Filters
from bot.resolving.asking import attribute, status, terms
from bot.resolving.case import ATTRIBUTES, MOST_COMPARED, SETS, Asked, Case, made
from bot.resolving.days import asks_since
from bot.resolving.near import (
    beside_people,
    between_days,
    of_that_year,
    of_the_same_time,
    on_another_day,
)
from bot.resolving.pairs import of_pair
from bot.resolving.picking import is_covered, one_by_one, spoken_of
from bot.resolving.places import asked_for, one_at_a_place
from bot.resolving.referring import (
    all_noted,
    asks_which_kind,
    general,
    last_two,
    pool,
    referred,
    talk,
    with_one,
)
from bot.resolving.sets import from_set
from bot.resolving.signers import about_signers
from bot.resolving.verdicts import which_of_them
from bot.resolving.wider import wider

_MANY = 3  # more are told as a list
_CODE = 2  # letters
_TALK = 2  # words nothing is known of; with so many, and no word of asking, it is talk
_ASKING = frozenset(
    ("ask", "it", "list", "detail", "when", "dateword", "claim", "agency", "program")
)
_BARE_WORDS = 3  # "and MID?"
_OF_SOMEBODY = ("it", "both", "another", "status", "operate", "why", "mra")
_PAGES = ("definition", "process", "benefits", "eligibility", "claim", "wco_safe")
_OF_THE_LAST = "of the one before"


def recalled(case: Case, topic: str) -> Asked | None:
    """What a message means in its thread; None where it stands alone."""
    r = case.r
    if len(r.unknown) >= _TALK and not r.opens and "?" not in r.text and not r.features & _ASKING:
        return None  # "tacos are better than MRAs, fight me"
    if topic == "benefits" and r.place in ("earlier", "later") and r.has("who", "which"):
        topic = "order"  # "who was quicker?", of two
    if topic == "agency" and r.place in ("earlier", "later") and r.has("sign") and r.has("who"):
        topic = "order"  # "who signed earlier of the two?"
    if r.has("thanks") and not r.times and topic in ("", "smalltalk", "note"):
        return None
    if r.has("thanks") and topic == "benefits" and not r.unknown and "?" not in r.text:
        return made(case, "smalltalk", "thanked")  # "thx that helps"
    if topic == "list" and r.has("who") and r.has("sign") and r.times and not case.m.selected:
        return None  # "so who was it that signed in 2007?"
    people = referred(case)
    return (
        _term(case)
        or wider(case, topic)
        or of_pair(case, topic)
        or between_days(case, topic)
        or of_that_year(case, topic)
        or one_at_a_place(case, topic)
        or beside_people(case, topic, people)
        or of_the_same_time(case, topic, people)
        or about_signers(case, topic, people)
        or _word_of_theirs(case, topic, people)
        or _counted(case, topic)
        or which_of_them(case, topic)
        or _again(case, topic)
        or on_another_day(case, topic, people)
        or _each(case, topic, people)
        or from_set(case, topic)
        or _compared(case, topic)
        or _attribute(case, topic, people)
        or _still(case, topic, people)
        or _of_page(case, topic)
    )


def _term(case: Case) -> Asked | None:
    """ "and MID?" after the meaning of another term."""
    r = case.r
    if case.m.topic in ("term", "definition") and r.terms and len(r.text.split()) <= _BARE_WORDS:
        return terms(case, "another term")
    return None


def _word_of_theirs(case: Case, topic: str, people: tuple[str, ...]) -> Asked | None:
    """A term or a page's words, asked of somebody: "any mra?", "how does it show?" """
    r = case.r
    if people and r.has("expand") and topic == "" and case.m.topic in ("program", "agency"):
        return attribute(case, "program", people, "what its letters stand for")
    if not people or r.has("define"):
        return None
    if r.attribute == "work plan" and not r.has("general", "places", "plural"):
        return attribute(case, "process", people, _OF_THE_LAST)
    if asks_which_kind(case):
        return attribute(case, "eligibility", people, "which kind of theirs counts")
    if topic == "term":
        if r.has("who") and len(r.text.split()) <= _BARE_WORDS and not r.has("claim", "tells"):
            return attribute(case, "agency", people, "who signed", signed_by=True)  # "who at CBP"
        if r.has("claim"):
            return attribute(case, "claim", people, _OF_THE_LAST)
        if r.has("dateword", "when"):
            return attribute(case, "signed_date", people, _OF_THE_LAST)
        if r.has("mra") or (r.has("sign") and r.has("status")):
            return status(case, "status", people, _OF_THE_LAST)
    brief = len(r.text.split()) <= _BARE_WORDS
    if topic == "page" and brief and r.has("party", "eligible", "only") and r.pages:
        of = case.k.pages[r.pages[0][0]].topic
        if of == "eligibility":
            return attribute(case, of, people, "of another party")  # "customs brokers?"
    if topic == "page" and r.pages and r.has("claim") and not r.has("general", "plural", "places"):
        if case.k.pages[r.pages[0][0]].topic == "claim":
            return attribute(case, "claim", people, _OF_THE_LAST)  # "what goes on the entry?"
    if topic == "page" and r.has("it") and r.has("mra") and r.has("us", "ours") and not r.times:
        return status(case, "status", people, _OF_THE_LAST)  # "do they have recognition with us"
    if topic == "page" and r.has("it") and r.has("operate"):
        return status(case, "status", people, "whether it runs")
    if topic == "page" and r.has("it") and r.pages:
        of = case.k.pages[r.pages[0][0]].topic
        if of in ATTRIBUTES and of != "process":
            return attribute(case, of, people, _OF_THE_LAST)
    return None


def _again(case: Case, topic: str) -> Asked | None:
    """ "source?", "are you sure?": the last answer, with its sources."""
    r, m = case.r, case.m
    if (
        not r.has("source", "sure")
        or r.times
        or r.groups
        or topic in (ATTRIBUTES - {"signed_date"}) | {"count", "order", "compare"}
        or (topic == "signed_date" and not r.has("it", "you"))
    ):
        return None
    if not m.partners and not m.selected:
        return None
    rule = "repeats itself with its sources"
    before = Filters.from_pairs(m.filters)
    if m.topic == "order":
        place = dict(m.filters).get("place", "first")
        partners = () if ("whole", "1") in m.filters else m.selected
        if place in ("before", "after"):
            partners = m.earlier[:1]  # beside whom it was
        return made(case, "order", rule, filters=before, place=place, partners=partners, day=m.day)
    if m.topic in SETS:
        return made(case, m.topic, rule, filters=before, among=m.selected, day=m.day)
    again = m.topic if m.topic in ATTRIBUTES | {"pair", "compare"} else "status"
    return made(case, again, rule, partners=m.partners or m.selected, day=m.day)


def _counted(case: Case, topic: str) -> Asked | None:
    """ "only one of those three is in?", "only the first is covered?", "what are the 3 called?" """
    r, m = case.r, case.m
    if r.has("only") and r.place and m.topic in ("status", "detail") and topic in ("", "order"):
        if len(those := one_by_one(case) or spoken_of(case)) > 1:
            return status(case, "status", those, "those spoken of")
    if topic in ("count", "list") and r.numbers and (wanted := asked_for(case)) and pool(case):
        return attribute(case, wanted, pool(case), "of so many spoken of")
    so_many = len(r.numbers) > 1 and m.topic in ("status", "detail") and topic == "count"
    if (r.has("among") or so_many) and r.numbers and not r.place and topic not in ATTRIBUTES:
        those = pool(case)
        if so_many and len(one_by_one(case)) >= max(r.numbers):
            those = one_by_one(case)[-max(r.numbers) :]  # "so two of three?"
        if len(those) > 1:
            return status(case, "status", those, "those spoken of")
    return None


def _each(case: Case, topic: str, people: tuple[str, ...]) -> Asked | None:
    """ "dates for each?", "programs?": the list itself shows them."""
    r, m = case.r, case.m
    shown = r.has("program") and topic == "list" and (r.has("it") or len(r.text.split()) == 1)
    few = people if m.topic == "order" and not r.has("all") else m.selected
    if shown and 0 < len(few) <= _MANY:
        return attribute(case, "program", few, "of those listed")
    if m.topic == "order" and r.has("all") and topic in ATTRIBUTES and 1 < len(few) <= _MANY:
        return attribute(case, topic, few, "of each of those ordered")
    many = m.topic in SETS and len(m.selected) > _MANY and not m.partners
    if many and topic in ("signed_date", "program") and not r.place and not general(case, topic):
        return made(
            case, "list", "shown by the list", among=m.selected,
            filters=Filters.from_pairs(m.filters), day=m.day,
        )  # fmt: skip
    return None


def _compared(case: Case, topic: str) -> Asked | None:
    """ "compare them", "sort by date", "what's the gap?" """
    r, m = case.r, case.m
    if r.has("sorted") and m.topic not in SETS and (r.has("it") or not m.partners[1:]):
        if 1 < len(each := one_by_one(case)) <= MOST_COMPARED and not r.has("all", "mra", "places"):
            return made(case, "compare", "those asked about, in order", partners=each)
    if r.has("sorted") and m.topic == "compare" and not r.has("all", "mra", "places"):
        return made(case, "compare", "compares the same again", partners=m.partners)
    ordered = m.topic == "order" and ("whole", "1") not in m.filters
    if r.has("howlong") and topic == "signed_date":
        two = m.selected if ordered else last_two(case)
        apart = ordered or r.has("earlier", "later", "both", "pair", "apart")
        if apart and 1 < len(two) <= MOST_COMPARED and r.has("who", "which") and r.place:
            return made(case, "order", "which, and how far apart", partners=two, place=r.place)
        if apart and 1 < len(two) <= MOST_COMPARED:
            return made(case, "compare", "how far apart they are", partners=two)
    those = m.partners if len(m.partners) > 1 else spoken_of(case)
    if case.r.has("compare") and topic in ("compare", "") and 1 < len(those) <= MOST_COMPARED:
        return made(case, "compare", "compares those before", partners=those)
    return None


def _attribute(case: Case, topic: str, people: tuple[str, ...]) -> Asked | None:
    """ "signed when?", "agency?", "signed?" """
    r = case.r
    if topic == "note":
        return made(case, "taiwan_note", "the note", partners=all_noted(case))
    if not people:
        return None
    if r.has("operate") and r.has("sign") and " or " in r.text and not r.has("when"):
        return status(case, "status", people, "whether it runs, or is only signed")
    if topic == "agency" and r.has("operate") and not r.has("who", "which"):
        return status(case, "status", people, "whether it runs")
    brief = len(r.text.split()) <= _BARE_WORDS and case.m.topic not in SETS
    if topic == "" and r.has("nameq", "owner") and (r.has("it") or brief):
        topic = "agency" if r.has("owner") else "program"
    if topic in ATTRIBUTES and not general(case, topic) and (topic != "process" or r.has("it")):
        if case.m.topic in ("status", "detail") and r.has("singular"):
            people = with_one(case, people)
        asked = r.has("how", "who") or (r.has("which") and not r.has("and"))
        if topic == "process" and not asked and not any(is_covered(case, c) for c in people):
            return status(case, "status", people, "how far it is with them")
        return attribute(case, topic, people, _OF_THE_LAST)
    if topic == "" and r.has("sign") and not r.has("cover", "mra"):
        return attribute(case, "signed_date", people, _OF_THE_LAST)
    if topic in ("", "status") and asks_since(case):
        return attribute(case, "signed_date", people, _OF_THE_LAST)
    return None


def _still(case: Case, topic: str, people: tuple[str, ...]) -> Asked | None:
    """ "so they're covered?", "why?", "both", "the other one?" """
    r, m = case.r, case.m
    if (topic == "list" and r.has("all")) or talk(case):
        return None
    if not r.features and len(r.text.strip(" ?!.")) == _CODE:
        return None  # "ar?" may be a country's code, and is not for the one before
    if not r.has(*_OF_SOMEBODY) and (r.has("plural") or (r.has("who") and r.has("and"))):
        return None  # "how are partners chosen?", "who is next?"
    if not people or r.groups or r.has("help") or topic not in ("", "status", "detail", "list"):
        return None
    if not r.bare and not r.has(
        "it", "both", "another", "why", "cover", "status", "operate", "where", "mra"
    ):
        return None
    if r.has("where"):
        return attribute(case, "signed_date", people, _OF_THE_LAST)
    inherits = r.has("both", "another") and not r.has("cover", "status")
    if m.topic in ATTRIBUTES and topic == "" and inherits:
        return attribute(case, m.topic, people, "of the other one")
    if not r.unknown or r.has("cover", "mra", "operate", "both", "another", "why"):
        return status(case, "detail" if topic == "detail" else "status", people, _OF_THE_LAST)
    return None


def _of_page(case: Case, topic: str) -> Asked | None:
    """ "is it binding?", "brokers?", "and what comes after that?", of what was told last."""
    r, m = case.r, case.m
    if r.has("party") and r.has("only") and topic == "" and m.partners and not r.unknown:
        return attribute(case, "eligibility", m.partners, "of some kind of company only")
    party = r.has("party") and not r.unknown and len(r.text.split()) <= _BARE_WORDS
    if party and topic == "" and m.topic in ("eligibility", "benefits", "claim"):
        return attribute(case, m.topic, m.partners, "of another party") if m.partners else None
    if m.topic in _PAGES and not m.partners and topic == "" and r.has("it") and r.opens:
        return made(case, m.topic, "of the page before")
    return None
