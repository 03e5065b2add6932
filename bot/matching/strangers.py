"""Names that nothing is known of, where a question needs a partner's: "is Wakanda covered?"."""

from __future__ import annotations

from bot.matching.lexicon import Lexicon
from bot.matching.spotting import Spotted

_LEADS = frozenset(
    ("is", "are", "was", "were", "does", "do", "did", "has", "have", "with", "of", "for", "in",
     "from", "about", "and", "the", "our", "republic", "kingdom", "any", "can", "will", "when")
)  # fmt: skip
_REALMS = frozenset(("republic", "kingdom", "state", "states", "island", "islands"))
_STANDING = ("cover", "status", "sign", "mra", "aeo", "join", "program", "operate")
_OF_MANY = ("plural", "count", "all", "define", "expand", "claim", "benefit", "process", "compare")
_LEAST = 4  # letters; shorter ones may be any abbreviation
_BRIEF = 3  # words: "Freedonia AEO?"


def stranger(spotted: Spotted, lexicon: Lexicon) -> str:
    """The name, as typed, of somebody nothing is known of who is asked about; "" where nobody is.

    It is one run of capitalised words in the place of a name, and how somebody stands is asked.
    """
    words, unknown = spotted.words, spotted.unknown
    if not unknown or not spotted.has(*_STANDING) or spotted.has(*_OF_MANY):
        return ""
    run = [i for i in unknown if _is_a_name(words.raw[i]) and words.norm[i] not in _REALMS]
    if not run or run != list(range(run[0], run[-1] + 1)):
        return ""
    first = run[0]
    if first and words.norm[first - 1] not in _LEADS and first - 1 not in unknown:
        return ""
    if not first and len(words) > _BRIEF and not _told_of(run[-1] + 1, spotted):
        return ""
    if all(words.norm[i] in lexicon.typos.ordinary for i in run):
        return ""
    return " ".join(words.raw[i] for i in run)


def _is_a_name(raw: str) -> bool:
    return len(raw) >= _LEAST and raw[0].isupper() and raw[1:].islower()


def _told_of(at: int, spotted: Spotted) -> bool:
    """Whether what somebody did follows: "Genovia signed"."""
    return any(at in spotted.features.get(f, ()) for f in ("sign", "join", "cover", "operate"))
