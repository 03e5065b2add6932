"""When a name that could be a partner is not one: people, places, things that sound like it."""

from __future__ import annotations

from bot.matching.lexicon import Lexicon
from bot.matching.spans import Span
from bot.matching.spotting import Spotted
from bot.matching.subject import BARE, ENOUGH, SURE, asks, near, shouted
from bot.matching.telling import orders, presents

_SHORT = 3  # words; a name is most of what such a message says
_OF_LANGUAGE = frozenset(
    (
        "speaking",
        "stamp",
        "letterhead",
        "speaker",
        "speakers",
        "language",
        "name",
        "names",
        "version",
        "text",
        "translation",
        "title",
        "term",
        "terms",
        "word",
        "words",
    )
)
_OF_A_NAME = frozenset(("name", "names", "title", "term"))  # "the Australian name for AEO"


def told_to_be_a_country(span: Span, spotted: Spotted) -> bool:
    """Whether "the country" follows a name: "Georgia (the country, not Atlanta)"."""
    norm, at = spotted.words.norm, span.end
    if at >= len(norm) or norm[at] not in _TELLS_A_STATE:
        return False  # nearly always
    told = [w for w in norm[at : at + 5] if w not in ("as", "in")][:2]
    return bool(told) and told[0] in ("the", *_STATES) and not _STATES.isdisjoint(told)


_STATES = frozenset(("country", "kingdom"))
_TELLS_A_STATE = _STATES | {"the", "as", "in"}


def town(span: Span, spotted: Spotted, lexicon: Lexicon) -> bool:
    """A U.S. town: a country's name before a state ("Peru, Indiana", "Paris TX")."""
    words = spotted.words
    at = span.end
    who = span.entry.who
    if at >= len(words.norm) or who is None or who.how in ("code", "flag"):
        return False
    if words.norm[at : at + 2] == ["the", "state"] and words.before[at].strip() == "(":
        return words.norm[span.start] in lexicon.states  # "Georgia (the state)"
    if words.before[at].strip() not in ("", ","):
        return False
    raw = words.raw[at]
    if who.how == "city" and lexicon.codes.get(words.norm[at]) == who.codes:
        return False  # "Mumbai, IN"
    if raw.isupper() and len(raw) == 2 and not shouted(words.raw):
        following = words.raw[at + 1] if at + 1 < len(words) else ""
        return raw in lexicon.states and not (following.isupper() and len(following) == 2)
    joined = " ".join(words.norm[at : at + 2])
    return words.norm[at] in lexicon.states or joined in lexicon.states


def language(span: Span, spotted: Spotted) -> bool:
    """A language, not a people: "in Spanish", "switch to english"."""
    who = span.entry.who
    words = spotted.words
    return bool(
        who
        and who.how == "demonym"
        and span.start
        and words.norm[span.start - 1] in ("in", "to", "into", "speak", "auf", "en", "in")
        and (span.end == len(words) or words.before[span.end].strip() != "")
    ) or bool(
        who
        and who.how == "demonym"
        and span.end < len(words)
        and words.norm[span.end - 1][-1] != "s"
        and words.norm[span.end] in _OF_LANGUAGE
        and not (spotted.has("aeo", "program") and words.norm[span.end] in _OF_A_NAME)
    )


def joined(one: int, two: int, spotted: Spotted) -> bool:
    """Whether two names stand in one list: nothing but separators and links between them."""
    between = spotted.words.norm[one:two]
    return len(between) <= BARE + 1 and all(w in _LINKS for w in between)


_LINKS = frozenset(
    [
        "next",
        "befor",
        "plus",
        "with",
        "and",
        "or",
        "vs",
        "versus",
        "v",
        "to",
        "prior",
        "before",
        "after",
        "than",
        "against",
        "n",
        "the",
        "not",
        "but",
        "und",
        "y",
        "e",
        "et",
        "ou",
        "o",
        "und",
        "oder",
        "of",
    ]
)


def thing(span: Span, spotted: Spotted, strongest: float) -> bool:
    """Something called after a people: an adjective before a word nothing is known of."""
    who = span.entry.who
    if not who or who.how != "demonym" or strongest >= ENOUGH:
        return False
    at = span.end
    if at < len(spotted.words) and spotted.words.norm[at] in ("and", "or"):
        # "Korean and Japanese food"
        at = next((s.end for s in spotted.spans if s.start == at + 1 and s.who), at)
    if at + 1 in spotted.features.get("party", ()) and spotted.has("cover", "status", "aeo"):
        return False  # "are Faroese fish plants covered"
    if at < len(spotted.words) and spotted.words.norm[at] == "people":
        return False  # the people itself
    return at in spotted.unknown and not spotted.words.before[at].strip() and not presents(spotted)


_OF_STATUS = ("mra", "aeo", "cover", "sign")
_NAMES = 2  # names after the first that one thing is called after; more are a list


