"""Whether a thing nothing is known of is asked about: what is covered, recognised or counted is no
partner's standing then."""

from __future__ import annotations

from collections.abc import Sequence

from bot.matching import subject
from bot.matching.reading import Mention
from bot.matching.spans import Span
from bot.matching.spotting import Spotted

_COUNTED = ("mra", "cover", "places", "plural", "aeo", "sign", "process", "howlong", "join")


def speaks_of_a_quality(spotted: Spotted, asking: bool) -> bool:
    """ "is our Korean broker reliable", "Jordan's program is slipping by two weeks"."""
    if not spotted.unknown or spotted.has(*_OF_STANDING):
        return False
    norm = spotted.words.norm
    if asking:
        return norm[0] in _IS and len(norm) - 1 in spotted.unknown
    told = any(norm[at - 1] in _IS for at in spotted.unknown if at)
    return told and not spotted.has("hedge", "tag", "sure", "wondering")


def asks_when_else(spotted: Spotted) -> bool:
    """ "what year did Israel and Jordan make peace"."""
    if not spotted.unknown or "did" not in spotted.words.norm or not spotted.has(*_WHEN):
        return False
    return not spotted.has(*_DONE)


_IS = ("is", "are", "was", "were")
_WHEN = ("when", "dateword")
_DONE = ("sign", "join", "mra", "cover", "operate", "deal", "aeo", "note", "wco")
_OF_STANDING = (
    "mra", "aeo", "cover", "sign", "list", "status", "pair", "compare", "deal", "wco", "only",
    "join", "operate", "benefit", "claim", "eligible", "note",
)  # fmt: skip


def asks_after_a_thing(spotted: Spotted) -> bool:
    """Whether what is asked for is a thing nothing is known of: "which halal body", "any
    replacement"."""
    odd = {*spotted.unknown, *spotted.features.get("aside", ())}
    if not odd or spotted.has("program", *subject.OF_RECOGNITION):
        return False
    norm, before = spotted.words.norm, spotted.words.before
    return any(norm[at - 1] in _ASKED_FOR and not before[at].strip() for at in odd if at)


_ASKED_FOR = frozenset(
    ("which", "what", "any", "some", "another", "whose", "welche", "welcher", "welches", "quel",
     "quelle", "cual", "qual", "quale")
)  # fmt: skip


def _of_something_theirs(spotted: Spotted, mentions: Sequence[Mention]) -> bool:
    """Whether a thing nothing is known of is what is recognised, or what covers: "is my Korean
    degree recognised", "does our health plan cover Peru"."""
    unknown = spotted.unknown
    if spotted.has("mra", "aeo", "customs", "program", "party", "domain", "operate", "eligible"):
        return False
    ends = {m.end for m in mentions}
    norm, before = spotted.words.norm, spotted.words.before
    if any(not MINE.isdisjoint(norm[max(0, at - 2) : at]) for at in unknown):
        return True  # "wird mein indischer Bachelor in Deutschland anerkannt"
    return any(
        at - 1 in unknown
        and not before[at].strip()  # "Bangladesh knitwear: covered?" asks of the country
        and (at - 1 in ends or (at - 2 in unknown and at + 1 not in ends))
        for at in spotted.features["cover"]
    )


MINE = frozenset(
    ("my", "mijn", "mein", "meine", "meinen", "mon", "ma", "mi", "meu", "minha", "mio", "mia")
)


def _stands_in(spotted: Spotted) -> bool:
    """ "can someone cover for London?", "is Japan covered next week?"."""
    norm = spotted.words.norm
    return not spotted.has("mra", "aeo") and any(
        (norm[at] == "cover" and norm[at + 1 : at + 2] == ["for"])
        or (norm[at] in ("cover", "covered") and norm[at + 1 : at + 2] in _SOON)
        for at in spotted.features["cover"]
    )


_SOON = (["next"], ["tomorrow"], ["tonight"], ["during"])


