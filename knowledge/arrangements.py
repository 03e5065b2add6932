"""Arrangements and what happened to them, as frozen records.

Status is never stored: it is computed from dated events and the day asked about.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from knowledge.dates import When
from knowledge.facts import Confidence, Fact

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
class Plurilateral:
    """A recognition arrangement between more than two administrations, without the U.S."""

    id: str
    name: str
    members: tuple[str, ...]
    events: tuple[Event, ...]
    facts: tuple[Fact, ...] = ()
    names: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
