"""The bench of the door in a short form: all but the times, which need a quiet machine."""

from __future__ import annotations

from bench.door import measured


def test_junk_at_the_door_costs_no_5xx_and_no_memory() -> None:
    figures = measured(2_000, alone=100)
    assert figures.passed(timed=False) == []
    assert figures.statuses.total() == 2_000
    assert figures.asked_beside > 20 and figures.log_lines > 2_000
