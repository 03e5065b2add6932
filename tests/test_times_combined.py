"""Every way to relate to a time, before every way to write one, selects just those signed then."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from bot.rendering import to_object
from tests.register_copies import known
from tests.talking import conversation

Bounds = tuple[datetime.date | None, datetime.date | None]  # inclusive; None: open
D = datetime.date
ONE = datetime.timedelta(days=1)

RELATIONS: dict[str, Callable[[D, D], Bounds]] = {
    "before": lambda first, last: (None, first - ONE),
    "prior to": lambda first, last: (None, first - ONE),
    "earlier than": lambda first, last: (None, first - ONE),
    "after": lambda first, last: (last + ONE, None),
    "later than": lambda first, last: (last + ONE, None),
    "since": lambda first, last: (first, None),
    "on or after": lambda first, last: (first, None),
    "until": lambda first, last: (None, last),
    "up to": lambda first, last: (None, last),
    "through": lambda first, last: (None, last),
    "by": lambda first, last: (None, last),
    "no later than": lambda first, last: (None, last),
    "in": lambda first, last: (first, last),
    "during": lambda first, last: (first, last),
}
PERIODS = {
    "2012": (D(2012, 1, 1), D(2012, 12, 31)),
    "the year 2012": (D(2012, 1, 1), D(2012, 12, 31)),
    "calendar year 2014": (D(2014, 1, 1), D(2014, 12, 31)),
    "fiscal 2014": (D(2014, 1, 1), D(2014, 12, 31)),
    "'14": (D(2014, 1, 1), D(2014, 12, 31)),
    "Christmas 2012": (D(2012, 12, 25), D(2012, 12, 25)),
    "New Year's Day 2015": (D(2015, 1, 1), D(2015, 1, 1)),
    "New Year's Eve 2014": (D(2014, 12, 31), D(2014, 12, 31)),
    "the year-end 2014": (D(2014, 12, 31), D(2014, 12, 31)),
    "June 2012": (D(2012, 6, 1), D(2012, 6, 30)),
    "the month of June 2014": (D(2014, 6, 1), D(2014, 6, 30)),
    "Sept. 2018": (D(2018, 9, 1), D(2018, 9, 30)),
    "late 2012": (D(2012, 7, 1), D(2012, 12, 31)),
    "early 2012": (D(2012, 1, 1), D(2012, 6, 30)),
    "the first half of 2012": (D(2012, 1, 1), D(2012, 6, 30)),
    "Q4 2012": (D(2012, 10, 1), D(2012, 12, 31)),
    "the second quarter of 2014": (D(2014, 4, 1), D(2014, 6, 30)),
    "27 June 2014": (D(2014, 6, 27), D(2014, 6, 27)),
    "June 27, 2014": (D(2014, 6, 27), D(2014, 6, 27)),
    "6/27/2014": (D(2014, 6, 27), D(2014, 6, 27)),
    "2014-06-27": (D(2014, 6, 27), D(2014, 6, 27)),
}
QUESTIONS = ("which arrangements were signed {}?", "how many were signed {}", "who signed {}")


def signed_in(bounds: Bounds) -> list[str]:
    """The partners whose day of signature, or the last day it may be, lies within the bounds."""
    start, end = bounds
    register = known()
    signed = [(register.partner(a), a.signed) for a in register.held_on(register.us_evidence)]
    return [
        partner
        for partner, when in signed
        if when and not (start and when.last < start) and not (end and when.last > end)
    ]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("relation", RELATIONS)
def test_a_relation_before_each_period(question: str, relation: str) -> None:
    wrong = []
    for written, (first, last) in PERIODS.items():
        asked = question.format(f"{relation} {written}")
        selected = to_object(conversation().ask(asked).said)["selected"]
        if selected != signed_in(RELATIONS[relation](first, last)):
            wrong.append((asked, selected))
    assert wrong == []


@pytest.mark.parametrize(
    ("asked", "bounds"),
    [
        ("which were signed after the end of 2012?", (D(2013, 1, 1), None)),
        ("who signed by the end of 2012?", (None, D(2012, 12, 31))),
        ("list those signed between the end of 2014 and today", (D(2015, 1, 1), None)),
        ("what was signed between mid 2011 and the end of 2013?", (D(2011, 6, 1), D(2013, 12, 31))),
        ("arrangements with signed >= 2022-01-01", (D(2022, 1, 1), None)),
        ("how many did CBP sign in 08?", (D(2008, 1, 1), D(2008, 12, 31))),
    ],
)
def test_a_time_by_its_edges(asked: str, bounds: Bounds) -> None:
    assert to_object(conversation().ask(asked).said)["selected"] == signed_in(bounds)
