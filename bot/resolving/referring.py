"""Whom a message points to without a name."""

from __future__ import annotations

from bot.resolving.case import Case


def referred(case: Case) -> tuple[str, ...]:
    """Whom the message points to without a name."""
    r, m = case.r, case.m
    if counted := pool(case):
        return counted
    if r.has("both"):
        if len(m.partners) >= 2:
            return m.partners
        if m.partners and m.earlier:
            return (m.earlier[0], *m.partners)
        return m.selected[:2] or m.partners
    if r.has("another"):
        rest = tuple(c for c in m.partners if c not in m.selected)
        if m.topic == "order" and rest:
            return rest
        rest = tuple(c for c in m.selected if c not in m.partners)
        if rest and len(rest) < len(m.selected):
            return rest
        if m.earlier:
            return m.earlier[:1]
    if m.topic == "order" and len(m.selected) == 1:
        return m.selected
    if m.partners:
        return m.partners
    if len(m.selected) <= 3:
        return m.selected
    return ()


def pool(case: Case) -> tuple[str, ...]:
    """ "those three": the last partners spoken of, so many as are counted."""
    r, m = case.r, case.m
    wanted = max((n for n in r.numbers if n <= 6), default=0)
    if r.has("among", "it") and 0 < len(m.partners) < wanted and m.earlier:
        return (*m.earlier[: wanted - len(m.partners)][::-1], *m.partners)
    return m.partners if len(m.partners) == wanted else ()


def noted(case: Case, people: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some partners that the page on a note is about."""
    about = {c for p in case.k.pages.values() if p.topic == "taiwan_note" for c in p.about}
    return tuple(c for c in people if c in about)


def all_noted(case: Case) -> tuple[str, ...]:
    return tuple(c for p in case.k.pages.values() if p.topic == "taiwan_note" for c in p.about)


def general(case: Case) -> bool:
    """Whether a question speaks of arrangements in general, though a partner was just named."""
    r = case.r
    if r.has("it"):
        return False
    return bool(r.pages and r.pages[0][1] >= 6.0) or r.has("plural")


def last_two(case: Case) -> tuple[str, ...]:
    """The two spoken of last; more where more were asked about together."""
    m = case.m
    return m.partners if len(m.partners) > 1 else (*m.earlier[:1], *m.partners)
