"""What was asked, once text and memory have been read: the wording's only input.

A `Question` names a topic of the contract, who it is about and what it is narrowed to. It
holds no text: two ways of asking the same give the same question.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list, a count or an order. All that are set must hold."""

    since: datetime.date | None = None  # signed on or after
    until: datetime.date | None = None  # signed on or before
    month: int | None = None  # signed in that month of any year
    last_month: int | None = None  # … or in one after it, up to this one
    outside: bool = False  # signed at another time than the above
    group: str | None = None  # members of a group or region
    aeo: bool | None = None  # the program is called AEO, or is not
    agency: str | None = None  # kind of administration
    union: bool | None = None  # reached through a union, or not
    has: str | None = None  # a subject (or "signatories", "day") that is sourced
    lacks: str | None = None  # a subject that no source gives
    signed_at: str | None = None  # the place of signing
    signer: str | None = None  # one of those who signed
    uncovered: bool = False  # its group's members without an arrangement, rather than those with
    excluding: str | None = None  # all but these: codes joined by +
    negated: bool = False  # those for which the above does not hold

    def __bool__(self) -> bool:
        return self is not NO_FILTERS and self != NO_FILTERS

    @property
    def only_of_time(self) -> bool:
        """Whether nothing narrows it but when something was signed."""
        return (
            self.aeo is None
            and self.union is None
            and not self.uncovered
            and not any([getattr(self, name) for name in _TEXTS])
        )

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """As the memory keeps them."""
        if self is NO_FILTERS:  # nearly always
            return ()
        values = [(name, getattr(self, name), default) for name, default in _DEFAULTS]
        return tuple([(name, str(value)) for name, value, default in values if value != default])

    @staticmethod
    def from_pairs(pairs: tuple[tuple[str, str], ...]) -> Filters:
        """What `pairs` wrote; unknown names are passed over."""
        if not pairs:
            return NO_FILTERS
        read: dict[str, object] = {}
        for name, text in pairs:
            if name in ("since", "until"):
                read[name] = datetime.date.fromisoformat(text)
            elif name in ("month", "last_month"):
                read[name] = int(text)
            elif name in ("aeo", "union", "negated", "outside", "uncovered"):
                read[name] = text == "True"
            elif name in _TEXTS:
                read[name] = text
        return Filters(**read)  # type: ignore[arg-type]  # types follow the names above


_DEFAULTS = tuple((field.name, field.default) for field in fields(Filters))
_TEXTS = ("group", "agency", "has", "lacks", "signed_at", "signer", "excluding")
NO_FILTERS = Filters()


class Question(NamedTuple):
    """One question, resolved. A tuple, as so many fields are filled faster so."""

    topic: str
    day: datetime.date | None = None  # the day it asks about: named, or inherited in a thread
    horizon: datetime.date | None = None  # nothing later is told; None: all on record
    partners: tuple[str, ...] = ()  # codes as asked: DE, not EU
    filters: Filters = NO_FILTERS
    typed: Mapping[str, str] = {}  # code -> how it was typed
    unknown: tuple[str, ...] = ()  # entries of a list, or a name, that were not understood
    pasted: bool = False  # a list of countries was pasted: answer with a table
    among: tuple[str, ...] = ()  # choose only from these ("which of those …")
    place: str = ""  # order: first, last, "3", "-2", before, after, earlier, later
    around: tuple[
        str, ...
    ] = ()  # order: whom "before" and "after" stand beside, where a thread says
    take: int = 0  # order: how many ("the last three"); 0 means one
    subject: str = ""  # status, definition …: the page or term; claim …: the attribute
    since: datetime.date | None = None  # the asker takes the signature to be no earlier …
    until: datetime.date | None = None  # … and no later than this
    hints: Mapping[str, str] = {}  # code -> the city it was told by
    aspects: tuple[str, ...] = ()  # compare: what to compare
    ago: bool = False  # signed date: how long ago it was
    today: datetime.date | None = None  # the present day, for how long ago
    side: str = ""  # status: who is asked to have one with the other: partner or home
    whether: bool = False  # asked as yes or no: whether there is recognition to speak of
    signed_by: bool = False  # agency: who signed, rather than who runs the program
    choices: tuple[tuple[str, str], ...] = ()  # ambiguous: label and question of each reading
    wanted: str = ""  # ambiguous: the topic that waits for the reply
    reason: str = ""  # ambiguous, off_topic: what kind of doubt

    def to_json(self) -> str:
        """Compact JSON of what is set. For a pasted list that is not how its entries were typed:
        they are as long as the text itself."""
        set_ = {
            name: _written(value)
            for name, value in self._asdict().items()
            if value != _UNSET[name] and not (name == "typed" and self.pasted)
        }
        return json.dumps(set_, ensure_ascii=False, separators=(",", ":"))

    @staticmethod
    def from_json(text: str) -> Question:
        """The question that `to_json` wrote; raises ValueError, KeyError or TypeError for
        anything else, such as what another version wrote."""
        raw: dict[str, Any] = {n: _read(n, value) for n, value in json.loads(text).items()}
        return Question(**raw)


_UNSET = Question("")._asdict()


def _written(value: object) -> object:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value.pairs() if isinstance(value, Filters) else value


def _read(name: str, value: Any) -> Any:
    """A field as a question holds it."""
    if name == "filters":
        return Filters.from_pairs(tuple((str(k), str(v)) for k, v in value))
    if name in ("day", "horizon", "since", "until", "today"):
        return datetime.date.fromisoformat(value)
    if isinstance(_UNSET[name], tuple):
        return tuple(tuple(each) if isinstance(each, list) else each for each in value)
    return value
