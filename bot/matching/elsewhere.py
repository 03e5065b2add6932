"""Why a message is about something else, whatever names it holds."""

from __future__ import annotations

from collections.abc import Sequence

from bot.matching import belief
from bot.matching.kinds import another_kind, goes_by_other_letters, heads_another
from bot.matching.lexicon import Lexicon
from bot.matching.openings import OPENERS
from bot.matching.reading import Mention
from bot.matching.spotting import Spotted
from bot.matching.times import Time

_PERSON = frozenset(
    ("he", "she", "him", "his", "her", "hes", "shes")
)  # whoever it is, it is no country
_GREETING = 4  # words
_OLDEST = 1995  # a year before any trusted-trader program
# With one of these, "who" asks for an administration or a partner, not for a colleague.
_WHO_OF_THE_SUBJECT = (
    "mra", "agency", "signatory", "sign", "program", "customs", "cover", "claim", "benefit",
    "first", "last", "earlier", "later", "both", "aeo", "ordinal", "list", "eligible", "plural",
    "join", "pair", "without_us", "owner", "note", "wco", "feedback",
)  # fmt: skip
_OF_A_PROPER_NAME = ("mra", "aeo", "customs", "program", "agency", "sign", "signatory", "claim")
_WHERE_OF_THE_SUBJECT = (
    "mra", "aeo", "sign", "signatory", "claim", "program", "agency", "cover", "join", "status",
    "party", "source", "first", "last", "earlier", "later", "when", "dateword", "domain", "list",
    "define", "process", "detail", "deal", "howlong", "places", "nameq", "owner", "plural",
)  # fmt: skip
_COUNTED = ("mra", "cover", "places", "plural", "aeo", "sign", "process", "howlong", "join")
_OF_AN_ACT = ("join", "sign", "when", "dateword", "operate", "places")
# With one of these a city may stand for its country, whatever is unknown beside it.
_OF_A_CITY_TOO = ("mra", "cover", "deal", "wco", "claim", "agency", "sign", "status", "party")
_OF_SEVERAL = ("list", "plural", "count", "all", "define", "help")
_OF_ARRANGEMENTS = ("mra", "aeo", "cover", "customs", "program", "agency", "list", "which", "count")


