"""Suggestions while somebody types: countries and programs, in their language, slips forgiven.

Served from the names that the register knows; what is typed may be the beginning of any of
them, in any language. Only where nothing begins so is a slip looked for, and only among the
names a reader of that language would try: theirs, the English ones and the programs'.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.matching.cleaning import cleaned
from bot.matching.typos import SHORTEST_NAME, allowed
from knowledge.model import Knowledge
from knowledge.parties import Name, Program
from knowledge.text import normalise

ENGLISH = "en"
_KINDS = ("name", "everyday", "former", "demonym", "exact", "alpha2", "alpha3")
_TRADITIONAL = ("hant", "tw", "hk", "mo")  # scripts and regions that write so
_LONGEST = 100  # characters; more is no name any more
_SAME = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "zh": "zh-Hans"}  # locale -> table
_FLAG = "flag"  # how a cleaned text writes one, followed by a code
_WHOLE, _OWN, _ANY, _SLIP = range(4)  # how well it fits, best first


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to choose."""

    id: str  # KR, or for a program its id in the register
    label: str
    detail: str = ""  # what tells it from others of the same label


class Typeahead:
    """The index over all economies but the home one, and all programs but its own."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._display = knowledge.names.display
        self._economies = {
            code: knowledge.economy(code)
            for code in knowledge.names.display[ENGLISH]
            if code != knowledge.home
        }
        self._programs = {
            p.id: p for p in knowledge.programs.values() if p.economy != knowledge.home
        }
        self._named = {economy.name: code for code, economy in self._economies.items()}
        partners = {knowledge.partner(a) for a in knowledge.arrangements}
        self._partners = partners
        self._programmed = [(text, p.id) for p in self._programs.values() for text in _texts(p)]
        everything = [*self._programmed]
        for kind in _KINDS:
            for text, codes in knowledge.names.index.get(kind, {}).items():
                everything += [(text, code) for code in codes]
        for economy in self._economies.values():
            spelled = (economy.name, economy.formal, *economy.names)
            everything += [(text, economy.code) for text in spelled if text]
        self._all = self._index(everything, within=False)
        self._own: dict[str, list[tuple[str, str]]] = {}  # at most one for each language

    def language(self, locale: str) -> str:
        """The table to show names from for a locale such as "pt-BR"; English where none is."""
        if locale in self._display:
            return locale
        base, *more = locale.lower().replace("_", "-").split("-")
        if base == "zh" and any(part in _TRADITIONAL for part in more):
            return "zh-Hant"
        base = _SAME.get(base, base)
        return base if base in self._display else ENGLISH

    def name(self, code: str, lang: str = ENGLISH) -> str:
        """What an economy is called in a language."""
        if lang == ENGLISH and code in self._economies:
            return self._economies[code].name
        return self._display[lang].get(code) or self._display[ENGLISH].get(code, code)

    def translated(self, name: str, lang: str) -> str:
        """An economy's English name in another language; what is none stays as it is."""
        code = self._named.get(name)
        return self.name(code, lang) if code else name

    def suggest(self, typed: str, lang: str = ENGLISH, most: int = 100) -> tuple[Suggestion, ...]:
        """At most `most` of what may be meant, best first; for "" everybody with an arrangement.

        `lang` is one that `language` gives.
        """
        wanted = normalise(cleaned(typed[:_LONGEST]))
        flag = wanted.removeprefix(_FLAG).upper() if wanted.startswith(_FLAG) else ""
        if not wanted:
            found = {code: _WHOLE for code in self._partners}
        elif flag in self._economies:
            found = {flag: _WHOLE}
        else:
            found = self._beginning(wanted, lang) or self._mistyped(wanted, lang)
        made = [(fit, self._suggestion(ident, lang)) for ident, fit in found.items()]
        made.sort(key=lambda each: self._rank(*each))
        return tuple(suggestion for _, suggestion in made[:most])

    def _rank(self, fit: int, suggestion: Suggestion) -> tuple[int, bool, bool, str, str]:
        program = self._programs.get(suggestion.id)
        known = (program.economy if program else suggestion.id) in self._partners
        return fit, not known, program is not None, normalise(suggestion.label), suggestion.detail

    def _suggestion(self, ident: str, lang: str) -> Suggestion:
        program = self._programs.get(ident)
        if program:
            return Suggestion(ident, program_name(program), self.name(program.economy, lang))
        label, english = self.name(ident, lang), self.name(ident)
        return Suggestion(ident, label, "" if label == english else english)

    def _beginning(self, wanted: str, lang: str) -> dict[str, int]:
        """What has a name that begins so; in the reader's language each word may."""
        found: dict[str, int] = {}
        for text, ident in _from(self._all, wanted):
            fit = _WHOLE if text == wanted else _ANY
            found[ident] = min(fit, found.get(ident, fit))
        for _, ident in _from(self._spoken(lang), wanted):
            found[ident] = min(_OWN, found.get(ident, _OWN))
        return found

    def _mistyped(self, wanted: str, lang: str) -> dict[str, int]:
        """What has a name that begins almost so; only the nearest."""
        if len(wanted) < SHORTEST_NAME:
            return {}
        near: dict[str, int] = {}
        for text, ident in self._spoken(lang):
            distance = _distance(wanted, text)
            if distance <= allowed(len(wanted)):
                near[ident] = min(distance, near.get(ident, distance))
        nearest = min(near.values(), default=0)
        return {ident: _SLIP for ident, distance in near.items() if distance == nearest}

    def _spoken(self, lang: str) -> list[tuple[str, str]]:
        """The names a reader of a language would type, from each of their words on."""
        if lang not in self._own:
            names = [(name, code) for code, name in self._display[lang].items()]
            names += [(name, code) for code, name in self._display[ENGLISH].items()]
            names += [(economy.name, code) for code, economy in self._economies.items()]
            self._own[lang] = self._index([*names, *self._programmed], within=True)
        return self._own[lang]

    def _index(self, named: Iterable[tuple[str, str]], *, within: bool) -> list[tuple[str, str]]:
        """The names in order, as they compare; `within` also from each further word on."""
        index: set[tuple[str, str]] = set()
        for text, ident in named:
            if ident not in self._economies and ident not in self._programs:
                continue  # the home economy
            words = normalise(text).split()
            for start in range(len(words) if within else min(len(words), 1)):
                index.add((" ".join(words[start:]), ident))
        return sorted(index)


def program_name(program: Program) -> str:
    """Today's name of a program, with its acronym."""
    return full_name(program.names[-1])


def full_name(name: Name) -> str:
    """A name with its acronym."""
    return f"{name.text} ({name.acronym})" if name.acronym else name.text


def _texts(program: Program) -> Iterator[str]:
    for name in (*program.names, *program.local):
        yield name.text
        if name.acronym:
            yield name.acronym
    yield from (*program.also, *program.tiers)


def _from(index: list[tuple[str, str]], wanted: str) -> Iterator[tuple[str, str]]:
    """The part of an index that begins with what is wanted."""
    for place in range(bisect_left(index, (wanted, "")), len(index)):
        if not index[place][0].startswith(wanted):
            return
        yield index[place]


def _distance(wanted: str, text: str) -> int:
    """How many slips lie between what was typed and the beginning of a name, or all of it."""
    most = allowed(len(wanted))
    size = len(wanted)
    beginnings: Collection[str] = {text[:end] for end in (size - 1, size, size + 1)}
    return min(OSA.distance(wanted, each, score_cutoff=most) for each in beginnings)
