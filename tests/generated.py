"""Messages by the ten thousand, each with those an answer may speak of: made by chance, but the
same ones every time.

Nothing here knows the rules of matching; what is true is taken from the register.
"""

from __future__ import annotations

import datetime
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tests import country_names as names
from tests.grammar import Filler, grammar, said
from tests.register_copies import known

# Customs territories that a union or another state reaches in ways of their own: whether they
# are covered is no question of reading, so any verdict will do.
BETWEEN = frozenset(
    "AX GF GG GI GP IM JE MC MF MQ RE YT PR US VI GU AS MP".split()  # noqa: SIM905
)
# Typos of a country that are a city, which may be answered for.
CITIES = {"lagos": [["NG"]], "konya": [["TR"]], "manama": [["BH"]]}


@dataclass(frozen=True, slots=True)
class Case:
    """A message, those it names, and the days it may be asking about."""

    text: str
    named: frozenset[str] = frozenset()  # none: no answer may speak of anybody
    days: tuple[datetime.date, datetime.date] | None = None  # None: today


def covered(code: str, day: datetime.date) -> bool:
    """Whether an economy had an arrangement with the home one that day, alone or by a union."""
    unions = {g.id for g in known().groups.values() if g.union and code in g.members_on(day)}
    return any(known().partner(a) in {code, *unions} for a in known().held_on(day))


@cache
def unions_of(code: str) -> frozenset[str]:
    """The unions that an economy is or was a member of."""
    groups = (g for g in known().groups.values() if g.union)
    return frozenset(g.id for g in groups if any(m.economy == code for m in g.members))


@cache
def forms(code: str) -> tuple[str, ...]:
    """The ways a country is written; the standard ones twice."""
    plain = [names.english(code), *names.exact(code)]
    flags = [names.flag(code), f":flag-{code.lower()}:"]
    cases = [names.english(code).lower(), names.english(code).upper()]
    return tuple([*plain, *plain, *names.official(code), *names.called(code), *flags, *cases])


class _Speaker:
    """Fills slots, and keeps in mind whom it named."""

    def __init__(self, seed: str, sayings: str) -> None:
        self.chance = Random(seed)
        self.lists = grammar(sayings)
        self.named: set[str] = set()
        self.fillers: dict[str, Filler] = {
            **self.lists,
            "c": self.country,
            "other": self.country,
            "p": self.people,
            "all": self.several,
            "slug": lambda: names.english(self._code()).lower().replace(" ", "-"),
        }

    def say(self, template: str) -> str:
        self.named.clear()
        return said(template, self.fillers, self.chance)

    def country(self) -> str:
        return self._naming(self.chance.choice(forms(self._code())))

    def people(self) -> str:
        return self._naming(self.chance.choice(names.people(self._code(with_people=True))))

    def several(self) -> str:
        *first, last = [self.country() for _ in range(self.chance.randint(2, 4))]
        joint = self.chance.choice([" and ", " or ", ", ", " & ", "/", ", and "])
        return ", ".join(first) + joint + last

    def _naming(self, form: str) -> str:
        code = self._last
        self.named |= {code, *unions_of(code), *names.meanings().get(form.casefold(), ())}
        return form

    def _code(self, with_people: bool = False) -> str:
        """A country: half of the time a partner or a member of one."""
        partners, others = _partners_and_others()
        among: Sequence[str] = self.chance.choice([partners, others])
        self._last = self.chance.choice(among)
        while with_people and not names.people(self._last):
            self._last = self.chance.choice(among)
        return self._last


