"""Whether a message tells or presents something instead of asking it.

"The supplier from Mexico sent the wrong bolts" tells: it is not for the bot, whatever it names.
"Finnish paper mill" presents somebody to trade with: nobody types it but to have it looked up.
"""

from __future__ import annotations

from bot.matching.openings import OPENERS
from bot.matching.spotting import Spotted

# With one of these a statement is about recognition, and may be meant to be confirmed.
_OF_THE_FIELD = ("sign", "join", "signatory", "wco", "note", "eligible")
# What may stand beside somebody presented.
_JOINTS = frozenset(
    ("a", "an", "the", "and", "or", "one", "of", "from", "in", "with", "w", "new", "our", "my",
     "another", "some", "de", "del", "di", "du", "aus", "von", "uit", "en", "y", "e", "et", "und")
)  # fmt: skip
_MOST_PRESENTED = 8  # words
_STEM = 4  # letters; a shorter word ("feed") is no verb with an ending
_MAKERS = ("maker", "makers", "grower", "growers", "miller", "packer", "smith", "works")


def tells(spotted: Spotted, asking: bool) -> bool:
    """Whether a message is news or a story: it asks nothing and has no word of the field.

    "We moved the Canada payroll to a new vendor", "Korea v Japan tomorrow".
    """
    if asking:
        return False
    if _asks_to_sign(spotted):
        return True
    if orders(spotted):
        return False
    if _of_the_field(spotted):
        things = any(kind == "thing" and value == "noun" for _, _, kind, value in spotted.values)
        return things and _only_signed(spotted)  # "we signed a lease in Korea"
    if "tells" in spotted.features and not spotted.has("hedge", "mend", "likewise"):
        return bool(spotted.unknown) or "claim" not in spotted.features
    numbered = [] if spotted.words.lettered else spotted.words.norm
    if any(w[0].isdecimal() and "-" in w and len(w) <= _SCORE for w in numbered):
        return not spotted.has("when", "dateword")  # "Korea Japan 2-1"
    if "deal" in spotted.features and "party" in spotted.features:
        return True  # "our agreement with the Korean supplier"
    if any(_of_something_else(w) for w in numbered):
        return not spotted.has("claim", "when", "dateword")
    sporting = spotted.has("compare") and not spotted.has("program", "agency", "customs", "party")
    things = any(kind == "thing" for _, _, kind, _ in spotted.values)
    return sporting and (bool(spotted.unknown) or things)


def _after_lead(spotted: Spotted) -> int:
    """The first word after those that only lead on: "please", "ok so"; the last at most."""
    lead = spotted.features.get("lead", ())
    at = 0
    while at < len(spotted.words) - 1 and at in lead:
        at += 1
    return at


def orders(spotted: Spotted) -> bool:
    """Whether a message opens as an order does: "please list", "tell me about"."""
    norm, at = spotted.words.norm, _after_lead(spotted)
    return norm[at] in OPENERS or (
        at in spotted.features.get("detail", ()) and "deal" not in spotted.features
    )


def presents(spotted: Spotted) -> bool:
    """Whether a message, or what it begins with, is a phrase for somebody to trade with."""
    words = spotted.words
    size = len(words)
    end = next((i for i in range(1, size) if words.before[i].strip(" \u2019'*_-\"")), size)
    if end > _MOST_PRESENTED:
        return False
    parties = {i for i in spotted.features.get("party", ()) if i < end}
    parties |= {i for i in spotted.unknown if i < end and words.norm[i].endswith(_MAKERS)}
    if not parties:
        return False
    named = {i for s in spotted.spans if s.who for i in range(s.start, s.end)}
    unknown = {*spotted.unknown} - parties
    if sum(i < end for i in unknown) > 2 or not any(i < end for i in named):
        return False
    for i in range(end):
        if i in unknown:
            inflected = len(words.norm[i]) > _STEM and words.norm[i].endswith(("ed", "ing"))
            if i + 1 >= end or inflected:
                return False  # "the Mexican factory fire"
            if i - 1 in parties:
                return False
        elif i not in named and i not in parties and words.norm[i] not in _JOINTS:
            return False
    return True


_SCORE = 5  # characters
# What else is agreed, arranged and recognised: a contract, a dinner, a face.
_LOOSE = ("arrangement", "agreement", "deal", "pact", "accord", "treat", "recogni", "understanding")


def _covers(spotted: Spotted) -> bool:
    """Whether somebody is covered; a partner in a statement may be anybody's."""
    norm = spotted.words.norm
    return any(norm[at] not in ("partner", "partners") for at in spotted.features.get("cover", ()))


def _only_signed(spotted: Spotted) -> bool:
    return "sign" in spotted.features and not spotted.has(
        "mra", "aeo", "cover", "join", "program", "customs", "agency", "signatory", "dateword"
    )


_SHORTEST_NUMBER = 3  # digits; a shorter number may be one of a day, of a tier, of an order


def _of_something_else(word: str) -> bool:
    """Whether a word is the number of a ticket or an hour: "PO 4411 Canada", "Korea 9am"."""
    if word.isdecimal():
        year = len(word) == 4 and word[:2] in ("19", "20")
        return len(word) >= _SHORTEST_NUMBER and not year and word != "101"
    return word[:-2].isdecimal() and word[-2:] in ("am", "pm")


_ITS_PAPER = frozenset(("the", "my", "our", "your", "this", "a", "here", "up"))


def _asks_to_sign(spotted: Spotted) -> bool:
    """Whether colleagues are asked to sign a paper: "please sign the Canada paperwork"."""
    norm, at = spotted.words.norm, _after_lead(spotted)
    return norm[at] == "sign" and norm[at + 1 : at + 2] != [] and norm[at + 1] in _ITS_PAPER


def _of_the_field(spotted: Spotted) -> bool:
    features = spotted.features
    if spotted.has(*_OF_THE_FIELD) or _covers(spotted):
        return True
    norm = spotted.words.norm
    if any(not norm[at].startswith(_LOOSE) for at in features.get("mra", ())):
        return True
    return "aeo" in features and features["aeo"] != features.get("customs")
