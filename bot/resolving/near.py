"""What is near those spoken of: next in the order signed, of the same day, on another day."""

from __future__ import annotations

import re

from bot.question import Filters
from bot.resolving.asking import attribute, status
from bot.resolving.case import ATTRIBUTES, ONE_DAY, Asked, Case, made
from bot.resolving.days import filters, month_in
from bot.resolving.referring import last_two
from knowledge.dates import When

_SHORTEST_MONTH = 28  # days that every month has
_OF_OTHERS = ("", "list", "order", "signed_date", "count", "agency", "status")


_CAME_BETWEEN = re.compile(
    r"\b(?:who|which|what|how many)(?: \w+)? (?:came|signed|joined|fell|falls?)\b.* between\b", re.I
)


def between_partners(case: Case) -> Asked | None:
    """ "who signed between Korea and Taiwan?", of two that have signed."""
    if len(case.codes) != 2 or not _CAME_BETWEEN.search(case.r.text):
        return None
    held = [case.k.arrangement_with(code) for code in case.codes]
    days = sorted(a.signed.last for a in held if a and a.signed)
    if len(days) < 2 or days[1] > (case.as_of or case.k.us_evidence):
        return None
    between = Filters(since=days[0] + ONE_DAY, until=days[1] - ONE_DAY)
    wanted = "count" if case.r.topic == "count" or case.r.has("count") else "list"
    return made(case, wanted, "those between two named", filters=between)


def between_days(case: Case, topic: str) -> Asked | None:
    """ "who came in between?", after two days were spoken of."""
    r, m = case.r, case.m
    last = m.day or Filters.from_pairs(m.filters).until
    since = r.has("since") and r.has("join", "sign") and r.has("who", "which", "count")
    if not (r.has("inbetween") or since) or r.times or not last:
        return None
    present = case.as_of or case.k.us_evidence
    until_now = since or r.has("now")
    start, end = sorted((last, present if until_now else m.day_before or present))
    wanted = "count" if topic == "count" else "list"
    between = Filters(since=start + ONE_DAY, until=end)
    return made(case, wanted, "between the two days spoken of", filters=between)


def of_that_year(case: Case, topic: str) -> Asked | None:
    """ "which of them were from that year?", after those of a day or a time were told."""
    r, m = case.r, case.m
    last = m.day or Filters.from_pairs(m.filters).until
    if not (last and r.has("thatyear") and r.has("among", "which")) or r.times or not m.selected:
        return None
    year = When(last.year)
    wanted = "count" if topic == "count" else "list"
    narrowed = Filters(since=year.first, until=year.last)
    return made(case, wanted, "of the year spoken of", filters=narrowed, among=m.selected)


def beside_people(case: Case, topic: str, people: tuple[str, ...]) -> Asked | None:
    """ "who followed after them?", "and right before that?" """
    r, m = case.r, case.m
    if r.has("eitherside") and len(m.partners) == 1:
        return _on_either_side(case, m.partners[0])
    moves_a_time = m.topic in ("list", "count") and {"since", "until"} & dict(m.filters).keys()
    if not people or moves_a_time or not r.has("earlier", "later"):
        return None
    if topic not in ("", "status", "order", "list") or r.has("among", "first", "last"):
        return None
    if r.has("beside") or (r.has("who") and r.has("it")):
        place = "before" if r.has("earlier") else "after"
        among = Filters.from_pairs(m.filters) if m.topic == "order" else Filters()
        return made(
            case, "order", "beside the one before", around=people, place=place, filters=among
        )  # fmt: skip
    return None


def _on_either_side(case: Case, code: str) -> Asked | None:
    """ "the ones either side of it?", in the set spoken of."""
    those = case.m.selected
    if code not in those or len(those) < 2:
        return None
    at = those.index(code)
    near = (*those[max(at - 1, 0) : at], *those[at + 1 : at + 2])
    topic = case.m.topic if case.m.topic in ATTRIBUTES else ""
    rule = "on either side of it"
    return attribute(case, topic, near, rule) if topic else status(case, "detail", near, rule)


_OTHERS = re.compile(r"\b(?:others?|else)\b", re.I)


def of_the_same_time(case: Case, topic: str, people: tuple[str, ...]) -> Asked | None:
    """ "same day?" of those before; "anyone else that year?" of the others."""
    r = case.r
    if not r.has("thatday") or r.times or not people:
        return None
    arrangement = case.k.arrangement_with(people[-1])
    signed = arrangement.signed if arrangement else None
    if signed and r.has("which", "who") and topic in _OF_OTHERS:
        when = signed
        if r.has("thatyear"):
            when = When(signed.year)
        elif r.has("thatmonth"):
            when = When(signed.year, signed.month)
        if r.has("without_us", "another", "who") or _OTHERS.search(r.text):
            of_then = Filters(since=when.first, until=when.last, excluding="+".join(people))
            wanted = "count" if topic == "count" else "list"
            return made(case, wanted, "of the same time as the one before", filters=of_then)
    if (r.has("dateword") or r.bare) and topic in ("", "signed_date"):
        return attribute(case, "signed_date", last_two(case) or people, "of those before")
    return None


def on_another_day(case: Case, topic: str, people: tuple[str, ...]) -> Asked | None:
    """ "as of 2010?" """
    r, m = case.r, case.m
    if m.day and people and not r.times and r.has("yearafter", "yearbefore"):
        year = m.day.year + (1 if r.has("yearafter") else -1)
        day = (
            When(year, m.day.month).last
            if m.day.day > _SHORTEST_MONTH
            else m.day.replace(year=year)
        )
        return made(case, "status", "a year from the day before", partners=people, day=day)
    if not r.times or r.groups or not people or r.has("list", "count", "who"):
        return None
    if m.topic not in ("status", "detail", "pair", "signed_date"):
        return None
    if r.has("only") and r.has("among", "plural", "it") and len(m.selected) > 1:
        narrowed = filters(case)
        return made(case, "list", "those before, narrowed", filters=narrowed, among=m.selected)
    if topic not in ("", "list", "status", "signed_date", "count"):
        return None
    if len(r.times) > 1 and r.has("and") and r.has("it"):
        return attribute(case, "signed_date", people, "one of several dates")
    if m.topic == "signed_date" and len(people) > 1 and set(people) == {*m.selected}:
        # "what about 2022?", once those of a year were told when
        return made(case, "list", "those of another time", filters=filters(case))
    time = r.times[0]
    if time.month and not time.since and m.topic == "signed_date" and r.has("dateword", "when"):
        return attribute(case, "signed_date", people, "which day of that month")
    if time.month and not time.since:
        day = month_in(case, m.day.year if m.day else case.today.year)
        return made(case, "status", "in another month", partners=people, day=day)
    dated = r.has("when") and r.has("it")  # "when was it, 2007?"
    if dated or (m.topic == "signed_date" and r.has("hedge", "tag") and not r.has("cover", "now")):
        return attribute(case, "signed_date", people, "whether a date is right")
    rule = "the same on another day"
    if m.topic == "pair":
        return made(case, "pair", rule, partners=m.partners, day=time.day)
    return status(case, "status", people, rule)
