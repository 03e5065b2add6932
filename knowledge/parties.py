"""Who takes part, as frozen records: economies and groups, administrations and programs."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from knowledge.dates import When

AdministrationKind = Literal["customs", "tax", "border", "ministry", "union"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name somebody or something goes by."""

    text: str
    acronym: str | None = None
    lang: str = "en"
    since: When | None = None  # first seen; a name is not used for an earlier day
    until: When | None = None
    full: str = field(init=False, repr=False, compare=False)  # Secure Trade Partnership (STP)

    def __post_init__(self) -> None:
        object.__setattr__(self, "full", _with_acronym(self.text, self.acronym))


def _with_acronym(text: str, acronym: str | None) -> str:
    return f"{text} ({acronym})" if acronym and acronym != text else text


@dataclass(frozen=True, slots=True)
class Administration:
    """A customs (or tax, or border) administration that runs a program."""

    id: str
    economy: str
    name: str
    kinds: tuple[AdministrationKind, ...]
    acronym: str | None = None
    local: tuple[Name, ...] = ()
    former: tuple[Name, ...] = ()
    also: tuple[str, ...] = ()  # other spellings people type
    home: str | None = None
    sources: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)  # in its file, for messages
    full: str = field(init=False, repr=False, compare=False)  # Korea Customs Service (KCS)

    def __post_init__(self) -> None:
        object.__setattr__(self, "full", _with_acronym(self.name, self.acronym))


@dataclass(frozen=True, slots=True)
class Program:
    """A trusted-trader program. `names` is ordered oldest first; the last one is today's."""

    id: str
    economy: str
    names: tuple[Name, ...]
    local: tuple[Name, ...] = ()
    administration: str | None = None
    also: tuple[str, ...] = ()  # other spellings people type
    tiers: tuple[str, ...] = ()  # STP-Plus, AEOS, T2 …
    launched: When | None = None
    home: str | None = None
    sources: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)  # in its file, for messages

    def names_on(self, day: datetime.date) -> tuple[Name, ...]:
        """The names it had been seen under by that day, oldest first; never empty."""
        if len(self.names) == 1:
            return self.names
        seen = tuple(n for n in self.names if n.since is None or n.since.last <= day)
        return seen or self.names[:1]


@dataclass(frozen=True, slots=True)
class Economy:
    """A country, territory or customs union, under its ISO 3166 code (or EU)."""

    code: str
    name: str  # as answers write it: Korea, United Kingdom
    article: bool = False  # "the United Kingdom"
    formal: str | None = None  # "Korea (Republic of)"
    names: tuple[str, ...] = ()  # everyday and former names beside those of names.json
    note: str | None = None  # how it stands to a customs territory (Puerto Rico, Greenland)
    sources: tuple[str, ...] = ()

    @property
    def in_sentence(self) -> str:
        return f"the {self.name}" if self.article else self.name


@dataclass(frozen=True, slots=True)
class Membership:
    """A state's time in a group. `until` is the last day on which it counted as one."""

    economy: str
    since: When | None = None
    until: When | None = None
    note: str | None = None

    def holds_on(self, day: datetime.date) -> bool:
        if self.since and day < self.since.last:
            return False
        return self.until is None or day <= self.until.last


@dataclass(frozen=True, slots=True)
class Group:
    """A union (one customs status for all members) or a grouping people name."""

    id: str  # EU, ASEAN, nordics …
    name: str
    members: tuple[Membership, ...]
    union: bool = False  # members are reached through its arrangements
    region: bool = False  # a part of the world, not something states join
    names: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def members_on(self, day: datetime.date) -> tuple[str, ...]:
        return tuple([m.economy for m in self.members if m.holds_on(day)])


@dataclass(frozen=True, slots=True)
class Names:
    """What economies are called, from CLDR and the other generated tables.

    `display[lang][code]` is the name to show; `index` maps a way of writing to the codes
    it may mean, by kind, still unnormalised.
    """

    display: Mapping[str, Mapping[str, str]]
    index: Mapping[str, Mapping[str, tuple[str, ...]]]  # kind -> text -> codes
