"""Times in a message: which it names, and how they relate to what is asked."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import cast

from bot.matching.periods import SEASONS, period_at
from bot.matching.relating import related
from bot.matching.relative_times import relative_at
from bot.matching.spotting import Spotted
from bot.matching.times import Period, Time

_TELLING = frozenset(("month", "era", "unit"))  # values that may be a time without a number


def read_times(
    spotted: Spotted, today: datetime.date, eras: Mapping[str, Mapping[str, object]]
) -> tuple[tuple[Time, ...], tuple[tuple[str, str], ...]]:
    """The times of a message, and the choices to ask back for a time without bounds."""
    values = spotted.values
    norm = spotted.words.norm
    digits = not spotted.words.lettered and any(
        w[0].isdecimal() or (len(w) == 2 and w[1].isdecimal()) for w in norm
    )
    if not digits and "quarter" not in norm and _TELLING.isdisjoint([v[2] for v in values]):
        return (), ()
    opening = {v[0] for v in values}  # the words with which a time may begin
    opening.update(
        i
        for i, w in enumerate(norm)
        if w[0].isdecimal() or w[-1].isdecimal() or w in ("mid", "first") or w in SEASONS
    )
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
        if i not in opening:
            i += 1
            continue
        relative = relative_at(spotted, i, starts, today)
        if relative:
            times.append(relative)
            i = relative.end
            continue
        period = period_at(spotted, i, starts)
        if period:
            periods.append(period)
            i = period.end
        else:
            i += 1
    times += related(spotted, _narrowest(periods), ends, starts)
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
            if start and norm[start - 1] == "by":  # "signed by Trump" is within his years
                times.append(Time("in", first, last, last, start, end))
                continue
            period = Period(start, end, first, last)
            times += related(spotted, [period], ends, starts)
    return tuple(times), asks


def _narrowest(periods: list[Period]) -> list[Period]:
    """Without the years that a day beside them tells better: "in 2021, on 6 September 2021"."""
    days = [p.first for p in periods if p.first == p.last]
    return [
        p for p in periods if p.first == p.last or not any(p.first <= d <= p.last for d in days)
    ]
