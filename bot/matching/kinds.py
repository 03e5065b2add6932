"""What an agreement is on, where it is no recognition of traders."""

from __future__ import annotations

from bot.matching.spotting import Spotted
from bot.matching.states import OF, between_states, called_after_a_city, of_a_state
from bot.matching.subject import shouted, trusted
from bot.matching.things import MINE


def another_kind(spotted: Spotted) -> bool:
    """Whether an unknown word tells what the agreement is on: "telecom mutual recognition".

    So does a word spelled out before "(MRA)", and one parted from it by a name: "autos Japan deal".
    """
    features = spotted.features
    if "program" in features and _another_program(spotted):
        return True
    if "cover" in features and (_partners_of_another(spotted) or between_states(spotted)):
        return True
    if "sign" in features and _signs_another(spotted):
        return True
    if "pair" in features and _mutually_else(spotted):
        return True
    if "agency" in features and _another_authority(spotted):
        return True
    if "mra" not in features and "deal" not in features:
        return False
    if "wco" in features and "off" not in features:
        return False  # what the WCO speaks of is this kind
    if "deal" in features and (of_a_state(spotted) or called_after_a_city(spotted)):
        return True
    starts = {*features.get("mra", ()), *features.get("deal", ())}
    if any(_initials_of_another(at, spotted) for at in starts):
        return True
    if _mutual_but_no_recognition(spotted.words.norm):
        return True
    if any(_of_something_mine(at, spotted.words.norm) for at in starts):
        return True
    other = {*spotted.unknown, *features.get("off", ()), *features.get("aside", ())}
    if not other:
        return False
    norm, before = spotted.words.norm, spotted.words.before
    starts = {at for at in starts if not norm[at].startswith("mr")}  # "approve MRAs": a verb
    if any(at - 1 in other and not before[at].strip() and at - 1 not in starts for at in starts):
        return True
    if features.get("mra") and _on_another(min(features["mra"]), spotted, other):
        return True
    ends = {s.end: s.start for s in spotted.spans if s.who}
    return any(
        (name := ends.get(at)) is not None
        and name - 1 in spotted.unknown
        and norm[name - 1][-1] == "s"
        and not before[at].strip()
        and not before[name].strip()
        for at in starts
    )


def _mutual_but_no_recognition(norm: list[str]) -> bool:
    """ "a mutual non disclosure agreement"."""
    if "mutual" not in norm:
        return False
    at = norm.index("mutual") + 1
    kind, papers = norm[at : at + 1], _AGREEMENTS.intersection(norm[at + 1 : at + 4])
    return bool(kind and papers) and not kind[0].startswith(_OF_MUTUALITY)


_AGREEMENTS = frozenset(("agreement", "agreements", "contract", "contracts", "nda", "treaty"))
_OF_MUTUALITY = ("recog", "accept", "assist", "agree", "arrang", "valid", "trust", "customs")


def _of_something_mine(at: int, norm: list[str]) -> bool:
    """ "erkenning van mijn huwelijksakte"."""
    return len(norm) > at + 2 and norm[at + 1] in OF and norm[at + 2] in MINE


def _another_authority(spotted: Spotted) -> bool:
    """ "the port authority in Callao", "signing authority": not the one that runs a program."""
    words, odd = spotted.words, {*spotted.unknown, *spotted.features.get("sign", ())}
    return any(
        words.norm[at] in _AUTHORITIES and at - 1 in odd and not words.before[at].strip()
        for at in spotted.features["agency"]
    )


_AUTHORITIES = frozenset(("authority", "authorities", "body", "bodies", "agency", "department"))


def _mutually_else(spotted: Spotted) -> bool:
    """ "are danish and norwegian mutually intelligible"."""
    norm = spotted.words.norm
    return any(norm[at - 1] in ("mutual", "mutually") for at in spotted.unknown if at)


def heads_another(spotted: Spotted) -> bool:
    """Whether the letters stand before a word of something else, or are somebody's own.

    "MRA appointment", "AEO conference", "my MRA": that is what they mean then, unless it is asked.
    """
    words = spotted.words
    if not spotted.has("mra", "aeo") or spotted.has("party", "cover", "sign", "status"):
        return False
    things = {start for start, _, kind, value in spotted.values if (kind, value) == _THING}
    things.update(spotted.unknown, spotted.features.get("aside", ()))
    letters = (
        at
        for feature in ("mra", "aeo")
        for at in spotted.features.get(feature, ())
        if words.norm[at] in _LETTERS
    )
    return any(
        (words.norm[at] == "mra" and at and words.norm[at - 1] == "my")
        or (
            at + 1 in things
            and not words.before[at + 1].strip()
            and not words.norm[at + 1].endswith(("ed", "ing"))
        )
        for at in letters
    )


def goes_by_other_letters(spotted: Spotted) -> bool:
    """Whether letters nothing is known of are what it is about: "does ACAS apply to Brazil"."""
    if not spotted.unknown or spotted.has(*_OF_THE_FIELD) or trusted(spotted):
        return False
    if shouted(spotted.words.raw):
        return False
    return any(
        word.isupper() and word.isalpha() and word.isascii() and _LEAST <= len(word) <= _MOST
        for word in (spotted.words.raw[at] for at in spotted.unknown)
    )


