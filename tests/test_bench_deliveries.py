"""The bench of many deliveries in a short form: it delivers, and reads the memory."""

from __future__ import annotations

from bench.deliveries import GROWTH_MIB, measured


async def test_over_many_deliveries_the_memory_stays() -> None:
    figures = await measured(800)
    assert figures.statuses[200] >= 800 and figures.statuses.keys() <= {200, 503}
    assert figures.growth_mib <= GROWTH_MIB
