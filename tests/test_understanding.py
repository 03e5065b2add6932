"""Thousands of questions, threads, traps and chatter, written by people who had not read the rules.

Each set has a floor below which a change is refused; the goals stand in understanding/README.md.
A floor is raised when a change lifts the figure, and never lowered for the same rows; when rows
are added it is set anew.
"""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Silence
from bot.memory import Memory
from bot.rendering import to_object
from tests.scoring import denied, faults, rows, wrong_assertion
from tests.talking import conversation

END_OF_2014 = datetime.date(2014, 12, 31)
SETS = [("2014", END_OF_2014), ("now", None)]

# In percent, of today's rules.
FLOOR = {
    ("single", "2014"): 97.8, ("single", "now"): 96.7, ("whole", "2014"): 94.6,
    ("whole", "now"): 91.8, ("later", "2014"): 97.7, ("later", "now"): 96.0, ("deserved", ""): 95.4,
    ("phrasings", "2014"): 99.0, ("phrasings", "now"): 99.0,
}  # fmt: skip
CEILING = {"wrong": 0.7, "answered": 0.0, "missed": 2.3}


def answer(text: str, as_of: datetime.date | None) -> dict[str, Any]:
    return to_object(conversation(as_of).ask(text).said)


def share(of: list[bool]) -> float:
    """How many hold, in percent."""
    return 100 * sum(of) / len(of)


@pytest.mark.parametrize(("name", "as_of"), SETS, ids=["2014", "now"])
def test_single_questions(name: str, as_of: datetime.date | None) -> None:
    scored = [(r["expect"], answer(r["text"], as_of)) for r in rows(f"single-{name}")]
    assert share([not faults(*s) for s in scored]) >= FLOOR["single", name]
    assert sum(wrong_assertion(*s) for s in scored) == 0
    assert sum(denied(*s) for s in scored) <= 2


@pytest.mark.parametrize(("name", "as_of"), SETS, ids=["2014", "now"])
def test_threads(name: str, as_of: datetime.date | None) -> None:
    whole, later, wrong = [], [], []
    for row in rows(f"threads-{name}"):
        memory, right = Memory(), []
        for turn in row["turns"]:
            said = conversation(as_of).ask(turn["text"], memory)
            memory = said.memory
            scored = (turn["expect"], to_object(said.said))
            right.append(not faults(*scored))
            wrong.append(wrong_assertion(*scored))
        whole.append(all(right))
        later += right[1:]
    assert share(whole) >= FLOOR["whole", name]
    assert share(later) >= FLOOR["later", name]
    assert sum(wrong) <= 7


@pytest.mark.parametrize(("name", "as_of"), SETS, ids=["2014", "now"])
def test_phrasings(name: str, as_of: datetime.date | None) -> None:
    """Many ways of asking the same, and as many of asking something else, each in few words."""
    scored = [(r["expect"], answer(r["text"], as_of)) for r in rows(f"phrasings-{name}")]
    assert share([not faults(*s) for s in scored]) >= FLOOR["phrasings", name]
    assert sum(wrong_assertion(*s) for s in scored) == 0


def test_what_opens_as_a_question_is_told_before_it_is_read() -> None:
    matcher = conversation(None).matcher
    asked = [r["text"] for name, _ in SETS for r in rows(f"single-{name}")]
    opening = [text for text in asked if matcher.read(text, END_OF_2014).opens]
    assert [text for text in opening if not matcher.may_open(text)] == []
    assert not matcher.may_open("Argentine exporter, leather goods")


def test_traps() -> None:
    scored, deserved = [], []
    for row in rows("traps"):
        said = answer(row["text"], END_OF_2014 if row.get("as_of") else None)
        scored.append(wrong_assertion(row["expect"], said))
        if "deserves" in row["tags"]:
            deserved.append(not faults(row["expect"], said))
    assert share(scored) <= CEILING["wrong"]
    assert share(deserved) >= FLOOR["deserved", ""]


def test_silence() -> None:
    answered, missed = [], []
    for row in rows("silence"):
        opened = conversation(None).ask(row["opening"])
        said = conversation(None).ask(row["turn"], opened.memory, addressed=False).said
        if row["expect"] == "silent":
            answered.append(not isinstance(said, Silence))
        else:
            missed.append(isinstance(said, Silence))
    assert share(answered) <= CEILING["answered"]
    assert share(missed) <= CEILING["missed"]


_SAY_ALL = """
import hashlib
from bot.rendering import to_text
from tests.test_understanding import conversation, rows
said = [to_text(conversation(None).ask(row["text"]).said) for row in rows("single-now")]
print(hashlib.sha256("".join(said).encode()).hexdigest())
"""


def test_answers_are_the_same_in_every_process() -> None:
    """Python orders a set of texts differently in each process; no answer may follow it."""
    said = {
        subprocess.run(
            [sys.executable, "-c", _SAY_ALL],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path.cwd())},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
