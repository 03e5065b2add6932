"""Whether the names in a message are its subject, for all the words it has beside."""

from __future__ import annotations

import re

from bot.matching.lexicon import Lexicon
from bot.matching.spotting import Spotted
from bot.matching.subject import (
    ATTRIBUTES,
    BARE,
    BRIEF,
    ENOUGH,
    RARE,
    SURE,
    TELLING,
    asks,
    asks_of_recognition,
    beyond_trade,
    by_a_body,
    near,
    of_arrangements,
    of_the_field,
    weight_of_unknown,
)
from bot.matching.telling import orders, presents, tells

_CODELIKE = re.compile(
    r"[{}\[\]$]|==|=>|\w=\w|\w_\w|::|\(\)|\w\(|;$|(?:^|\s)/\w+/|\d+%|\bERR\b|\bWARN\b|\bINFO\b|\bnpm\b|\bkubectl\b"
)
# One of these stands in all that looks like code; to look for them is far faster.
_CODE_MARK = re.compile(r"[]{}[$=:()_;/%]|ERR|WARN|INFO|npm|kubectl")
_LIST = 3  # so many countries in one message are a list of them


def believed(
    spotted: Spotted,
    lexicon: Lexicon,
    total: float,
    strongest: float,
    text: str,
    count: int,
    follows: bool,
    asking: bool,
) -> bool:
    """Whether the `count` names in a message are its subject, for all the words it has beside.

    What speaks for the subject is weighed against the words nothing is known of: a rare word
    counts whole, an ordinary one half. `follows`: it goes on in a thread about arrangements.
    """
    aside = "aside" in spotted.features
    hedged = "hedge" in spotted.features or len(spotted.words) - 1 in spotted.features.get(
        "tag", ()
    )
    asking = asking or (hedged and spotted.has(*_CONFIRMABLE))
    if strongest >= ENOUGH:
        if len(spotted.unknown) >= _CARRY and _of_anything(spotted):
            return False
        if len(spotted.unknown) >= (_CARRY if asking else 1) and _of_the_oas(spotted):
            return False
        if not asking and _ours_alone(spotted):
            return False
        silent = not asking and not spotted.has(*_CONFIRMED) and count < _LIST
        if len(spotted.unknown) >= _MANY_UNKNOWN and silent:
            return follows  # "the AEO of our Korea landing page needs work"
        return not aside or total >= ENOUGH + 1 or asking
    if not follows and len(spotted.unknown) >= _MANY_UNKNOWN and "\n" not in text:
        of_else = asking and "which" in spotted.features and not by_a_body(spotted)
        if of_else and not of_arrangements(spotted):
            return False  # "Guinea or Equatorial Guinea, which has the better internet"
    if count >= _MANY_NAMED and weight_of_unknown(spotted, lexicon) < count and not aside:
        return True  # "our board needs a yes or no for each of: …"
    if not follows and tells(spotted, asking):
        return False
    if not follows and "tells" in spotted.features and not beyond_trade(spotted):
        return False  # "has Mexico replied", "Korea tomorrow?"
    asked_after = spotted.has("tells", "where", "when") and not spotted.has("wondering", "sure")
    if not follows and asked_after and _after_a_shipment(spotted):
        return False
    if not (aside or spotted.unknown or spotted.scraps):
        return _stands_alone(spotted, total, text, count, follows)
    scraps = sum([len(spotted.words.norm[i]) for i in spotted.scraps])
    against = 0.0 if of_the_field(spotted, 0.0) else RARE * (scraps // _SCRAPS)
    against += weight_of_unknown(spotted, lexicon)
    by_trade = near(spotted)
    if not aside and _named_after_a_colon(spotted):
        return True
    listed = not aside or 0 in spotted.features.get("compare", ())  # "compare our tigers: …"
    if count >= _LIST and against < count and listed:
        return True
    if _looks_like_code(text):
        return False
    if not aside and _asked_in_full(spotted):
        return True
    if by_trade and not aside and presents(spotted):
        return True
    if aside:
        if by_trade and not spotted.has(*ATTRIBUTES):
            return False
        if not (follows or asks_of_recognition(spotted) or by_a_body(spotted)):
            return False  # "do Indian contractors fill in the same timesheet"
        fits = strongest >= SURE and total >= against + 1 and of_the_field(spotted, RARE + 1)
        if any(spotted.words.norm[i - 1] == "for" for i in spotted.features["aside"] if i):
            return False  # "for payroll" says what all of it is about
        flag = any(s.who and s.who.how == "flag" for s in spotted.spans)  # ":flag-nz: not rugby"
        return fits and (asking or flag or spotted.has(*ATTRIBUTES))
    if follows and against <= 1 and len(spotted.words) <= BRIEF:
        return True
    if _done_by_it(spotted) and not spotted.features.keys() & TELLING:
        return False  # "when was Taiwan founded": any subject is asked about so
    if spotted.unknown and not asking and by_trade and count < _LIST:
        return False  # "the supplier in Mexico raised prices" is news
    if spotted.unknown and not asking and TELLING & spotted.features.keys() == _DEAL:
        return False  # "the deal with Japan fell through" is news
    if len(spotted.unknown) >= _CARRY and not (asking or follows or by_a_body(spotted)):
        if not spotted.has(*_CONFIRMED_ALONE):
            return False  # "partners for the mixed doubles: Canada still needs one"
    if len(spotted.unknown) >= _MANY_UNKNOWN:
        if not of_the_field(spotted, against):
            return False
        if not (follows or of_arrangements(spotted) or by_a_body(spotted)):
            return False  # "our Haifa forwarder went bust, any replacement?"
    if any(s.who and s.who.how == "flag" for s in spotted.spans):
        total += _FLAG
    if against and "chat" in spotted.features and not of_the_field(spotted, RARE + 1):
        against += RARE
    for_it = total + (_ASKED if asking and total >= _ASKED else 0) + (_ASKED if count > 1 else 0)
    if not against and scraps < _SCRAPS:
        named = sum(s.end - s.start for s in spotted.spans if s.who)
        return for_it > 0 or asking or len(spotted.words) - named <= BARE
    return for_it >= against


# A statement with one of these may be meant to be confirmed.
_CONFIRMED = (
    "cover", "sign", "join", "operate", "status", "when", "dateword", "program", "agency",
    "compare", "detail", "list", "hedge", "claim", "benefit", "eligible", "pair", "process",
)  # fmt: skip
# With one of these, what is told among many unknown words may still be meant to be confirmed.
_CONFIRMED_ALONE = (
    "mra", "aeo", "sign", "deal", "claim", "benefit", "program", "agency", "hedge", "sure", "tag",
    "note", "wondering", "status",
)  # fmt: skip
_CONFIRMABLE = ("mra", "aeo", "cover", "sign", "join", "operate", "program")


def _asked_in_full(spotted: Spotted) -> bool:
    """Whether a date or a record is asked before a mark: "date for Korea please, for the board"."""
    words = spotted.words
    first = next((i for i in range(1, len(words)) if words.before[i].strip()), len(words))
    if first == len(words) or any(at < first for at in (*spotted.unknown, *spotted.scraps)):
        return False
    named = any(s.who and s.start < first for s in spotted.spans)
    asked = ("dateword", "detail") if orders(spotted) else ("dateword",)
    return named and any(at < first for f in asked for at in spotted.features.get(f, ()))


def _after_a_shipment(spotted: Spotted) -> bool:
    """Whether it is asked after goods on their way: "when does the Korea shipment arrive"."""
    body = any(s.who and s.who.how in ("program", "agency") for s in spotted.spans)
    return near(spotted) and not body and not spotted.has("join", "detail", "plural", "hedge")


def _stands_alone(spotted: Spotted, total: float, text: str, count: int, follows: bool) -> bool:
    """The same where nothing speaks against the names: whether anything speaks for them."""
    if count < _LIST and _looks_like_code(text):
        return False
    if total > 0 or count > 1 or (follows and len(spotted.words) <= BRIEF):
        return True
    named = sum(s.end - s.start for s in spotted.spans if s.who)
    beside = len(spotted.words) - named
    if beside <= BARE or (beside <= _PLAIN_TALK and asks(spotted, text)):
        return True
    return any(s.who and s.who.how == "flag" for s in spotted.spans)


_MANY_NAMED = 5  # names; nobody tells a story of so many
_PLAIN_TALK = 6  # words of no content beside a name; with more it is a question of any kind
_SCRAPS = 4  # characters nothing is known of, in a script without spaces
_MANY_UNKNOWN = 2  # words; so many, and no word of the field, are about something else
_FLAG = 1.0  # nobody writes a flag for anything but its country
_ASKED = 0.5  # a question with a country in it is likely for the bot
_CARRY = 3  # unknown words; so many carry a subject of their own


def _looks_like_code(text: str) -> bool:
    return bool(_CODE_MARK.search(text) and _CODELIKE.search(text))


def _ours_alone(spotted: Spotted) -> bool:
    """Whether CTPAT, in which countries have no part, is all that speaks for the subject."""
    norm = spotted.words.norm
    if not spotted.has("aside", "chat", "tells") or spotted.has("mra", *_CONFIRMED):
        return False
    return all(norm[at].startswith(("ctpat", "cbp", "c")) for at in spotted.features.get("aeo", ()))


def _named_after_a_colon(spotted: Spotted) -> bool:
    """Whether a few words lead to a name that stands alone: "test: Korea"."""
    words = spotted.words
    last = spotted.spans[-1]
    alone = last.who is not None and last.who.how == "name" and last.end == len(words)
    return alone and last.start <= _LEAD and words.before[last.start].strip() == ":"


_LEAD = 2  # words before the colon


def _done_by_it(spotted: Spotted) -> bool:
    """Whether a word nothing is known of stands right after a name: what somebody did or has."""
    words = spotted.words
    return any(
        s.who
        and s.who.how not in ("program", "agency")
        and s.end in spotted.unknown
        and len(words.norm[s.end]) >= _WORDLIKE
        and not words.before[s.end].strip()
        for s in spotted.spans
    )


_WORDLIKE = 4  # letters; a shorter unknown word may be an abbreviation


def foreign(spotted: Spotted, lexicon: Lexicon, total: float) -> bool:
    """Whether a message that names nobody is carried by words nothing is known of."""
    if spotted.pages or ("define" in spotted.features and any(s.entry.term for s in spotted.spans)):
        return False  # "what's the MID people keep mentioning"
    if of_the_field(spotted, RARE + 1) or spotted.has("mra", "cover", "sign", "help", "feedback"):
        return False
    return len(spotted.unknown) >= _MANY_UNKNOWN and weight_of_unknown(spotted, lexicon) > total


def _of_anything(spotted: Spotted) -> bool:
    """Whether "mutual recognition" is all that speaks for the subject: of degrees, of tests."""
    features = spotted.features
    if "mra" not in features or spotted.has("aeo", "customs", "program", "cover", "party"):
        return False
    norm = spotted.words.norm
    return all(norm[at] in _MUTUAL for at in features["mra"])


def _of_the_oas(spotted: Spotted) -> bool:
    """Whether OEA is all that speaks for the subject: so the OAS is called in Spanish."""
    if spotted.has("mra", "cover", "program", "party", "customs", "eligible", "operate", "deal"):
        return False
    norm = spotted.words.norm
    return all(norm[at] == "oea" for at in spotted.features.get("aeo", (0,)))


_MUTUAL = frozenset(("mutual", "mutually", "recognition"))
_DEAL = {"deal", "mra"}