def errand(span: Span, spotted: Spotted, strongest: float) -> bool:
    """A thing of somebody's work called after a country: "the Canada call", "our Mexico lease"."""
    words = spotted.words
    at = span.end
    before = words.norm[span.start - 1] if span.start else ""
    if at >= len(words.norm) or not (
        before in _OWNING or spotted.values or "who" in spotted.features
    ):
        return False
    for _ in range(_NAMES if len(spotted.spans) > 1 else 0):
        if following := next((s for s in spotted.spans if s.start == at and s.who), None):
            at = following.end  # "Israel Gaza news"
    if at >= len(words.norm) or words.before[at].strip():
        return False
    if spotted.has("sign") and spotted.has("when", "dateword"):
        return False  # "on what day did Taiwan's office sign"
    certain = strongest >= ENOUGH
    if certain and (asks(spotted, words.tail) or spotted.has("cover", "sign", "status")):
        return False
    if words.norm[span.start][-1] == "s":
        return False  # the people themselves: "the Mexicans call theirs"
    things = {value for start, _, kind, value in spotted.values if start == at and kind == "thing"}
    if "noun" in things or (before in _OWNING and things and not certain):
        return True
    if certain:
        return False
    if spotted.has("who") and at in spotted.features.get("party", ()):
        return not spotted.has(
            "cover", "eligible", "customs", "program", "claim"
        )  # "who runs the Korea warehouse"
    owned = before in _OWNING and at in spotted.unknown
    return owned and not spotted.has(*_OF_ITS_OWN) and not presents(spotted)


# With one of these, a word nothing is known of belongs to the question: "the Taiwan implementing
# parties".
_OF_ITS_OWN = ("note", "sign", "cover", "program", "eligible", "signatory", "mra")


def letters(span: Span, spotted: Spotted, strongest: float) -> bool:
    """An acronym that others bear too, among words of something else: "pip command"."""
    who = span.entry.who
    if not who or who.how not in ("program", "agency", "shared"):
        return False
    if not spotted.unknown and len(spotted.words) <= _SHORT + BARE:
        return False
    raw = spotted.words.raw[span.start]
    if span.end - span.start > 1 or len(raw) > _ACRONYM:
        return False
    if not spotted.has(*_OF_PROGRAMS):
        return True  # "what SES endpoint do we use"
    return strongest < SURE and len(spotted.unknown) >= (2 if raw.isupper() else 1)  # or none


# What is asked of programs and their administrations.
_OF_PROGRAMS = (
    "aeo", "mra", "cover", "sign", "signatory", "program", "agency", "nameq", "when", "dateword",
    "expand", "define", "eligible", "claim", "benefit", "places", "compare", "detail", "join",
    "operate", "customs", "wco", "party", "owner",
)  # fmt: skip
_ACRONYM = 4  # letters; longer ones are hardly anything else
_OWNING = frozenset(("the", "our", "my", "your", "their", "this", "that", "a", "an"))


_LEADS_TO_A_COUNTRY = (["what", "about"], ["how", "about"], ["you", "have"], ["we", "have"])
_LISTED = 4  # names; so many are a list of countries


def first_name(span: Span, spotted: Spotted, lexicon: Lexicon, total: float) -> bool:
    """A name that is a first name too, among words that say nothing of arrangements."""
    words = spotted.words
    name = words.norm[span.start]
    if span.end - span.start != 1 or name not in lexicon.usual_people:
        return False
    if name in lexicon.states and not spotted.has("ask", *_OF_STATUS) and "?" not in words.tail:
        return len(words) > BARE  # the U.S. state, where nothing is asked
    ordered = orders(spotted) and not spotted.unknown  # "tell me about Jordan"
    asking = ordered or asks(spotted, words.tail)
    if len(words) > _SHORT and near(spotted) and not asking:
        return True
    if spotted.has("which") and span.start and spotted.words.norm[span.start - 1] == "which":
        return True  # "which Jordan?"
    idle = spotted.has("thanks") or (spotted.has("chatter") and not asking)
    if ordered and "detail" in spotted.features and not idle:
        return False
    if spotted.has("except") and spotted.has("all", "list") and not spotted.unknown:
        return False  # "everyone other than Jordan"
    if len(spotted.words) <= 2 and not spotted.unknown and not idle:
        return False
    if sum(s.who is not None for s in spotted.spans) >= _LISTED and not spotted.unknown:
        return False  # "Korea, Vietnam, Italy, Jordan, Kenya"
    if span.end in spotted.features.get("party", ()) and "cover" not in spotted.features:
        who = span.entry.who
        if who and who.how == "demonym" and any(s.entry.term for s in spotted.spans):
            return False  # "german supplier only has AEOC"
    before = words.norm[max(0, span.start - 2) : span.start]
    if before in _LEADS_TO_A_COUNTRY and span.end == len(words):
        return False  # "what about Jordan"
    if before[-1:] in (["in"], ["from"]) and "party" in spotted.features and not spotted.unknown:
        return False  # "our plant in Jordan"
    return total < (1.0 if not spotted.unknown else SURE)


def weak_word(span: Span, spotted: Spotted, total: float, strongest: float) -> bool:
    """Whether a name that is also an ordinary word is used as one: "on an island"."""
    who = span.entry.who
    if not who or not who.weak or who.how == "flag":
        return False
    words = spotted.words
    if len(words) == span.end - span.start:
        return False
    if not words.raw[span.start][:1].islower():
        return False  # a capital, or a script without them
    if len(words) <= _SHORT and not spotted.unknown:
        return False
    return not (strongest >= SURE - 0.5 or (total >= 1 and not spotted.unknown))
