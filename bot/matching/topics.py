"""What is asked, from what a message shows. Ordered rules; the first that fires decides.

The rules speak of features (knowledge/cues.yaml), of how many economies are named and of what
narrows the question; no rule knows a word, a country or a date.
"""

from __future__ import annotations

from bot.matching.relation_topics import place_asked, relation_asked
from bot.matching.spotting import Spotted
from bot.matching.times import Time
from bot.matching.unnamed_topics import may_join, topic_unnamed

STATES = ("ended",)  # what narrows a list by itself: "which ones have ended"


def topic_of(
    spotted: Spotted,
    count: int,
    *,
    home: bool,
    times: tuple[Time, ...],
    groups: bool,
    terms: bool,
    signing: bool,
    kind: str,
    aeo: str,
    attribute: str,
    pages: tuple[tuple[str, float], ...],
    named_by: str,
    between: bool,
    numbers: int,
    take: int,
    excluding: bool,
    neighbour: bool,
    qualifies: bool,
) -> tuple[str, str]:
    """The topic a message asks for, and the rule that said so; ("", "") when it doesn't say.

    `count` economies are credibly named (without the U.S.), `named_by` says how the first
    one was, `between` whether what is asked stands between two of them, `neighbour` whether
    "before" or "after" stands beside one, `qualifies` whether one is asked to be eligible.
    `take` is how many are asked for of an order ("the first three").
    """
    f = spotted.features
    has = spotted.has
    by_kind = count == 0 and has("mend", "not", "sign", "runby") and "it" not in f
    if (
        kind
        and "agency" in f
        and not (by_kind or has("places", "plural", "list", "count", "cover", "all"))
        and not (count == 0 and (("which" in f and not has("it", "program")) or "where" in f))
    ):
        kind = ""  # "its customs agency": nobody is narrowed down
    narrowed = bool(times or groups or kind or aeo or signing) or bool(
        attribute
        and (attribute in STATES or has("lack", "not", "having", "source", "sure"))
        and has("list", "count", "which", "places", "thatday")
        and not ("benefit" in f and "singular" in f)  # "what benefits come with it"
    )

    if "stop" in f and len(spotted.words) <= 3:
        return "stop", "told to stop"
    if "likewise" in f:
        return "", "asks the same again"
    if count == 0 and excluding and "count" not in f:
        return "list", "all but some"
    if count == 0:
        return topic_unnamed(
            spotted,
            home=home,
            times=times,
            narrowed=narrowed,
            terms=terms,
            pages=pages,
            numbers=numbers,
            take=take,
        )
    dated = bool(times) and times[0].relation in ("in", "asof")
    if "why" in f and "signatory" in f and has("aeo", "not"):
        return "note", "why somebody else signed"
    if "note" in f and named_by and not {"dateword", "when"} <= f.keys():
        return "note", "a note is asked about"
    if named_by == "program" and "who" in f and f.keys() <= _WHO_HAS_IT:
        return "program", "whose program it is"
    if relation := relation_asked(spotted, count, home, between, neighbour):
        return relation
    told_by = "signatory" in f and ("who" in f or "thatday" not in f)  # "signed by then?"
    if (told_by and (has("who", "which", "agency", "nameq") or "cover" not in f)) or (
        "who" in f and "sign" in f
    ):
        return "agency", "who signed"
    if "why" in f and "sign" in f and has("note", "who"):
        return "note", "why it was signed so"
    if count and attribute == "work plan" and has("when", "dateword", "process", "ask"):
        return "process", "of a joint work plan"
    if len(times) > 1 and not has("cover", "status", "mra"):
        return "signed_date", "one of several dates"
    if "claiming" in f and ("how" in f or not has("mra", "cover")):
        return "claim", "how it is claimed"
    if count == 1 and (place := place_asked(spotted, home, neighbour)):
        return place
    if "howlong" in f:
        return "signed_date", "how long"
    if count == 1 and "sign" in f and "ordinal" in f:
        return "signed_date", "which day"
    if "when" in f or (
        "dateword" in f and not (times and has("cover", "status", "mra", "operate"))
    ):
        return "signed_date", "when"
    if (
        count == 1
        and not times
        and f.keys() == {"sign"}
        and not spotted.unknown
        and _names_the_signing(spotted)
    ):
        return "signed_date", "the signing, and no more"
    stood = has("state") and not has("cover") and times[:1] and times[0].relation == "in"
    told = has("sign", "join") or stood
    if count == 1 and dated and told and has("tag", "not", "hedge") and not has("cover", "aeo"):
        return "signed_date", "whether a date is right"
    wished = "sign" in f and not has("ask", "agency", "when")  # "suggest that they sign with Chile"
    if "feedback" in f and (wished or not has("agency", "mra", "sign", "cover", "when")):
        return "feedback", "something to say"
    if "claim" in f and "thatday" in f and has("cover", "mra", "status"):
        return "status", "on the day of an entry"
    if count == 1 and "claim" in f and _may_it_be(spotted):
        return "status", "whether it may be claimed"
    if "claim" in f and "agency" not in f and not ("eligible" in f and has("who", "which")):
        return "claim", "how it is claimed"
    if "nameq" in f and "program" in f and not has("who", "agency"):
        return "program", "what the program is called"
    if count == 1 and "kindof" in f and has("aeo", "party", "deal", "only") and has(*_OF_KINDS):
        return "eligibility", "which kind counts"
    which = spotted.words.norm[0] == "which"
    if count == 1 and which and "aeo" in f and has("tally", "eligible"):
        return "eligibility", "which of them count"
    if count == 1 and may_join(spotted):
        return "eligibility", "whether somebody may join"
    if (
        "benefit" in f
        and not _of_any_use(spotted)
        and not ("cover" in f and has("wondering") and not has("how", "which", "why"))
        and not (
            has("eligible", "partaking")
            and (not has("how", "which", "why") or has("kindof", "who"))
        )
    ):
        return "benefits", "what it brings"
    if count == 1 and "party" in f and "cover" in f and _covers_a_party(spotted):
        return "eligibility", "whether some kind of company is covered"
    if "partaking" in f and "benefit" in f and not has("how", "which", "why"):
        return "eligibility", "who takes part in it"
    if (
        "eligible" in f
        and "agency" not in f
        and not (qualifies and "ask" in f and not has("who", "party", "program", "which"))
    ):
        return "eligibility", "who is recognised"
    if (
        "program" in f
        and has("cover", "mra")
        and not has("which", "nameq", "define", "who", "agency")
    ):
        return "status", "whether a program is recognised"
    if (
        "program" in f
        and has("which", "nameq")
        and "agency" in f
        and "who" not in f
        and min(f["program"]) < min(f["agency"])
        and {at - 1 for at in f["agency"]}.isdisjoint(f.get("which", ()))  # "…どの機関ですか"
    ):
        return "program", "which program they run"
    if "program" in f and any(at - 1 in f.get("which", ()) for at in f["program"]):
        return "program", "which program"
    if named_by == "program" and "owner" in f and not has("when", "signatory"):
        return "program", "whose program it is"
    if named_by in ("program", "agency") and "which" in f and has("places", "cover"):
        return named_by, "which partner's it is"
    if named_by in ("program", "agency") and "owner" in f:
        return ("program" if named_by == "program" else "agency"), "whose it is"
    if "owner" in f and not has("program", "when", "cover", "mra"):
        return "agency", "whose it is"
    if named_by == "agency" and "nameq" in f and "program" in f:
        return "program", "what the program of an administration is called"
    if named_by in ("program", "agency") and has("nameq", "define", "expand") and "agency" not in f:
        return ("program" if named_by == "program" else "agency"), "what a named program is"
    if (kind or has("agency", "customs")) and has("mra", "sign", "cover") and not has(*_WHOSE):
        return "status", "whether one is signed with an administration"
    if "agency" in f or kind or ("customs" in f and (has("nameq", "who") or len(f["customs"]) > 1)):
        return "agency", "who runs it"
    told = "program" in f and has("status", "pair") and _only_told(spotted)
    if (has("program", "nameq") and not told) or _one_program_or_another(spotted):
        return "program", "the program"
    if count == 1 and {"process", "sign"} <= f.keys() and "or" in spotted.words.norm:
        return "status", "signed, or not yet"
    supposed = "hedge" in f and not has("how", "which", "who")  # "Oman must have one by now"
    if "process" in f and not supposed:
        return "process", "how it comes about"
    if "define" in f and named_by in ("program", "agency"):
        return ("program" if named_by == "program" else "agency"), "what a named program is"
    if "where" in f and "sign" in f:
        return "signed_date", "where it was signed"
    if has("first", "last") and "ask" in f and not has("detail", "status", "mra", "sign", "cover"):
        return "order", "first or last, and one named"
    if "count" in f and "mra" in f and not home:
        return "pair", "how many it has"
    if "detail" in f:
        return "detail", "details"
    if named_by in ("program", "agency") and not has("status", "mra", "party", "cover"):
        return ("program" if named_by == "program" else "agency"), "named by its program or agency"
    if spotted.unknown or has("status", "cover", "mra", "sign", "join", "operate", "domain"):
        return "status", "is there one"
    return "", "only named"