def _recognises_a_thing(spotted: Spotted) -> bool:
    """ "do they recognise my Indian degree in the UK", "each other's boating certificates"."""
    if spotted.has("mra", "aeo", "customs", "program", "party", "operate", "eligible"):
        return False
    norm = spotted.words.norm
    named = {i for s in spotted.spans for i in range(s.start, s.end)}
    for at in spotted.features["cover"]:
        if not norm[at].startswith(("recogni", "accept")):
            continue
        after = at + 1
        while after < len(norm) and (norm[after] in _DETERMINERS or after in named):
            after += 1
        if at + 1 < after and after in spotted.unknown:
            return True
    return False


_DETERMINERS = frozenset(
    ("my", "our", "your", "his", "her", "their", "a", "an", "the", "each", "one", "other",
     "another", "others")
)  # fmt: skip


def _covers_somebody_unknown(spotted: Spotted) -> bool:
    """ "is DHL covered in Uruguay"."""
    words = spotted.words
    return not spotted.has("mra", "aeo", "program", "customs") and any(
        at - 1 in spotted.unknown
        and words.raw[at - 1][:1].isupper()
        and words.norm[at - 2 : at - 1] in (["is"], ["are"], ["was"])
        for at in spotted.features["cover"]
        if at > 1
    )


def is_on_another_list(spotted: Spotted) -> bool:
    """ "is Japan on the distribution list"."""
    if "list" not in spotted.features or spotted.has("mra", "aeo", "cover"):
        return False
    words, odd = spotted.words, {*spotted.unknown, *spotted.features.get("aside", ())}
    return any(
        words.norm[at] in ("list", "lists")
        and at - 1 in odd
        and not words.before[at].strip()
        and not _ON.isdisjoint(words.norm[max(0, at - 4) : at - 1])
        for at in spotted.features["list"]
    )


_ON = frozenset(("on", "in", "from", "off"))


def benefits_somebody_else(spotted: Spotted) -> bool:
    """ "what benefits do employees get in Singapore"."""
    if not spotted.unknown or "benefit" not in spotted.features or spotted.has(*_OF_PARTNERS):
        return False
    norm = spotted.words.norm
    return any(norm[at - 1] in _DO and norm[at][-1] == "s" for at in spotted.unknown if at)


_DO = ("do", "for", "of")
_OF_PARTNERS = ("mra", "aeo", "program", "party", "cover", "customs", "domain")


def covers_something_else(spotted: Spotted, mentions: Sequence[Mention]) -> bool:
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
    if _covers_somebody_unknown(spotted):
        return True
    if len(spotted.features.get("cover", ())) > 1 and spotted.has("mra", "aeo"):
        return False  # "USMCA covers origin, but is Mexico covered by an MRA"
    return any(
        words.norm[at] in ("cover", "covers")
        and (at + 1 in spotted.unknown or (not mentions and at + 2 in spotted.unknown))
        and not words.before[at + 1].strip()
        for at in spotted.features["cover"]
    )


def counts_something_else(spotted: Spotted) -> bool:
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


def speaks_of_cargo(spotted: Spotted, asking: bool) -> bool:
    """ "is the Japan shipment still on hold", "the Brazil entry got rejected"."""
    if spotted.has(*_OF_THE_FIELD) or subject.trusted(spotted):
        return False
    words = spotted.words
    of = {words.norm[s.end] for s in spotted.spans if _heads_a_thing(s, spotted)}
    told = bool(spotted.unknown) and not asking and not of.isdisjoint(_ENTRIES)
    return told or ("claim" not in spotted.features and not of.isdisjoint(_CARGO))


def _heads_a_thing(span: Span, spotted: Spotted) -> bool:
    """Whether a name stands right before another word."""
    words = spotted.words
    return span.who is not None and span.end < len(words) and not words.before[span.end].strip()


_ENTRIES = frozenset(("entry", "entries"))
_CARGO = frozenset(
    ("shipment", "shipments", "container", "containers", "lot", "cargo", "truck", "trucks",
     "vessel", "pallet", "pallets", "boxes", "parcel", "load", "loads", "order", "orders")
)  # fmt: skip
_OF_THE_FIELD = (
    "cover", "mra", "benefit", "eligible", "program", "sign", "list", "deal", "agency", "note",
    "pair",
)  # fmt: skip
