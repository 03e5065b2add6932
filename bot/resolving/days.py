"""The times of a message: as the day asked about, or as a filter on signatures."""

from __future__ import annotations

import datetime
import re

from bot.matching.reading import Reading
from bot.matching.topics import STATES
from bot.question import NO_FILTERS, Filters
from bot.resolving.case import Case
from knowledge.dates import When

_BRIEF = 5  # words


def day_named(case: Case, topic: str = "") -> datetime.date | None:
    """The day a question about the state of things speaks for."""
    r, m = case.r, case.m
    if r.times and r.times[0].month and not r.times[0].since:
        return month_in(case, m.day.year) if m.day else None
    if not r.times:
        inherits = m.day and (r.bare or r.has("and", "it")) and not r.has("now")
        return m.day if inherits else None
    time = r.times[0]
    if time.relation in ("since", "after", "last"):
        return None
    if topic == "signed_date" and time.relation != "asof":
        return None
    if r.has("sign") and time.relation == "in" and not r.has("cover", "mra", "thatday"):
        return None  # "did Brazil sign in 2021?": the year is the asker's premise
    return time.day


def month_in(case: Case, year: int) -> datetime.date:
    """The last day of a month named without its year."""
    month = case.r.times[0].month
    return When(year, month).last


def asks_since(case: Case) -> bool:
    """ "since?", "in effect since?": nothing follows that it could be since."""
    r = case.r
    brief = len(r.text.split()) <= _BRIEF
    return r.has("since") and not (r.times or r.has("cover", "join")) and brief


def premise(case: Case) -> dict[str, object]:
    """The date of signature an asker takes for granted."""
    if not case.r.times:
        return {}
    time = case.r.times[0]
    if time.relation in ("in", "since", "between") and case.r.has("sign", "join", "when", "mra"):
        return {"since": time.since, "until": time.until}
    return {}


def speaks_of_a_state(case: Case) -> bool:
    """Whether a time says when things stood so, rather than when something was signed."""
    r = case.r
    if not r.times or (r.times[0].month and not r.times[0].since):
        return False  # a month of any year is no state
    if r.times[0].relation == "asof":
        return True
    if (
        r.times[0].relation == "in"
        and r.times[0].since == r.times[0].until
        and (not r.has("sign", "join"))
    ):
        return True
    return (
        r.times[0].relation in ("in", "until", "ago")
        and not r.has("sign", "join")
        and (r.has("state") or r.times[0].relation == "ago")
    )


def set_day(case: Case) -> datetime.date | None:
    if speaks_of_a_state(case):
        return case.r.times[0].day
    return None


_NOT_IN = re.compile(
    r"\boutside\b|(?:\bnot|n't|\bisnt|\barent)\s+(?:in|from|part of|within)\b", re.I
)


def _asks_who_lacks_one(reading: Reading) -> bool:
    """Whether the members of a region that are not covered are asked for, not all outside it."""
    if _NOT_IN.search(reading.text) or reading.has("except"):
        return False
    return reading.has("cover", "mra", "having", "have", "us", "status", "lack")


# With one of these, what partners do not do or have is something else than an arrangement.
_OTHERWISE = (
    "program", "nameq", "agency", "operate", "claim", "eligible", "benefit", "sign", "when",
    "dateword", "first", "last", "process", "aeo", "compare", "pair", "without_us", "only",
)  # fmt: skip


def filters(case: Case) -> Filters:
    r = case.r
    narrows = r.times or r.groups or r.kind or r.aeo or r.attribute or r.excluded
    if not (narrows or r.signed_at or r.signer):
        lacks_one = r.negated and not case.m.selected and _asks_who_lacks_one(r)
        return Filters(uncovered=True) if lacks_one and not r.has(*_OTHERWISE) else NO_FILTERS
    since = until = None
    month = last_month = 0
    if r.times and not speaks_of_a_state(case):
        time = next((t for t in r.times if t.relation == "between"), r.times[0])
        since, until = time.since, time.until
        month, last_month = time.month, time.last_month
        for more in r.times[1:]:
            if more.relation in ("before", "until"):
                until = more.until
            elif more.relation in ("after", "since"):
                since = more.since
            elif (
                more.relation == "in"
                and time.relation == "in"
                and more.since
                and since
                and until
                and more.until
            ):
                since, until = min(since, more.since), max(until, more.until)
    uncovered = bool(r.groups) and r.negated and _asks_who_lacks_one(r)
    negated = r.negated and bool(r.groups or r.kind or r.aeo == "aeo") and not uncovered
    outside = (
        bool((since and until) or month)
        and r.negated
        and r.has("sign", "join")
        and not negated
        and not r.excluded
    )
    has = lacks = None
    if r.attribute and (r.attribute in STATES or r.has("lack", "not", "having", "source", "sure")):
        if r.negated or r.has("lack"):
            lacks = r.attribute
        else:
            has = r.attribute
    return Filters(
        since=since,
        until=until,
        month=month or None,
        last_month=last_month or None,
        outside=outside,
        group="+".join(r.groups) or None,
        aeo={"aeo": True, "other": False}.get(r.aeo),
        agency=r.kind or None,
        has=has,
        lacks=lacks,
        signed_at=r.signed_at or None,
        signer=r.signer or None,
        uncovered=uncovered,
        excluding="+".join(r.excluded) or None,
        negated=negated,
    )
