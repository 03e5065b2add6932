"""Every word and phrase the matcher knows, and what each may mean.

Compiled once from the knowledge (bot/matching/compiling.py). A phrase stands under its first word;
a phrase in a script without spaces is one word. What is typed is looked up here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.matching.typos import SHORTEST_NAME, TWO_EDITS_FROM, TypoIndex
from knowledge.text import is_unspaced, normalise

How = Literal["name", "demonym", "code", "flag", "city", "program", "agency", "shared"]


@dataclass(frozen=True, slots=True)
class Who:
    """An economy, or several that share a name, and how it was told."""

    codes: tuple[str, ...]
    how: How
    weak: bool = False  # also an ordinary word: believed only where nothing speaks against it
    id: str = ""  # the program's or administration's


@dataclass(slots=True)
class Meanings:
    """All that a phrase may mean."""

    who: Who | None = None
    refused: str = ""  # the kind of thing it is that is no partner
    group: str = ""
    term: str = ""
    pages: tuple[str, ...] = ()
    features: frozenset[str] = frozenset()
    values: tuple[tuple[str, str], ...] = ()  # month=6, number=2, era=obama, kind=tax …
    only_tells: bool = False  # a word of stories, known for nothing else

    @property
    def is_name(self) -> bool:
        """Whether it names somebody or something, or sounds as if it did."""
        return bool(self.who or self.refused or self.group or self.term)


# Words of a name that may be meant, by how many letters are typed: by a known word, by another.
Reach = tuple[Mapping[int, list[str]], Mapping[int, list[str]]]
Phrases = list[tuple[tuple[str, ...], Meanings]]  # all words after the first, longest first


@dataclass(slots=True)
class Branch:
    """The phrases that begin with one word."""

    phrases: Phrases
    alone: Meanings | None  # of the word by itself
    longer: Mapping[str, Phrases]  # by their second word …
    within_reach: Reach  # … which what is typed may mean


@dataclass(slots=True, eq=False)
class Known:
    """All that a word may be in a phrase, found in one look-up: each costs more than its use."""

    names: Branch | None = None  # phrases that begin with it and name somebody
    cues: Branch | None = None  # phrases that begin with it and show something
    firsts: Reach | None = None  # where it is the second word of names, their first ones
    starts: bool = False  # whether a name or a code may begin with it
    filler: bool = False


UNKNOWN = Known(starts=True)  # a word of no phrase; it may be a code


def within_reach(words: Iterable[str]) -> Reach:
    """Words of a name by how many letters may be typed for them, in so many edits at most."""
    by_known: dict[int, list[str]] = {}
    by_other: dict[int, list[str]] = {}
    for word in words:
        size = len(word)
        for found, edits in (
            (by_known, 1 if size < TWO_EDITS_FROM else 2),
            (by_other, 1 if size < SHORTEST_NAME else 2),
        ):
            for typed in range(size - edits, size + edits + 1):
                found.setdefault(typed, []).append(word)
    return by_known, by_other


# A stronger way of naming takes a phrase from a weaker one.
_STRENGTH: dict[str, int] = {
    "flag": 9, "name": 8, "program": 7, "agency": 6, "shared": 5, "demonym": 4, "code": 3,
    "city": 1,
}  # fmt: skip
_POSSESSIVE = re.compile(r"(?<=\w)['\u2019]s\b", re.I)


@dataclass(slots=True)
class Lexicon:
    """The compiled tables. `phrases` is keyed by first word."""

    phrases: dict[str, Phrases] = field(default_factory=dict)
    words: dict[str, Known] = field(default_factory=dict)  # every word of every phrase
    unspaced: dict[str, object] = field(default_factory=dict)
    longest_unspaced: int = 1
    filler: frozenset[str] = frozenset()
    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)  # kr, kor -> codes
    denied_codes: frozenset[str] = frozenset()
    telling_codes: frozenset[str] = frozenset()  # those that are no ordinary word
    plain_codes: frozenset[str] = frozenset()  # those, and exact names, believed without capitals
    exact: dict[str, tuple[str, ...]] = field(default_factory=dict)  # names only as spelled here
    exact_first: set[str] = field(default_factory=set)  # their first words
    longest_exact: int = 1  # words
    english: frozenset[str] = frozenset()  # English names, preferred where typos tie
    joined: dict[str, tuple[str, ...]] = field(default_factory=dict)  # newzealand -> its words
    telling: set[str] = field(default_factory=set)  # second words such as name nobody else: zealand
    rests: frozenset[str] = frozenset()  # words known only in the names of economies: caicos
    unions: frozenset[str] = frozenset()  # codes of those whose members are reached through them
    typos: TypoIndex = field(default_factory=TypoIndex)
    eras: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    first_names: frozenset[str] = frozenset()
    usual_people: frozenset[str] = frozenset()  # of these, those that are often a person's
    named: set[str] = field(default_factory=set)  # single words that name somebody
    asking: frozenset[str] = frozenset()  # words with which what asks begins: how, is, list
    weights: Mapping[str, float] = field(default_factory=dict)
    states: frozenset[str] = frozenset()  # U.S. states, codes in capitals

    def meanings(self, phrase: str) -> Meanings:
        """The entry of a phrase, made when missing."""
        parts = tuple(normalise(phrase).split())
        if not parts:
            return Meanings()
        if len(parts) > 1 and any(is_unspaced(p[0]) for p in parts):
            parts = ("".join(parts),)
        first, rest = parts[0], parts[1:]
        for known, entry in self.phrases.setdefault(first, []):
            if known == rest:
                return entry
        entry = Meanings()
        self.phrases[first].append((rest, entry))
        return entry

    def found(self, phrase: str) -> Meanings | None:
        """The entry of a phrase, if it is known."""
        return self.entry(tuple(normalise(phrase).split()))

    def known(self, word: str) -> Known:
        """What a normal word may be; `UNKNOWN` where it is in no phrase."""
        return self.words.get(word, UNKNOWN)

    def entry(self, words: tuple[str, ...]) -> Meanings | None:
        """The entry of a phrase of normal words, if it is known."""
        known = self.phrases.get(words[0], ()) if words else ()
        return next((entry for rest, entry in known if rest == words[1:]), None)

    def name(self, phrase: str, who: Who) -> None:
        """Let a phrase name somebody; the stronger way of naming wins, equals are joined."""
        entry = self.meanings(_POSSESSIVE.sub("", phrase))  # as a message's words are without it
        held = entry.who
        if held is None or _STRENGTH[who.how] > _STRENGTH[held.how]:
            entry.who = who
        elif _STRENGTH[who.how] == _STRENGTH[held.how] and who.codes != held.codes:
            codes = tuple(dict.fromkeys(held.codes + who.codes))
            entry.who = Who(codes, held.how, held.weak and who.weak, held.id)

    def point(self, phrases: Iterable[object], feature: str) -> None:
        """Let phrases show a feature."""
        for phrase in phrases:
            entry = self.meanings(str(phrase))
            entry.features |= {feature}

    def value(self, phrases: Iterable[object], kind: str, value: str) -> None:
        """Let phrases carry a value, such as a month."""
        for phrase in phrases:
            entry = self.meanings(str(phrase))
            entry.values += ((kind, value),)
