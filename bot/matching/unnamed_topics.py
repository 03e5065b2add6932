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
    f, has = spotted.features, spotted.has
    subject = has("mra", "cover", "plural", "places", "sign", "join")
    listed = (
        has("list", "sorted")
        or (has("which", "all") and subject)
        or ("who" in f and "mra" in f and has("having", "have"))
        or f.keys() == {"which", "ask", "operate"}  # "which are in operation"
        or (
            "places" in f
            and (
                has("which", "all", "only")
                or len(spotted.words) <= _BRIEF
                or ("having" in f and "mra" in f)
            )
            and not has("define", "process", "benefit", "claim", "eligible")
        )
    )
    attribute = attribute_of(spotted)
    if attribute and "both" in f:
        listed = False
    if "where" in f and "sign" in f and "it" in f:
        return "signed_date", "where it was signed"
    if "process" in f and not narrowed:
        early = has("earlier", "later") and not has("list", "count", "when", "first", "last")
        if "howlong" in f or ("sign" in f and has("earlier", "later")) or early:
            return "process", "how long it takes, and what comes before signing"
    if "process" in f and "how" in f and "general" in f and not has("count", "when"):
        return "process", "how anybody comes to one"
    if may_join(spotted):
        return "eligibility", "whether somebody may join"
    if "help" in f and _asks_for_help(spotted):
        return "help", "what the bot can do"
    if narrowed and "where" in f and "agency" in f and "process" not in f:
        return "list", "where some kind of administration runs it"
    if "agency" in f and "program" in f and has("dateword", "when") and "it" not in f:
        return "list", "a table of all"
    strong_page = bool(pages) and pages[0][1] >= SURE_PAGE
    if "feedback" in f and not has("agency", "count"):
        return "feedback", "something to say"
    certain = bool(pages) and pages[0][1] >= CERTAIN_PAGE
    if (
        strong_page
        and not narrowed
        and not has("count", "sorted", "list", "it")
        and (certain or not subject)
        and not ("ordinal" in f and "sign" in f)
    ):
        return "page", "a page's own words"
    if (
        "claim" in f
        and not narrowed
        and not has("places", "plural", "count", "compare")
        and (not terms or "define" not in f)
        and not ("eligible" in f and "who" in f)
    ):
        return "claim", "how it is claimed"
    if "note" in f and not subject:
        return "note", "a note is asked about"
    if "wco" in f and not has("count", "first", "last") and not times:
        return "wco_safe", "the WCO or SAFE"
    if "count" in f and "world" in f:
        return "world", "how many in the world"
    if (
        (
            "count" in f
            or ("tally" in f and "places" in f and len(spotted.words) <= _SHORTEST)
            or ("tally" in f and has("plural", "mra", "sign") and not has("ordinal", "it"))
        )
        and "howlong" not in f
        and not (terms and ("define" in f or not (has(*_COUNTABLE) or narrowed)))
        and not ("process" in f and (not has(*_COUNTABLE) or _counts_phases(spotted)))
    ):
        return "count", "how many"
    if "tally" in f and narrowed and not has("howlong", "it", "process", "which"):
        return "count", "how many"
    numbers = 0 if "process" in f else numbers  # "phases - four or five?"
    doubtful = len(spotted.unknown) > (2 if has("ask") else 0)
    if numbers > 1 and not times and has("plural", "places", "mra") and not doubtful:
        return "count", "whether so many"
    if (
        numbers
        and not times
        and not has("ordinal", "first", "last", "among", "pair")
        and ("it" not in f or has("tag", "bound"))
        and (has("plural", "bound") or (numbers > 1 and not spotted.unknown))
    ):
        return "count", "whether so many"
    if terms and "expand" in f and not narrowed:
        return "term", "what it stands for"
    if "compare" in f and "deal" in f and len(set(spotted.features["mra"])) > 1 and not narrowed:
        return "page", "one kind of paper against another"
    if "list" in f and "benefit" in f and _comes_first("benefit", ("places", "plural"), spotted):
        return "benefits", "a list of what it brings"
    if "all" in f and "places" in f and not has("benefit", "claim"):
        if "list" in f or "define" not in f:
            return "list", "all of them"
    if "list" in f and "all" in f and not has("define", "benefit", "claim"):
        return "list", "all of them"
    whose = "which" not in f or "party" in f  # "what do our suppliers gain"
    if "benefit" in f and whose and not has("places", "plural") and not strong_page:
        return "benefits", "what it brings"
    pointed = attribute and "it" in f and "agency" in f  # "who do I contact there"
    if strong_page and not narrowed and not pointed and not has("count", "sorted", "list"):
        return "page", "a page's own words"
    if not take and (
        ("sorted" in f and not ("ordinal" in f and "superlative" not in f))
        or ("first" in f and "last" in f)
    ):
        return "list", "in order"
    if (
        has("first", "last", "ordinal")
        and not ("process" in f and not (narrowed or has("mra", "cover", "plural", "who")))
        and (
            listed
            or narrowed
            or subject
            or has("who", "when", "domain", "program")
            or not spotted.unknown
        )
        and not ("define" in f and (terms or strong_page) and not has("superlative", "sign"))
    ):
        return "order", "a place in the order"
    if (
        terms
        and (
            "define" in f
            or not spotted.unknown
            or (len(spotted.words) <= _BRIEF and not has("status", "mra"))
        )
        and not has("help", "signatory", "all")
        and not ("who" in f and "sign" in f)
        and not ("which" in f and "places" in f)
        and not ("who" in f and has("having", "have"))
        and (not narrowed and not has("benefit", "process", "list", "count", "cover", "it"))
    ):
        return "term", "a term of the field"
    if "define" in f and "mra" in f and attribute == "program" and "aeo" not in f:
        return "definition", "what it is"  # "was heißt gegenseitige Anerkennung"
    if (
        attribute
        and not narrowed
        and ("both" in f or not has("cover", "plural", "places", "list"))
        and ("when" in f or "all" not in f)
    ):
        return attribute, "an attribute, nobody named"
    if narrowed and (listed or subject or not spotted.unknown):
        return "list", "narrowed, nobody named"
    if listed and "define" not in f:
        return "list", "which ones"
    if "benefit" in f:
        return "benefits", "what it brings"
    if "claim" in f:
        return "claim", "how it is claimed"
    if "process" in f:
        return "process", "how it comes about"
    if "eligible" in f:
        return "eligibility", "who is recognised"
    if "party" in f and has("cover", "partaking") and not has("which", "list", "count", "it"):
        return "eligibility", "who is included"
    if "define" in f and has("mra", "domain", "aeo"):
        return "page" if strong_page else "definition", "what it is"
    if "cover" in f and has("it", "program") and has("aeo", "mra", "party") and not has("list"):
        return "status", "whether it is recognised"
    if pages:
        return "page", "near a page"
    if listed:
        return "list", "which ones"
    if attribute:
        return attribute, "an attribute, nobody named"
    if "compare" in f:
        return "compare", "a comparison of nobody"
    return "", ""


