"""The fault suite in its short form; `make faults` runs the long one."""

from __future__ import annotations

import asyncio

import pytest

from tests.faults import run, setups

SHORT = setups(questions=30, channels=10, gap=0.3)


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_whatever_breaks_every_question_is_answered_once(transport: str) -> None:
    ours = [s for s in SHORT if s.transport == transport]
    outcomes = await asyncio.gather(*(run(s) for s in ours))

    assert {str(s): o.wrong() for s, o in zip(ours, outcomes, strict=True) if o.wrong()} == {}
    assert all(o.faults["SIGKILL"] for o in outcomes)
