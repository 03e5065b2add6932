"""What a message says on its own, before any memory."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from bot.matching.lexicon import How
from bot.matching.times import Time


class Mention(NamedTuple):
    """An economy named in the message; several codes where the name is shared."""

    codes: tuple[str, ...]
    how: How
    typed: str
    start: int
    end: int
    distance: int = 0
    weak: bool = False
    id: str = ""  # the program or administration it was named by
    group: str = ""  # the region called the same: Europe


class Reading(NamedTuple):
    """A message as read: who, what, narrowed how, how sure.

    A tuple, as so many fields are three times as fast to fill as those of a frozen dataclass.
    """

    text: str = ""  # cleaned
    opens: bool = False  # begins as a question or an order does
    mentions: tuple[Mention, ...] = ()
    excluded: tuple[str, ...] = ()  # codes left out: "all except Korea"
    topic: str = ""  # "" where the message alone does not say
    features: frozenset[str] = frozenset()
    times: tuple[Time, ...] = ()
    asks: tuple[tuple[str, str], ...] = ()  # choices for a time without agreed bounds
    groups: tuple[str, ...] = ()
    kind: str = ""  # of administration
    aeo: str = ""  # "aeo" or "other"
    attribute: str = ""
    signed_at: str = ""  # the place of signing that narrows
    signer: str = ""  # … or whoever signed
    terms: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()  # what its clauses ask for, where several do
    pages: tuple[tuple[str, float], ...] = ()  # best first
    place: str = ""  # first, last, "2", "-2", earlier, later, before, after
    take: int = 0
    numbers: tuple[int, ...] = ()
    home: bool = False  # the U.S., CBP or CTPAT is named
    negated: bool = False
    bare: bool = False  # only names and words without content
    pasted: bool = False
    unknown: tuple[str, ...] = ()  # words nothing is known of
    stranger: str = ""  # the name among them of whoever is asked about, where nobody else is
    doubts: tuple[str, ...] = ()  # why not to take a name for a partner
    refused: tuple[str, ...] = ()
    empty: bool = False
    evidence: float = 0.0  # the strongest feature that speaks for the subject
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()  # a pasted list: as typed -> codes
    trace: Mapping[str, object] = {}

    def has(self, *features: str) -> bool:
        return not self.features.isdisjoint(features)

    @property
    def day(self) -> datetime.date | None:
        return self.times[0].day if self.times else None
