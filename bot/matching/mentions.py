"""Which of the names in a message stand for partners asked about, and how they stand together."""

from __future__ import annotations

from bot.matching import doubts
from bot.matching.lexicon import Lexicon, Who
from bot.matching.reading import Mention
from bot.matching.spans import Span
from bot.matching.spotting import Spotted
from bot.matching.subject import BRIEF, shouted

_ALSO = frozenset(("and", "or", "nor", "y", "et", "und", "e", "en", "plus"))
_BETWEEN = frozenset({"mra", "cover"})
_AND_UNSPACED = frozenset("と와과和与與跟")


def mention_of(span: Span, who: Who, spotted: Spotted) -> Mention:
    words = spotted.words
    return Mention(
        who.codes, who.how, " ".join(words.raw[span.start : span.end]), span.start, span.end,
        span.distance, who.weak, who.id, span.entry.group,
    )  # fmt: skip


def distinct(mentions: list[Mention]) -> list[Mention]:
    """Each economy once; a name outranks a city or a code for the same one."""
    if len(mentions) < 2:
        return mentions
    kept: dict[tuple[str, ...], Mention] = {}
    for mention in mentions:
        held = kept.get(mention.codes)
        if held is None or (held.how == "city" and mention.how != "city"):
            kept[mention.codes] = mention
    named = {m.codes[0] for m in kept.values() if len(m.codes) == 1}
    return [
        m
        for m in kept.values()
        if len(m.codes) == 1 or not (named & set(m.codes) or (named and m.how == "shared"))
    ]


def told_by_a_city(mentions: list[Mention]) -> list[Mention]:
    """The mentions, an unclear one cleared up by a city: "the Dominicans in Santo Domingo"."""
    cities = [m for m in mentions if m.how == "city"]
    if cities and len(mentions) > len(cities):
        starts = {m.start for m in mentions if m.how in ("name", "code")}
        mentions = [m for m in mentions if m.how != "city" or m.end not in starts]
    if all(len(m.codes) == 1 for m in mentions):
        return mentions
    told = {m.codes[0] for m in cities}
    return [
        m._replace(codes=(meant[0],)) if len(meant := [c for c in m.codes if c in told]) == 1 else m
        for m in mentions
    ]


def left_out(start: int, spotted: Spotted) -> bool:
    """Whether a name follows "except" or a word like it, or is joined to one that does."""
    norm = spotted.words.norm
    at = start - 1
    while at >= 0:
        if norm[at] in ("the", "for", "those", "in"):
            at -= 1
        elif norm[at] in _ALSO and (
            joined := next((s for s in spotted.spans if s.end == at and s.who), None)
        ):
            at = joined.start - 1
        else:
            break
    if at < 0 or norm[at] in _ASKS_ANEW:
        return False  # "ok but is Korea an MRA partner"
    return any(p <= at <= p + 2 for p in spotted.features.get("except", ()))


_ASKS_ANEW = frozenset(("is", "are", "was", "were", "do", "does", "did", "has", "have", "can"))


def sure_ones(
    mentions: list[Mention], weak: list[Mention], spotted: Spotted, follows: bool
) -> list[Mention]:
    """The mentions that stand beside each other.

    A name that is also a word counts beside one that is surely meant only where the two are
    joined ("india and china"); so does a city. In a thread, a weak name alone is enough.
    """
    if not weak and len(mentions) < 2:
        return mentions
    if weak and follows and len(spotted.words) <= BRIEF:
        return sorted([*mentions, *weak], key=lambda m: m.start)
    kept = list(mentions)
    for mention in weak:
        if any(_linked(mention, other, spotted) for other in mentions) or (
            mentions and spotted.has("earlier", "later", "compare", "pair") and not spotted.unknown
        ):
            kept.append(mention)
    firm = [m for m in kept if not (m.how == "city" or _lower_weak(m))]
    if firm:
        kept = [
            m
            for m in kept
            if m in firm or any(_linked(m, other, spotted) for other in kept if other is not m)
        ]
    return sorted(kept, key=lambda m: m.start)


def _lower_weak(mention: Mention) -> bool:
    return mention.weak and mention.typed.islower()


def _linked(one: Mention, two: Mention, spotted: Spotted) -> bool:
    first, second = (one, two) if one.start < two.start else (two, one)
    return doubts.joined(first.end, second.start, spotted)


def stands_between(spotted: Spotted, mentions: list[Mention]) -> bool:
    """Whether the arrangement or the recognising stands between the first two named."""
    if len(mentions) != 2:
        return False
    one, two = mentions
    words = spotted.words
    if any("," in mark for mark in words.before[one.end : two.start]):
        return False  # another clause
    if any(at < one.start for at in spotted.features.get("compare", ())):
        return False  # "compare Brazil with Colombia"
    versus = any(one.end <= at < two.start for at in spotted.features.get("compare", ()))
    if versus and words.norm[two.start - 1] not in _WITH:
        return False
    for feature in _BETWEEN:
        for at in spotted.features.get(feature, ()):
            if one.end <= at < two.start:
                return True
    between = words.norm[one.end : two.start]
    if _of_the_two(one, two, spotted):
        return True
    while between and between[-1] in _THE:
        between = between[:-1]
    if between and between[-1] in _WITH and _OR.isdisjoint(between):
        return not spotted.has("compare") or spotted.has("having", "mra")
    if "mra" in spotted.features and between and all(w in _AND_UNSPACED for w in between):
        return True  # 日本と韓国の相互承認: of the two with each other
    marks = ("", "-", "\u2013", "/", "&")
    joined = words.before[two.start].strip() in marks and two.start == one.end
    alone = len(words) > _PAIRED and not spotted.has("likewise", "and")
    unspaced = words.before[two.start] in ("-", "\u2013") and alone
    return joined and ("mra" in spotted.features or unspaced)  # "maybe they mean UK-Turkey"