# With one of these a scheme's unknown letters are an aside: "PEZA exporter, recognized?".
_OF_THE_FIELD = (
    "mra", "program", "cover", "sign", "signatory", "pair", "wco", "operate", "join", "claim",
    "benefit", "note", "agency",
)  # fmt: skip
_LEAST, _MOST = 3, 6  # letters; two may be initials or a code, more than six a word cried out
_THING = ("thing", "noun")
_LETTERS = frozenset(("mra", "aeo", "arm", "oea", "ctpat"))
_RECOGNITION = (
    "recogni",
    "anerkenn",
    "reciproc",
    "recíproc",
    "mutu",
    "reconoc",
    "reconna",
    "reconhec",
)


def _another_program(spotted: Spotted) -> bool:
    """Whether a program is told to be of another kind: "the loyalty program in the UK"."""
    features, words = spotted.features, spotted.words
    if spotted.has("mra", "customs", "nameq", "cover"):
        return False
    things = {start for start, _, kind, _ in spotted.values if kind == "thing"}
    other = {*spotted.unknown, *features.get("aside", ()), *things}
    return any(
        at - 1 in other and words.norm[at].startswith("prog") and not words.before[at].strip()
        for at in features["program"]
    )


def _partners_of_another(spotted: Spotted) -> bool:
    """Whether the partners are somebody else's: "list of Oracle partners in Mexico"."""
    if spotted.has("mra", "aeo", "customs"):
        return False
    words = spotted.words
    return any(
        words.norm[at].startswith("partner")
        and at - 1 in spotted.unknown
        and words.raw[at - 1][:1].isupper()
        and not words.before[at].strip()
        for at in spotted.features["cover"]
    )


def _signs_another(spotted: Spotted) -> bool:
    """Whether what is signed bears a name nothing is known of: "sign the F1 contract"."""
    if spotted.has("mra", "aeo", "customs", "program", "cover"):
        return False
    words = spotted.words
    for at in spotted.features["sign"]:
        thing = at + 1 + (words.norm[at + 1 : at + 2] in (["the"], ["a"], ["its"], ["their"]))
        thing += words.norm[thing : thing + 1] == ["new"]
        if thing in spotted.unknown and (
            words.raw[thing][:1].isupper()
            or any(c.isdecimal() for c in words.raw[thing])
            or words.norm[thing - 1] in ("a", "new")  # "signed a new coach"
        ):
            return not words.before[thing].strip()
    return False


_OF_IT = frozenset(
    ("for", "of", "about", "von", "di", "delle", "dei", "degli", "de", "des", "dos", "das", "van")
)
_TOPICAL = frozenset(("on", "per", "für", "pour", "para", "sobre", "über", "sur", "voor", "over"))
_ARTICLES = frozenset(
    (
        "i",
        "le",
        "la",
        "les",
        "il",
        "gli",
        "los",
        "las",
        "die",
        "das",
        "den",
        "os",
        "as",
        "de",
        "het",
    )
)


def _on_another(at: int, spotted: Spotted, other: set[int]) -> bool:
    """Whether an arrangement is "on" or "for" something unknown: "an MRA for telecom equipment"."""
    norm, before = spotted.words.norm, spotted.words.before
    last = max(spotted.features["mra"])
    named = {i for s in spotted.spans for i in range(s.start, s.end)}
    last += norm[last + 1 : last + 2] != [] and norm[last + 1].startswith(_RECOGNITION)
    for i in other:
        if i <= at + 1 or before[i].strip():
            continue
        head = i - 1
        if norm[head] in _OF_IT and (head == last + 1 or head - 1 in spotted.features["mra"]):
            return True
        if norm[head][0].isdecimal() or norm[head] in _ARTICLES:
            head -= 1  # "on 5G equipment", "per i prodotti"
        to_the_end = all(at in other for at in range(i, len(norm)))
        ends = norm[head] == "for" and to_the_end  # "an MRA with Israel for toys"
        right_after = head == last + 1 or head - 1 in spotted.features["mra"]
        if norm[last] == "recognition" and norm[last + 1 : last + 2] == ["of"] and i <= last + 4:
            if named.isdisjoint(range(last + 2, i)):
                return True  # "mutual recognition of same-sex marriages"
        if norm[head] in _TOPICAL or ends or (norm[head] in _OF_IT and right_after):
            return True
    return False


def _initials_of_another(at: int, spotted: Spotted) -> bool:
    """Whether "(MRA)" abbreviates the words before it, and these are no mutual recognition."""
    words = spotted.words
    word = words.norm[at]
    if not words.before[at].endswith("(") or at < len(word) or not word.startswith("mr"):
        return False
    full = words.norm[at - len(word) : at]
    return all(w[0] == letter for w, letter in zip(full, word, strict=True)) and (
        not full[0].startswith("mutual")
    )
