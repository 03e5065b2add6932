"""The rules where somebody is named."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.matching.relation_topics import NEAREST
from bot.question import Filters
from bot.resolving.asking import attribute, status
from bot.resolving.case import ATTRIBUTES, MOST_COMPARED, ONE_DAY, SETS, Asked, Case, made
from bot.resolving.days import asks_since, day_named, filters
from bot.resolving.near import between_partners
from bot.resolving.pairs import pair_named
from bot.resolving.picking import spoken_of
from bot.resolving.referring import asks_which_kind, noted
from bot.resolving.sets import narrowed
from bot.resolving.sides import named_as_way

_WHY = ("status", "detail", "agency")  # "why is Taiwan's between institutes?" asks for the note
_OPEN = frozenset({"", "status", "detail"})  # topics a bare name has; an attribute is inherited


def named(case: Case) -> Asked:
    r, m, codes = case.r, case.m, case.codes
    topic = r.topic
    rule = str(r.trace.get("rule", ""))
    if topic in ("list", "count") and not r.negated:
        topic = "status"
    follows = bool(m.topic)
    if m.day and r.has("thatday"):
        return made(case, "status", "on the day spoken of", partners=codes, day=m.day)
    if follows and asks_which_kind(case):
        return attribute(case, "eligibility", codes, "which kind of theirs counts")
    if _only_the_way(case):
        return status(case, "status", m.partners, "whether through a union")
    if regions := _regions(case):
        return regions
    if between := between_partners(case):
        return between
    negated = (r.negated or r.has("except")) and not r.has("it") and "?" not in r.text
    without = m.topic in ("list", "count") and r.bare and negated and {*codes} & {*m.selected}
    if (r.has("dropping") or without) and (left := _left_over(case)):
        return left
    if topic in _OPEN and m.partners and r.has("why") and r.has("it"):
        return status(case, "status", m.partners, "why so, of the one before")
    if topic in _OPEN and asks_since(case):
        return attribute(case, "signed_date", codes, "since when")
    if pair := pair_named(case, topic):
        return pair
    by_letters = follows and rule == "named by its program or agency"
    if follows and (topic in _OPEN or by_letters):
        taken_over = inherited(case, topic, by_letters)
        if taken_over:
            return taken_over
    if topic == "feedback":
        return made(case, "feedback", rule)
    if topic == "page" or topic == "term":
        topic = ""
    if topic == "note" and not noted(case, codes):
        topic = "status"
    if topic == "note" or (
        topic in _WHY
        and r.has("why")
        and r.has("mra", "sign", "agency", "note")
        and noted(case, codes) == codes
    ):
        return made(case, "taiwan_note", rule, partners=codes)
    set_beside = topic == "compare" or (topic == "pair" and "between" in r.text.lower())
    goes_on = r.has("likewise") or r.text.lower().startswith(("and ", "same "))
    if set_beside and m.topic == "order" and goes_on and not (r.place or r.unknown):
        place = dict(m.filters).get("place", "first")
        return made(case, "order", "orders two others", partners=codes, place=place)
    if topic == "pair":
        if len(codes) == 1 and follows and m.topic == "pair" and r.has("and"):
            return made(
                case,
                "pair",
                "joins the pair",
                partners=(m.partners[0], codes[0]),
                day=day_named(case),
            )
        return made(case, "pair", rule, partners=codes[:2], day=day_named(case))
    if topic == "order":
        return order(case, rule)
    if topic == "compare":
        place = "first" if rule == "in what order" else ""
        return made(case, "compare", rule, partners=codes, place=place, day=day_named(case))
    if topic in ATTRIBUTES:
        return attribute(case, topic, codes, rule)
    if topic in ("status", "detail"):
        return status(case, topic, codes, rule)
    return status(case, "detail", codes, rule or "only named")


def _only_the_way(case: Case) -> bool:
    """Whether a union is named only as the way to the one before: "not even through the EU?"."""
    r, m, codes = case.r, case.m, case.codes
    if len(codes) != 1 or len(m.partners) != 1 or codes == m.partners or r.topic not in _OPEN:
        return False
    group = case.k.groups.get(codes[0])
    if not group or not group.union or m.topic not in ("status", "detail"):
        return False
    return named_as_way(r)


def _regions(case: Case) -> Asked | None:
    """ "and europe?" after a list of a region's: the region, not the union called the same."""
    r, m = case.r, case.m
    if m.topic not in SETS or r.unknown:
        return None
    goes_on = "group" in dict(m.filters) or r.has("among", "only")
    regions = tuple(mention.group for mention in r.mentions if mention.group)
    if not goes_on or len(regions) != len(r.mentions):
        return None
    narrower = case._replace(r=r._replace(groups=regions, mentions=()), codes=())
    return narrowed(narrower, r.topic, Filters.from_pairs(m.filters))


