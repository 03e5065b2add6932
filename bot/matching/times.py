"""Times in a message: days, months, quarters, years, ranges, and how they relate."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from bot.matching.spotting import Spotted

_YEAR = re.compile(r"(?:19|20)\d\d")
_ISO = re.compile(r"((?:19|20)\d\d)[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
_SPAN = re.compile(r"((?:19|20)\d\d)[-/]((?:19|20)?\d\d)")
_WRITTEN = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)?\d\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.]((?:19|20)\d\d)")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er)?")
_QUARTER = re.compile(r"(?:([qh])([1-4])|([1-4])([qh]))(?:((?:19|20)\d\d))?")
_FISCAL = re.compile(r"[fc]y((?:20)?\d\d)")
_DECADE = re.compile(r"((?:19|20)\d)0s")
_GLUE = frozenset(
    [
        "the",
        "of",
        "de",
        "do",
        "del",
        "le",
        "year",
        "years",
        "month",
        "el",
        "la",
        "den",
        "dem",
        "des",
        "im",
        "l",
        "al",
        "il",
        "das",
    ]
)
_MAY = 5
_PARTS = {"quarter": 3, "half": 6}  # of a year, in months


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days named in a message, by the words `start` to `end`."""

    start: int
    end: int
    first: datetime.date
    last: datetime.date
    yearless: int = 0  # a month named without a year


@dataclass(frozen=True, slots=True)
class Time:
    """A time and how the question relates to it.

    `since` and `until` bound what is asked about, inclusively; `day` is the last day meant,
    for a question about the state of things.
    """

    relation: str  # before, after, since, until, asof, in, between, ago, last
    since: datetime.date | None
    until: datetime.date | None
    day: datetime.date
    start: int
    end: int
    month: int = 0  # that month of any year


