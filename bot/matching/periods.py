"""Days, months, quarters and years named in a message."""

from __future__ import annotations

import datetime
import re

from bot.matching.spotting import Spotted
from bot.matching.times import GLUE, Period, Starts, month_end, months

_YEAR = re.compile(r"(?:19|20)\d\d")
_ISO = re.compile(r"((?:19|20)\d\d)[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
_SPAN = re.compile(r"((?:19|20)\d\d)[-/]((?:19|20)?\d\d)")
_WRITTEN = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)?\d\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.]((?:19|20)\d\d)")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er)?")
_QUARTER = re.compile(r"(?:([qh])([1-4])|([1-4])([qh]))(?:((?:19|20)\d\d))?")
_FISCAL = re.compile(r"[fc]y((?:20)?\d\d)")
_DECADE = re.compile(r"((?:19|20)\d)0s")
_MAY = 5
# Of the north, in months; a winter lies in two years, and no year tells which is meant.
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_PARTS = {"quarter": 3, "half": 6}  # of a year, in months


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def period_at(spotted: Spotted, i: int, starts: Starts) -> Period | None:
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
        return Period(i, i + 1, *months(year, month, month))
    if match := _WRITTEN.fullmatch(word):
        a, b, year = int(match[1]), int(match[2]), _full_year(match[3])
        # American order, unless it can't be or the dots of continental Europe stand between.
        month, number = (b, a) if a > 12 or "." in word else (a, b)
        day = _day(year, month, number) if 1 <= month <= 12 else None
        return Period(i, i + 1, day, day) if day else None
    if (match := _MONTH_YEAR.fullmatch(word)) and 1 <= int(match[1]) <= 12:
        return Period(i, i + 1, *months(int(match[2]), int(match[1]), int(match[1])))
    if match := _QUARTER.fullmatch(word):
        year_text, end = match[5], i + 1
        if not year_text and _YEAR.fullmatch(following):
            year_text, end = following, i + 2
        elif not year_text and i and _YEAR.fullmatch(norm[i - 1]):
            year_text = norm[i - 1]
        part, size = int(match[2] or match[3]), 3 if (match[1] or match[4]) == "q" else 6
        if part * size > 12:
            return None
        if not year_text:
            return _of_any_year(i, i + 1, part, size, spotted)
        return Period(i, end, *months(int(year_text), part * size - size + 1, part * size))
    if following in _PARTS and (part := _which_part(i, norm, starts)):
        at = i + 2
        while at < len(norm) and norm[at] in GLUE:
            at += 1
        if at < len(norm) and _YEAR.fullmatch(norm[at]) and part * _PARTS[following] <= 12:
            size = _PARTS[following]
            return Period(i, at + 1, *months(int(norm[at]), part * size - size + 1, part * size))
        return _of_any_year(i, i + 2, part, _PARTS[following], spotted)
    if match := _FISCAL.fullmatch(word):
        return Period(i, i + 1, *months(_full_year(match[1]), 1, 12))
    if match := _DECADE.fullmatch(word):
        year = int(match[1]) * 10
        return Period(i, i + 1, datetime.date(year, 1, 1), datetime.date(year + 9, 12, 31))
    if word == "mid" and following:
        if _YEAR.fullmatch(following):
            return Period(i, i + 2, *months(int(following), 6, 6))
        month_period = (
            _from_month(spotted, i + 1, starts[i + 1, "month"])
            if ((i + 1, "month") in starts)
            else None
        )
        if month_period and not month_period.yearless:
            day = month_period.first.replace(day=15)
            return Period(i, month_period.end, day, day)
    if (i, "holiday") in starts:
        return _holiday(norm, i, *starts[i, "holiday"])
    if word in SEASONS:
        at = i + 1
        while at < len(norm) and norm[at] in GLUE:
            at += 1
        if at < len(norm) and _YEAR.fullmatch(norm[at]):
            return Period(i, at + 1, *months(int(norm[at]), *SEASONS[word]))
    half = starts.get((i, "relation"))
    if (
        half
        and half[1] in ("early", "late")
        and half[0] < len(norm)
        and (_YEAR.fullmatch(norm[half[0]]))
    ):
        year = int(norm[half[0]])
        ends = (1, 6) if half[1] == "early" else (7, 12)
        return Period(i, half[0] + 1, *months(year, *ends))
    if _YEAR.fullmatch(word):
        if following == "s" and not before[i + 1].strip():
            return None
        return Period(i, i + 1, *months(int(word), 1, 12))
    short = len(word) == 2 and word.isdecimal()
    of_the_oughts = short and word[0] == "0" and i and norm[i - 1] in _IN  # "signed in 08"
    if of_the_oughts or (short and before[i][-1:] in ("'", "\u2019", "\u2018")):
        return Period(i, i + 1, *months(2000 + int(word), 1, 12))
    if (i, "month") in starts:
        return _from_month(spotted, i, starts[i, "month"])
    day_match = _DAY.fullmatch(word)
    if day_match and i + 1 < len(norm):
        at = i + 1
        while at < len(norm) and norm[at] in GLUE:
            at += 1
        if (at, "month") in starts:
            end, value = starts[at, "month"]
            while end < len(norm) and norm[end] in GLUE:
                end += 1
            if end < len(norm) and _YEAR.fullmatch(norm[end]):
                day = _day(int(norm[end]), int(value), int(day_match[1]))
                return Period(i, end + 1, day, day) if day else None
    return None


