"""Which arrangements a question's filters let through, and the filters in words."""

from __future__ import annotations

import datetime

from bot.question import Filters, Question
from bot.wording.common import body_of, day_of, horizon, program_of, reach, said
from knowledge.arrangements import Arrangement
from knowledge.dates import MONTHS, When, written
from knowledge.model import Knowledge


def chosen(question: Question, knowledge: Knowledge) -> tuple[Arrangement, ...]:
    """The arrangements in force on the day that all filters let through, in the order signed."""
    day = day_of(question, knowledge)
    held = knowledge.held_on(day)
    filters = question.filters
    if question.among:
        parties = {reach(knowledge, code, day).party for code in question.among}
        held = tuple(a for a in held if knowledge.partner(a) in parties)
    if not filters:
        return held
    if filters.since or filters.until or filters.month:
        held = tuple([a for a in held if a.signed and _in_time(a.signed, filters)])
    if filters.only_of_time:
        return held
    # Who belongs to a grouping is told as of the day named, else as of the present.
    member_day = question.day or horizon(question, knowledge)
    inside = region(knowledge, filters.group, member_day) if filters.group else frozenset()
    return tuple([a for a in held if _kept(a, filters, knowledge, day, question, inside)])


def _in_time(signed: When, filters: Filters) -> bool:
    inside = (
        not (filters.since and signed.last < filters.since)
        and not (filters.until and signed.last > filters.until)
        and not (filters.month and not _in_month(signed.month or 0, filters.month, filters))
    )
    return inside != filters.outside


def _in_month(month: int, first: int, filters: Filters) -> bool:
    return first <= month <= (filters.last_month or first)


def _kept(
    arrangement: Arrangement, filters: Filters, knowledge: Knowledge, day: datetime.date,
    question: Question, inside: frozenset[str],
) -> bool:  # fmt: skip
    """Whether an arrangement passes the filters other than time; `negated` turns them round."""
    party = knowledge.partner(arrangement)
    tests = []
    if filters.group:
        tests.append(party in inside)
    if filters.aeo is not None:
        program = program_of(knowledge, arrangement, party)
        name = program.names_on(horizon(question, knowledge))[-1] if program else None
        tests.append(bool(name and _is_aeo(name.text, name.acronym)) == filters.aeo)
    if filters.agency:
        body = body_of(knowledge, program_of(knowledge, arrangement, party))
        tests.append(bool(body and filters.agency in body.kinds))
    if filters.union is not None:
        union = party in knowledge.groups and knowledge.groups[party].union
        tests.append(union == filters.union)
    for subject, wanted in ((filters.has, True), (filters.lacks, False)):
        if subject:
            tests.append(_sourced(arrangement, subject, knowledge, day) == wanted)
    event = arrangement.signing
    if filters.signed_at:
        tests.append(bool(event and event.place and event.place.startswith(filters.signed_at)))
    if filters.signer:
        tests.append(
            bool(event and filters.signer.split()[-1] in [by.name.split()[-1] for by in event.by])
        )
    if filters.excluding and party in {
        reach(knowledge, code, day).party for code in filters.excluding.split("+")
    }:
        return False
    if not tests:
        return True
    return all(tests) != filters.negated


def _is_aeo(name: str, acronym: str | None) -> bool:
    return (acronym or "").split("-")[0].upper() in ("AEO", "OEA") or (
        "economic operator" in name.lower() and "authori" in name.lower()
    )


def _sourced(
    arrangement: Arrangement, subject: str, knowledge: Knowledge, day: datetime.date
) -> bool:
    """Whether a subject, or something about the signature, is known."""
    event = arrangement.signing
    if subject == "signatories":
        return bool(event and event.by)
    if subject == "shared day":
        others = (o.signed for o in knowledge.held_on(day) if o is not arrangement)
        return bool(event and event.on.day and event.on in others)
    if subject == "day":
        return bool(event and event.on.day)
    if subject == "work plan":
        return any(e.what == "work plan" for e in arrangement.events_by(day))
    if subject == "ended":
        return any(e.what in ("ended", "suspended") for e in arrangement.events_by(day))
    if subject == "operation":
        return any(e.what == "in operation" for e in arrangement.events_by(day))
    if subject == "conflict":
        party = knowledge.partner(arrangement)
        return any(party in c.economies for c in knowledge.conflicts)
    if subject == "acronym":
        program = program_of(knowledge, arrangement, knowledge.partner(arrangement))
        return bool(program and program.names[-1].acronym)
    return any(f.sourced for f in arrangement.facts.get(subject, ()))  # type: ignore[call-overload]  # a subject of the matcher's closed list


