"""What is asked where no economy is named. Ordered rules; the first that fires decides."""

from __future__ import annotations

from bot.matching.spotting import Spotted
from bot.matching.times import Time


def topic_unnamed(
    spotted: Spotted,
    *,
    home: bool,
    times: tuple[Time, ...],
    narrowed: bool,
    terms: bool,
    pages: tuple[tuple[str, float], ...],
    numbers: int,
    take: int,
) -> tuple[str, str]:
    """The topic where no economy is named."""
    has = spotted.has
    subject = has("mra", "cover", "plural", "places", "sign", "join")
    listed = (
        has("list", "sorted")
        or (has("which", "all") and subject)
        or (
            has("places")
            and (has("which", "all", "only") or len(spotted.words) <= _BRIEF)
            and not has("define", "process", "benefit", "claim", "eligible")
        )
    )
    attribute = attribute_of(spotted)
    if attribute and has("both"):
        listed = False
    if has("where") and has("sign") and has("it"):
        return "signed_date", "where it was signed"
    if has("process") and not narrowed:
        early = has("earlier", "later") and not has("list", "count", "when", "first", "last")
        if has("howlong") or (has("sign") and has("earlier", "later")) or early:
            return "process", "how long it takes, and what comes before signing"
    if has("process") and has("how") and has("general") and not has("count", "when"):
        return "process", "how anybody comes to one"
    if may_join(spotted):
        return "eligibility", "whether somebody may join"
    if has("help") and _asks_for_help(spotted):
        return "help", "what the bot can do"
    strong_page = bool(pages) and pages[0][1] >= SURE_PAGE
    if has("feedback") and not has("agency", "count"):
        return "feedback", "something to say"
    certain = bool(pages) and pages[0][1] >= CERTAIN_PAGE
    if (
        strong_page
        and not narrowed
        and not has("count", "sorted", "list", "it")
        and (certain or not subject)
    ):
        return "page", "a page's own words"
    if (
        has("claim")
        and not narrowed
        and not has("places", "plural", "count", "compare")
        and (not terms or not has("define"))
    ):
        return "claim", "how it is claimed"
    if has("note") and not subject:
        return "note", "a note is asked about"
    if has("wco") and not has("count", "first", "last") and not times:
        return "wco_safe", "the WCO or SAFE"
    if has("count") and has("world"):
        return "world", "how many in the world"
    if (
        (
            has("count")
            or (has("tally") and has("plural", "mra", "sign") and not has("ordinal", "it"))
        )
        and not has("howlong")
        and not (terms and (has("define") or not has(*_COUNTABLE)))
    ):
        return "count", "how many"
    if has("tally") and narrowed and not has("howlong", "it", "process"):
        return "count", "how many"
    numbers = 0 if has("process") else numbers  # "phases - four or five?"
    doubtful = len(spotted.unknown) > (2 if has("ask") else 0)
    if numbers > 1 and not times and has("plural", "places", "mra") and not doubtful:
        return "count", "whether so many"
    if (
        numbers
        and not times
        and not has("ordinal", "first", "last", "among", "pair")
        and (not has("it") or has("tag", "bound"))
        and (has("plural", "bound") or (numbers > 1 and not spotted.unknown))
    ):
        return "count", "whether so many"
    if terms and has("expand") and not narrowed:
        return "term", "what it stands for"
    if has("compare") and has("deal") and len(set(spotted.features["mra"])) > 1 and not narrowed:
        return "page", "one kind of paper against another"
    if has("list") and has("benefit") and _comes_first("benefit", ("places", "plural"), spotted):
        return "benefits", "a list of what it brings"
    if has("all") and has("places") and not has("benefit", "claim"):
        if has("list") or not has("define"):
            return "list", "all of them"
    if has("list") and has("all") and not has("define", "benefit", "claim"):
        return "list", "all of them"
    if has("benefit") and not has("places", "plural", "which") and not strong_page:
        return "benefits", "what it brings"
    if strong_page and not narrowed and not has("count", "sorted", "list"):
        return "page", "a page's own words"
    if not take and (
        (has("sorted") and not (has("ordinal") and not has("superlative")))
        or (has("first") and has("last"))
    ):
        return "list", "in order"
    if (
        has("first", "last", "ordinal")
        and not (has("process") and not has("mra", "cover", "plural", "who"))
        and (
            listed
            or narrowed
            or subject
            or has("who", "when", "domain", "program")
            or not spotted.unknown
        )
        and not (has("define") and (terms or strong_page) and not has("superlative"))
    ):
        return "order", "a place in the order"
    if (
        terms
        and (
            has("define")
            or not spotted.unknown
            or (len(spotted.words) <= _BRIEF and not has("status", "mra"))
        )
        and not has("help")
        and (not narrowed and not has("benefit", "process", "list", "count", "cover", "it"))
    ):
        return "term", "a term of the field"
    if (
        attribute
        and not narrowed
        and (has("both") or not has("cover", "plural", "places", "list"))
        and (has("when") or not has("all"))
    ):
        return attribute, "an attribute, nobody named"
    if narrowed and (listed or subject or not spotted.unknown):
        return "list", "narrowed, nobody named"
    if listed and not has("define"):
        return "list", "which ones"
    if has("benefit"):
        return "benefits", "what it brings"
    if has("claim"):
        return "claim", "how it is claimed"
    if has("process"):
        return "process", "how it comes about"
    if has("eligible"):
        return "eligibility", "who is recognised"
    if has("party") and has("cover", "partaking") and not has("which", "list", "count"):
        return "eligibility", "who is included"
    if has("define") and has("mra", "domain", "aeo"):
        return "page" if pages else "definition", "what it is"
    if pages:
        return "page", "near a page"
    if listed:
        return "list", "which ones"
    if attribute:
        return attribute, "an attribute, nobody named"
    if has("compare"):
        return "compare", "a comparison of nobody"
    return "", ""