def _left_over(case: Case) -> Asked | None:
    """ "drop japan": the last list, comparison or order without it."""
    m, codes = case.m, case.codes
    rule = "the last ones without it"
    rest = tuple(c for c in spoken_of(case) if c not in codes)
    if m.topic in ("list", "count"):
        before = Filters.from_pairs(m.filters)
        out = "+".join(filter(None, (before.excluding, *codes)))
        return made(case, m.topic, rule, filters=replace(before, excluding=out), day=m.day)
    if m.topic in ("compare", "order") and len(rest) > 1:
        place = dict(m.filters).get("place", "")
        return made(case, m.topic, rule, partners=rest, place=place, day=m.day)
    return status(case, "status", rest, rule) if rest else None


def inherited(case: Case, topic: str, by_letters: bool = False) -> Asked | None:
    """A bare name takes over what was asked of the last one."""
    r, m, codes = case.r, case.m, case.codes
    alone = len(codes) == 1 and len(m.partners) == 1
    beside = alone and r.has("compare") and not r.has("likewise")
    if beside and codes != m.partners and m.topic not in ("compare", "order", "pair"):
        both = (*m.partners, *codes)
        return made(case, "compare", "beside the one before", partners=both, day=m.day)
    joined = r.has("and", "mend") or r.bare or len(r.unknown) <= 1
    if not joined or r.negated or r.has("cover", "detail"):
        return None
    if m.topic == "process" and r.has("have") and r.has("it"):  # "did Brazil have one"
        return attribute(case, "process", codes, "inherits the attribute")
    whole = ("whole", "1") in m.filters
    compares = m.topic == "compare" or (m.topic == "order" and r.has("compare"))
    if compares and not r.place and not r.has("mend", "mra"):
        before = m.selected if m.topic == "order" else m.partners
        partners = tuple(dict.fromkeys(before + codes))
        return made(case, "compare", "joins the comparison", partners=partners, day=m.day)
    if r.has("now") or (r.times and m.topic != "pair") or (r.home and not topic):
        return None
    if m.topic in ("order", "compare") and len(codes) == 1 and r.has("earlier", "later"):
        if whole:
            return order(case, "beside another one")
        place = "earlier" if r.has("earlier") else "later"
        all_of_them = m.topic == "compare" or r.has("both", "all")
        last = spoken_of(case) if all_of_them else m.partners
        partners = tuple(dict.fromkeys(last + codes))
        return made(case, "order", "the last ones beside it", partners=partners, place=place)
    few = 0 < len(m.partners) <= MOST_COMPARED >= len(m.selected)
    if m.topic == "order" and len(m.selected) > 1 and few and not whole and not r.place:
        anew = len(codes) > 1 and " or " in f" {r.text.lower()} "  # "and Canada or Korea"
        partners = codes if anew else tuple(dict.fromkeys(m.selected + codes))
        return made(
            case,
            "order",
            "joins the order",
            partners=partners,
            place=dict(m.filters).get("place", "first"),
        )
    than = r.place in ("earlier", "later") and len(m.partners) == 1 and codes != m.partners
    if by_letters and codes == m.partners:
        return None  # "was it NEEC before?", of Mexico's program
    either = r.has("earlier") and r.has("later") and len(m.partners) == 1
    if either or (r.has("it") and r.place and m.partners) or (than and " than " in r.text.lower()):
        return _beside_the_last(case)
    if m.topic == "pair" and m.partners and not r.home and not r.has("ours"):
        alike = r.has("likewise") or (r.bare and r.has("and"))
        if len(m.partners) == 1 and len(codes) == 1 and alike and not r.unknown:
            if (
                not r.has("among", "it") and "includ" not in r.text.lower()
            ):  # "and Korea?", after whom Japan has them with
                return made(case, "pair", "another one's side", partners=codes, day=m.day)
        joins = len(codes) == 1 and not r.has("mend")
        partners = (m.partners[0], *codes) if joins else codes
        return made(case, "pair", "joins the pair", partners=partners[:2], day=m.day)
    if " is there " in r.text.lower() or (topic == "status" and r.opens and r.has("status")):
        return None
    if topic == "status" and (r.has("mra", "join") or r.features == {"status"}):
        return None  # "UK included?"
    if r.has("sign", "operate", "among") or _whether_in(case):
        return None
    if m.topic in ATTRIBUTES and (m.topic != "process" or _asks_it_of(case)):
        return attribute(case, m.topic, codes, "inherits the attribute")
    return None


