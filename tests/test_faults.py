"""The fault suite in its short form; `make faults` runs the long one."""

from __future__ import annotations

import asyncio

import pytest

from tests.faults import run, setups

SHORT = setups(questions=100, channels=20, gap=0.16, pause=1.5)
ALWAYS = {"429s", "errors of Slack's", "slow answers", "resets", "answers cut off", "SIGKILL",
          "SIGTERM", "poisoned registers", "deliveries again"}  # fmt: skip
DATABASE = {"sqlite": "full disks", "postgres": "Postgres stopped"}
TRANSPORT = {"http": set(), "socket": {"connections cut"}}


@pytest.mark.parametrize("transport", ["http", "socket"])  # more at a time would starve each other
async def test_whatever_breaks_every_question_is_answered_once(transport: str) -> None:
    short = [setup for setup in SHORT if setup.transport == transport]
    outcomes = await asyncio.gather(*map(run, short))

    wrong = [f"{s}: {o.wrong()}" for s, o in zip(short, outcomes, strict=True) if o.wrong()]
    assert not wrong, "\n".join(wrong)
    for setup, outcome in zip(short, outcomes, strict=True):
        broken = ALWAYS | {DATABASE[setup.database]} | TRANSPORT[setup.transport]
        assert outcome.faults.keys() == broken
