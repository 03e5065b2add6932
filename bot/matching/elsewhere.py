"""Why a message is about something else, whatever names it holds."""

from __future__ import annotations

from collections.abc import Sequence

from bot.matching import belief, subject
from bot.matching.kinds import another_kind, goes_by_other_letters, heads_another
from bot.matching.lexicon import Lexicon
from bot.matching.memberships import of_membership
from bot.matching.openings import OPENERS
from bot.matching.reading import Mention
from bot.matching.spotting import Spotted
from bot.matching.things import (
    asks_after_a_thing,
    asks_when_else,
    benefits_somebody_else,
    counts_something_else,
    covers_something_else,
    is_on_another_list,
    speaks_of_a_quality,
    speaks_of_cargo,
)
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
# With one of these a city may stand for its country, whatever is unknown beside it.
_OF_A_CITY_TOO = ("mra", "cover", "deal", "wco", "claim", "agency", "sign", "status", "party")
_BESIDE_A_CITY = (
    "ask", "party", "aeo", "domain", "program", "when", "dateword", "benefit", "detail", "list",
    "mra", "cover", "deal", "wco", "claim", "agency", "sign", "status",
)  # fmt: skip
_OF_SEVERAL = ("list", "plural", "count", "all", "define", "help")


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
    if mentions and not (refused or doubted or times) and _wholly_of_the_field(spotted):
        return ""
    named = "aeo" in features and features["aeo"] != features.get("customs")
    explicit = (named and ("off" not in features or subject.trusted(spotted))) or (
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
    if mentions and heads_another(spotted) and not subject.asks(spotted, text):
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
        and (strongest < subject.ENOUGH or ("mra" not in features and not named))
    ):
        return "chat"
    if (town or "us_places" in refused) and not (mentions or groups or has(*_OF_SEVERAL)):
        return "a place in the United States"
    if (
        (refused or doubted)
        and not mentions
        and (
            strongest < (subject.ENOUGH if town else subject.SURE)
            or not _asks_of_the_field(spotted, text)
        )
        and "help" not in features
        and not (follows and has("it") and has("when", "dateword", "agency", "program"))
    ):
        return "sounds like a partner, is none"
    if mentions and of_membership(spotted, mentions, groups, total, lexicon.unions):
        return "membership of something else"
    if groups and not (mentions or times) and "when" in features and has("sign", "join"):
        if not has("mra", "aeo", "plural", "places", "list"):
            return "membership of something else"  # "when was NAFTA signed"
    asking = subject.asks(spotted, text)
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
        and strongest < subject.ENOUGH
        and not (follows and len(spotted.words) <= subject.BRIEF)  # "taiwan is what she asked"
        and not _PERSON.isdisjoint(spotted.words.norm)
        and (not has("party", "signatory") or _is_a_first_name(spotted, mentions, lexicon))
    ):
        return "about a person"
    if mentions and not follows and asks_after_a_thing(spotted):
        return "asks after something else"
    if mentions and not (follows or listed) and is_on_another_list(spotted):
        return "a list of something else"
    if mentions and not follows and benefits_somebody_else(spotted):
        return "benefits of somebody else"
    if mentions and not (follows or lettered):
        if speaks_of_a_quality(spotted, asking):
            return "speaks of what somebody is like"
        if speaks_of_cargo(spotted, asking):
            return "speaks of cargo"
        if asks_when_else(spotted):
            return "asks when something else was done"
    if mentions and not follows and all(m.how == "city" for m in mentions):
        odd = bool(spotted.unknown) or has("aside", "tells", "off")
        much = len(spotted.unknown) > 1 and not has("mra", "deal", "wco", "claim", "agency")
        beside = len(spotted.words) - sum(m.end - m.start for m in mentions)
        if beside > 1 and not (doubted or has(*_BESIDE_A_CITY)):
            return "of a city, and nothing of the field"  # "time in Auckland now"
        if odd and (much or not has(*_OF_A_CITY_TOO)):
            return "of a city, and something else"
    if (mentions or groups) and covers_something_else(spotted, mentions):
        return "covers something else"
    counts = "count" in features or "list" in features or spotted.words.norm[0] == "list"
    if counts and not follows and counts_something_else(spotted):
        return "counts something else"
    if (
        mentions
        and not listed
        and not belief.believed(
            spotted, lexicon, total, strongest, text, len(mentions), follows, asking
        )
    ):
        return "a name among words of another subject"
    if not (mentions or follows or groups or times) and belief.foreign(spotted, lexicon, total):
        return "words of another subject"
    if (
        "aside" in features
        and "thanks" not in features
        and not ("hello" in features and len(spotted.words) <= _GREETING)
        and strongest < subject.SURE
        and not mentions
    ):
        return "an aside"
    return ""


def _wholly_of_the_field(spotted: Spotted) -> bool:
    """Whether each word is known, none is of another subject, and one is of no other than this."""
    if spotted.unknown or spotted.scraps or spotted.values or not spotted.words.lettered:
        return False
    return spotted.has(*_OF_NOTHING_ELSE) and spotted.features.keys().isdisjoint(_OF_OTHERS)


_OF_NOTHING_ELSE = (
    "aeo", "agency", "claim", "compare", "define", "eligible", "benefit", "process",
)  # fmt: skip
_OF_OTHERS = frozenset(("off", "aside", "chat", "tells", "medical"))


def _is_a_first_name(spotted: Spotted, mentions: Sequence[Mention], lexicon: Lexicon) -> bool:
    """ "has Israel from the warehouse signed his contract"."""
    return any(spotted.words.norm[m.start] in lexicon.usual_people for m in mentions)


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
    return asks and (known or spotted.has("mra", "aeo")) and spotted.has(*subject.CORE, "mra")


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


def _among_people(spotted: Spotted, lexicon: Lexicon, alone: bool) -> bool:
    """Whether "who" asks for a colleague, a firm, or a person in the news."""
    if not spotted.unknown and not (alone and spotted.has("party")):
        return False  # "who is our broker in Lyon" is told by the broker
    if spotted.unknown and not spotted.has("mra", "places", "plural", "agency", "signatory"):
        norm = spotted.words.norm
        whose = (norm[at : at + 3] for at in spotted.features["who"])
        if any(w[:2] == ["who", "is"] and w[2:] in (["our"], ["my"]) for w in whose):
            return True  # "who's our supply chain security specialist for Canada"
    people = any(subject.proper(i, spotted, lexicon) for i in spotted.unknown)
    return not spotted.has(*(_OF_A_PROPER_NAME if people else _WHO_OF_THE_SUBJECT))