_MAY = frozenset(("can", "could", "may", "might"))


def may_join(spotted: Spotted) -> bool:
    """Whether some kind of company is asked to be let in: "can a broker in Canada join PIP"."""
    norm = spotted.words.norm
    asked = (norm[0] in _MAY and norm[1:2] == ["a"]) or norm[:2] == ["can", "an"]
    return asked and spotted.has("party") and spotted.has("partaking", "join")


def _comes_first(feature: str, others: tuple[str, ...], spotted: Spotted) -> bool:
    """Whether a feature shows before all of the others: what "a list of" is a list of."""
    at = min(spotted.features[feature])
    return all(at < min(spotted.features[o]) for o in others if o in spotted.features)


def attribute_of(spotted: Spotted) -> str:
    """The attribute that a message speaks of, or ""."""
    features = spotted.features
    return next((topic for feature, topic in _ATTRIBUTES if feature in features), "")


_COUNTABLE = ("mra", "plural", "places", "cover", "sign", "state", "operate", "join", "us")
_OF_SUBJECTS = ("mra", "cover", "sign", "when", "agency", "program", "claim", "benefit", "process")


def _asks_for_help(spotted: Spotted) -> bool:
    """Whether a phrase of several words asks what the bot is for: "sample questions"."""
    return spotted.has("list", "ask", "it", "define") and not spotted.has(*_OF_SUBJECTS)


_BRIEF = 5  # words
CERTAIN_PAGE = 12.0  # a phrase of several words that belongs to that page alone, and more
SURE_PAGE = 6.0  # two cues, or a cue and several telling words
_ATTRIBUTES = (
    ("howlong", "signed_date"),
    ("dateword", "signed_date"),
    ("when", "signed_date"),
    ("benefit", "benefits"),
    ("claim", "claim"),
    ("process", "process"),
    ("eligible", "eligibility"),
    ("signatory", "agency"),
    ("agency", "agency"),
    ("program", "program"),
)
