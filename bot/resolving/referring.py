"""Whom a message points to without a name."""

from __future__ import annotations

from bot.resolving.case import Case
from bot.resolving.picking import by_verdict, is_covered, other_so_many, spoken_of, the_rest

_FEW = 3  # a longer list is told as a list


def referred(case: Case) -> tuple[str, ...]:
    """Whom the message points to without a name."""
    r, m = case.r, case.m
    if singled_out := by_verdict(case):
        return singled_out
    if rest := other_so_many(case):
        return rest
    if counted := pool(case):
        return counted
    if r.has("both"):
        if len(m.partners) >= 2:
            return m.partners
        those = spoken_of(case)
        return those if len(those) == 2 else those[:2] or m.partners
    together = r.has("among", "whichone") or (r.has("all") and r.negated)
    if together and m.topic in ("status", "detail"):
        if len(those := spoken_of(case)) > 1:
            return those
    if r.has("another") and (rest := the_rest(case)):
        return rest
    if m.topic in ("list", "count") and 1 < len(m.selected) <= _FEW:
        return m.selected
    if m.partners:
        return m.partners
    return m.selected if len(m.selected) <= _FEW else ()


def with_one(case: Case, people: tuple[str, ...]) -> tuple[str, ...]:
    """The only one of them with an arrangement, which "it" means once verdicts are told."""
    held = tuple(c for c in people if is_covered(case, c))
    return held if len(held) == 1 else people


def pool(case: Case) -> tuple[str, ...]:
    """ "those three": the last partners spoken of, so many as are counted."""
    r, m = case.r, case.m
    wanted = max((n for n in r.numbers if n <= 6), default=0)
    if not wanted:
        return ()
    if wanted in (len(m.partners), len(spoken_of(case))):
        return m.partners if wanted == len(m.partners) else spoken_of(case)
    if m.topic == "pair" and len(m.partners) == 2 and len(m.earlier) >= wanted - 1 > 0:
        return (*m.earlier[: wanted - 1][::-1], m.partners[1])  # asked of the first, one by one
    if r.has("among", "it") and 0 < len(m.partners) < wanted and m.earlier:
        return (*m.earlier[: wanted - len(m.partners)][::-1], *m.partners)
    return ()


def noted(case: Case, people: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some partners that the page on a note is about."""
    about = {c for p in case.k.pages.values() if p.topic == "taiwan_note" for c in p.about}
    return tuple(c for c in people if c in about)


def all_noted(case: Case) -> tuple[str, ...]:
    return tuple(c for p in case.k.pages.values() if p.topic == "taiwan_note" for c in p.about)


def general(case: Case, topic: str) -> bool:
    """Whether a question speaks of arrangements in general, though a partner was just named."""
    r = case.r
    if (topic == "process" and r.has("who")) or r.has("general"):
        return True
    if r.has("it"):
        return False
    if topic in ("benefits", "eligibility", "process") and r.has("anybody"):
        return True
    return bool(r.pages and r.pages[0][1] >= 6.0) or r.has("plural")


def last_two(case: Case) -> tuple[str, ...]:
    """The two spoken of last; more where more were asked about together."""
    m = case.m
    return m.partners if len(m.partners) > 1 else (*m.earlier[:1], *m.partners)


def talk(case: Case) -> bool:
    """Whether a message is only talk: "one sec, door", "can you make me a spreadsheet"."""
    r = case.r
    asks = r.topic or "?" in r.text or (r.has("ask") and not r.has("you"))
    brief = r.bare or (len(r.unknown) <= 2 and not r.evidence)
    return r.has("chatter") and brief and not asks and not r.has("both", "another")


def asks_which_kind(case: Case) -> bool:
    """ "any AEO, or only the security kind?", of those spoken of."""
    r = case.r
    kind = r.has("kindof") or (r.has("only") and r.has("party"))
    return kind and bool(r.terms) and r.topic in ("", "term", "page", "status", "detail")
