"""The words of a message that nobody knows, and the known ones they may stand for."""

from __future__ import annotations

from bot.matching.lexicon import Lexicon

# For the position of each such word: how many edits away the nearest known ones are, and those.
Repairs = dict[int, tuple[int, tuple[str, ...]]]

_HEBREW_PREFIXES = "ובלהמכש"
_ARABIC_PREFIXES = ("وال", "بال", "لل", "ال", "و", "ب", "ل")


def repairs_of(norm: list[str], lexicon: Lexicon) -> Repairs:
    """For each unknown word, the nearest known ones."""
    found: Repairs = {}
    known = lexicon.words
    phrases = lexicon.phrases
    for i, word in enumerate(norm):
        if word[0].isdecimal() or (word in known and (word in phrases or word[0] < "\u0590")):
            continue
        if word in lexicon.joined:
            found[i] = (0, (word,))
            continue
        stem = _stem(word, lexicon)
        if stem:
            found[i] = (0, (stem,))
            continue
        if word in known:
            continue
        distance, targets = lexicon.typos.repairs(word)
        if targets:
            found[i] = (
                distance,
                tuple(t for t in targets if t in phrases or t in known or t in lexicon.joined),
            )
    return found


def _stem(word: str, lexicon: Lexicon) -> str | None:
    """A word without the particle or article written onto it, where that makes it known."""
    first = word[0]
    if word[-1] == "s" and word.isascii():
        return word[:-1] if word[:-1] in lexicon.named else None
    if "\u0590" <= first <= "\u05ff":
        for cut in (1, 2):
            if (
                len(word) > cut + 1
                and all(c in _HEBREW_PREFIXES for c in word[:cut])
                and (word[cut:] in lexicon.phrases)
            ):
                return word[cut:]
    elif "\u0600" <= first <= "\u06ff":
        for prefix in _ARABIC_PREFIXES:
            if word.startswith(prefix) and word[len(prefix) :] in lexicon.phrases:
                return word[len(prefix) :]
    return None
