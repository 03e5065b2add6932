"""Dates as the sources give them: a day, a month or only a year.

A date without its day counts from the last day it can mean, so that nothing is
said to be in force before it certainly was.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, field

MONTHS = tuple(calendar.month_name)  # MONTHS[1] == "January"
_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class When:
    """A year, a month of a year, or a day."""

    year: int
    month: int | None = None
    day: int | None = None
    first: datetime.date = field(init=False, repr=False, compare=False)  # the earliest day meant
    last: datetime.date = field(init=False, repr=False, compare=False)  # it holds from here on
    written: str = field(init=False, repr=False, compare=False)  # 28 June 2010, June 2010 or 2010

    def __post_init__(self) -> None:
        # Reckoned once: every status asks for them.
        month = self.month or 12
        end = self.day or calendar.monthrange(self.year, month)[1]
        object.__setattr__(self, "first", datetime.date(self.year, self.month or 1, self.day or 1))
        object.__setattr__(self, "last", datetime.date(self.year, month, end))
        text = str(self.year) if not self.month else month_of(self.first)
        object.__setattr__(self, "written", f"{self.day} {text}" if self.day else text)

    @staticmethod
    def parse(text: str) -> When:
        """`2010`, `2010-06` or `2010-06-28`; raises ValueError for anything else."""
        match = _WRITTEN.fullmatch(text)
        if not match:
            raise ValueError(f"{text!r} is no date; write 2010, 2010-06 or 2010-06-28")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        datetime.date(year, month or 1, day or 1)  # raises ValueError for 2010-13 or 2010-02-30
        return When(year, month, day)

    @staticmethod
    def of(day: datetime.date) -> When:
        return When(day.year, day.month, day.day)

    @property
    def iso(self) -> str:
        """As the register writes it."""
        text = f"{self.year:04}"
        if self.month:
            text += f"-{self.month:02}"
        if self.day:
            text += f"-{self.day:02}"
        return text


def written(day: datetime.date) -> str:
    """`28 June 2010`."""
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def month_of(day: datetime.date) -> str:
    """`June 2010`."""
    return f"{MONTHS[day.month]} {day.year}"