_PAIRED = 2  # words; two names by themselves may be a list


_OR = frozenset(("or", "o", "ou", "oder", "of"))
_THE = frozenset(("the", "dem", "der", "den", "el", "la", "il", "le", "de", "het"))
_WITH = frozenset(("with", "ile", "con", "mit", "avec", "com", "met"))
_AND = frozenset(("and", "&", "y", "e", "et", "und", "en", "n", "plus", "the", "with"))
_DASHES = frozenset("-\u2013\u2014")
_MARKS = frozenset("+&-\u2013\u2014")


def _of_the_two(one: Mention, two: Mention, spotted: Spotted) -> bool:
    """Whether the two names are joined, and one recognition is spoken of after them.

    "China and Canada have an MRA?", "Turkey and the UK recognise AEOs?": of each other. "Are Oman
    and Peru covered", "do we have MRAs with Oman and Peru": each of the U.S.
    """
    if spotted.has("us", "ours", "both", "plural", "compare", "party", "not"):
        return False
    words = spotted.words
    if words.norm[two.end : two.end + 1] in (["mutual"], ["mutually"]):
        return True  # "Brazil and China mutual AEO?"
    joints = [w for w in words.norm[one.end : two.start] if w not in ("the", "of")]
    marks = {m for gap in words.before[one.end : two.start + 1] for m in gap.strip()}
    if not (marks <= _MARKS and all(w in _AND for w in joints) and (marks or joints)):
        return False
    norm, features = words.norm, spotted.features
    tied = (
        not joints
        and marks <= _DASHES
        and not any(" " in g for g in words.before[one.end : two.start + 1])
    )
    if tied and spotted.has("status", "sign", "operate", "when"):
        return True  # "Canada-Singapore, exists?"
    active = any(
        at >= two.end
        and norm[at].startswith(("recogni", "reconoc", "reconna", "anerk", "ricono"))
        and not norm[at].endswith(("ed", "ised", "ized", "dos", "das", "nnus", "nnues", "nnt"))
        for at in features.get("cover", ())
    )
    return active or any(at >= two.end for at in features.get("mra", ()))


_ARTICLES = frozenset(("the", "a", "an", "either", "both", "that", "of"))


def stands_beside(features: tuple[str, ...], spotted: Spotted, mentions: list[Mention]) -> bool:
    """Whether a word that shows one of these features stands right before a name."""
    if not spotted.has(*features):
        return False
    starts = {m.start for m in mentions}
    norm = spotted.words.norm
    for feature in features:
        for at in spotted.features.get(feature, ()):
            following = at + 1
            while following < len(norm) and norm[following] in _ARTICLES:
                following += 1
            if following in starts:
                return True
    return False


def follows_name(feature: str, spotted: Spotted, mentions: list[Mention]) -> bool:
    """Whether a word that shows this feature stands right after a name: "does Korea qualify"."""
    at = spotted.features.get(feature)
    return at is not None and any(m.end in at for m in mentions)


def leads_to_name(feature: str, spotted: Spotted, mentions: list[Mention]) -> bool:
    """Whether a word that shows this feature leads to a name: "does it still apply to Mexico"."""
    at = spotted.features.get(feature)
    if at is None:
        return False
    norm = spotted.words.norm
    return any(norm[m.start - 1] == "to" and m.start - 2 in at for m in mentions if m.start > 1)


_TIMELY = frozenset(("by", "before", "since", "as", "at", "during", "from"))
_IN = frozenset(("in", "out", "on"))
_SINCE_ASKED = frozenset(
    (
        "yet",
        "still",
        "already",
        "now",
        "too",
        "then",
        "also",
        "or",
        "not",
        "out",
        "is",
        "are",
        "really",
        "actually",
    )
)


def asks_whether_in(spotted: Spotted, lexicon: Lexicon) -> bool:
    """Whether a clause ends in "in" after a name: "is Ecuador in?", "are the Brits in yet".

    Of a name that people bear it may be asked at the door: that is no question for the bot.
    """
    words = spotted.words
    if _IN.isdisjoint(words.norm):
        return False
    named = sum(span.who is not None for span in spotted.spans)
    for span in spotted.spans:
        at = span.end
        if span.who is None:
            continue
        alone = words.norm[span.start] in lexicon.usual_people and named == 1
        if alone and not {"it", "they"} & {*words.norm[at : at + 3]}:
            continue
        if words.norm[at : at + 2] in (["are", "they"], ["is", "it"]):
            at += 2  # "Jordan, are they in?"
        elif words.norm[at : at + 1] in (["is"], ["are"]):
            at += 1  # "Colombia is in, isn't it"
        while at < len(words) and words.norm[at] in _SINCE_ASKED and words.norm[at] != "out":
            at += 1
        if at >= len(words) or words.norm[at] not in _IN:
            continue
        if words.norm[at] == "on" and words.norm[at + 1 : at + 2] != ["it"]:
            continue
        if words.raw[at].isupper() and not shouted(words.raw):
            continue  # the code
        after = at + 1 + (words.norm[at + 1 : at + 2] == ["it"])
        while after < len(words) and words.norm[after] in _SINCE_ASKED:
            after += 1
        mark = words.before[after] if after < len(words) else words.tail
        if after == len(words) or any(m in mark for m in ",.?!;:"):
            return True
        if words.norm[after:] in (["isnt", "it"], ["arent", "they"], ["right"], ["correct"]):
            return True
        if words.norm[after] in _TIMELY and words.norm[after + 1 : after + 2] != ["the"]:
            return any(w[0].isdecimal() for w in words.norm[after + 1 :])  # "in by 2022?"
    return False
