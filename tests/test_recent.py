"""A person's recent questions: kept with their consent, and erased when they say so."""

from __future__ import annotations

import pytest

from bot.recent import AGREED, RECENT, add_recent, keep_recent, recent
from bot.store import DAY, Person, Store

pytest_plugins = ["tests.databases"]
NOW = 1_800_000_000.0
ANA = Person("T1", "U1")


async def test_nobodys_questions_are_kept_before_they_agree(store: Store) -> None:
    await add_recent(store, ANA, "korea?", NOW)
    assert await recent(store, ANA, NOW) is None

    await keep_recent(store, ANA, True, NOW)
    assert await recent(store, ANA, NOW) == ()


async def test_of_a_persons_questions_the_last_ten_are_kept_each_once(store: Store) -> None:
    await keep_recent(store, ANA, True, NOW)
    for question in [*map(str, range(12)), "5"]:
        await add_recent(store, ANA, question, NOW)

    kept = await recent(store, ANA, NOW)
    assert kept == ("5", "11", "10", "9", "8", "7", "6", "4", "3", "2")
    assert len(kept) == RECENT
    for other in (Person("T2", "U1"), Person("T1", "U2")):
        assert await recent(store, other, NOW) is None


@pytest.mark.parametrize(("agreed", "left"), [(True, ()), (False, None)])
async def test_kept_questions_are_erased_by_starting_afresh_or_ending_it(
    store: Store, agreed: bool, left: tuple[str, ...] | None
) -> None:
    await keep_recent(store, ANA, True, NOW)
    await add_recent(store, ANA, "korea?", NOW)
    await keep_recent(store, ANA, agreed, NOW)

    assert await recent(store, ANA, NOW) == left


async def test_questions_and_consent_end_thirty_days_after_the_last_question(store: Store) -> None:
    await keep_recent(store, ANA, True, NOW)
    await add_recent(store, ANA, "korea?", NOW + DAY)

    assert await recent(store, ANA, NOW + DAY + AGREED - 1) == ("korea?",)
    assert await recent(store, ANA, NOW + DAY + AGREED) is None
    await add_recent(store, ANA, "japan?", NOW + DAY + AGREED)
    assert await recent(store, ANA, NOW + DAY + AGREED) is None