def why_elsewhere(
    spotted: Spotted,
    lexicon: Lexicon,
    text: str,
    *,
    mentions: Sequence[Mention],
    times: tuple[Time, ...],
    groups: Sequence[str],
    refused: Sequence[str],
    doubted: bool,
    town: bool,
    total: float,
    strongest: float,
    follows: bool,
    listed: bool,
) -> str:
    """Why a message is about something else; "" where it may be a question for the bot."""
    features = spotted.features
    has = spotted.has
    named = "aeo" in features and features["aeo"] != features.get("customs")
    explicit = (named and ("off" not in features or belief.trusted(spotted))) or (
        "aeo" in features and has("mra", "sign", "agency", "cover")
    )
    explicit = explicit or _turns_to_the_field(spotted)
    if "off" in features and not explicit:
        return "another subject"
    if "other_aeo" in refused and not (follows and has("it")):
        return "another AEO"
    if not explicit and ("other_mra" in refused or "medical" in features):
        return "another kind of MRA"
    if "conventions" in refused and "mra" not in features and not explicit:
        return "an agreement on something else"
    if not explicit and another_kind(spotted):
        return "an agreement on something else"
    if mentions and heads_another(spotted) and not belief.asks(spotted, text):
        return "another thing of these letters"
    lettered = any(m.how in ("program", "agency") for m in mentions)
    if mentions and not (follows or lettered) and goes_by_other_letters(spotted):
        return "letters nothing is known of"
    if mentions and not spotted.words.lettered and any(map(_long_ago, spotted.words.norm)):
        return "before any such program"
    if times and any(t.day.year < _OLDEST for t in times):
        return "before any such program"
    if (
        "chat" in features
        and "thanks" not in features
        and not mentions
        and (strongest < belief.ENOUGH or ("mra" not in features and not named))
    ):
        return "chat"
    if (town or "us_places" in refused) and not (mentions or groups or has(*_OF_SEVERAL)):
        return "a place in the United States"
    if (
        (refused or doubted)
        and not mentions
        and (
            strongest < (belief.ENOUGH if town else belief.SURE)
            or not _asks_of_the_field(spotted, text)
        )
        and "help" not in features
    ):
        return "sounds like a partner, is none"
    if mentions and _of_membership(spotted, mentions, groups, total):
        return "membership of something else"
    if groups and not (mentions or times) and "when" in features and has("sign", "join"):
        if not has("mra", "aeo", "plural", "places", "list"):
            return "membership of something else"  # "when was NAFTA signed"
    alone = len(mentions) == 1 and not follows
    if mentions and "who" in features and _among_people(spotted, lexicon, alone):
        return "asks who among the people"
    if mentions and spotted.unknown and {"who", "sign"} <= features.keys():
        if not (follows or has("mra", "deal", "signatory", "note", "dateword")):
            return "asks who signs something else"  # "who has signing authority in our entity"
    if (
        mentions
        and not follows
        and _asks_where(spotted)
        and not has(*_WHERE_OF_THE_SUBJECT)
        and not lettered
    ):
        return "asks where a place is"
    if mentions and not follows and _of_any_place(spotted):
        return "asked of any place"
    if (
        mentions
        and strongest < belief.ENOUGH
        and not _PERSON.isdisjoint(spotted.words.norm)
        and (not has("party", "signatory") or _is_a_first_name(spotted, mentions, lexicon))
    ):
        return "about a person"
    if mentions and not follows and _asks_after_a_thing(spotted):
        return "asks after something else"
    if mentions and not follows and _asks_of_a_quality(spotted):
        return "asks what somebody is like"
    if mentions and not follows and all(m.how == "city" for m in mentions):
        odd = bool(spotted.unknown) or has("aside", "tells", "off")
        much = len(spotted.unknown) > 1 and not has(
            "mra", "cover", "deal", "wco", "claim", "agency"
        )
        if odd and (much or not has(*_OF_A_CITY_TOO)):
            return "of a city, and something else"
    if (mentions or groups) and _covers_something_else(spotted, mentions):
        return "covers something else"
    counts = "count" in features or "list" in features or spotted.words.norm[0] == "list"
    if counts and not follows and _counts_something_else(spotted):
        return "counts something else"
    if (
        mentions
        and not listed
        and not belief.believed(spotted, lexicon, total, strongest, text, len(mentions), follows)
    ):
        return "a name among words of another subject"
    if not (mentions or follows or groups or times) and belief.foreign(spotted, lexicon, total):
        return "words of another subject"
    if (
        "aside" in features
        and "thanks" not in features
        and not ("hello" in features and len(spotted.words) <= _GREETING)
        and strongest < belief.SURE
        and not mentions
    ):
        return "an aside"
    return ""


def _asks_of_a_quality(spotted: Spotted) -> bool:
    """ "is our Korean broker reliable"."""
    norm = spotted.words.norm
    asks = norm[0] in ("is", "are", "was", "were") and len(norm) - 1 in spotted.unknown
    return asks and not spotted.has(*_OF_STANDING)


_OF_STANDING = (
    "mra", "aeo", "cover", "sign", "program", "agency", "list", "status", "pair", "compare", "deal",
    "wco", "only", "join", "operate", "benefit", "claim", "eligible", "note",
)  # fmt: skip


def _is_a_first_name(spotted: Spotted, mentions: Sequence[Mention], lexicon: Lexicon) -> bool:
    """ "has Israel from the warehouse signed his contract"."""
    return any(spotted.words.norm[m.start] in lexicon.usual_people for m in mentions)


def _asks_after_a_thing(spotted: Spotted) -> bool:
    """Whether what is asked for is a thing nothing is known of: "which halal body", "any
    replacement"."""
    odd = {*spotted.unknown, *spotted.features.get("aside", ())}
    if not odd or spotted.has("program", *belief.OF_RECOGNITION):
        return False
    norm, before = spotted.words.norm, spotted.words.before
    return any(norm[at - 1] in _ASKED_FOR and not before[at].strip() for at in odd if at)


_ASKED_FOR = frozenset(
    ("which", "what", "any", "some", "another", "whose", "welche", "welcher", "welches", "quel",
     "quelle", "cual", "qual", "quale")
)  # fmt: skip


def _long_ago(word: str) -> bool:
    """Whether a word is a year of a century before those that times are read in."""
    return len(word) == 4 and word.isdecimal() and word[0] == "1" and word[1] in "45678"


_BUT = frozenset(("but", "pero", "mais", "aber", "ma", "maar", "mas"))


