"""How the periods of a message relate to what is asked: before, since, between them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from bot.matching.spotting import Spotted
from bot.matching.times import GLUE, Period, Starts, Time, months


def related(
    spotted: Spotted,
    periods: list[Period],
    ends: Mapping[int, list[tuple[int, str]]],
    starts: Starts,
) -> list[Time]:
    norm, before = spotted.words.norm, spotted.words.before
    times: list[Time] = []
    skip = False
    for n, period in enumerate(periods):
        if skip:
            skip = False
            continue
        following = periods[n + 1] if n + 1 < len(periods) else None
        named, begins = _relation(norm, period.start, ends)
        if "asof" in named and (ended := _of_its_end(period, _relation(norm, begins, ends)[0])):
            times.append(ended)
            continue
        after = {v for s, _, k, v in spotted.values if s == period.end and k == "relation"}
        if period.yearless and following and not following.yearless:
            # "between March and May 2012": the year of the second goes for both.
            year = following.last.year
            period = Period(
                period.start, period.end, *months(year, period.yearless, period.yearless)
            )
        if following and not period.yearless:
            joint = [w for w in norm[period.end : following.start] if w not in _EDGES]
            if not _BETWEEN.isdisjoint(norm[max(0, period.start - _REACH) : period.start]):
                named |= {"between"}  # "between the end of 2011 and mid 2013"
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
            run = following and _run(period, following, norm, before)
            last_month = (following.yearless if run and following else 0) or period.on_to
            skip = bool(run)
            if "asof" not in named:
                times.append(
                    Time(
                        "in", None, None, period.last, period.start, period.end, period.yearless,
                        last_month,
                    )
                )  # fmt: skip
            continue
        if sign := _COMPARED.get(before[period.start].strip()):
            named = {sign}  # ">= 2022-01-01"
        following_mark = before[period.end] if period.end < len(norm) else spotted.words.tail
        if following_mark.startswith("+"):
            named = {"plus"}
        between = not _BETWEEN.isdisjoint(norm[max(0, period.start - _REACH) : period.start])
        if between and spotted.features.get("now"):
            joint = norm[period.end : min(spotted.features["now"])]
            if len(joint) == 1 and joint[0] in _AND:
                named = {"after"}  # "between the end of 2014 and today"
        times.append(_bounded(period, named, after, norm))
    return times


def _run(period: Period, following: Period, norm: list[str], before: list[str]) -> bool:
    """Whether two months of any year are the ends of a run: "July through September"."""
    if following.yearless <= period.yearless:
        return False
    joint = norm[period.end : following.start]
    dashed = not joint and before[following.start].strip() in ("-", "\u2013", "\u2014")
    return dashed or (len(joint) == 1 and joint[0] in _TO)


_COMPARED = {">=": "since", "<=": "until", ">": "after", "<": "before"}
_BETWEEN = frozenset(("between", "entre", "zwischen", "tra", "tussen"))
_REACH = 4  # words from "between" to its first period: "between the end of"
_EDGES = frozenset(("the", "end", "of", "mid", "late", "early", "start", "beginning"))
_AND = frozenset(
    ("and", "y", "et", "und", "e", "en", "to", "と", "和", "ו", "through", "till", "until")
)  # fmt: skip
_TO = frozenset(
    ("to", "through", "thru", "till", "until", "a", "bis", "à", "ate", "até", "al", "tot",
     "から", "至", "到", "hasta")
)  # fmt: skip


def _relation(
    norm: list[str], start: int, ends: Mapping[int, list[tuple[int, str]]]
) -> tuple[set[str], int]:
    """What the words before a period say of it, and where they begin.

    A word that only joins ("of", "the year") gives way to what stands before it.
    """
    at, joint = start, (set[str](), start)
    for _ in range(_MOST_GLUE):
        if at in ends:
            longest = min(s for s, _ in ends[at])
            found = ({v for s, v in ends[at] if s == longest}, longest)
            if not GLUE.issuperset(norm[longest:at]):
                return found
            joint = joint if joint[0] else found
        if not at or norm[at - 1] not in GLUE:
            break
        at -= 1
    return joint


def _of_its_end(period: Period, relation: set[str]) -> Time | None:
    """ "after the end of 2012": of the last day of a period."""
    one, last = datetime.timedelta(days=1), period.last
    if relation & {"after", "since"}:
        return Time("after", last + one, None, last, period.start, period.end)
    if relation & {"before", "until"}:
        return Time("until", None, last, last, period.start, period.end)
    return None


_MOST_GLUE = 4  # "before the month of June"


_VERBS = frozenset(
    ("signed", "sign", "joined", "added", "starting", "beginning", "concluded", "made",
     "everything")
)  # fmt: skip


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