def _asks_it_of(case: Case) -> bool:
    """ "Israel too?", once it was told how it came about with somebody."""
    return bool(case.m.partners) and case.r.bare and not case.r.has("among")


def _beside_the_last(case: Case) -> Asked:
    """ "is it older than Korea's?", "longer than Korea?" """
    asked = order(case, "compared with the one before")
    if asked.question.partners == case.codes and len(case.m.partners) == 1:
        both = (*case.m.partners, *case.codes)
        return made(case, "order", asked.rule, partners=both, place=case.r.place)
    return asked


_BE = frozenset(("is", "are", "still"))


def _whether_in(case: Case) -> bool:
    """ "is japan in?" asks for itself, whatever was asked before."""
    words = re.findall(r"\w+", case.r.text.lower())
    inside = words[-1:] in (["in"], ["out"]) or words[-2:] in (["on", "it"], ["on", "that"])
    return inside and not _BE.isdisjoint(words)


def order(case: Case, rule: str) -> Asked:
    r, m, codes = case.r, case.m, case.codes
    if (
        len(codes) == 1
        and r.has("plural", "places", "join", "sign", "anyone")
        and r.has("earlier", "later", "since")
        and not r.has("first", "last", "when", "adjacent")
    ):
        arrangement = case.k.arrangement_with(codes[0])
        signed = arrangement.signed if arrangement else None
        if signed:
            others = (
                Filters(until=signed.last - ONE_DAY)
                if r.has("earlier")
                else Filters(since=signed.last + ONE_DAY)
            )
            return made(case, "list", "all before or after one", filters=others)
    if rule == NEAREST and len(codes) > 1:
        return made(case, "order", rule, partners=codes, place="before", day=day_named(case))
    place = r.place or "first"
    if r.has("earlier", "later") and len(codes) == 1:
        place = "earlier" if r.has("earlier") else "later"
    summed = r.numbers and r.has("all", "both", "among", "it")
    if len(codes) == 1 and r.groups and place in ("first", "last"):
        return made(case, "order", rule, partners=codes, place=place, filters=filters(case))
    pointed = r.has("it") and not r.has("whichone", "adjacent")
    if len(codes) == 1 and m.partners and (pointed or summed) and codes[0] not in m.partners:
        before = m.selected if summed and len(m.selected) > 1 else m.partners
        partners = tuple(dict.fromkeys((*before, *codes)))
        return made(case, "order", rule, partners=partners, place=place, day=day_named(case))
    if len(codes) == 1:
        beside = {"earlier": "before", "later": "after"}.get(place)
        if beside:
            return made(case, "order", rule, partners=codes, place=beside, day=day_named(case))
    return made(case, "order", rule, partners=codes, place=place, day=day_named(case))
