"""When a name that could be a partner is not one: people, places, things that sound like it."""

from __future__ import annotations

import re

from bot.matching.lexicon import Lexicon
from bot.matching.spans import Span
from bot.matching.spotting import Spotted

_CODELIKE = re.compile(
    r"[{}\[\]$]|==|=>|\w=\w|\w_\w|::|\(\)|\w\(|;$|(?:^|\s)/\w+/|\d+%|\bERR\b|\bWARN\b|\bINFO\b|\bnpm\b|\bkubectl\b"
)
SURE = 2.0  # a single feature that speaks for the subject by itself
_BARE = 2  # words beside a name that leave it standing alone
BRIEF = 7  # words; in a thread about arrangements so short a message goes on about them
_SHORT = 3  # words; a name is most of what such a message says
_LIST = 3  # so many countries in one message are a list of them
ENOUGH = 3.0  # evidence that outweighs any number of unknown words


def evidence(spotted: Spotted, lexicon: Lexicon, timed: bool) -> tuple[float, float]:
    """How much in a message speaks for the subject: the sum of its features, and the strongest."""
    weights = lexicon.weights
    found = [weights[f] for f in spotted.features if f in weights]
    if timed:
        found.append(1.0)
    return sum(found), max(found, default=0.0)


def believed(
    spotted: Spotted,
    lexicon: Lexicon,
    total: float,
    strongest: float,
    text: str,
    count: int,
    follows: bool,
) -> bool:
    """Whether the `count` names in a message are its subject, for all the words it has beside.

    What speaks for the subject is weighed against the words nothing is known of: a rare word
    counts whole, an ordinary one half. `follows`: it goes on in a thread about arrangements.
    """
    aside = "aside" in spotted.features
    asking = "?" in text or "\uff1f" in text or 0 in spotted.features.get("ask", ())
    ordinary = lexicon.typos.ordinary
    scraps = sum(len(spotted.words.norm[i]) for i in spotted.scraps)
    against = 0.0 if of_the_field(spotted, 0.0) else _RARE * (scraps // _SCRAPS)
    against += sum(_PLAIN if spotted.words.norm[i] in ordinary else _RARE for i in spotted.unknown)
    if strongest >= ENOUGH:
        return not (aside and total < ENOUGH + 1)
    if _CODELIKE.search(text):
        return False
    if aside:
        return strongest >= SURE and total >= against + 1 and of_the_field(spotted, _RARE + 1)
    if follows and against <= 1 and len(spotted.words) <= BRIEF:
        return True
    if count >= _LIST and against < count:
        return True
    if len(spotted.unknown) >= _MANY_UNKNOWN and not of_the_field(spotted, against):
        return False
    if any(s.who and s.who.how == "flag" for s in spotted.spans):
        total += _FLAG
    for_it = total + (_ASKED if asking and total >= _ASKED else 0) + (_ASKED if count > 1 else 0)
    if not against and scraps < _SCRAPS:
        named = sum(s.end - s.start for s in spotted.spans if s.who)
        return for_it > 0 or asking or len(spotted.words) - named <= _BARE
    return for_it >= against


_RARE, _PLAIN = 1.5, 0.75  # an ordinary word says little, a rare one much
_SCRAPS = 4  # characters nothing is known of, in a script without spaces
_MANY_UNKNOWN = 2  # words; so many, and no word of the field, are about something else
_FLAG = 1.0  # nobody writes a flag for anything but its country
_ASKED = 0.5  # a question with a country in it is likely for the bot


_CORE = ("aeo", "domain", "customs", "program", "wco", "note", "party")
_NEAR = ("operate", "join", "cover", "plural")  # words of the field, and of many others


def of_the_field(spotted: Spotted, against: float) -> bool:
    """Whether a message has a word of the field; a plain "deal" is none.

    `against`: the weight of its unknown words; where it is small, words will do that are
    used elsewhere too.
    """
    features = spotted.features
    if spotted.has(*_CORE) or ("mra" in features and features["mra"] != features.get("deal")):
        return True
    if any(s.who and s.who.how in ("program", "agency", "shared") for s in spotted.spans):
        return True
    return against <= _RARE and spotted.has(*_NEAR)


def another_kind(spotted: Spotted) -> bool:
    """Whether an unknown word tells what the agreement is on: "telecom mutual recognition"."""
    features = spotted.features
    other = {*spotted.unknown, *features.get("off", ()), *features.get("aside", ())}
    norm = spotted.words.norm
    starts = {*features.get("mra", ()), *features.get("deal", ())}
    starts = {at for at in starts if not norm[at].startswith("mr")}  # "approve MRAs": a verb
    return any(
        at - 1 in other and not spotted.words.before[at].strip() and at - 1 not in starts
        for at in starts
    )


_GOVERNING = frozenset(("of", "in", "for", "with", "from"))
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "sr", "sra", "mme"))


