"""Whose arrangement is asked about: the partner's with the U.S., or the U.S.'s with the partner."""

from __future__ import annotations

import re

from bot.matching.reading import Reading
from bot.resolving.case import Case

_WITH = re.compile(r"\b(?:with|w|con|avec|mit|com|met)\b")
_WITH_NEXT = re.compile(r"\b(?:with|w/?|con|avec|mit|com|met)\s+(?:\w{1,3}\s+)?$")
_WAY_NEXT = re.compile(
    r"\b(?:through|via|thru|under|over|über|par|por|através de|attraverso)\s+(?:\w{1,3}\s+)?$"
)
_DOES = re.compile(r"(?:so |and |but )?(?:do|does|did)\s")


def side_asked(case: Case) -> str:
    """Whose arrangement is asked about: "partner" ("does Peru have one with CBP?"), "home"
    ("does CBP recognise Peru's?"), or "" where it is not said."""
    r = case.r
    if len(case.codes) != 1 or not r.mentions or not (r.home or r.has("ours", "us")):
        return ""
    before, after = around_name(r)
    if _WITH.search(after):
        return "partner"
    return "home" if _DOES.match(before) else ""


def around_name(reading: Reading) -> tuple[str, str]:
    """What stands before the first name of a message, and what after it, in small letters."""
    text = reading.text.lower()
    before, _, after = text.partition(reading.mentions[0].typed.lower().split()[0])
    return before, after


def named_with(reading: Reading) -> bool:
    """Whether "with" leads to the name: "and with Korea?"."""
    return bool(_WITH_NEXT.search(around_name(reading)[0]))


def named_as_way(reading: Reading) -> bool:
    """Whether the name is only a way: "through the EU?"."""
    return bool(_WAY_NEXT.search(around_name(reading)[0]))
