"""What answers lacked: questions that got none, and answers that somebody called wrong.

It shows what to write next. Who asked is never part of it.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType

from bot.store import DAY, Store

WANTED = 365 * DAY  # a gap is kept: longer than from one review of the register to the next
_KIND = "gap"
UNANSWERED = "unanswered"
UNSAID = "unsaid"
# What somebody may say was wrong, in the order it is offered.
COMPLAINTS: Mapping[str, str] = MappingProxyType(
    {
        "misread": "It misread the question",
        "fact": "A fact is wrong",
        "outdated": "It is out of date",
        "missing": "Something is missing",
        "unclear": "It is hard to understand",
    }
)
_WHY = {UNANSWERED: "No answer", UNSAID: "Not helpful, no reason given"} | dict(COMPLAINTS)
_COLUMNS = ("Times", "Last", "What was wrong", "Topic", "Partners", "Question", "Remarks")
_FORMULA = ("=", "+", "-", "@")  # what a spreadsheet computes
_SHOWN = 60  # characters of a question or a remark in the table; CSV has them whole


@dataclass(frozen=True, slots=True)
class Gap:
    """One question whose answer was none, or not good. The texts are "" where they are not kept."""

    why: str  # UNANSWERED, UNSAID or one of COMPLAINTS
    topic: str  # of the answer
    partners: tuple[str, ...] = ()  # whom the question was about
    question: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """A gap and when it came up, in seconds since the epoch."""

    gap: Gap
    at: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """The same gap, however many times it came up."""

    gap: Gap  # as it came up last
    times: int
    last: datetime.date
    remarks: tuple[str, ...]  # each once, newest first

    @property
    def row(self) -> tuple[str, ...]:
        """What is shown of it, column by column."""
        gap = self.gap
        return (
            str(self.times),
            self.last.isoformat(),
            _WHY.get(gap.why, gap.why),
            gap.topic,
            " ".join(gap.partners),
            gap.question,
            "; ".join(self.remarks),
        )


async def note_gap(store: Store, team: str, key: str, gap: Gap | None, now: float) -> None:
    """Keeps what an answer lacked, for a year. Under a key of a team there is one gap: the last
    one noted, or after None nothing."""
    if gap:
        await store.note(_KIND, f"{team} {key}", json.dumps([now, asdict(gap)]), now, WANTED)
    else:
        await store.forget(_KIND, f"{team} {key}")


async def noted_gaps(store: Store, now: float) -> list[Noted]:
    """What is kept of all teams, in any order."""
    return [_noted(value) for value in (await store.noted(_KIND, now)).values()]


def _noted(value: str) -> Noted:
    at, gap = json.loads(value)
    return Noted(Gap(**gap | {"partners": tuple(gap["partners"])}), at)


def most_wanted(noted: Iterable[Noted]) -> list[Wanted]:
    """The gaps that are the same joined, most frequent first, then newest first.

    The same are those with one reason, topic and question, about the same partners.
    """
    same: dict[tuple[object, ...], list[Noted]] = {}
    for one in sorted(noted, key=lambda n: -n.at):
        gap = one.gap
        question = " ".join(gap.question.casefold().split()).rstrip("?!. ")
        same.setdefault((gap.why, gap.topic, gap.partners, question), []).append(one)
    joined = [
        Wanted(
            ones[0].gap,
            len(ones),
            datetime.datetime.fromtimestamp(ones[0].at, datetime.UTC).date(),
            tuple(dict.fromkeys(n.gap.remark for n in ones if n.gap.remark)),
        )
        for ones in same.values()
    ]
    return sorted(joined, key=lambda wanted: -wanted.times)  # stable: the newest stay first


def to_table(wanted: Sequence[Wanted]) -> str:
    """The gaps as a table for a terminal; a column that is empty in all of them is left out."""
    rows = [[cell if len(cell) <= _SHOWN else f"{cell[: _SHOWN - 1]}…" for cell in w.row]
            for w in wanted]  # fmt: skip
    kept = [n for n in range(len(_COLUMNS)) if any(row[n] for row in rows)]
    table = [[line[n] for n in kept] for line in (list(_COLUMNS), *rows)]
    widths = [max(len(line[n]) for line in table) for n in range(len(kept))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        + "\n"
        for line in table
    )


def to_csv(wanted: Sequence[Wanted]) -> str:
    """The gaps as CSV with a header; no cell is one that a spreadsheet would compute."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for one in wanted:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in one.row])
    return text.getvalue()


FORMATS: Mapping[str, Callable[[Sequence[Wanted]], str]] = MappingProxyType(
    {"table": to_table, "csv": to_csv}
)