def _month_end(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _months(year: int, first: int, last: int) -> tuple[datetime.date, datetime.date]:
    return datetime.date(year, first, 1), _month_end(year, last)


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def read_times(
    spotted: Spotted, today: datetime.date, eras: Mapping[str, Mapping[str, object]]
) -> tuple[tuple[Time, ...], tuple[tuple[str, str], ...]]:
    """The times of a message, and the choices to ask back for a time without bounds."""
    values = spotted.values
    norm = spotted.words.norm
    digits = any(w[0].isdecimal() or (len(w) == 2 and w[1].isdecimal()) for w in norm)
    if not digits and not any(v[2] in ("month", "era", "unit") for v in values):
        return (), ()
    starts: dict[tuple[int, str], tuple[int, str]] = {}
    ends: dict[int, list[tuple[int, str]]] = {}
    for start, end, kind, value in values:
        key = (start, kind)
        if key not in starts or end > starts[key][0]:
            starts[key] = (end, value)
        if kind == "relation":
            ends.setdefault(end, []).append((start, value))
    times: list[Time] = []
    periods: list[Period] = []
    i = 0
    while i < len(norm):
        relative = _relative(spotted, i, starts, today)
        if relative:
            times.append(relative)
            i = relative.end
            continue
        period = _period(spotted, i, starts)
        if period:
            periods.append(period)
            i = period.end
        else:
            i += 1
    times += _related(spotted, _narrowest(periods), ends, starts)
    asks: tuple[tuple[str, str], ...] = ()
    for start, end, kind, value in values:
        if kind != "era" or times:
            continue
        era = eras[value]
        if "ask" in era:
            asks = tuple((a, b) for a, b in cast(list[tuple[str, str]], era["ask"]))
        else:
            first = datetime.date.fromisoformat(str(era["since"]))
            last = datetime.date.fromisoformat(str(era["until"]))
            period = Period(start, end, first, last)
            times += _related(spotted, [period], ends, starts)
    return tuple(times), asks


def _narrowest(periods: list[Period]) -> list[Period]:
    """Without the years that a day beside them tells better: "in 2021, on 6 September 2021"."""
    days = [p.first for p in periods if p.first == p.last]
    return [
        p for p in periods if p.first == p.last or not any(p.first <= d <= p.last for d in days)
    ]


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _period(
    spotted: Spotted, i: int, starts: Mapping[tuple[int, str], tuple[int, str]]
) -> Period | None:
    """The day, month, quarter or year that begins at word `i`."""
    norm, before = spotted.words.norm, spotted.words.before
    word = norm[i]
    following = norm[i + 1] if i + 1 < len(norm) else ""
    if match := _SPAN.fullmatch(word):
        first, last = int(match[1]), match[2]
        until = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
        if (until > 12 + 2000 and until >= first) or len(last) == 4:
            return Period(i, i + 1, datetime.date(first, 1, 1), datetime.date(until, 12, 31))
    if match := _ISO.fullmatch(word):
        year, month = int(match[1]), int(match[2])
        if not 1 <= month <= 12:
            return None
        if match[3]:
            day = _day(year, month, int(match[3]))
            return Period(i, i + 1, day, day) if day else None
        return Period(i, i + 1, *_months(year, month, month))
    if match := _WRITTEN.fullmatch(word):
        a, b, year = int(match[1]), int(match[2]), _full_year(match[3])
        # American order, unless it can't be or the dots of continental Europe stand between.
        month, number = (b, a) if a > 12 or "." in word else (a, b)
        day = _day(year, month, number) if 1 <= month <= 12 else None
        return Period(i, i + 1, day, day) if day else None
    if (match := _MONTH_YEAR.fullmatch(word)) and 1 <= int(match[1]) <= 12:
        return Period(i, i + 1, *_months(int(match[2]), int(match[1]), int(match[1])))
    if match := _QUARTER.fullmatch(word):
        year_text, end = match[5], i + 1
        if not year_text and _YEAR.fullmatch(following):
            year_text, end = following, i + 2
        elif not year_text and i and _YEAR.fullmatch(norm[i - 1]):
            year_text = norm[i - 1]
        if not year_text:
            return None
        part, size = int(match[2] or match[3]), 3 if (match[1] or match[4]) == "q" else 6
        if part * size > 12:
            return None
        return Period(i, end, *_months(int(year_text), part * size - size + 1, part * size))
    if following in _PARTS and (part := _which_part(i, norm, starts)):
        at = i + 2
        while at < len(norm) and norm[at] in _GLUE:
            at += 1
        if at < len(norm) and _YEAR.fullmatch(norm[at]) and part * _PARTS[following] <= 12:
            size = _PARTS[following]
            return Period(i, at + 1, *_months(int(norm[at]), part * size - size + 1, part * size))
    if match := _FISCAL.fullmatch(word):
        return Period(i, i + 1, *_months(_full_year(match[1]), 1, 12))
    if match := _DECADE.fullmatch(word):
        year = int(match[1]) * 10
        return Period(i, i + 1, datetime.date(year, 1, 1), datetime.date(year + 9, 12, 31))
    if word == "mid" and following:
        if _YEAR.fullmatch(following):
            return Period(i, i + 2, *_months(int(following), 6, 6))
        month_period = (
            _from_month(spotted, i + 1, starts[i + 1, "month"])
            if ((i + 1, "month") in starts)
            else None
        )
        if month_period and not month_period.yearless:
            day = month_period.first.replace(day=15)
            return Period(i, month_period.end, day, day)
    half = starts.get((i, "relation"))
    if (
        half
        and half[1] in ("early", "late")
        and half[0] < len(norm)
        and (_YEAR.fullmatch(norm[half[0]]))
    ):
        year = int(norm[half[0]])
        months = (1, 6) if half[1] == "early" else (7, 12)
        return Period(i, half[0] + 1, *_months(year, *months))
    if _YEAR.fullmatch(word):
        if following == "s" and not before[i + 1].strip():
            return None
        return Period(i, i + 1, *_months(int(word), 1, 12))
    if len(word) == 2 and word.isdecimal() and before[i][-1:] in ("'", "\u2019", "\u2018"):
        return Period(i, i + 1, *_months(2000 + int(word), 1, 12))
    if (i, "month") in starts:
        return _from_month(spotted, i, starts[i, "month"])
    day_match = _DAY.fullmatch(word)
    if day_match and i + 1 < len(norm):
        at = i + 1
        while at < len(norm) and norm[at] in _GLUE:
            at += 1
        if (at, "month") in starts:
            end, value = starts[at, "month"]
            while end < len(norm) and norm[end] in _GLUE:
                end += 1
            if end < len(norm) and _YEAR.fullmatch(norm[end]):
                day = _day(int(norm[end]), int(value), int(day_match[1]))
                return Period(i, end + 1, day, day) if day else None
    return None


def _which_part(i: int, norm: list[str], starts: Mapping[tuple[int, str], tuple[int, str]]) -> int:
    """Which quarter or half an ordinal before it means; 0 where there is none."""
    if norm[i] in ("first", "1st"):
        return 1
    end, value = starts.get((i, "ordinal"), (0, "0"))
    return int(value) if end == i + 1 and value.isdecimal() else 0


def _from_month(spotted: Spotted, i: int, month: tuple[int, str]) -> Period | None:
    norm, before = spotted.words.norm, spotted.words.before
    end, value = month
    number = int(value)
    at = end
    day_match = _DAY.fullmatch(norm[at]) if at < len(norm) else None
    if day_match and at + 1 < len(norm) and _YEAR.fullmatch(norm[at + 1]):
        day = _day(int(norm[at + 1]), number, int(day_match[1]))
        return Period(i, at + 2, day, day) if day else None
    while at < len(norm) and norm[at] in _GLUE:
        at += 1
    if at < len(norm):
        if _YEAR.fullmatch(norm[at]):
            return Period(i, at + 1, *_months(int(norm[at]), number, number))
        if len(norm[at]) == 2 and norm[at].isdecimal() and before[at][-1:] in ("'", "\u2019"):
            return Period(i, at + 1, *_months(2000 + int(norm[at]), number, number))
    if norm[i] == "mar":
        return None  # a slip for MRA, or the Spanish sea
    if norm[i] == "marco" and "\u00e7" not in spotted.words.raw[i]:
        return None  # the Spanish and Portuguese for a framework; the month is março
    if i in spotted.repaired:
        return None  # a month alone is believed only as spelled: "marco" is no March
    if number == _MAY and norm[i] == "may" and not spotted.words.raw[i][0].isupper():
        return None  # the verb
    return Period(i, end, datetime.date(2000, number, 1), _month_end(2000, number), number)


def _relative(
    spotted: Spotted,
    i: int,
    starts: Mapping[tuple[int, str], tuple[int, str]],
    today: datetime.date,
) -> Time | None:
    """ "the last ten years", "two years ago", "this year", "last year"."""
    norm = spotted.words.norm

    def number(at: int) -> tuple[int, int] | None:
        if at < len(norm) and norm[at].isdecimal() and len(norm[at]) <= 2:
            return at + 1, int(norm[at])
        if (at, "number") in starts:
            end, value = starts[at, "number"]
            return end, int(value)
        return None

    def unit(at: int) -> tuple[int, str] | None:
        return starts.get((at, "unit"))

    relations = {v for s, _, k, v in spotted.values if s == i and k == "relation"}
    ordinal_last = "last" in relations
    if ordinal_last or "this" in relations:
        last = starts[i, "relation"][0] - 1  # the last word of "most recent"
        i = last if norm[last] != norm[i] else i
        counted = number(i + 1)
        if counted and ordinal_last and (what := unit(counted[0])):
            since = _back(today, counted[1], what[1])
            return Time("last", since, today, today, i, what[0])
        if what := unit(i + 1):
            if ordinal_last and what[1] == "decade":
                return Time("last", _back(today, 1, "decade"), today, today, i, what[0])
            if what[1] == "year":
                year = today.year - (1 if ordinal_last else 0)
                first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
                return Time("in", first, last, last, i, what[0])
            if what[1] == "month":
                day = today.replace(day=1)
                if ordinal_last:
                    day = (day - datetime.timedelta(days=1)).replace(day=1)
                last = _month_end(day.year, day.month)
                return Time("in", day, last, last, i, what[0])
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


_ORDER = ("between", "before", "after", "since", "until", "asof", "in")


def _related(
    spotted: Spotted,
    periods: list[Period],
    ends: Mapping[int, list[tuple[int, str]]],
    starts: Mapping[tuple[int, str], tuple[int, str]],
) -> list[Time]:
    norm, before = spotted.words.norm, spotted.words.before
    times: list[Time] = []
    skip = False
    for n, period in enumerate(periods):
        if skip:
            skip = False
            continue
        following = periods[n + 1] if n + 1 < len(periods) else None
        named = _relation(norm, period.start, ends)
        after = {v for s, _, k, v in spotted.values if s == period.end and k == "relation"}
        if period.yearless and following and not following.yearless:
            # "between March and May 2012": the year of the second goes for both.
            year = following.last.year
            period = Period(
                period.start, period.end, *_months(year, period.yearless, period.yearless)
            )
        if following and not period.yearless:
            joint = norm[period.end : following.start]
            dashed = not joint and before[following.start].strip() in ("-", "\u2013", "\u2014")
            joined = "between" in named or "since" in named
            if dashed or (
                len(joint) <= 2
                and ((joined and joint and joint[0] in _AND) or (joint and joint[0] in _TO))
            ):
                times.append(
                    Time(
                        "between",
                        period.first,
                        following.last,
                        following.last,
                        period.start,
                        following.end,
                    )
                )
                skip = True
                continue
        if period.yearless:
            if "asof" not in named:
                times.append(
                    Time("in", None, None, period.last, period.start, period.end, period.yearless)
                )
            continue
        following_mark = before[period.end] if period.end < len(norm) else spotted.words.tail
        if following_mark.startswith("+"):
            named = {"plus"}
        times.append(_bounded(period, named, after, norm))
    return times


_AND = frozenset(
    ["and", "y", "et", "und", "e", "en", "to", "と", "和", "ו", "through", "till", "until"]
)
_TO = frozenset(
    [
        "to",
        "through",
        "thru",
        "till",
        "until",
        "a",
        "bis",
        "à",
        "ate",
        "até",
        "al",
        "tot",
        "から",
        "至",
        "到",
        "hasta",
    ]
)


def _relation(norm: list[str], start: int, ends: Mapping[int, list[tuple[int, str]]]) -> set[str]:
    at = start
    for _ in range(3):
        if at in ends:
            longest = min(s for s, _ in ends[at])
            return {v for s, v in ends[at] if s == longest}
        if at and norm[at - 1] in _GLUE:
            at -= 1
        else:
            break
    return set()


_VERBS = frozenset(
    [
        "signed",
        "sign",
        "joined",
        "added",
        "starting",
        "beginning",
        "concluded",
        "made",
        "everything",
    ]
)


def _of_noun(norm: list[str], start: int) -> bool:
    """Whether "from 2008" says which ones, rather than since when."""
    at = start - 2  # before "from"
    return at >= 0 and norm[at] not in _VERBS


_NOT = frozenset(("not", "nicht", "pas", "no", "non", "não", "niet"))
_FLIPPED = {"before": "since", "after": "until", "since": "before", "until": "after"}


def _bounded(period: Period, named: set[str], after: set[str], spotted_norm: list[str]) -> Time:
    first, last = period.first, period.last
    start, end = period.start, period.end
    one = datetime.timedelta(days=1)
    if "later" in after or named == {"plus"}:
        return Time("since", first, None, last, start, end + ("later" in after))
    if "earlier" in after:
        return Time("until", None, last, last, start, end + 1)
    if not named and ("before" in after or "until" in after):  # postpositions: 2012年以前
        named = {"before"} if "before" in after else {"until"}
    elif not named and ("after" in after or "since" in after):
        named = {"since"}
    elif not named and "asof" in after:
        named = {"asof"}
    at = start - 2 if start > 1 and spotted_norm[start - 1] in _FLIPPED else -1
    if at >= 0 and spotted_norm[at] in _NOT:  # "not before 2012": since then
        named = {_FLIPPED[spotted_norm[start - 1]]}
    if "before" in named:
        return Time("before", None, first - one, first - one, start, end)
    if "after" in named:
        return Time("after", last + one, None, last, start, end)
    if "asof" in named:
        return Time("asof", None, last, last, start, end)
    if named == {"since", "between"} and _of_noun(spotted_norm, start):
        return Time("in", first, last, last, start, end)  # "deals from 2008": those of that year
    if "since" in named or "between" in named:
        return Time("since", first, None, last, start, end)
    if "until" in named:
        return Time("until", None, last, last, start, end)
    return Time("in", first, last, last, start, end)
