"""Who signed, and why it was they: "who signed it?", "and for their side?"."""

from __future__ import annotations

import re

from bot.resolving.asking import attribute, status
from bot.resolving.case import SETS, Asked, Case, made
from bot.resolving.referring import noted

_BRIEF = 5  # words: "and who for them"
_OF_THE_LAST = "of the one before"


def about_signers(case: Case, topic: str, people: tuple[str, ...]) -> Asked | None:
    """ "who signed it?", "its customs people?", "why not CBP itself?" """
    r = case.r
    if not people:
        return None
    if topic == "" and case.m.topic == "signed_date" and r.has("who") and r.bare and not r.place:
        if len(r.text.split()) <= _BRIEF:
            return attribute(case, "agency", people, "who signed", signed_by=True)
    told = ("signed_by", "1") in case.m.filters or case.m.topic == "taiwan_note"
    if (
        topic == ""
        and told
        and len(r.text.split()) <= _BRIEF + 1
        and _ON_THE_OTHER_SIDE.search(r.text)
    ):
        return attribute(case, "agency", people, "who signed for the other side", signed_by=True)
    if topic in ("", "page", "term") and not r.unknown and _BY_WHOM.match(r.text):
        return attribute(case, "agency", people, "who signed", signed_by=True)
    signers = r.has("signatory") or (r.has("who") and r.has("sign"))
    if r.has("earlier", "later"):
        signers = False  # "who signed earlier?" asks for a partner
    if signers and not r.times and not r.groups and topic not in ("count", "order"):
        each = case.m.topic in SETS and len(people) > 1
        if not r.has("cover", "mra", "list") and (each or not r.has("all")):
            return attribute(case, "agency", people, "who signed for the one before")
    if topic == "" and r.has("customs"):
        return attribute(case, "agency", people, _OF_THE_LAST)
    if r.has("why") and topic == "page" and r.bare and not case.m.selected:
        return status(case, "status", people, "why so, of the one before")
    if r.has("why") and (r.home or r.has("sign")) and (about := noted(case, people)):
        return made(case, "taiwan_note", "why so", partners=about)
    return None


_BY_WHOM = re.compile(r"(?:and |ok )?by whom?\b", re.I)
# "and for them?", "who for their side"
_ON_THE_OTHER_SIDE = re.compile(
    r"\b(?:for|on) (?:them|us|cbp|(?:their|our|the other|the us) side)\b|^(?:and )?theirs\W*$", re.I
)
