"""The register as rows, and what changed between two days."""

from __future__ import annotations

import csv
import datetime
import io
import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from bot.register_view import (
    COLUMNS,
    FORMATS,
    Row,
    diff,
    register_text,
    rows,
    to_csv,
    to_markdown,
    to_table,
)
from knowledge.arrangements import Event
from knowledge.dates import When
from knowledge.load import load_knowledge
from knowledge.model import Knowledge

FIXTURES = Path(__file__).parent / "fixtures"
LATE = datetime.date(2023, 4, 18)
LONG_AGO = datetime.date(1900, 1, 1)


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load_knowledge(FIXTURES / "register.yaml", folder=FIXTURES / "knowledge")


def with_event(known: Knowledge, *events: Event) -> Knowledge:
    """The register with more events for its last arrangement."""
    *others, last = known.arrangements
    return replace(known, arrangements=(*others, replace(last, events=(*last.events, *events))))


def codes(shown: tuple[Row, ...]) -> list[str]:
    return [row.code for row in shown]


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_a_row_says_all_there_is_on_a_day(known: Knowledge) -> None:
    korea, union = rows(known, LATE)
    assert korea == Row(
        partner="Korea",
        code="KR",
        program="Authorized Operator",
        acronym="AEO",
        administration="Customs of Korea",
        signed="2010-06",
        status="in operation",
        sources=("list", "paper"),
    )
    assert (union.code, union.administration, union.status) == ("EU", "", "signed")


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2010-06-29", []),
        ("2010-06-30", ["KR"]),  # a month counts from its last day
        ("2012-05-03", ["KR"]),
        ("2012-05-04", ["KR", "EU"]),
    ],
)
def test_rows_are_those_signed_by_the_day(
    known: Knowledge, as_of: str, expected: list[str]
) -> None:
    assert codes(rows(known, day(as_of))) == expected


def test_status_follows_the_day(known: Knowledge) -> None:
    ended = with_event(
        known,
        Event(When.parse("2015"), "suspended", ("list",)),
        Event(When.parse("2016-03"), "resumed", ("list",)),
        Event(When.parse("2020-01-31"), "ended", ("list",)),
    )
    status = {
        on: rows(ended, day(on))[-1].status
        for on in ("2015-12-30", "2015-12-31", "2016-03-31", "2020-01-31")
    }
    assert list(status.values()) == ["signed", "suspended", "in operation", "ended"]


def test_a_program_has_the_name_of_the_day(known: Knowledge) -> None:
    early = known.programs["kr-aeo"]
    renamed = replace(
        early, names=(*early.names, replace(early.names[-1], text="New Name", since=When(2015)))
    )
    known = replace(known, programs={**known.programs, "kr-aeo": renamed})
    assert rows(known, day("2015-12-30"))[0].program == "Authorized Operator"
    assert rows(known, day("2015-12-31"))[0].program == "New Name"


@pytest.mark.parametrize(
    ("partner", "expected"),
    [("KR", ["KR"]), ("EU", ["EU"]), ("AT", ["EU"]), ("JP", []), ("GB", ["EU"])],
)
def test_a_partner_is_found_itself_or_through_its_union(
    known: Knowledge, partner: str, expected: list[str]
) -> None:
    assert codes(rows(known, day("2014-12-31"), partner=partner)) == expected


def test_who_left_a_union_is_not_reached_through_it(known: Knowledge) -> None:
    assert codes(rows(known, day("2021-01-01"), partner="GB")) == []


@pytest.mark.parametrize(
    ("since", "expected"),
    [("2010-06-30", ["KR", "EU"]), ("2010-07-01", ["EU"]), ("2012-05-05", [])],
)
def test_since_counts_the_day_of_signature(
    known: Knowledge, since: str, expected: list[str]
) -> None:
    assert codes(rows(known, LATE, since=day(since))) == expected


