"""Words that show nothing here: those of a time, and those of set phrases."""

from __future__ import annotations

from bot.matching.spotting import Spotted
from bot.matching.times import Time

_TIMELY = (
    "dateword", "first", "last", "earlier", "later", "when", "howlong", "now", "and", "claim",
    "aside",
)  # fmt: skip


_OF_LATE = ("last", "past", "this", "next")  # "last November" is the last of nothing


def forget_times(spotted: Spotted, times: tuple[Time, ...]) -> None:
    """Words that belong to a time are known, and show nothing else."""
    if not times:
        return
    taken = {i for t in times for i in range(t.start, t.end)}
    norm = spotted.words.norm
    taken |= {t.start - 1 for t in times if t.month and t.start and norm[t.start - 1] in _OF_LATE}
    spotted.unknown = [i for i in spotted.unknown if i not in taken]
    starts = {t.start for t in times}
    if signers := spotted.features.get("signatory"):  # "signed by February 2023" names nobody
        rest = [
            i for i in signers if norm[i + 1 : i + 2] != ["by"] or starts.isdisjoint((i + 1, i + 2))
        ]
        spotted.features["signatory"] = rest
        if not rest:
            del spotted.features["signatory"]
            spotted.features.setdefault("sign", signers)
    for feature in _TIMELY:
        at = spotted.features.get(feature)
        if at:
            rest = [i for i in at if i not in taken]
            if rest:
                spotted.features[feature] = rest
            else:
                del spotted.features[feature]


def pass_over_there(spotted: Spotted) -> None:
    """ "is there", "there are": that "there" points to no place spoken of."""
    if "it" not in spotted.features:
        return
    norm, pointing = spotted.words.norm, spotted.features["it"]
    theres = [i for i in pointing if norm[i] in _THERE]
    if not theres:
        return
    idle = {i for i in theres if _BE & {*norm[max(0, i - 1) : i], *norm[i + 1 : i + 2]}}
    idle |= {i for i in theres if norm[i] == "there's"}
    rest = [i for i in pointing if i not in idle]
    if rest:
        spotted.features["it"] = rest
    else:
        del spotted.features["it"]


_SOMEBODY = frozenset(("we", "i", "they", "you", "a", "an", "our", "my", "your", "their", "the"))


def pass_over_subordinate(spotted: Spotted) -> None:
    """ "when our supplier is certified, what do we enter": that "when" asks for no date."""
    whens = spotted.features.get("when", ())
    if not whens or spotted.has("sign", "join", "operate", "dateword", "mra"):
        return
    norm, party = spotted.words.norm, {*spotted.features.get("party", ())}
    rest = [
        i
        for i in whens
        if norm[i] != "when"
        or not (
            (norm[i + 1 : i + 2] and norm[i + 1] in _SOMEBODY and i + 2 < len(norm))
            or i + 1 in party
        )
    ]
    if rest:
        spotted.features["when"] = rest
    else:
        del spotted.features["when"]


_THERE = ("there", "there's")
_BE = frozenset(("is", "are", "was", "were", "isn't", "aren't", "isnt", "arent", "been", "be"))


def pass_over_what_is_put_aside(spotted: Spotted) -> None:
    """ "Atlantis and Wakanda aside, is Ghana covered": nothing is asked of what is put aside."""
    words = spotted.words
    if "aside" not in words.norm[1:-1]:
        return
    at = words.norm.index("aside", 1)
    if words.before[at + 1].strip() not in (",", ":", ";", "-"):
        return
    spotted.unknown = [i for i in spotted.unknown if i > at]
    for feature in ("aside", "chat", "tells"):
        if shown := spotted.features.get(feature):
            spotted.features[feature] = [i for i in shown if i > at]
            if not spotted.features[feature]:
                del spotted.features[feature]


def pass_over_jokes(spotted: Spotted) -> None:
    """ "Austria, no kangaroos. Covered?": what is named only to be ruled out has no part in it."""
    if "not" not in spotted.features or not (spotted.unknown or "aside" in spotted.features):
        return
    norm, before = spotted.words.norm, spotted.words.before
    ruled_out: set[int] = set()
    for i in range(1, len(norm)):
        if before[i].strip() in _MARKS:
            ruling = norm[i] in _NO
        else:
            ruling = bool(ruled_out) and i - 1 in ruled_out and not before[i].strip()
        if ruling:
            ruled_out.add(i)
    if not ruled_out or any(s.start in ruled_out for s in spotted.spans if s.who):
        return
    spotted.unknown = [i for i in spotted.unknown if i not in ruled_out]
    if asides := spotted.features.get("aside"):
        spotted.features["aside"] = [i for i in asides if i not in ruled_out]
        if not spotted.features["aside"]:
            del spotted.features["aside"]


_NO = ("no", "not", "without")
_MARKS = (",", ".", ";", "-", "(", ":")


def pass_over_idle(spotted: Spotted) -> None:
    """Set phrases show nothing of what their words would: "in the first place" orders nothing."""
    if not spotted.values:
        return
    if "nameq" in spotted.features:  # "my name is Israel": that asks for no name
        mine = {s for s, _, kind, _ in spotted.values if kind == "person"}
        mine = {i for i in mine if spotted.words.norm[i] == "my"}
        rest = [i for i in spotted.features["nameq"] if i - 1 not in mine and i not in mine]
        spotted.features["nameq"] = rest
        if not rest:
            del spotted.features["nameq"]
    idle = {
        i for start, end, kind, _ in spotted.values if kind == "idle" for i in range(start, end)
    }
    if not idle or len(idle) == len(spotted.words):
        return  # by itself "why not?" asks
    for feature, at in list(spotted.features.items()):
        if not idle.isdisjoint(at):
            spotted.features[feature] = [i for i in at if i not in idle]
            if not spotted.features[feature]:
                del spotted.features[feature]
    spotted.values = [v for v in spotted.values if v[0] not in idle]
