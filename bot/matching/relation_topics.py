"""What is asked of several partners, or of one among the others: comparison, order, pairs.

Ordered rules, as in bot/matching/topics.py; the first that fires decides.
"""

from __future__ import annotations

from bot.matching.spotting import Spotted

NEAREST = "the nearest before or after"


def relation_asked(
    spotted: Spotted, count: int, home: bool, between: bool, neighbour: bool
) -> tuple[str, str] | None:
    """The topic where several are set beside one another, and the rule; None where none is.

    The arguments are those of `topic_of`.
    """
    f, has = spotted.features, spotted.has
    if count >= 2 and "sorted" in f and not has("earlier", "later"):
        return "compare", "in what order"
    if count >= 2 and not has("who", "how", "claim", "cover") and _columns(spotted) > 1:
        return "compare", "several attributes of several"
    if count == 2 and neighbour and "last" in f and "earlier" in f and has("join", "sign"):
        return "order", NEAREST  # "the last one to join before Guatemala and Colombia"
    if (
        count >= 2
        and has("first", "last", "earlier", "later", "ordinal")
        and not has("claim", "differ")
        and not (_also_a_benefit(spotted) and not ("who" in f and "sign" in f))
    ):
        return "order", "two named and an ordering word"
    together = count == 2 and {"have", "pair"} <= f.keys()  # "do they have one together?"
    if "compare" in f and count >= 2 and not (between or together):
        return "compare", "two named and a comparing word"
    if count >= 2 and "howlong" in f:
        return "compare", "how far apart two are"
    if count == 2 and not home and "have" in f and not has("plural", "us", "when", "claim", "both"):
        return "pair", "whether two have one"
    if count >= 2 and ("without_us" in f or (not home and ("pair" in f or between))):
        return "pair", "two administrations and what stands between them"
    if count == 1 and "without_us" in f and ("mra" in f or not has("agency", "program")):
        return "pair", "with others than the U.S."
    others = not home or "except" in f
    if count == 1 and others and _one_side(spotted):
        return "pair", "whose arrangements with others are asked"
    if count == 1 and neighbour and "count" in f and has("earlier", "later"):
        return "order", "how many before or after one"
    if count == 1 and has("who", "which") and "sign" in f and neighbour:
        return "order", "who signed before or after one"
    return None


def _also_a_benefit(spotted: Spotted) -> bool:
    """Whether a benefit is asked for, and not only "who was quicker"."""
    starts = (at for f in ("earlier", "later") for at in spotted.features.get(f, ()))
    ordering = {i for at in starts for i in range(at, at + _LONGEST)}
    return not ordering.issuperset(spotted.features.get("benefit", ()))


_LONGEST = 3  # words of a phrase that orders


def place_asked(spotted: Spotted, home: bool, neighbour: bool) -> tuple[str, str] | None:
    """The topic where one is named and its place among the others asked; None where it is not."""
    f, has = spotted.features, spotted.has
    if has("first", "last") and has("earlier", "later"):
        return "order", NEAREST
    if not home and "who" in f and "cover" in f and not has("plural", "party", "eligible"):
        return "pair", "who recognises it"
    if (
        has("earlier", "later", "first", "last")
        and (has("who", "which", "list"))
        and (neighbour or has("who", "first", "last", "it", "sign", "join", "mra", "plural"))
        and not has("when", "howlong", "agency", "program", "operate", "nameq")
    ):
        return "order", "its place in the order is asked"
    if has("since") and has("anyone", "count", "list") and not has("when", "howlong", "dateword"):
        return "order", "whoever came since one"
    if neighbour and has("adjacent", "beside") and not has("when", "howlong"):
        return "order", "the one beside it"
    return None


_COLUMNS = (
    ("agency",), ("program", "nameq"), ("dateword", "when", "sign"), ("signatory",), ("benefit",),
)  # fmt: skip


def _columns(spotted: Spotted) -> int:
    """How many attributes are listed side by side: "program, agency, date"."""
    if 0 in spotted.features.get("ask", ()):
        return 0
    return sum(spotted.has(*column) for column in _COLUMNS)


def _one_side(spotted: Spotted) -> bool:
    """ "who does Singapore have MRAs with", "MRAs of the UK", "Canada's other partners"."""
    f, has = spotted.features, spotted.has
    if "withwhom" in f and has("mra", "sign", "cover", "having"):
        return True
    norm, named = spotted.words.norm, {s.start for s in spotted.spans}
    if "who" in f and any(
        norm[at + 1 : at + 2] == ["with"] and at + 2 not in named for at in f.get("sign", ())
    ):
        return True  # "who has Brazil signed with?"
    others = any(norm[at - 1] == "other" for at in f.get("mra", ()) if at)
    if others and spotted.has("have", "ask") and not spotted.has("us", "ours"):
        return True  # "does Brazil have other MRAs"
    if norm[:2] in (["what", "are"], ["which", "are"]) and norm[-1] in ("mras", "arrangements"):
        return True  # "what are China's MRAs"
    if "plural" not in f or "listed" in f:
        return False
    if has(
        "agency",
        "program",
        "claim",
        "benefit",
        "when",
        "first",
        "last",
        "signatory",
        "earlier",
        "later",
    ):
        return False
    return has("who", "list", "count", "pair", "not", "without_us", "mra")