def test_csv_opens_in_a_spreadsheet(known: Knowledge) -> None:
    text = to_csv(rows(known, LATE))
    assert text.startswith("\ufeffpartner,code,")
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    header, *lines = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert tuple(header) == COLUMNS
    assert [line[1] for line in lines] == ["KR", "EU"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_csv_is_a_formula(known: Knowledge, start: str) -> None:
    row = replace(rows(known, LATE)[0], program=f"{start}HYPERLINK(1)", acronym="a=b")
    (_, cells) = csv.reader(io.StringIO(to_csv([row]).removeprefix("\ufeff"), newline=""))
    assert cells[2] == f"'{start}HYPERLINK(1)" and cells[3] == "a=b"


def test_json_has_the_columns_as_keys(known: Knowledge) -> None:
    read = json.loads(FORMATS["json"](rows(known, LATE)))
    assert [tuple(row) for row in read] == [COLUMNS, COLUMNS]
    assert read[0]["sources"] == ["list", "paper"]


def test_a_table_is_aligned(known: Knowledge) -> None:
    header, korea, union = to_table(rows(known, LATE)).splitlines()
    for column in ("code", "program", "signed", "status", "sources"):
        at = header.index(column)
        assert {line[at - 2 : at] for line in (header, korea, union)} == {"  "}
        assert korea[at] != " "


def test_markdown_keeps_its_columns(known: Knowledge) -> None:
    row = replace(rows(known, LATE)[0], program="This | that")
    header, rule, line = to_markdown([row]).splitlines()
    assert rule == "| " + " | ".join(["---"] * len(COLUMNS)) + " |"
    assert line.replace("\\|", "").count("|") == header.count("|") == len(COLUMNS) + 1


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_an_empty_register(name: str) -> None:
    text = FORMATS[name]([])
    assert text.endswith("\n") and ("partner" in text) == (name != "json")


@pytest.mark.parametrize("name", FORMATS)
def test_the_register_is_shown_as_of_its_evidence_day(known: Knowledge, name: str) -> None:
    assert register_text(known, name) == FORMATS[name](rows(known, known.us_evidence))
    early = register_text(known, name, as_of=day("2011-12-31"), partner="KR", since=LONG_AGO)
    assert early == FORMATS[name](rows(known, day("2011-12-31"))) != register_text(known, name)


def test_diff_tells_what_happened_in_its_order(known: Knowledge) -> None:
    assert diff(known, LONG_AGO, LATE) == [
        "~ United Kingdom joined the European Union on 1 January 1973",
        "~ Austria joined the European Union on 1 January 1995",
        "~ Korea: its program is called Authorized Operator since April 2009",
        "+ Korea, signed June 2010",
        "~ Korea: in operation since 2011",
        "+ European Union, signed 4 May 2012",
        "~ United Kingdom counted as part of the European Union until 31 December 2020 (left)",
    ]


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("signed", "+ European Union, signed March 2016"),
        ("in operation", "~ European Union: in operation since March 2016"),
        ("work plan", "~ European Union: joint work plan signed March 2016"),
        ("announced", "~ European Union: announced March 2016"),
        ("widened", "~ European Union: widened March 2016"),
        ("suspended", "~ European Union: suspended March 2016"),
        ("resumed", "~ European Union: resumed March 2016"),
        ("ended", "- European Union, ended March 2016"),
    ],
)
def test_diff_has_a_line_for_every_kind_of_event(known: Knowledge, what: str, line: str) -> None:
    event = Event(When(2016, 3), what, ("list",))  # type: ignore[arg-type]
    changed = with_event(known, event)
    assert diff(changed, day("2016-03-30"), day("2016-03-31")) == [line]


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2010-06-29", "2010-06-30", 1),
        ("2010-06-30", "2010-07-31", 0),  # what counts on the first day is no change after it
        ("2010-06-30", "2010-06-30", 0),
        ("2020-12-30", "2020-12-31", 0),
        ("2020-12-31", "2021-01-01", 1),  # the last day as a member still counted
    ],
)
def test_diff_counts_after_the_first_day_up_to_the_second(
    known: Knowledge, start: str, end: str, count: int
) -> None:
    assert len(diff(known, day(start), day(end))) == count


def test_diff_of_turned_days_is_refused(known: Knowledge) -> None:
    with pytest.raises(ValueError, match="2021-01-01 is after 2020-01-01; turn the two around"):
        diff(known, day("2021-01-01"), day("2020-01-01"))


def test_diff_in_steps_is_the_diff_of_the_whole(known: Knowledge) -> None:
    years = [datetime.date(year, 6, 15) for year in range(1900, 2024)]
    steps = [line for one, two in pairwise(years) for line in diff(known, one, two)]
    assert steps == diff(known, years[0], years[-1])
