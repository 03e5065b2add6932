"""A region's members, or the union that is called the same."""

from __future__ import annotations

from bot.matching.spans import Span
from bot.matching.spotting import Spotted

# Words that speak of many: "the European partners" are a region's, not the union.
OF_MANY = ("places", "plural", "all", "count", "list", "first", "last")
_ONE_OF_THEM = ("country", "nation", "partner", "state")


def of_its_members(span: Span, spotted: Spotted) -> bool:
    """Whether a region's members are meant, not the union called the same: "European ones"."""
    if (
        spotted.has(*OF_MANY) and "pair" not in spotted.features
    ) or span.end in spotted.features.get("which", ()):
        return True
    norm = spotted.words.norm
    if span.end < len(norm) and norm[span.end] in _ONE_OF_THEM:
        return True  # "any European country"
    inside = span.start > 0 and norm[span.start - 1] == "in"
    return inside and spotted.has("who", "which") and spotted.has("cover", "not", "us")