_WHO_HAS_IT = frozenset(
    ("domain", "who", "which", "ask", "have", "having", "plural", "status", "it")
)


def _only_told(spotted: Spotted) -> bool:
    """ "Morocco has an AEO program, does the US take it": that there is one is only told."""
    norm = spotted.words.norm
    articles = [i for i in range(1, len(norm)) if norm[i] in ("a", "an") and norm[i - 1] in _HAS]
    return bool(articles) and all(
        any(0 < at - i <= _NEAR for i in articles) for at in spotted.features["program"]
    )


_HAS = frozenset(("has", "have", "got", "runs"))
_NEAR = 3  # words: "an AEO program", "a trusted trader program"


def _may_it_be(spotted: Spotted) -> bool:
    """ "can I tick the box for a vendor in Dhaka": asked as yes or no, of a partner."""
    return spotted.words.norm[:2] in (
        ["can", "i"],
        ["can", "we"],
        ["may", "i"],
        ["may", "we"],
    ) and ("party" in spotted.features and not spotted.has("how", "which", "claiming"))


def _one_program_or_another(spotted: Spotted) -> bool:
    """ "Mexico: NEEC or OEA now?"."""
    norm = spotted.words.norm
    if "or" not in norm or "aeo" not in spotted.features:
        return False
    kinds = ("program", "shared")
    ends = {s.end for s in spotted.spans if s.entry.term or (s.who and s.who.how in kinds)}
    starts = {s.start for s in spotted.spans if s.entry.term or (s.who and s.who.how in kinds)}
    return any(w == "or" and i in ends and i + 1 in starts for i, w in enumerate(norm))