def _turns_to_the_field(spotted: Spotted) -> bool:
    """Whether other subjects are only a foil: "there is an FTA, but is there an MRA too?"."""
    off = spotted.features.get("off")
    if not off:
        return False
    loose = spotted.features.get("deal", ())
    mra = [at for at in spotted.features.get("mra", ()) if at not in loose]
    if not (mra or spotted.has("signatory")):
        return False
    norm = spotted.words.norm
    if all(_put_aside(at, norm) for at in off):
        return True
    return bool(mra) and any(norm[i] in _BUT for i in range(max(off) + 1, max(mra)))


_SET_ASIDE = frozenset(
    ("ignore", "ignoring", "forget", "skip", "besides", "both", "not", "leaving")
)


def _put_aside(at: int, norm: list[str]) -> bool:
    """ "politics aside", "ignore the FTAs", "both duty rate and MRA status"."""
    before = [w for w in norm[max(0, at - 3) : at] if w != "the"]
    return "aside" in norm[at + 1 : at + 3] or bool(before and before[-1] in _SET_ASIDE)


def _asks_where(spotted: Spotted) -> bool:
    """Whether "where" is asked; French "ou" without its accent is "or"."""
    if "where" not in spotted.features:
        return False
    raw = spotted.words.raw
    return any(raw[at].lower() != "ou" for at in spotted.features["where"])


def _asks_of_the_field(spotted: Spotted, text: str) -> bool:
    """Whether a message that names no partner still asks about arrangements."""
    asks = "?" in text or "ask" in spotted.features or spotted.words.norm[0] in OPENERS
    known = len(spotted.unknown) <= 1
    return asks and (known or spotted.has("mra", "aeo")) and spotted.has(*belief.CORE, "mra")


def _of_membership(
    spotted: Spotted, mentions: Sequence[Mention], groups: Sequence[str], total: float
) -> bool:
    """Whether it is asked of somebody's membership of a grouping, or of a union."""
    if groups and len(mentions) == 1 and total < 1 and not spotted.has("first", "last"):
        return True
    if len(mentions) > 1 and _inside(spotted, mentions):
        return True
    if _joins_another(spotted):
        return True
    in_a_union = len(spotted.spans) > 1 and not spotted.has(*_OF_ARRANGEMENTS)
    if (groups or in_a_union) and _joins_a_grouping(spotted):
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


def _joins_a_grouping(spotted: Spotted) -> bool:
    """ "when did Mexico join NAFTA", "is Peru in APEC"."""
    unions = (s for s in spotted.spans[1:] if s.entry.group or (s.who and s.who.codes == ("EU",)))
    starts = {s.start for s in unions}
    return any(not starts.isdisjoint((at + 1, at + 2)) for at in spotted.features.get("join", ()))


def _of_any_place(spotted: Spotted) -> bool:
    """Whether a thing is asked that any country has: "how old is Israel", "is Colombia safe"."""
    if not spotted.values and "wco" not in spotted.features:
        return False
    phrase = {
        i for start, end, kind, _ in spotted.values if kind == "place" for i in range(start, end)
    }
    norm = spotted.words.norm
    safe = [i for i in spotted.features.get("wco", ()) if norm[i] == "safe"]
    if not phrase and (not safe or safe != spotted.features["wco"]):
        return False
    if len(spotted.words) - 1 in phrase and sum(s.who is not None for s in spotted.spans) > 1:
        return False  # "the UK, Ireland and Switzerland - who is in?"
    return not any(at not in phrase for f in _OF_A_PLACE_TOO for at in spotted.features.get(f, ()))


# With one of these it is asked of an arrangement, in the words that ask it of a country.
_OF_A_PLACE_TOO = (
    "mra", "aeo", "sign", "cover", "program", "agency", "customs", "claim", "it", "eligible",
    "benefit", "note", "signatory", "domain", "party", "first", "last", "earlier", "later",
    "compare",
)  # fmt: skip


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


def _among_people(spotted: Spotted, lexicon: Lexicon, alone: bool) -> bool:
    """Whether "who" asks for a colleague, a firm, or a person in the news."""
    if not spotted.unknown and not (alone and spotted.has("party")):
        return False  # "who is our broker in Lyon" is told by the broker
    if spotted.unknown and not spotted.has("mra", "places", "plural", "agency", "signatory"):
        norm = spotted.words.norm
        whose = (norm[at : at + 3] for at in spotted.features["who"])
        if any(w[:2] == ["who", "is"] and w[2:] in (["our"], ["my"]) for w in whose):
            return True  # "who's our supply chain security specialist for Canada"
    people = any(belief.proper(i, spotted, lexicon) for i in spotted.unknown)
    return not spotted.has(*(_OF_A_PROPER_NAME if people else _WHO_OF_THE_SUBJECT))


