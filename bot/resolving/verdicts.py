"""Which of several spoken of are covered."""

from __future__ import annotations

from bot.resolving.asking import status
from bot.resolving.case import Asked, Case
from bot.resolving.picking import is_covered, one_by_one, spoken_of

_ASKED = ("", "list", "status", "detail", "page", "count")
_OF_A_VERDICT = ("cover", "mra", "status", "thosein", "thoseout", "having", "not")
_OF_OTHERS = (
    "sign", "plural", "why", "ever", "another", "agency", "only", "general",
)  # fmt: skip
_LONGEST = 10  # words


def which_of_them(case: Case, topic: str) -> Asked | None:
    """ "which of them aren't covered?", "so who is in?", once several were asked about."""
    r, m = case.r, case.m
    if m.topic not in ("status", "detail") or topic not in _ASKED:
        return None
    if r.times or r.groups or r.place or r.kind or r.attribute or not r.has("which", "who"):
        return None
    dropping = r.has("dropping") and topic != "page"  # "which can I skip it for?"
    if dropping or not r.has(*_OF_A_VERDICT) or r.has(*_OF_OTHERS):
        return None
    those = spoken_of(case)
    if len(m.partners) < 2 and not (r.has("among") and len(one_by_one(case)) > 1):
        return None
    if len(those) < 2 or len(r.text.split()) > _LONGEST or (topic == "count" and not r.negated):
        return None
    told = set(those) <= set(m.selected)  # rather than named in this message
    if told and r.negated and (out := tuple(c for c in those if not is_covered(case, c))):
        return status(case, "status", out, "those that are not")
    return status(case, "status", those, "which of those spoken of are")
