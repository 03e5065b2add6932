"""Arrangements between two administrations, as a thread goes on about them."""

from __future__ import annotations

import re

from bot.resolving.asking import status
from bot.resolving.case import ATTRIBUTES, Asked, Case, made
from bot.resolving.days import asks_since, day_named
from bot.resolving.picking import is_covered
from bot.resolving.referring import last_two, pool
from bot.resolving.sides import around_name, named_with

_OPEN = frozenset({"", "status", "detail"})


def pair_named(case: Case, topic: str) -> Asked | None:
    """What a message that names somebody asks of a pair a thread leads to."""
    r, m, codes = case.r, case.m, case.codes
    ours = r.home or r.has("ours")
    if m.topic == "pair" and topic == "signed_date" and m.partners and not ours:
        one = (m.partners[0], *codes) if _with_the_first(case) else ()
        if len(codes) == 2 or one:
            return made(case, "pair", "the pair spoken of", partners=one or codes)
    if _of_each_other(case, topic) and not ours:
        return made(case, "pair", "a pair on record, not both of the U.S.", partners=codes)
    if not _one_beside_another(case) or ours or topic not in _OPEN:
        return None
    first = m.partners[0]
    if r.has("it") and r.has("having") and (named_with(r) or _WITH_IT.search(r.text)):
        return made(case, "pair", "with the one before", partners=(first, codes[0]))
    side = dict(m.filters).get("side")
    if side == "partner" and named_with(r):
        return made(case, "pair", "with the one before", partners=(first, codes[0]))
    if side == "home":
        before, after = around_name(r)
        if before.strip() in ("", "but", "and", "so", "yet") and after.startswith(" does"):
            return made(case, "pair", "whether another recognises it", partners=(codes[0], first))
    return None


_WITH_IT = re.compile(r"\b(?:with|w) (?:it|them|that|those)\b|\bwith\W*$", re.I)


def _of_each_other(case: Case, topic: str) -> bool:
    """ "Japan and Malaysia, signed when?": the table has the two, the U.S. has not both."""
    r, codes = case.r, case.codes
    if len(codes) != 2 or topic not in ("signed_date", "status") or r.has(*_EACH):
        return False
    if not r.has("sign", "operate", "since", "when") or all(is_covered(case, c) for c in codes):
        return False
    if len(r.mentions) == 2 and r.mentions[1].start - r.mentions[0].end > _BESIDE:
        return False  # "when did NZ join, and is Australia in as well?"
    one, two = codes
    return any(two in record.parties for record in case.k.records_of(one, one))


_BESIDE = 2  # words between two that are asked about together
_EACH = ("both", "plural", "party", "cover", "us", "compare")


def _one_beside_another(case: Case) -> bool:
    m, codes = case.m, case.codes
    return len(codes) == 1 and len(m.partners) == 1 and codes != m.partners


def _with_the_first(case: Case) -> bool:
    """ "when did it sign with korea?", of the first of the pair spoken of."""
    r, m, codes = case.r, case.m, case.codes
    other = len(codes) == 1 and codes[0] != m.partners[0]
    return other and (r.has("it") or " with " in f" {r.text.lower()} ")


def of_pair(case: Case, topic: str) -> Asked | None:
    """A pair without the U.S.: "in force when?", "and with us?"; or the two spoken of as one."""
    r, m = case.r, case.m
    if m.topic == "pair" and m.partners:
        both = r.has("both", "among") or bool(r.numbers)
        open_ = topic in (*_OPEN, "list", "term")
        if len(m.partners) == 2 and open_ and not both and _DO_WE.search(r.text):
            return status(case, "status", m.partners[1:], "whether the U.S. does so too")
        if (r.home or r.has("ours")) and topic in ("", "status", "detail", "list"):
            people = (pool(case) or m.partners) if both else m.partners[:1]
            asked = status(case, "status", people, "the pair's side with the U.S.")
            return asked._replace(question=asked.question._replace(side="partner"))
        if r.place in ("earlier", "later", "first", "last") and (older := _two_pairs(case)):
            return older
        dates = r.has("operate", "sign") or asks_since(case)
        if topic == "signed_date" or (dates and topic in ("", "status")):
            if len(m.partners) == 2 and not r.times:
                return made(case, "pair", "of the pair before", partners=m.partners, day=m.day)
    whom = r.has("withwhom") or (r.has("who") and r.text.rstrip(" ?").endswith(" with"))
    if whom and r.has("it") and len(m.partners) == 1 and topic in ("", "list", "pair"):
        return made(case, "pair", "whom the one before has them with", partners=m.partners)
    if not r.has("pair") or topic in ATTRIBUTES:
        return None
    two = last_two(case)
    if len(two) == 2 and (r.has("it", "both", "among") or len(m.partners) == 2):
        return made(case, "pair", "between the two spoken of", partners=two)
    return None


# "and does the US?", once it was asked whether another recognises somebody
_DO_WE = re.compile(
    r"\b(?:do we|have we|(?:does|did|has) (?:the )?(?:us|u\.s\.?|usa|cbp|america))\b", re.I
)


def _two_pairs(case: Case) -> Asked | None:
    """ "which is newer?", of the two pairs that one administration was asked about."""
    m = case.m
    if ("joined", "1") not in m.filters or not m.earlier or len(m.partners) != 2:
        return None
    rule = "the two pairs spoken of"
    first = made(case, "pair", rule, partners=(m.partners[0], m.earlier[0]), day=day_named(case))
    last = made(case, "pair", rule, partners=m.partners, day=day_named(case))
    return first._replace(also=(last.question,))
