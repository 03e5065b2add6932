"""What to write next: gaps joined, in order, as a table and as CSV."""

from __future__ import annotations

import asyncio
import csv
import io
import time
from pathlib import Path

import pytest

from bot.cli import main
from bot.database import Database
from bot.gaps import (
    COMPLAINTS,
    WANTED,
    Gap,
    Noted,
    most_wanted,
    note_gap,
    noted_gaps,
    to_csv,
    to_table,
)
from bot.sql_store import SqlStore
from bot.store import Store

pytest_plugins = ["tests.databases"]
DAY = 86_400.0
NOON = 1_790_769_600.0 + DAY / 2  # of 1 October 2026
UNKNOWN = Gap("unanswered", "off_topic")
FACT = Gap("fact", "signed_date", ("KR",))


def noted(*gaps: Gap) -> list[Noted]:
    """One a day, in this order."""
    return [Noted(gap, NOON + n * DAY) for n, gap in enumerate(gaps)]


def test_the_most_frequent_come_first_then_the_newest() -> None:
    once = Gap("fact", "signed_date", ("JP",))
    wanted = most_wanted(noted(once, UNKNOWN, FACT, UNKNOWN))

    assert [w.gap for w in wanted] == [UNKNOWN, FACT, once]
    assert [(w.times, w.last.isoformat()) for w in wanted] == [
        (2, "2026-10-04"),
        (1, "2026-10-03"),
        (1, "2026-10-01"),
    ]


DIFFERENT = {
    "reason": Gap("outdated", "signed_date", ("KR",)),
    "topic": Gap("fact", "agency", ("KR",)),
    "partners": Gap("fact", "signed_date", ("KR", "JP")),
    "question": Gap("fact", "signed_date", ("KR",), "and korea?"),
}


@pytest.mark.parametrize("other", DIFFERENT.values(), ids=DIFFERENT.keys())
def test_gaps_that_differ_in_one_thing_stay_apart(other: Gap) -> None:
    assert len(most_wanted(noted(FACT, other))) == 2


def test_a_question_is_the_same_however_it_is_spelled_and_remarks_are_joined() -> None:
    spelled = ["What of  Brazil?", "what of brazil", "WHAT OF BRAZIL!"]
    remarks = ["signed in May", "signed in May", "see the website"]
    [wanted] = most_wanted(
        noted(
            *(Gap("fact", "status", ("BR",), q, r) for q, r in zip(spelled, remarks, strict=True))
        )
    )

    assert wanted.times == 3
    assert wanted.gap.question == spelled[-1]
    assert wanted.remarks == ("see the website", "signed in May")


def test_the_table_leaves_out_what_is_not_kept() -> None:
    assert to_table(most_wanted(noted(UNKNOWN, FACT, UNKNOWN))).splitlines() == [
        "Times  Last        What was wrong   Topic        Partners",
        "2      2026-10-03  No answer        off_topic",
        "1      2026-10-02  A fact is wrong  signed_date  KR",
    ]


def test_the_table_cuts_long_texts_and_csv_does_not() -> None:
    long = "is there an arrangement with the " + "very " * 20 + "far islands?"
    wanted = most_wanted(noted(Gap("misread", "status", (), long)))

    assert f"{long[:59]}…" in to_table(wanted)
    assert long in to_csv(wanted)


def test_csv_computes_nothing() -> None:
    wanted = most_wanted(noted(Gap("misread", "status", (), "=1+1", '@sum, "and" more')))
    header, row = csv.reader(io.StringIO(to_csv(wanted)))

    assert len(header) == len(row)
    assert row[-2:] == ["'=1+1", '\'@sum, "and" more']


def test_every_reason_is_written_out() -> None:
    for why in (*COMPLAINTS, "unanswered", "unsaid"):
        [wanted] = most_wanted(noted(Gap(why, "status")))
        assert wanted.row[2] != why


def test_a_reason_of_a_later_version_is_shown_as_it_is() -> None:
    assert "rude" in to_table(most_wanted(noted(Gap("rude", "status"))))


@pytest.mark.parametrize(("form", "printed"), [("table", ""), ("csv", "Times,Last")])
def test_without_gaps_the_command_says_so(
    form: str,
    printed: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/store.sqlite3")
    for made in (False, True):
        if made:
            Database(f"sqlite:///{tmp_path}/store.sqlite3").open()
        assert main(["gaps", "--format", form]) == 0
        out, err = capsys.readouterr()

        assert out.startswith(printed) and len(out.splitlines()) == bool(printed)
        assert err == "mra-bot gaps: nothing is kept yet\n"
        assert made or list(tmp_path.iterdir()) == [], "looking makes no file"


def test_the_command_shows_what_the_slack_app_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/store.sqlite3"

    async def keep() -> None:
        store = SqlStore(Database(url))
        for key in ("one", "another"):
            await note_gap(store, "T1", key, FACT, time.time())
        await store.close()

    asyncio.run(keep())
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(["gaps"]) == 0
    _, row = capsys.readouterr().out.splitlines()
    assert row.startswith("2 ") and row.endswith("A fact is wrong  signed_date  KR")


def test_an_address_that_is_none_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://somewhere")
    assert main(["gaps"]) == 2
    assert capsys.readouterr().err.startswith("mra-bot gaps: DATABASE_URL is malformed")


@pytest.mark.parametrize("url", ["postgres://127.0.0.1:1/none", "sqlite:///{}"])
def test_a_database_that_can_t_be_read_is_one_line(
    url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url.format(tmp_path))  # a folder is no database
    assert main(["gaps"]) == 2
    [line] = capfd.readouterr().err.splitlines()
    assert line.startswith("mra-bot gaps: the database of DATABASE_URL can't be read: ")


# Kept

NOW = 1_800_000_000.0
GAP = Gap("fact", "status", ("KR",), "korea?", "look again")


async def test_a_gap_is_kept_for_a_year(store: Store) -> None:
    await note_gap(store, "T1", "key", GAP, NOW)

    assert list(await noted_gaps(store, NOW + WANTED - 1)) == [Noted(GAP, NOW)]
    assert list(await noted_gaps(store, NOW + WANTED)) == []


async def test_under_a_key_of_a_team_the_last_gap_counts(store: Store) -> None:
    for at, gap in enumerate((GAP, None, Gap("unsaid", "status"), Gap("outdated", "status"))):
        await note_gap(store, "T1", "key", gap, NOW + at)
    await note_gap(store, "T2", "key", GAP, NOW + 9)

    assert sorted(await noted_gaps(store, NOW + 9), key=lambda n: n.at) == [
        Noted(Gap("outdated", "status"), NOW + 3),
        Noted(GAP, NOW + 9),
    ]


async def test_to_take_back_what_was_never_noted_changes_nothing(store: Store) -> None:
    await note_gap(store, "T1", "key", GAP, NOW)
    await note_gap(store, "T1", "other", None, NOW)

    assert len(await noted_gaps(store, NOW)) == 1