def region(knowledge: Knowledge, group: str, day: datetime.date) -> frozenset[str]:
    """The partners in a region or grouping: its members, and unions that lie in it."""
    codes: set[str] = set()
    region_only = True
    for part in group.split("+"):
        record = knowledge.groups[part]
        codes |= set(record.members_on(day))
        region_only = region_only and record.region
    for union in knowledge.groups.values():
        if not union.union:
            continue
        members = union.members_on(day)
        inside = sum(m in codes for m in members)
        # A union lies in a region with most of its members; a grouping reaches it by any one.
        if inside and (inside * 2 > len(members) or not region_only):
            codes.add(union.id)
    return frozenset(codes)


def filter_words(question: Question, knowledge: Knowledge) -> str:
    """The filters in words: ` signed in 2014, in Asia`."""
    f = question.filters
    parts = []
    signed = "not signed" if f.outside else "signed"
    if f.month:
        to = f" to {MONTHS[f.last_month]}" if f.last_month else ""
        parts.append(f"{signed} in {MONTHS[f.month]}{to} of any year")
    if f.since or f.until:
        parts.append(f"{signed} {range_words(f.since, f.until)}")
    if f.group:
        name = said([knowledge.groups[part].name for part in f.group.split("+")])
        parts.append(f"{'outside' if f.negated else 'in'} {name}")
    if f.aeo is not None:
        word = "not named" if f.aeo == f.negated else "named"
        parts.append(f"with a program {word} AEO (authorized economic operator)")
    if f.agency:
        kind = {
            "tax": "a tax or revenue authority",
            "border": "a border agency",
            "ministry": "a ministry",
            "customs": "a customs service",
            "union": "a union",
        }[f.agency]
        parts.append(f"{'not ' if f.negated else ''}run by {kind}")
    if f.union is not None:
        parts.append("that are unions" if f.union != f.negated else "that are single countries")
    for subject, text in ((f.has, "with"), (f.lacks, "without")):
        if subject:
            words = {
                "shared day": "a day of signature that another one shares",
                "day": "an exact day of signature on record",
                "signatories": "named signatories on record",
                "claim": "a published way to claim it",
                "work plan": "a joint work plan on record",
                "operation": "a sourced start of operation",
                "ended": "an end",
                "conflict": "sources that disagree",
                "acronym": "an acronym",
            }.get(subject, f"{subject} on record")
            parts.append(f"{text} {words}")
    if f.signed_at or f.signer:
        parts.append("signed" + (f" in {f.signed_at}" if f.signed_at else ""))
        parts[-1] += f" by {f.signer}" if f.signer else ""
    if f.excluding:
        names = [knowledge.economy(c).in_sentence for c in f.excluding.split("+")]
        parts.append(f"other than with {said(names)}")
    return " " + ", ".join(parts) if parts else ""


def range_words(since: datetime.date | None, until: datetime.date | None) -> str:
    """`in 2014`, `in June 2010`, `from 2010 to 2012`, `before 2012`, `since 2015`."""
    one = datetime.timedelta(days=1)
    if since and until:
        if since == until:
            return f"on {written(since)}"
        start, end = _edge(since, first=True), _edge(until, first=False)
        if start == end:
            return f"in {start.written}"
        return f"from {start.written} to {end.written}"
    if since:
        return f"since {_edge(since, first=True).written}"
    if until:
        edge = _edge(until + one, first=True)
        return f"before {edge.written}" if edge.day is None else f"by {written(until)}"
    return ""


def _edge(day: datetime.date, *, first: bool) -> When:
    """A day as the year or month that it opens or closes."""
    if (day.month, day.day) == ((1, 1) if first else (12, 31)):
        return When(day.year)
    month = When(day.year, day.month)
    return month if day == (month.first if first else month.last) else When.of(day)
