"""What the register holds, as frozen records.

Nothing here knows Slack, the clock, the environment or a file format. Status is never
stored: it is computed from dated events and the day asked about.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from knowledge.dates import When
from knowledge.prose import Block

Grade = Literal["A", "B", "C", "D"]
EventKind = Literal[
    "signed",
    "in operation",
    "work plan",  # a joint work plan towards an arrangement was signed
    "announced",  # talks, or an intention made public
    "widened",  # scope or benefits grew
    "suspended",
    "resumed",
    "ended",
]
Subject = Literal[
    "form",  # what kind of instrument it is
    "eligible",  # whose members are recognised
    "claim",  # how it is claimed on an entry
    "benefits",
    "data",  # what is exchanged
    "scope",  # limits
    "operation",  # whether and since when it runs, where that is uncertain
    "history",  # anything else worth knowing
    "contact",
]
Side = Literal["us", "partner", "both"]
AdministrationKind = Literal["customs", "tax", "border", "ministry", "union"]
Confidence = Literal["high", "medium", "low"]
ConflictSubject = Literal["signed", "operation", "work plan", "scope", "form", "process", "count"]
HomeSubject = Literal[  # of facts about the home program itself
    "name", "size", "share", "exporters", "texts", "statute", "count", "trade"
]


@dataclass(frozen=True, slots=True)
class Source:
    """A document that was read."""

    id: str
    publisher: str
    title: str
    grade: Grade  # A official, B press or law firm, C consultancy or mirror, D visibly wrong
    read: datetime.date
    published: When | None = None
    speaks_for: When | None = None  # the day its content describes, where it says so
    url: str | None = None  # the publisher's own public address; shown to users
    copy: str | None = None  # where a copy was read; kept for checking, never shown
    line: int = field(default=0, compare=False)  # in its file, for messages


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
class Fact:
    """One statement with what it rests on.

    `sourced` is False where it was looked for and no published source was found; `text`
    then names what is not known, and the answer says so aloud.
    """

    text: str
    sources: tuple[str, ...] = ()
    since: When | None = None  # not true, or not known, before
    side: Side | None = None
    sourced: bool = True
    confidence: Confidence | None = None
    line: int = field(default=0, compare=False)  # in its file, for messages


@dataclass(frozen=True, slots=True)
class Signatory:
    name: str
    role: str | None
    behalf: str  # whom they signed for


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated that happened to an arrangement."""

    on: When
    what: EventKind
    sources: tuple[str, ...]
    place: str | None = None
    by: tuple[Signatory, ...] = ()
    note: str | None = None


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
class Arrangement:
    """A mutual recognition arrangement between two administrations' programs."""

    id: str
    parties: tuple[str, str]  # economy codes
    events: tuple[Event, ...]  # in order of date
    programs: tuple[str, ...] = ()
    facts: Mapping[Subject, tuple[Fact, ...]] = field(default_factory=dict)
    confidence: Confidence = "high"
    note: str | None = None
    sources: tuple[str, ...] = ()  # of its existence, where no event is dated
    seen: When | None = None  # first known to exist, where its signature is not dated
    signing: Event | None = field(init=False, repr=False, compare=False)  # the event, if dated
    signed: When | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        signing = next((e for e in self.events if e.what == "signed"), None)
        object.__setattr__(self, "signing", signing)
        object.__setattr__(self, "signed", signing.on if signing else None)

    @property
    def turning_days(self) -> Iterator[datetime.date]:
        """The days on which it may begin or cease to hold."""
        if self.seen:
            yield self.seen.last
        for event in self.events:
            yield event.on.last

    def other(self, party: str) -> str:
        """The party that is not this one."""
        return self.parties[1] if self.parties[0] == party else self.parties[0]

    def holds_on(self, day: datetime.date) -> bool:
        """Whether it was signed (or seen to exist), and neither ended nor suspended, by then."""
        state = self.seen is not None and self.seen.last <= day
        for event in self.events:
            if event.on.last > day:
                continue
            if event.what in ("signed", "in operation", "resumed"):
                state = True
            elif event.what in ("ended", "suspended"):
                state = False
        return state

    def events_by(self, day: datetime.date) -> tuple[Event, ...]:
        return tuple(e for e in self.events if e.on.last <= day)

    def facts_on(self, subject: Subject, day: datetime.date) -> tuple[Fact, ...]:
        """What was known of a subject by that day; undated facts always count."""
        facts = self.facts.get(subject)
        if not facts:
            return ()
        return tuple(f for f in facts if f.since is None or f.since.last <= day)


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
class Plurilateral:
    """A recognition arrangement between more than two administrations, without the U.S."""

    id: str
    name: str
    members: tuple[str, ...]
    events: tuple[Event, ...]
    facts: tuple[Fact, ...] = ()
    names: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


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
class Contact:
    """What is known of an economy that has no arrangement with the U.S."""

    economy: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One side of a conflict between sources."""

    says: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sources that disagree, and what the register makes of it."""

    id: str
    subject: str
    economies: tuple[str, ...]  # whom it is about
    about: ConflictSubject
    versions: tuple[Version, ...]
    follows: int | None  # index of the version the register follows; None while open
    why: str
    line: int = field(default=0, compare=False)  # in its file, for messages


