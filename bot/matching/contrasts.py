"""Which of several names are set aside: "not Japan, Jordan"."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from bot.matching.reading import Mention
from bot.matching.spotting import Spotted

_NOT = frozenset(
    (
        "not",
        "no",
        "dont",
        "isnt",
        "arent",
        "wasnt",
        "doesnt",
        "didnt",
        "nicht",
        "pas",
        "não",
        "non",
        "niet",
        "nao",
        "never",
        "forget",
        "mean",
        "meant",
        "ignore",
        "skip",
        "scratch",
        "drop",
    )
)
# What may stand between "not" and the name put aside.
_ARTICLES = frozenset(
    (
        "the",
        "a",
        "about",
        "for",
        "mean",
        "meant",
        "asking",
        "talking",
        "interested",
        "in",
        "on",
        "el",
        "la",
        "le",
        "die",
        "das",
        "den",
        "der",
        "o",
        "il",
        "de",
    )
)
_ITS_OWN = frozenset(("one", "ones", "deal", "mra", "arrangement", "program", "agreement", "s"))
_NEAR = 4  # words; a correction stands close before the right name
_LEADING = frozenset(("i", "do", "did", "dont", "im", "am", "no", "sorry", "its", "it", "is"))
_WITH = frozenset(("with", "w", "isnt", "not", "mit", "con", "avec", "com"))
_UNDER = frozenset(
    ("on", "under", "via", "through", "as", "within", "inside", "unter", "bajo", "sous")
)
_INSIDE = frozenset(
    ("in", "of", "to", "im", "beim", "bei", "dem", "dans", "en", "al", "dell", "no", "na")
)
_LIKENED = frozenset(("treated", "counted", "considered", "classed", "regarded", "deemed"))
_BUT = frozenset(
    (
        "but",
        "rather",
        "sondern",
        "sino",
        "mais",
        "maar",
        "instead",
        "i",
        "mean",
        "the",
        "about",
        "for",
        "only",
        "just",
        "la",
        "le",
        "el",
        "die",
        "das",
        "de",
        "o",
        "il",
        "ma",
        "mas",
    )
)


def _left_behind(at: int, spotted: Spotted) -> bool:
    """Whether a name is that of what somebody left: "now that the UK left the EU"."""
    before = [w for w in spotted.words.norm[max(0, at - 2) : at] if w != "the"]
    return bool(before) and before[-1] in _LEFT


_LEFT = frozenset(("left", "leaving", "leaves", "leave", "quit", "exited", "quitting"))


def meant_ones(
    mentions: list[Mention], spotted: Spotted, unions: Mapping[str, frozenset[str]]
) -> list[Mention]:
    """The names left once what is only set beside another is taken away.

    `unions`: the members of each union; it is only the way to a member named with it.
    """
    if len(mentions) < 2:
        return mentions
    if len(mentions) == 2:
        one, two = mentions
        if not _LIKENED.isdisjoint(spotted.words.norm[one.end : two.start]):
            return [one]  # "is Bermuda treated as the UK"
        if two.codes[0] in unions and _left_behind(two.start, spotted):
            return [one]
        if _way(one, two, spotted, unions):
            return [two]
        if _way(two, one, spotted, unions):
            return [one]
    if "mend" in spotted.features:
        mentions = _mended(mentions, spotted)
    if "us" in spotted.features and len(mentions) == 2 and _beside_us(mentions, spotted):
        return mentions[:1]
    if "not" not in spotted.features:
        return mentions
    kept = [m for m in mentions if not _corrected(m, mentions, spotted)]
    return kept or mentions


def _way(
    union: Mention, other: Mention, spotted: Spotted, unions: Mapping[str, frozenset[str]]
) -> bool:
    """Whether a union is only the way to somebody: "the EU MRA … for Germany", "under the EU"."""
    members = unions.get(union.codes[0], frozenset()) if len(union.codes) == 1 else frozenset()
    if not members or spotted.has("compare", "pair", "order", "first", "earlier", "later"):
        return False
    if other.codes[0] in members:
        return True
    norm = spotted.words.norm
    before = norm[max(union.start - 3, 0) : union.start]
    its_deal = union.end in spotted.features.get("deal", ()) or union.end in (
        spotted.features.get("mra", ())
    )
    if its_deal and union.start > other.start and not _INSIDE.isdisjoint(before):
        return True  # "is Norway in the EU arrangement"
    if (its_deal or norm[union.end : union.end + 1] == ["one"]) and "cover" in spotted.features:
        between = [at for at in spotted.features["cover"] if union.end <= at < other.start]
        if between and norm[between[0]] in ("cover", "covers"):
            return True  # "does the EU one cover Norway"
    return union.start > other.start and not _UNDER.isdisjoint(before)


def _mended(mentions: list[Mention], spotted: Spotted) -> list[Mention]:
    """Without the names taken back: "is Niger, I mean Nigeria, covered"."""
    at = spotted.features["mend"]
    kept = list(mentions)
    for one, two in pairwise(mentions):
        taken_back = [i for i in at if one.end <= i < two.start]
        if taken_back and two.start - taken_back[0] <= _NEAR:
            kept.remove(one)
    return kept


def _beside_us(mentions: list[Mention], spotted: Spotted) -> bool:
    """Whether the second of two is only set beside the U.S.: "CH has one with the EU, with us?" """
    one, two = mentions
    norm, before = spotted.words.norm, spotted.words.before
    if not any(w in _WITH for w in norm[one.end : two.start]):
        return False
    asked = [i for i in spotted.features["us"] if i >= two.end]
    parted = any(before[i].strip() or norm[i] in ("but", "i") for i in range(two.end, len(norm)))
    return bool(asked) and parted


def _corrected(mention: Mention, mentions: list[Mention], spotted: Spotted) -> bool:
    """Whether a name is put right by the one beside it: "not X, Y", "Y, not X"."""
    words = spotted.words
    at = mention.start - 1
    while at > 0 and words.norm[at] in _ARTICLES and not words.before[at + 1].strip():
        at -= 1
    if at > 0 and words.norm[at] == "mean" and words.norm[at - 1] in _NOT:
        at -= 1  # "I do NOT mean the Dominican Republic"
    if at < 0 or words.norm[at] not in _NOT or "\n" in words.before[mention.start]:
        return False  # "Japan no", and the next on a line of its own
    opens = at
    while opens and words.norm[opens - 1] in _LEADING:
        opens -= 1
    if opens == 0 or words.before[opens].strip():
        following = next((m for m in mentions if m.start >= mention.end), None)
        if following:
            between = words.norm[mention.end : following.start]
            while between and between[0] in _ITS_OWN:
                between = between[1:]
            if not between and words.before[following.start].strip():
                return True
            if between and all(w in _BUT for w in between):
                return True
    return any(  # "Austria, not Australia"
        m.end in (opens, at) or (m.end < at and all(w in _I_DO for w in words.norm[m.end : at]))
        for m in mentions
    )


_I_DO = frozenset(("and", "i", "do"))  # "… and I do not mean …"
