"""The fault suite in its short form; `make faults` runs the long one."""

from __future__ import annotations

import asyncio

from tests.faults import run, setups

# Four of the eight ways to run it, in which each two of the three choices meet.
SHORT = [
    s
    for s in setups(questions=30, channels=10, gap=0.3, pause=1.0)
    if (s.transport == "http") ^ (s.database == "sqlite") ^ (s.processes == 2)
]
ALWAYS = {"429s", "errors of Slack's", "slow answers", "resets", "answers cut off", "SIGKILL",
          "SIGTERM", "poisoned registers", "deliveries again"}  # fmt: skip


async def test_whatever_breaks_every_question_is_answered_once() -> None:
    outcomes = await asyncio.gather(*map(run, SHORT))

    assert {str(s): o.wrong() for s, o in zip(SHORT, outcomes, strict=True) if o.wrong()} == {}
    for outcome in outcomes:
        assert outcome.faults.keys() >= ALWAYS
    broken = set().union(*(outcome.faults for outcome in outcomes))
    assert broken - ALWAYS == {"full disks", "Postgres stopped", "connections cut"}
