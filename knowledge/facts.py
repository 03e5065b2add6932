"""What sources say, as frozen records: the facts, what each rests on, where sources disagree."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Literal

from knowledge.dates import When

Grade = Literal["A", "B", "C", "D"]
Side = Literal["us", "partner", "both"]
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