def _of_something_theirs(spotted: Spotted, mentions: Sequence[Mention]) -> bool:
    """Whether a thing nothing is known of is what is recognised, or what covers: "is my Korean
    degree recognised", "does our health plan cover Peru"."""
    unknown = spotted.unknown
    if spotted.has("mra", "aeo", "customs", "program", "party", "domain", "operate", "eligible"):
        return False
    ends = {m.end for m in mentions}
    return any(
        at - 1 in unknown and (at - 1 in ends or (at - 2 in unknown and at + 1 not in ends))
        for at in spotted.features["cover"]
    )


def _stands_in(spotted: Spotted) -> bool:
    """ "can someone cover for London?", "is Japan covered next week?"."""
    norm = spotted.words.norm
    return not spotted.has("mra", "aeo") and any(
        (norm[at] == "cover" and norm[at + 1 : at + 2] == ["for"])
        or (norm[at] in ("cover", "covered") and norm[at + 1 : at + 2] in _SOON)
        for at in spotted.features["cover"]
    )


_SOON = (["next"], ["tomorrow"], ["tonight"], ["today"], ["during"])


def _recognises_a_thing(spotted: Spotted) -> bool:
    """ "do they recognise my Indian degree in the UK"."""
    if spotted.has("mra", "aeo", "customs", "program", "party", "domain", "operate", "eligible"):
        return False
    norm = spotted.words.norm
    named = {i for s in spotted.spans for i in range(s.start, s.end)}
    for at in spotted.features["cover"]:
        if not norm[at].startswith("recogni"):
            continue
        after = at + 1
        while after < len(norm) and (norm[after] in _DETERMINERS or after in named):
            after += 1
        if at + 1 < after and after in spotted.unknown:
            return True
    return False


_DETERMINERS = frozenset(("my", "our", "your", "his", "her", "their", "a", "an", "the"))


def _covers_something_else(spotted: Spotted, mentions: Sequence[Mention]) -> bool:
    """Whether what is covered is a thing nothing is known of: "does the EU cover dental"."""
    words = spotted.words
    if spotted.has("tells") and not spotted.has(
        "mra", "aeo", "domain", "party", "program", "operate"
    ):
        covers = ("cover", "covers")  # "who covers Korea on Friday": for a colleague
        return all(words.norm[at] in covers for at in spotted.features.get("cover", (-1,)))
    if "cover" in spotted.features and _stands_in(spotted):
        return True
    if not spotted.unknown or "cover" not in spotted.features:
        return False
    if _of_something_theirs(spotted, mentions) or _recognises_a_thing(spotted):
        return True
    if len(spotted.features.get("cover", ())) > 1 and spotted.has("mra", "aeo"):
        return False  # "USMCA covers origin, but is Mexico covered by an MRA"
    return any(
        words.norm[at] in ("cover", "covers")
        and (at + 1 in spotted.unknown or (not mentions and at + 2 in spotted.unknown))
        and not words.before[at + 1].strip()
        for at in spotted.features["cover"]
    )


def _counts_something_else(spotted: Spotted) -> bool:
    """Whether "how many" is asked of a thing nothing is known of: "how many people"."""
    norm = spotted.words.norm
    count = [*spotted.features.get("count", ())]
    count += [i + 1 for i in spotted.features.get("list", ()) if norm[i + 1 : i + 2] == ["of"]]
    if norm[0] == "list" and norm[1:2] in (["all"], ["the"]):
        count.append(1)
    last = max(count, default=0)
    after = last + 1 + (norm[last] == "how")  # "how many" begins with "how"
    ours = norm[after : after + 2] in (["of", "our"], ["of", "my"], ["of", "these"])
    if count and ours and spotted.unknown and not spotted.has("cover", "aeo"):
        return True  # "how many of our Vietnamese vendors returned the questionnaire"
    if not count or spotted.has(*_COUNTED):
        return False
    things = {start for start, _, kind, _ in spotted.values if kind == "thing"}
    return any(at in spotted.unknown or at in things for at in (last + 1, last + 2))