@dataclass(frozen=True, slots=True)
class WorldCount:
    """How many programs and arrangements the WCO (or another) counted."""

    on: When
    says: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identifier:
    """How an administration recognises a foreign operator on a declaration."""

    at: tuple[str, ...]  # economies whose declaration it is
    of: tuple[str, ...]  # whose operators; () for all partners
    says: str
    sources: tuple[str, ...]
    since: When | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry."""

    id: str  # MID
    stands_for: str
    says: str  # one or two sentences
    names: tuple[str, ...] = ()  # other spellings
    page: str | None = None
    sources: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page of knowledge/faq: an answer in prose."""

    id: str  # the file's name
    title: str
    topic: str  # the contract's topic it answers
    asks: tuple[str, ...]  # phrasings it answers
    cues: tuple[str, ...]  # words and short phrases that point to it
    sources: tuple[str, ...]
    reviewed: datetime.date
    blocks: tuple[Block, ...]  # the answer first, then detail
    about: tuple[str, ...] = ()  # the economies it speaks of, where it speaks of some only
    line: int = field(default=0, compare=False)  # in its file, for messages
    file: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Intent:
    """A kind of question the register answers."""

    topic: str
    title: str
    example: str
    phrasings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What economies are called, from CLDR and the other generated tables.

    `display[lang][code]` is the name to show; `index` maps a way of writing to the codes
    it may mean, by kind, still unnormalised.
    """

    display: Mapping[str, Mapping[str, str]]
    index: Mapping[str, Mapping[str, tuple[str, ...]]]  # kind -> text -> codes


class Partner(NamedTuple):
    """The other side of an arrangement of the home administration."""

    code: str
    economy: Economy
    program: Program | None  # that it recognizes


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The whole register, cross-linked."""

    home: str  # the economy whose arrangements the bot is about: US
    us_evidence: datetime.date
    world_evidence: datetime.date
    sources: Mapping[str, Source]
    economies: Mapping[str, Economy]
    groups: Mapping[str, Group]
    administrations: Mapping[str, Administration]
    programs: Mapping[str, Program]
    arrangements: tuple[Arrangement, ...]  # those of `home`, in the order signed
    pairs: tuple[Arrangement, ...]  # all others
    plurilaterals: tuple[Plurilateral, ...]
    contacts: Mapping[str, Contact]
    conflicts: tuple[Conflict, ...]
    counts: tuple[WorldCount, ...]
    identifiers: tuple[Identifier, ...]
    facts: Mapping[str, tuple[Fact, ...]]  # about the home program, by subject
    terms: tuple[Term, ...]
    pages: Mapping[str, Page]
    intents: Mapping[str, Intent]
    cues: Mapping[str, object]  # knowledge/cues.yaml as written; the matcher compiles it
    refusals: Mapping[str, tuple[str, ...]]  # kind -> phrases that sound like a partner
    asides: Mapping[str, Mapping[str, tuple[str, ...]]]  # off, aside -> subject -> its words
    names: Names
    common_words: Collection[str] = ()  # never repaired into a name
    unsourced: tuple[str, ...] = ()  # questions looked into without finding a source
    shared_names: tuple[str, ...] = ()  # names that several records bear, knowingly
    file: str = ""  # the register's, for messages
    covering: Mapping[str, int] = field(init=False, repr=False)  # source -> signatures it dates
    thin: frozenset[str] = field(init=False, repr=False)  # sources that are no proof: C and D
    _records: Mapping[str, tuple[Arrangement, ...]] = field(init=False, repr=False)
    _own: Mapping[str, Arrangement] = field(init=False, repr=False)  # the home's, by partner
    _partners: Mapping[str, Partner] = field(init=False, repr=False)  # by arrangement
    _unions: Mapping[str, tuple[tuple[str, Membership], ...]] = field(init=False, repr=False)
    # The days on which something begins or ends, and what stands before, from the first on …
    _days: tuple[datetime.date, ...] = field(init=False, repr=False)
    _held: tuple[tuple[Arrangement, ...], ...] = field(init=False, repr=False)
    _places: tuple[Mapping[str, int], ...] = field(init=False, repr=False)  # party -> in `_held`
    _list_sources: tuple[tuple[str, ...], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # Reckoned once: nearly every question asks for them.
        records: dict[str, list[Arrangement]] = {}
        for record in (*self.pairs, *self.arrangements):
            for code in record.parties:
                records.setdefault(code, []).append(record)
        own: dict[str, Arrangement] = {}
        for arrangement in self.arrangements:
            for code in arrangement.parties:
                own.setdefault(code, arrangement)
        partners = {a.id: self._partner(a) for a in self.arrangements}
        unions: dict[str, tuple[tuple[str, Membership], ...]] = {}
        for group in self.groups.values():
            for member in group.members if group.union else ():
                unions[member.economy] = (*unions.get(member.economy, ()), (group.id, member))
        days = sorted({day for a in self.arrangements for day in a.turning_days})
        held = tuple(
            tuple(a for a in self.arrangements if a.holds_on(day))
            for day in (datetime.date.min, *days)
        )
        places = tuple(
            {code: i for i, a in reversed([*enumerate(each)]) for code in a.parties}
            for each in held
        )
        covering = Counter(
            ident
            for arrangement in self.arrangements
            for event in arrangement.events
            if event.what == "signed"
            for ident in event.sources
        )
        # Before there was any, the source of the first says that there was none.
        listed = (_widest(each or self.arrangements[:1], covering) for each in held)
        for name, value in (
            ("covering", covering),
            ("thin", frozenset(s.id for s in self.sources.values() if s.grade in "CD")),
            ("_records", {code: tuple(found) for code, found in records.items()}),
            ("_own", own),
            ("_partners", partners),
            ("_unions", unions),
            ("_days", tuple(days)),
            ("_held", held),
            ("_places", places),
            ("_list_sources", tuple(listed)),
        ):
            object.__setattr__(self, name, value)

    def records_of(self, *codes: str) -> tuple[Arrangement, ...]:
        """All arrangements of any of these economies, with the home one or others, each once."""
        found = {id(r): r for code in codes for r in self._records.get(code, ())}
        return tuple(found.values())

    def partner_in(self, arrangement: Arrangement) -> Partner:
        """The partner in one of the home administration's arrangements."""
        return self._partners[arrangement.id]

    def _partner(self, arrangement: Arrangement) -> Partner:
        code = self.partner(arrangement)
        own = (p for i in arrangement.programs if (p := self.programs[i]).economy == code)
        return Partner(code, self.economy(code), next(own, None))

    def partner(self, arrangement: Arrangement) -> str:
        one, other = arrangement.parties
        return other if one == self.home else one

    def partners(self, arrangements: Iterable[Arrangement]) -> tuple[str, ...]:
        """The partners in some of the home administration's arrangements, in their order."""
        known = self._partners
        return tuple([known[a.id].code for a in arrangements])

    def arrangement_with(self, code: str) -> Arrangement | None:
        """The home administration's own arrangement with an economy."""
        return self._own.get(code)

    def held_on(self, day: datetime.date) -> tuple[Arrangement, ...]:
        """The home administration's arrangements in force that day, in the order signed."""
        return self._held[bisect_right(self._days, day)]

    def place_on(self, code: str, day: datetime.date) -> int | None:
        """Where in those of `held_on` the first with an economy stands; None if it has none."""
        return self._places[bisect_right(self._days, day)].get(code)

    def list_sources(self, day: datetime.date) -> tuple[str, ...]:
        """A few sources that between them give all arrangements of a day, the widest first."""
        return self._list_sources[bisect_right(self._days, day)]

    def union_of(self, code: str, day: datetime.date) -> str | None:
        """The union through whose arrangement an economy is reached that day."""
        for union, membership in self._unions.get(code, ()):
            if membership.holds_on(day):
                return union
        return None

    def economy(self, code: str) -> Economy:
        """The register's record, or one made from its English name."""
        known = self.economies.get(code)
        if known:
            return known
        return Economy(code, self.names.display["en"].get(code, code))

    def cited(self, ids: Iterable[str]) -> tuple[Source, ...]:
        """The sources of some ids, each once, in the order first named."""
        return tuple([self.sources[i] for i in dict.fromkeys(ids)])


def _widest(arrangements: Iterable[Arrangement], covering: Mapping[str, int]) -> tuple[str, ...]:
    """Sources that between them date all these signatures; `covering`: how many each dates."""
    chosen: dict[str, int] = {}
    for arrangement in arrangements:
        event = arrangement.signing
        if event and not any(ident in chosen for ident in event.sources):
            best = max(event.sources, key=covering.__getitem__)
            chosen[best] = covering[best]
    return tuple(sorted(chosen, key=lambda ident: -chosen[ident]))
