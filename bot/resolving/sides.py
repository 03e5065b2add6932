"""Whose arrangement is asked about: the partner's with the U.S., or the U.S.'s with the partner."""

from __future__ import annotations

import re

from bot.resolving.case import Case

WITH = r"with|w/|w|con|avec|mit|com|met"


def side_asked(case: Case) -> str:
    """Whose arrangement is asked about: "partner" ("does Peru have one with CBP?"), "home"
    ("does CBP recognise Peru's?"), or "" where it is not said."""
    r = case.r
    if len(case.codes) != 1 or not (r.home or r.has("ours", "us")) or not r.mentions:
        return ""
    name = re.escape(r.mentions[0].typed.lower().split()[0])
    text = r.text.lower()
    if re.search(rf"{name}.*\b(?:{WITH})\s", text):
        return "partner"
    return "home" if re.match(rf"(?:so |and |but )?(?:do|does|did)\s.*{name}", text) else ""
