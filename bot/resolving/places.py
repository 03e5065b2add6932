"""One of those spoken of, by its place: "the second one", "which was first?"."""

from __future__ import annotations

import re

from bot.question import Filters
from bot.resolving.asking import attribute, status
from bot.resolving.case import ATTRIBUTES, MOST_COMPARED, SETS, Asked, Case, made
from bot.resolving.picking import by_place, spoken_of, tied_with
from bot.resolving.referring import pool

_OF_AN_ORDER = ("which", "who", "superlative", "beside")


# "date for the first?", "who signed for the second"
_AT_THE_START = re.compile(
    r"^(?:and |ok )?the (?:\w+(?:st|nd|rd|th)|first|second|third|last)\b[^?]{0,20}[,:-]", re.I
)
_AT_THE_END = re.compile(
    r"\b(?:for|of) the (?:\w+(?:st|nd|rd|th)|first|second|third|last)(?: two| three)?\W*$", re.I
)


def one_at_a_place(case: Case, topic: str) -> Asked | None:
    """ "the second one, what's its program?", "date of the later one", "the middle one: date?" """
    r, m = case.r, case.m
    if r.place.isdecimal() and int(r.place) in r.numbers and pool(case):
        return None  # "the 3 programs" are all of them
    pointed = r.has("middle", "former", "latter")
    wanted = topic if topic in ATTRIBUTES else asked_for(case)
    if not wanted and m.topic in ATTRIBUTES and not r.has(*_OF_AN_ORDER):
        # "and the last?", once the first one's was told
        if pointed or (r.place and r.has("and") and not r.unknown):
            return _attribute_at(case, m.topic)
    pointed = (
        pointed
        or r.has("it", "among")
        or (r.has("when") and bool(r.place))
        or bool(r.place and _AT_THE_END.search(r.text))
        or (wanted in ("agency", "program") and bool(r.place))
    )
    again = r.bare and m.topic in ("status", "detail")
    state = topic in ("", "status") and (again or r.has("operate", "cover"))
    if r.has("former", "latter") and state and (code := by_place(case)):
        return status(case, "status", (code,), "whether the one at that place is")
    if not wanted or not pointed or r.has("count", "beside", "mra", "cover", "plural"):
        return None
    of_it = r.has("agency") or r.place.isdecimal() or " for " in r.text.lower()
    of_it = of_it or bool(_AT_THE_START.match(r.text))  # "the first of those, who signed?"
    if r.has("who") and not (wanted == "agency" and of_it):
        return None  # "who signed first?" asks for a partner
    return _attribute_at(case, wanted)


def _attribute_at(case: Case, topic: str) -> Asked | None:
    take, those = case.r.take, spoken_of(case)
    if take:  # "the first two's programs"
        several = those[:take] if case.r.place == "first" else those[-take:]
        return attribute(case, topic, several, "of those at that end") if several else None
    code = by_place(case)
    tied = tied_with(case, code) if case.r.has("superlative") else (code,)
    return attribute(case, topic, tied, "of the one at that place") if code else None


def asked_for(case: Case) -> str:
    """The attribute asked of the one at a place: "the second one, what's its program?" """
    r = case.r
    if r.has("signatory") and r.has("who"):
        return "agency"
    if r.has("dateword", "when"):
        return "signed_date"
    if r.has("agency", "signatory"):
        return "agency"
    return "program" if r.has("program", "nameq") else ""


def placed(case: Case) -> Asked | None:
    """ "which was first?", "the second one"."""
    r, m = case.r, case.m
    among = pool(case) or spoken_of(case)
    whole = ("whole", "1") in m.filters
    if r.has("ever") or (r.has("mra", "cover") and not r.has("it", "among")):
        if r.has("ever") or m.topic not in ("compare", "order"):
            return None
    absolute = r.place not in ("earlier", "later")
    if m.topic == "order" and whole and not r.has("among") and absolute:
        return made(
            case, "order", "another place in the whole order", place=r.place, take=r.take,
            filters=Filters.from_pairs(m.filters),
        )  # fmt: skip
    if len(among) < 2:
        return None
    asks = r.has("who", "sign", "when", "list", "operate", "among", "which") or r.place in (
        "earlier",
        "later",
    )
    superlative = r.place in ("first", "last") and (not r.has("it") or m.topic in SETS)
    superlative = superlative or (m.topic == "order" and not r.has("it"))
    if asks or superlative:
        named = set(among) <= {*m.partners, *m.earlier} and len(among) <= MOST_COMPARED
        return made(
            case,
            "order",
            "among those before",
            partners=among if named else (),
            among=() if named else among,
            place=r.place,
            take=r.take,
            day=m.day,
        )
    code = by_place(case)
    if not code:
        return None
    if m.topic in ATTRIBUTES:
        return attribute(case, m.topic, (code,), "inherits the attribute")
    return made(case, "detail", "the one at that place", partners=(code,))
