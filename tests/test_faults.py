"""The fault suite in its short form; `make faults` runs the long one."""

from __future__ import annotations

import asyncio

from tests.faults import run, setups

SHORT = setups(questions=100, channels=20, gap=0.16, pause=1.5)
ALWAYS = {"429s", "errors of Slack's", "slow answers", "resets", "answers cut off", "SIGKILL",
          "SIGTERM", "poisoned registers", "deliveries again"}  # fmt: skip
DATABASE = {"sqlite": "full disks", "postgres": "Postgres stopped"}
TRANSPORT = {"http": set(), "socket": {"connections cut"}}


async def test_whatever_breaks_every_question_is_answered_once() -> None:
    outcomes = await asyncio.gather(*map(run, SHORT))

    wrong = [f"{s}: {o.wrong()}" for s, o in zip(SHORT, outcomes, strict=True) if o.wrong()]
    assert not wrong, "\n".join(wrong)
    for setup, outcome in zip(SHORT, outcomes, strict=True):
        broken = ALWAYS | {DATABASE[setup.database]} | TRANSPORT[setup.transport]
        assert outcome.faults.keys() == broken