def person(span: Span, spotted: Spotted, lexicon: Lexicon) -> bool:
    """Whether a name that is also a first name is a person's here.

    So it is next to what people do ("Jordan said", "ask Jordan"), before or after another
    capitalised word that is no known word ("Jordan Peele"), after "@", and as a sign-off.
    """
    words = spotted.words
    if span.end - span.start != 1 or span.distance:
        return False
    name = words.norm[span.start]
    if span.start and words.norm[span.start - 1] in _TITLES and words.raw[span.start].istitle():
        return True
    if name not in lexicon.first_names:
        return _surname(span, spotted)
    for start, end, kind, value in spotted.values:
        if kind != "person":
            continue
        if value == "after" and span.start and words.norm[span.start - 1] in _GOVERNING:
            continue  # "what is the program of Jordan called?"
        if value == "after" and start == span.end and not words.before[start].strip(" '\u2019("):
            return True
        if value == "before" and end == span.start:
            return True
    before = words.before[span.start]
    if before.endswith("@"):
        return True
    following = words.before[span.end] if span.end < len(words) else words.tail
    if span.end < len(words) and following[:1] == ".":
        return not following[1:2].isspace()
    if span.end == len(words) and "\n" in before and span.start:
        return True
    return _surname(span, spotted)


def _surname(span: Span, spotted: Spotted) -> bool:
    """Part of a full name: "Maria Canada", "Jordan Peele", "Korea Zinc"."""
    words = spotted.words
    raw = words.raw[span.start]
    if not raw[:1].isupper() or (raw.isupper() and len(raw) > 3):
        return False
    if span.start > 1 and "." in words.before[span.start]:
        initial = words.raw[span.start - 1]
        if len(initial) == 1 and initial.isupper():
            return True  # "Jordan R. Kenya"
    odd = {*spotted.unknown, *spotted.features.get("aside", ())}
    following = words.raw[span.end] if span.end < len(words) else ""
    after = words.before[span.end + 1] if span.end + 1 < len(words) else words.tail
    if len(following) == 1 and following.isupper() and after[:1] == ".":
        return True  # "Jordan R. …"
    for at in (span.start - 1, span.end):
        if at not in odd:
            continue
        between = words.before[span.start] if at < span.start else words.before[at]
        if (
            words.raw[at][:1].isupper()
            and words.raw[at][1:].islower()
            and not between.strip()
            and ("\n" not in between)
        ):
            return at > span.start or at > 0 or spotted.words.raw[at].istitle()
    return False


def town(span: Span, spotted: Spotted, lexicon: Lexicon) -> bool:
    """A U.S. town: a country's name before a state ("Peru, Indiana", "Paris TX")."""
    words = spotted.words
    at = span.end
    who = span.entry.who
    if at >= len(words) or who is None or who.how in ("code", "flag"):
        return False
    if words.before[at].strip() not in ("", ","):
        return False
    raw = words.raw[at]
    if raw.isupper() and len(raw) == 2:
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
        and words.norm[span.end] in ("name", "names", "version", "text", "translation", "title")
    )


def joined(one: int, two: int, spotted: Spotted) -> bool:
    """Whether two names stand in one list: nothing but separators and links between them."""
    between = spotted.words.norm[one:two]
    return len(between) <= _BARE + 1 and all(w in _LINKS for w in between)


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
    return bool(
        who
        and who.how == "demonym"
        and span.end in spotted.unknown
        and strongest < ENOUGH
        and not spotted.words.before[span.end].strip()
    )


def first_name(span: Span, spotted: Spotted, lexicon: Lexicon, total: float) -> bool:
    """A name that is a first name too, among words that say nothing of arrangements."""
    name = spotted.words.norm[span.start]
    if span.end - span.start != 1 or name not in lexicon.first_names - lexicon.seldom_people:
        return False
    if spotted.has("which") and span.start and spotted.words.norm[span.start - 1] == "which":
        return True  # "which Jordan?"
    if len(spotted.words) <= 2 and not spotted.unknown and not spotted.has("chatter", "thanks"):
        return False
    return total < (1.0 if not spotted.unknown else SURE)


def weak_word(span: Span, spotted: Spotted, total: float, strongest: float) -> bool:
    """Whether a name that is also an ordinary word is used as one: "on an island"."""
    who = span.entry.who
    if not who or not who.weak or who.how == "flag":
        return False
    words = spotted.words
    if len(words) == span.end - span.start:
        return False
    if words.raw[span.start][:1].isupper() or not words.raw[span.start].isascii():
        return False
    if len(words) <= _SHORT and not spotted.unknown:
        return False
    return not (strongest >= SURE - 0.5 or (total >= 1 and not spotted.unknown))
