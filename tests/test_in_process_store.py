"""The store kept in the process: what makes room for what comes later."""

from __future__ import annotations

from bot.in_process_store import InProcessStore
from bot.store import DAY, REMEMBERED, Claim, Thread
from tests.stored import MEMORY, NOW, THREAD


async def test_in_the_process_the_oldest_make_room() -> None:
    store = InProcessStore(threads=3, deliveries=3)
    for n in range(5):
        await store.remember(Thread("T1", "C1", str(n)), MEMORY, NOW)
        await store.claim(str(n), NOW)
    kept = [await store.memory(Thread("T1", "C1", str(n)), NOW) is not None for n in range(5)]

    assert kept == [False, False, True, True, True]
    assert [await store.claim(str(n), NOW) for n in (4, 3, 2)] == [Claim.IN_FLIGHT] * 3


async def test_in_the_process_what_is_used_again_is_not_the_oldest() -> None:
    store = InProcessStore(threads=2)
    one, two, three = (Thread("T1", "C1", name) for name in "123")
    for thread in (one, two, two, one, three):
        await store.remember(thread, MEMORY, NOW)
        assert await store.memory(one, NOW) == MEMORY

    assert await store.memory(two, NOW) is None


async def test_in_the_process_what_is_too_old_gives_its_room_back() -> None:
    store = InProcessStore(threads=10)
    for n in range(8):
        await store.remember(Thread("T1", "C1", str(n)), MEMORY, NOW)
    await store.remember(THREAD, MEMORY, NOW + REMEMBERED + DAY)

    assert list(store._threads) == [THREAD]
