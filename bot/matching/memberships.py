"""Whether it is asked of a membership, or of what lies inside what, and not of an arrangement."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.matching.reading import Mention
from bot.matching.spotting import Spotted

_OF_AN_ACT = ("join", "sign", "when", "dateword", "operate", "places")
_OF_ARRANGEMENTS = ("mra", "aeo", "cover", "customs", "program", "agency", "list", "which", "count")


def of_membership(
    spotted: Spotted,
    mentions: Sequence[Mention],
    groups: Sequence[str],
    total: float,
    unions: Collection[str],
) -> bool:
    """Whether it is asked of somebody's membership of a grouping, or of a union."""
    if groups and len(mentions) == 1 and total < 1 and not spotted.has("first", "last"):
        return True
    if len(mentions) > 1 and _inside(spotted, mentions):
        return True
    if _joins_another(spotted):
        return True
    in_a_union = len(spotted.spans) > 1 and not spotted.has(*_OF_ARRANGEMENTS)
    if (groups or in_a_union) and _joins_a_grouping(spotted, unions):
        return True
    if groups and spotted.has(*_OF_AN_ACT) and not spotted.has(*_OF_ARRANGEMENTS):
        return True
    if len(mentions) < 2 or "join" not in spotted.features or spotted.has(*_OF_ARRANGEMENTS):
        return False
    norm = spotted.words.norm
    return any(
        norm[at + 1 : m.start] in (["the"], [])
        for m in mentions[1:]
        for at in spotted.features["join"]
        if at < m.start
    )


def _joins_a_grouping(spotted: Spotted, unions: Collection[str]) -> bool:
    """ "when did Mexico join NAFTA", "is Peru in APEC"."""
    starts = {
        s.start
        for s in spotted.spans[1:]
        if s.entry.group or (s.who and s.who.codes[:1] and s.who.codes[0] in unions)
    }
    return any(not starts.isdisjoint((at + 1, at + 2)) for at in spotted.features.get("join", ()))


def _joins_another(spotted: Spotted) -> bool:
    """Whether somebody joined a body nothing is known of: "when did Korea join the WTO"."""
    if "join" not in spotted.features or spotted.has("mra", "aeo", "cover", "customs", "program"):
        return False
    norm, raw = spotted.words.norm, spotted.words.raw
    return any(
        norm[at + 1 : at + 2] == ["the"] and at + 2 in spotted.unknown and raw[at + 2].isupper()
        for at in spotted.features["join"]
    )


_PARTS = frozenset(("part", "member", "belong", "state", "province", "region"))
_WITHIN = frozenset(("in", "of", "inside", "within", "to"))  # "part of", "belong to"


def _inside(spotted: Spotted, mentions: Sequence[Mention]) -> bool:
    """Whether one country is asked to be in the other: "is Taiwan part of China"."""
    norm = spotted.words.norm
    if spotted.has("mra", "aeo", "program", "customs", "sign", "claim", "agency", "party"):
        return False
    one, two = mentions[0], mentions[1]
    between = [w for w in norm[one.end : two.start] if w not in ("the", "a", "still", "already")]
    if not between or between[-1] not in _WITHIN:
        return False
    return len(between) == 1 or (len(between) == 2 and between[0] in _PARTS)