_MAY = frozenset(("can", "could", "may", "might"))


def may_join(spotted: Spotted) -> bool:
    """Whether some kind of company is asked to be let in: "can a broker in Canada join PIP"."""
    norm = spotted.words.norm
    asked = (norm[0] in _MAY and norm[1:2] == ["a"]) or norm[:2] == ["can", "an"]
    return asked and spotted.has("party") and spotted.has("partaking", "join")


def _counts_phases(spotted: Spotted) -> bool:
    """ "how many phases until an MRA is done"."""
    phases = spotted.features["process"]
    return any(at + 2 in phases for at in spotted.features.get("count", ()))


def _comes_first(feature: str, others: tuple[str, ...], spotted: Spotted) -> bool:
    """Whether a feature shows before all of the others: what "a list of" is a list of."""
    at = min(spotted.features[feature])
    return all(at < min(spotted.features[o]) for o in others if o in spotted.features)


def attribute_of(spotted: Spotted) -> str:
    """The attribute that a message speaks of, or ""."""
    features = spotted.features
    if "eligible" in features and "who" in features and "agency" not in features:
        return "eligibility"  # "and who can use it?"
    return next((topic for feature, topic in _ATTRIBUTES if feature in features), "")


_COUNTABLE = ("mra", "plural", "places", "cover", "sign", "state", "operate", "join", "us")
_OF_SUBJECTS = (
    "mra", "cover", "sign", "when", "agency", "program", "claim", "benefit", "process", "aeo",
    "party",
)  # fmt: skip


def _asks_for_help(spotted: Spotted) -> bool:
    """Whether a phrase of several words asks what the bot is for: "sample questions"."""
    asks = spotted.has("list", "ask", "it", "define")
    of_the_bot = "you" in spotted.features and not spotted.has("mra", "aeo", "cover", "sign")
    return asks and (of_the_bot or not spotted.has(*_OF_SUBJECTS))


_BRIEF = 5  # words
_SHORTEST = 3  # words: "the partner count"
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
