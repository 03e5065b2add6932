"""Those of the set spoken of that a message singles out: by place, by verdict, or as the rest."""

from __future__ import annotations

import datetime

from bot.resolving.case import Case

_MOST_NAMED = 5  # of those named one by one that "those" still means


def spoken_of(case: Case) -> tuple[str, ...]:
    """The ordered set a thread speaks of; () where it speaks of one or of nobody."""
    m = case.m
    if case.r.has("among", "all") and len(m.partners) == 1 and (named := one_by_one(case)):
        return named
    if len(m.selected) > 1 and set(m.partners) <= set(m.selected):
        return m.selected
    if len(m.partners) > 1:
        return m.partners
    if len(m.selected) > 1:
        return m.selected
    return (m.earlier[0], *m.partners) if m.partners and m.earlier else ()


def one_by_one(case: Case) -> tuple[str, ...]:
    """Those asked about one after the other, oldest first; () once a set was spoken of."""
    m = case.m
    return () if m.selected else (*m.earlier[:_MOST_NAMED][::-1], *m.partners)


def by_verdict(case: Case) -> tuple[str, ...]:
    """ "the one that is", "the covered ones", "the ones that aren't", "drop those that aren't"."""
    if not case.r.has("thosein", "thoseout"):
        return ()
    wanted = case.r.has("thoseout") == case.r.has("dropping")
    those = one_by_one(case) or spoken_of(case)
    if not any(is_covered(case, c) == wanted for c in those):
        those = (*case.m.earlier[::-1], *those)  # "the ones that are in", of all spoken of
    return tuple(c for c in those if is_covered(case, c) == wanted)


def by_place(case: Case) -> str:
    """The one at the place that the words name ("the second one", "the later one"), or ""."""
    those = spoken_of(case)
    place = case.r.place
    if len(those) < 2:
        return ""
    if case.r.has("former", "latter"):
        return those[0 if case.r.has("former") else -1]
    if case.r.has("middle"):
        return those[len(those) // 2] if len(those) % 2 else ""
    by_day = case.r.has("superlative") or case.m.topic in ("order", "compare")
    if place in ("earlier", "later") or (by_day and place):
        those = _in_order_signed(case, those)
    if place in ("first", "earlier"):
        return those[0]
    if place in ("last", "later"):
        return those[-1]
    index = int(place) - 1 if place.isdecimal() else -1
    return those[index] if 0 <= index < len(those) else ""


def tied_with(case: Case, code: str) -> tuple[str, ...]:
    """One of a set, with those that signed on the same day: "the newest" may be two."""
    found = case.k.arrangement_with(code)
    if not found or not found.signed:
        return (code,)
    those = ((c, case.k.arrangement_with(c)) for c in spoken_of(case))
    return tuple(c for c, a in those if a and a.signed == found.signed) or (code,)


def the_rest(case: Case) -> tuple[str, ...]:
    """ "the other one", "the others?": the set without those spoken of last."""
    m = case.m
    rest = tuple(c for c in m.selected if c not in m.partners)
    if rest and len(rest) < len(m.selected):
        return rest
    return m.earlier[:1]


def other_so_many(case: Case) -> tuple[str, ...]:
    """ "the other two": so many of those asked about as have the one verdict, and not the other."""
    r, m = case.r, case.m
    if not r.has("another") or m.topic not in ("status", "detail") or len(m.partners) < 3:
        return ()
    for verdict in (False, True):
        those = tuple(c for c in m.partners if is_covered(case, c) == verdict)
        if len(those) in r.numbers and len(those) < len(m.partners):
            return those
    return ()


def is_covered(case: Case, code: str) -> bool:
    """Whether an economy has an arrangement, its own or a union's, on the day spoken of."""
    day = case.m.day or case.as_of or case.k.us_evidence
    party = case.k.union_of(code, day) or code
    return any({party, code} & set(a.parties) for a in case.k.held_on(day))


def _in_order_signed(case: Case, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Some partners in the order they signed; those that never did are left out."""
    dated: list[tuple[datetime.date, str]] = []
    for code in codes:
        arrangement = case.k.arrangement_with(
            case.k.union_of(code, case.today) or code
        ) or case.k.arrangement_with(code)
        if arrangement and arrangement.signed and is_covered(case, code):
            dated.append((arrangement.signed.last, code))
    return tuple(code for _, code in sorted(dated, key=lambda d: d[0])) or codes
