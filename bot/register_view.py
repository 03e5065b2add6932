"""The register as a table for people and programs, and in words what changed between two days.

Pure: records in, text out.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields

from knowledge.arrangements import Arrangement, Event
from knowledge.dates import When
from knowledge.model import Knowledge
from knowledge.parties import Membership


@dataclass(frozen=True, slots=True)
class Row:
    """One arrangement as it stood on a day. The fields are the columns."""

    partner: str
    code: str
    program: str
    acronym: str
    administration: str
    signed: str  # 2010, 2010-06 or 2010-06-28
    status: str
    sources: tuple[str, ...]


COLUMNS = tuple(field.name for field in fields(Row))


def rows(
    knowledge: Knowledge,
    day: datetime.date,
    *,
    partner: str | None = None,
    since: datetime.date | None = None,
) -> tuple[Row, ...]:
    """The home administration's arrangements signed by a day, in the order signed.

    `partner` (a code; a member of a union counts as the union) and `since` (the first day of
    signature that counts) narrow them.
    """
    wanted = {partner, knowledge.union_of(partner, day)} if partner else set()
    return tuple(
        _row(knowledge, arrangement, signed, day)
        for arrangement in knowledge.arrangements
        if (signed := arrangement.signed) is not None
        and signed.last <= day
        and (since is None or signed.last >= since)
        and (not partner or knowledge.partner(arrangement) in wanted)
    )


def _row(knowledge: Knowledge, arrangement: Arrangement, signed: When, day: datetime.date) -> Row:
    code = knowledge.partner(arrangement)
    program = knowledge.programs[arrangement.programs[0]]
    name = program.names_on(day)[-1]
    run_by = knowledge.administrations.get(program.administration or "")
    known = arrangement.events_by(day)
    return Row(
        partner=knowledge.economy(code).name,
        code=code,
        program=name.text,
        acronym=name.acronym or "",
        administration=run_by.name if run_by else "",
        signed=signed.iso,
        status=_status(known),
        sources=tuple(dict.fromkeys(id for event in known for id in event.sources)),
    )


def _status(events: Iterable[Event]) -> str:
    """The last event that changes whether it holds, in one or two words."""
    status = ""
    for event in events:
        if event.what in ("signed", "in operation", "suspended", "ended"):
            status = event.what
        elif event.what == "resumed":
            status = "in operation"
    return status


def to_table(shown: Iterable[Row]) -> str:
    """Columns aligned for a terminal."""
    lines = [COLUMNS, *map(_cells, shown)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        + "\n"
        for line in lines
    )


def to_csv(shown: Iterable[Row]) -> str:
    """For a spreadsheet: with a byte order mark, lines ended by CR LF, and no cell a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_inert, _cells(row)) for row in shown)
    return "\ufeff" + text.getvalue()


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, whoever wrote it into the register."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def to_json(shown: Iterable[Row]) -> str:
    """A list of objects."""
    return json.dumps([asdict(row) for row in shown], ensure_ascii=False, indent=2) + "\n"


def to_markdown(shown: Iterable[Row]) -> str:
    """A table of GitHub's Markdown."""
    lines = [COLUMNS, ("---",) * len(COLUMNS), *map(_cells, shown)]
    escaped = ((cell.replace("|", "\\|") for cell in line) for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in escaped)


FORMATS: Mapping[str, Callable[[Iterable[Row]], str]] = {
    "table": to_table,
    "csv": to_csv,
    "json": to_json,
    "md": to_markdown,
}


def register_text(
    knowledge: Knowledge,
    format: str,
    *,
    as_of: datetime.date | None = None,
    partner: str | None = None,
    since: datetime.date | None = None,
) -> str:
    """The register in one of `FORMATS`, by default as of its evidence day; see `rows`."""
    day = as_of or knowledge.us_evidence
    return FORMATS[format](rows(knowledge, day, partner=partner, since=since))


def _cells(row: Row) -> tuple[str, ...]:
    return tuple(
        " ".join(value) if isinstance(value, tuple) else value for value in asdict(row).values()
    )


@dataclass(frozen=True, slots=True)
class _Change:
    day: datetime.date  # from which it counts
    text: str


def diff(knowledge: Knowledge, start: datetime.date, end: datetime.date) -> list[str]:
    """What changed after one day and up to another, in words, in the order it happened.

    `+` is a new arrangement, `-` one that ended, `~` anything else that happened to one, to the
    partner's program or to a union through which states are reached. Raises ValueError where
    the first day is after the second.
    """
    if start > end:
        raise ValueError(f"{start.isoformat()} is after {end.isoformat()}; turn the two around")
    changes = (
        *_of_arrangements(knowledge),
        *_of_programs(knowledge),
        *_of_unions(knowledge),
    )
    counted = (change for change in changes if start < change.day <= end)
    return [change.text for change in sorted(counted, key=lambda change: change.day)]


# What happened, as a line of the difference: {who} the partner, {when} "June 2010".
_HAPPENED = {
    "signed": "+ {who}, signed {when}",
    "in operation": "~ {who}: in operation since {when}",
    "work plan": "~ {who}: joint work plan signed {when}",
    "announced": "~ {who}: announced {when}",
    "widened": "~ {who}: widened {when}",
    "suspended": "~ {who}: suspended {when}",
    "resumed": "~ {who}: resumed {when}",
    "ended": "- {who}, ended {when}",
}


def _of_arrangements(knowledge: Knowledge) -> Iterator[_Change]:
    for arrangement in knowledge.arrangements:
        who = knowledge.economy(knowledge.partner(arrangement)).name
        for event in arrangement.events:
            text = _HAPPENED[event.what].format(who=who, when=event.on.written)
            yield _Change(event.on.last, text)


def _of_programs(knowledge: Knowledge) -> Iterator[_Change]:
    """Programs of partners that are called otherwise since a day."""
    for arrangement in knowledge.arrangements:
        who = knowledge.economy(knowledge.partner(arrangement)).name
        for name in knowledge.programs[arrangement.programs[0]].names[1:]:
            if name.since:
                text = f"~ {who}: its program is called {name.text} since {name.since.written}"
                yield _Change(name.since.last, text)


def _of_unions(knowledge: Knowledge) -> Iterator[_Change]:
    for group in knowledge.groups.values():
        if group.union:
            union = knowledge.economy(group.id).in_sentence
            for membership in group.members:
                yield from _of_membership(membership, knowledge, union)


def _of_membership(membership: Membership, knowledge: Knowledge, union: str) -> Iterator[_Change]:
    who = knowledge.economy(membership.economy).name
    if joined := membership.since:
        yield _Change(joined.last, f"~ {who} joined {union} {_at(joined)}")
    if left := membership.until:
        note = f" ({membership.note})" if membership.note else ""
        text = f"~ {who} counted as part of {union} until {left.written}{note}"
        yield _Change(left.last + datetime.timedelta(days=1), text)


def _at(when: When) -> str:
    return f"{'on' if when.day else 'in'} {when.written}"
