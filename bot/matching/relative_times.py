"""Times told from today: "the last ten years", "two years ago", "this year"."""

from __future__ import annotations

import calendar
import datetime

from bot.matching.spotting import Spotted
from bot.matching.times import Starts, Time, month_end


def relative_at(
    spotted: Spotted,
    i: int,
    starts: Starts,
    today: datetime.date,
) -> Time | None:
    """ "the last ten years", "two years ago", "this year", "last year"."""
    norm = spotted.words.norm
    start = i

    def number(at: int) -> tuple[int, int] | None:
        if at < len(norm) and norm[at].isdecimal() and len(norm[at]) <= 2:
            return at + 1, int(norm[at])
        if (at, "number") in starts:
            end, value = starts[at, "number"]
            return end, int(value)
        return None

    def unit(at: int) -> tuple[int, str] | None:
        return starts.get((at, "unit"))

    relations: set[str] = set()
    if (i, "relation") in starts:
        relations = {v for s, _, k, v in spotted.values if s == i and k == "relation"}
    ordinal_last = "last" in relations
    if ordinal_last or "this" in relations:
        i = starts[i, "relation"][0] - 1  # the last word of "most recent"
        counted = number(i + 1)
        if counted and ordinal_last and (what := unit(counted[0])):
            since = _back(today, counted[1], what[1])
            return Time("last", since, today, today, start, what[0])
        if what := unit(i + 1):
            if ordinal_last and what[1] == "decade":
                return Time("last", _back(today, 1, "decade"), today, today, start, what[0])
            if what[1] == "year":
                year = today.year - (1 if ordinal_last else 0)
                first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
                return Time("in", first, last, last, start, what[0])
            if what[1] == "month":
                day = today.replace(day=1)
                if ordinal_last:
                    day = (day - datetime.timedelta(days=1)).replace(day=1)
                last = month_end(day.year, day.month)
                return Time("in", day, last, last, start, what[0])
    counted = number(i)
    if counted and (what := unit(counted[0])):
        end = what[0]
        following = {v for s, _, k, v in spotted.values if s == end and k == "relation"}
        leading = {v for _, e, k, v in spotted.values if e == i and k == "relation"}
        if "ago" in following or "ago" in leading:
            day = _back(today, counted[1], what[1])
            return Time("ago", None, None, day, i, end + ("ago" in following))
        if "last" in following or "last" in leading:
            return Time("last", _back(today, counted[1], what[1]), today, today, i, end)
    return None


def _back(today: datetime.date, count: int, unit: str) -> datetime.date:
    """That many units before a day, the same day of the month where there is one."""
    if unit in ("day", "week"):
        return today - datetime.timedelta(days=count * (7 if unit == "week" else 1))
    months = count * {"month": 1, "year": 12, "decade": 120}[unit]
    total = today.year * 12 + today.month - 1 - months
    year, month = max(total // 12, 1), total % 12 + 1
    return datetime.date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
