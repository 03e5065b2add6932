"""The words of a message that nobody knows, and the known ones they may stand for."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.matching.lexicon import UNKNOWN, Known, Lexicon
from bot.matching.tokens import Words
from bot.matching.typos import SHORTEST_NAME

# For the position of each such word: how many edits away the nearest known ones are, and those.
Repairs = dict[int, tuple[int, tuple[str, ...]]]

_WITH_PREFIXES = "\u0590"  # from here on scripts write particles onto a word
_HEBREW_PREFIXES = "ובלהמכש"
_ARABIC_PREFIXES = ("وال", "بال", "لل", "ال", "و", "ب", "ل")


class Typed(NamedTuple):
    """The words of a message, and what those nobody knows may stand for."""

    words: Words
    known: list[Known]  # what each may be
    repairs: Repairs
    unknown: frozenset[int]  # positions of words in no phrase that are no ordinary ones either
    torn: frozenset[int]  # of these, those that may be a piece of a name: no numbers


_NOWHERE: frozenset[int] = frozenset()


def typed_words(words: Words, lexicon: Lexicon) -> Typed:
    """The words of a message with the nearest known ones for each that is unknown."""
    known, phrases, joined = lexicon.words, lexicon.phrases, lexicon.joined
    found = [known.get(word, UNKNOWN) for word in words.norm]
    repairs: Repairs = {}
    if UNKNOWN not in found and max(words.norm) < _WITH_PREFIXES:
        return Typed(words, found, repairs, _NOWHERE, _NOWHERE)  # nearly always
    unknown: list[int] = []
    strange = [i for i, w in enumerate(words.norm) if w not in known or w >= _WITH_PREFIXES]
    for i in strange:
        word = words.norm[i]
        numeral = word[0].isdecimal()
        foreign = word not in known
        ordinary = foreign and not numeral and word in lexicon.typos.ordinary
        if foreign and not ordinary:
            unknown.append(i)
        if numeral or (not foreign and word in phrases):
            continue
        if word in joined:
            repairs[i] = (0, (word,))
        elif stem := _stem(word, lexicon):
            repairs[i] = (0, (stem,))
        elif foreign and not ordinary:
            distance, targets = lexicon.typos.repairs(word)
            if targets and lexicon.english.isdisjoint(targets):
                distance, targets = _or_english(word, distance, targets, lexicon)
            if targets:
                repairs[i] = (
                    distance,
                    tuple(t for t in targets if t in phrases or t in known or t in joined),
                )
    torn = unknown if words.lettered else [i for i in unknown if words.norm[i].isalpha()]
    return Typed(words, found, repairs, frozenset(unknown), frozenset(torn))


def is_settled(word: str, lexicon: Lexicon) -> bool:
    """Whether a word surely stands for itself, or for its singular."""
    if word >= _WITH_PREFIXES:
        return False
    return word in lexicon.words or word[0].isdecimal() or word in lexicon.typos.ordinary


def _or_english(
    word: str, distance: int, targets: tuple[str, ...], lexicon: Lexicon
) -> tuple[int, tuple[str, ...]]:
    """The English names one edit farther than those of other languages, where they are of others.

    "Belz" is as likely a slip for Belize as for the Dutch word for a Belgian.
    """
    if len(word) < SHORTEST_NAME or not any(t in lexicon.named for t in targets):
        return distance, targets
    reach = distance + 1
    near = tuple(
        name
        for name in sorted(lexicon.english)
        if abs(len(name) - len(word)) <= reach
        and OSA.distance(word, name, score_cutoff=reach) <= reach
    )
    meant = {code for t in targets for code in _codes(t, lexicon)}
    others = [n for n in near if (codes := _codes(n, lexicon)) and meant.isdisjoint(codes)]
    same = any(not meant.isdisjoint(_codes(n, lexicon)) for n in near)
    return (reach, tuple(others)) if others and not same else (distance, targets)


def _codes(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    entry = lexicon.entry(lexicon.joined.get(word, (word,)))
    return entry.who.codes if entry and entry.who else ()


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
