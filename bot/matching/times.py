"""The times that a message may name, as records: stretches of days, and what is asked of them."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping
from typing import NamedTuple

# Values of a message's words by where they start and what they are: where they end, and the value.
Starts = Mapping[tuple[int, str], tuple[int, str]]
# Words that stand inside a time and say nothing.
GLUE = frozenset(
    ("the", "of", "calendar", "fiscal", "de", "do", "del", "le", "year", "years", "month",
     "el", "la", "den", "dem", "des", "im", "l", "al", "il", "das")
)  # fmt: skip


class Period(NamedTuple):
    """A stretch of days named in a message, by the words `start` to `end`."""

    start: int
    end: int
    first: datetime.date
    last: datetime.date
    yearless: int = 0  # a month named without a year
    on_to: int = 0  # … and the last of several: of a quarter of any year


class Time(NamedTuple):
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
    last_month: int = 0  # … and those after it, up to this one


def month_end(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def months(year: int, first: int, last: int) -> tuple[datetime.date, datetime.date]:
    return datetime.date(year, first, 1), month_end(year, last)