def _holiday(norm: list[str], i: int, at: int, month_day: str) -> Period | None:
    """A day known by a name, if its year follows: "at Christmas 2022"."""
    while at < len(norm) and norm[at] in GLUE:
        at += 1
    if at == len(norm) or not _YEAR.fullmatch(norm[at]):
        return None
    day = datetime.date.fromisoformat(f"{norm[at]}-{month_day}")
    return Period(i, at + 1, day, day)


_IN = ("in", "since", "before", "after", "of", "from", "by")


def _which_part(i: int, norm: list[str], starts: Starts) -> int:
    """Which quarter or half an ordinal before it means; 0 where there is none."""
    if norm[i] in ("first", "1st"):
        return 1
    end, value = starts.get((i, "ordinal"), (0, "0"))
    return int(value) if end == i + 1 and value.isdecimal() else 0


_OF_SIGNATURES = ("sign", "signatory", "join", "plural", "mra")


def _of_any_year(start: int, end: int, part: int, size: int, spotted: Spotted) -> Period | None:
    """A quarter without its year, where signatures are spoken of: "Q2 signings"."""
    if part * size > 12 or not spotted.has(*_OF_SIGNATURES):
        return None
    first, last = part * size - size + 1, part * size
    return Period(start, end, *months(2000, first, last), first, last)


def _from_month(spotted: Spotted, i: int, month: tuple[int, str]) -> Period | None:
    norm, before = spotted.words.norm, spotted.words.before
    end, value = month
    number = int(value)
    at = end
    day_match = _DAY.fullmatch(norm[at]) if at < len(norm) else None
    if day_match and at + 1 < len(norm) and _YEAR.fullmatch(norm[at + 1]):
        day = _day(int(norm[at + 1]), number, int(day_match[1]))
        return Period(i, at + 2, day, day) if day else None
    while at < len(norm) and norm[at] in GLUE:
        at += 1
    if at < len(norm):
        if _YEAR.fullmatch(norm[at]):
            return Period(i, at + 1, *months(int(norm[at]), number, number))
        if len(norm[at]) == 2 and norm[at].isdecimal() and before[at][-1:] in ("'", "\u2019"):
            return Period(i, at + 1, *months(2000 + int(norm[at]), number, number))
    if norm[i] == "mar":
        return None  # a slip for MRA, or the Spanish sea
    if norm[i] == "marco" and "\u00e7" not in spotted.words.raw[i]:
        return None  # the Spanish and Portuguese for a framework; the month is março
    if i in spotted.repaired:
        return None  # a month alone is believed only as spelled: "marco" is no March
    told = spotted.words.raw[i][0].isupper() or (i and norm[i - 1] in _IN)
    if number == _MAY and norm[i] == "may" and not told:
        return None  # the verb
    return Period(i, end, datetime.date(2000, number, 1), month_end(2000, number), number)