@cache
def _partners_and_others() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All countries: those covered on the day of the newest evidence, and those not."""
    home, day = known().home, known().us_evidence
    codes = [code for code in names.codes() if code != home]
    partners = tuple(code for code in codes if covered(code, day))
    return partners, tuple(code for code in codes if code not in partners)


# Questions


def questions(count: int) -> Iterator[Case]:
    """Questions about countries in many shapes; an answer may speak of those named."""
    speaker = _Speaker("questions", "questions")
    kinds = ("one", "one", "one", "people", "several", "dated", "pair")
    for number in range(count):
        kind = kinds[number % len(kinds)]
        template = "{before}" + speaker.chance.choice(speaker.lists[kind])
        when, days = _when(speaker.chance)
        speaker.fillers["when"] = [when]
        text = speaker.say(template)
        yield Case(text, frozenset(speaker.named), days if kind == "dated" else None)


def _when(chance: Random) -> tuple[str, tuple[datetime.date, datetime.date]]:
    """A day, month or year of the past as people write it, with its first and last day."""
    year, month, day = chance.randint(2005, 2023), chance.randint(1, 12), chance.randint(1, 28)
    on = datetime.date(year, month, day)
    start = on.replace(day=1)
    end = (start + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    months, years = (start, end), (datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    return chance.choice(
        [
            (f"in {year}", years),
            (f"as of {year}", years),
            (f"at the end of {year}", (years[1], years[1])),
            (f"in {on:%B} {year}", months),
            (f"as of {on:%b} {year}", months),
            (f"on {day} {on:%B} {year}", (on, on)),
            (f"on {on:%B} {day}, {year}", (on, on)),
            (f"as of {on.isoformat()}", (on, on)),
        ]
    )


# Typos


KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def beside(letter: str) -> str:
    """The keys beside a letter's on an English keyboard; any letter where it has no key."""
    place = {key: (r, c) for r, row in enumerate(KEYS) for c, key in enumerate(row)}
    r, c = place.get(letter.lower(), (9, 9))
    near = "".join(k for k, (x, y) in place.items() if abs(x - r) <= 1 and abs(y - c) <= 1)
    return near.replace(letter.lower(), "") or string.ascii_lowercase


def edited_once(word: str, chance: Random) -> str:
    """A letter dropped, doubled, swapped with the next or struck beside its key, as fingers do."""
    at = chance.randrange(len(word))
    while not word[at].isalpha():
        at = chance.randrange(len(word))
    letter, after = word[at], word[at + 1 : at + 2]
    if chance.random() < 0.25 and after.isalpha():
        return word[:at] + after + letter + word[at + 2 :]
    return (
        word[:at] + chance.choice(["", letter * 2, chance.choice(beside(letter))]) + word[at + 1 :]
    )


def edited_anyhow(word: str, edits: int, chance: Random) -> str:
    """A word with letters dropped, doubled, swapped, replaced or put in wherever it may be."""
    for _ in range(edits):
        at, strange = chance.randrange(len(word)), chance.choice(string.ascii_lowercase)
        letter, after = word[at], word[at + 1 : at + 2]
        new = chance.choice(["", letter * 2, after + letter, strange, letter + strange])
        swapped = new == after + letter and after
        word = word[:at] + new + word[at + (2 if swapped else 1) :]
    return word


@cache
def _spelled() -> dict[str, frozenset[str]]:
    """Every name in Latin letters, adjective and alias, casefolded -> whom it means."""
    spelled = {name: who for name, who in names.meanings().items() if _is_latin(name)}
    for code in names.codes():
        known_as = (
            names.english(code), *names.exact(code), *names.called(code), *names.people(code),
        )  # fmt: skip
        for name in known_as:
            key = name.casefold()
            spelled[key] = spelled.get(key, frozenset()) | {code}
    return spelled


def _is_latin(name: str) -> bool:
    return all(letter < "\u0250" for letter in name)


def as_near(typo: str, edits: int) -> frozenset[str]:
    """All whom a typo may mean: those whose name it is, or is no more edits away."""
    found = process.extract(
        typo.casefold(), _spelled().keys(), scorer=OSA.distance, score_cutoff=edits, limit=None
    )
    return frozenset().union(
        *(_spelled()[n] for n, _, _ in found), *CITIES.get(typo.casefold(), ())
    )


def typos(count: int) -> Iterator[Case]:
    """Questions with a misspelled name; an answer may speak of whoever is as near to it."""
    chance = Random("typos")
    sayings = grammar("questions")
    codes = [c for c in names.codes() if names.english(c).isascii()]
    for number in range(count):
        code = chance.choice(codes)
        name = names.english(code)
        edits = 1 + (number % 2 if len(name) > 5 else 0)
        typo = edited_anyhow(name if number % 3 else name.lower(), edits, chance)
        text = said("{before}" + chance.choice(sayings["one"]), {**sayings, "c": [typo]}, chance)
        near = as_near(typo, edits) | {code}
        yield Case(text, near | frozenset().union(*map(unions_of, near)))


# What asks nothing


def chatter(count: int) -> Iterator[Case]:
    """What colleagues say to each other with a country's name in it."""
    return _asking_nothing("chatter", count)


def machines(count: int) -> Iterator[Case]:
    """What other programs post."""
    return _asking_nothing("machines", count)


def _asking_nothing(sayings: str, count: int) -> Iterator[Case]:
    speaker = _Speaker(sayings, sayings)
    kinds = [kind for kind in speaker.lists if kind not in ("n", "person")]
    for number in range(count):
        template = speaker.chance.choice(speaker.lists[kinds[number % len(kinds)]])
        yield Case(speaker.say(template))
