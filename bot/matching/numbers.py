"""The numbers of a message, and the places in an order that it names."""

from __future__ import annotations

from bot.matching.spotting import Spotted
from bot.matching.times import Time

_NUMBERING = frozenset(("number", "nr", "nummer", "numero", "num"))
_MOST_TAKEN = 20  # "the last twenty"


def read_values(
    spotted: Spotted, times: tuple[Time, ...]
) -> tuple[dict[str, str], list[tuple[int, int]], list[str]]:
    """The first value of each kind; the numbers, with where they stand; the places in an order.

    What belongs to a time or a name is neither. A place shows the feature "ordinal".
    """
    features, norm = spotted.features, spotted.words.norm
    first: dict[str, str] = {}
    numbers: list[tuple[int, int]] = []
    ordinals: list[str] = []
    if not spotted.values and spotted.words.lettered:
        return first, numbers, ordinals
    timed = {i for t in times for i in range(t.start, t.end)} if times else frozenset()
    named = {i for s in spotted.spans for i in range(s.start, s.end)}
    for start, _, kind, value in spotted.values:
        if start in timed or (kind in ("number", "ordinal") and start in named):
            continue
        numbered = kind == "number" and start and norm[start - 1] in _NUMBERING
        if numbered or kind == "ordinal":
            ordinals.append(value)
            features.setdefault("ordinal", []).append(start)
        elif kind == "number":
            if int(value) > 1:
                numbers.append((start, int(value)))
        else:
            first.setdefault(kind, value)
    for i, word in enumerate(norm) if not spotted.words.lettered else ():
        if not word[0].isdecimal() or i in timed:
            continue
        told = any(at == i for at, _ in numbers)  # as a word that stands for a number, too
        if word.isdecimal() and len(word) <= 2 and i not in named and not told:
            numbers.append((i, int(word)))
        if place := _numbered(word, i, spotted):
            ordinals.append(place)
            features.setdefault("ordinal", []).append(i)
    if "ordinal" in features and first.get("attribute") == "signatories":
        del first["attribute"]  # "the fifth signatory" is a partner
    return first, numbers, ordinals


def _numbered(word: str, i: int, spotted: Spotted) -> str:
    """ "11th", "number 14", "#3"."""
    if word[-2:] in ("st", "nd", "rd", "th") and word[:-2].isdecimal():
        return str(int(word[:-2][:3]))
    if word.isdecimal() and len(word) <= 2:
        before = spotted.words.norm[i - 1] if i else ""
        if (
            spotted.words.before[i].endswith("#")
            or before in _NUMBERING
            or (before == "no" and "." in spotted.words.before[i])
        ):
            return str(int(word))
    return ""


def place_in_order(
    features: dict[str, list[int]], ordinals: list[str], numbers: list[tuple[int, int]]
) -> tuple[str, int]:
    """The place in an order, and how many ("the last three")."""
    if ordinals and not ("among" in features and {"first", "last"} & features.keys()):
        return ordinals[-1 if "mend" in features else 0], 0
    for place in ("last", "first", "earlier", "later"):
        if place in features:
            if place not in ("first", "last"):
                return place, 0
            near = {f + step for f in features[place] for step in (-1, 0, 1)}
            taken = (n for i, n in numbers if i in near and 2 <= n <= _MOST_TAKEN)
            return place, next(taken, 0)
    return "", 0