_OF_KINDS = ("which", "and", "tag", "only", "tally")


_SIGNING = frozenset(
    ("signing", "signature", "sig", "firma", "unterzeichnung", "assinatura", "ondertekening")
)


def _names_the_signing(spotted: Spotted) -> bool:
    """Whether the signing is named as a thing ("DR signing"), not told or asked of somebody."""
    return any(spotted.words.norm[at] in _SIGNING for at in spotted.features["sign"])


_OF_USE = frozenset(("help", "helps", "use", "good", "worth", "matter", "matters", "value", "get"))
_YES_NO = frozenset(("does", "do", "is", "are", "will", "would", "can", "could", "did"))


def _of_any_use(spotted: Spotted) -> bool:
    """Whether it is asked if somebody's status is of any use: "does the Vietnamese AEO help us"."""
    norm, before = spotted.words.norm, spotted.words.before
    whether = "whether" in norm or any(
        w in _YES_NO and (not i or (before[i].strip() and "it" not in spotted.features))
        for i, w in enumerate(norm)
    )
    return (
        whether
        and spotted.has("aeo", "program", "domain", "party")
        and not spotted.has("mra", "how", "why")
        and any(not _OF_USE.isdisjoint(norm[at : at + 2]) for at in spotted.features["benefit"])
    )


def _covers_a_party(spotted: Spotted) -> bool:
    """Whether what is covered is a kind of company: "does the program cover customs brokers"."""
    norm, party = spotted.words.norm, {*spotted.features["party"]}
    return any(
        norm[at] in ("cover", "covers") and not party.isdisjoint((at + 1, at + 2))
        for at in spotted.features["cover"]
    )


_WHOSE = ("who", "nameq", "owner", "signatory", "which", "when", "program")
