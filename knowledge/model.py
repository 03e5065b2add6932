"""All that the register holds, cross-linked, and what is reckoned from it once.

Nothing here or in the records it holds knows Slack, the clock, the environment or a file format.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from knowledge.arrangements import Arrangement, Plurilateral
from knowledge.facts import Conflict, Contact, Fact, Identifier, Source, WorldCount
from knowledge.pages import Intent, Page, Term
from knowledge.parties import Administration, Economy, Group, Membership, Names, Program


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

    def has_left(self, code: str, union: str) -> bool:
        """Whether an economy's time in a union has come to an end."""
        return any(u == union and m.until is not None for u, m in self._unions.get(code, ()))

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
