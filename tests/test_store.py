"""What outlasts a restart, by its interface: any store has to pass these."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.memory import Memory
from bot.store import DAY, HANDLED, REMEMBERED, Claim, Letter, Store, Thread
from tests.leases import LEASE
from tests.stored import MEMORY, NOW, THREAD

pytest_plugins = ["tests.databases"]

FEEDBACK = 365 * DAY
LETTER = Letter("message", "T1", "C1", "{}", thread_ts="1.1", after_ts="1.1", asker="U1")


async def test_a_thread_is_remembered_for_thirty_days_from_its_last_turn(store: Store) -> None:
    await store.remember(THREAD, Memory(topic="list"), NOW)
    await store.remember(THREAD, MEMORY, NOW + DAY)

    assert await store.memory(THREAD, NOW + DAY + REMEMBERED - 1) == MEMORY
    assert await store.memory(THREAD, NOW + DAY + REMEMBERED) is None


OTHERS = [
    Thread("T2", "C1", "1.000001"),
    Thread("T1", "C2", "1.000001"),
    Thread("T1", "C1", "1.000002"),
    Thread("T1", "C1", ""),
]


@pytest.mark.parametrize("another", OTHERS)
async def test_a_thread_is_one_of_a_team_a_channel_and_a_time(
    store: Store, another: Thread
) -> None:
    await store.remember(THREAD, MEMORY, NOW)

    assert await store.memory(another, NOW) is None


async def test_of_many_claims_at_a_time_one_is_won(store: Store, other: Store) -> None:
    claims = await asyncio.gather(*(s.claim("message", NOW) for s in [store, other] * 5))

    assert sorted(c.value for c in claims) == ["in flight"] * 9 + ["won"]


async def test_what_is_done_stays_done_for_a_day(store: Store) -> None:
    await store.claim("message", NOW)
    await store.done("message", NOW)

    assert await store.claim("message", NOW + HANDLED - 1) is Claim.DONE
    assert await store.claim("message", NOW + HANDLED) is Claim.WON


async def test_what_is_to_be_done_once_for_ever_is_kept_longer(store: Store) -> None:
    await store.claim("greeted", NOW)
    await store.done("greeted", NOW, 3650 * DAY)

    assert await store.claim("greeted", NOW + 3000 * DAY) is Claim.DONE


async def test_what_was_given_back_is_won_by_the_next(store: Store) -> None:
    await store.claim("message", NOW)
    await store.release("message")

    assert await store.claim("message", NOW) is Claim.WON
    assert await store.claim("another", NOW) is Claim.WON


async def test_a_turn_begins_with_its_claim_and_its_memory(store: Store, other: Store) -> None:
    assert await store.begin("message", THREAD, NOW) == (Claim.WON, None)
    await store.done("message", NOW, thread=THREAD, memory=MEMORY)

    assert await other.begin("message", THREAD, NOW) == (Claim.DONE, MEMORY)
    assert await other.begin("next", THREAD, NOW) == (Claim.WON, MEMORY)


STOPPED = MEMORY._replace(stopped=True)


@pytest.mark.parametrize(("memory", "claim"), [
    (None, Claim.UNASKED), (STOPPED, Claim.UNASKED), (MEMORY, Claim.WON),
])  # fmt: skip
async def test_what_nobody_asked_is_claimed_only_where_the_bot_takes_part(
    store: Store, memory: Memory | None, claim: Claim
) -> None:
    if memory:
        await store.remember(THREAD, memory, NOW)

    assert await store.begin("message", THREAD, NOW, unasked=True) == (claim, memory)


async def test_a_claim_that_fell_silent_is_taken_over_after_its_lease(
    store: Store, other: Store
) -> None:
    await store.claim("message", NOW)
    assert await other.claim("message", NOW) is Claim.IN_FLIGHT
    await asyncio.sleep(LEASE + 0.05)

    assert await other.claim("message", NOW) is Claim.TAKEN
    assert await store.claim("message", NOW) is Claim.IN_FLIGHT


async def test_a_process_whose_clock_is_ahead_waits_for_the_lease_too(
    store: Store, other: Store
) -> None:
    await store.claim("message", NOW)

    assert await other.claim("message", NOW + 600) is Claim.IN_FLIGHT


# The outbox


async def test_a_stowed_letter_is_a_handled_delivery_and_is_taken_once(
    store: Store, other: Store
) -> None:
    await store.claim("message", NOW)
    await store.stow(LETTER, NOW, NOW + 2, thread=THREAD, memory=MEMORY)

    assert await other.begin("message", THREAD, NOW) == (Claim.DONE, MEMORY)
    assert list(await other.take(NOW + 1)) == []
    taken = [*await other.take(NOW + 2), *await store.take(NOW + 2)]
    assert taken == [(LETTER, 1, NOW, False)]
    assert await store.waiting() == 1
    await other.done("message", NOW + 3)
    assert await store.waiting() == 0


async def test_a_letter_whose_holder_fell_silent_may_have_been_sent(
    store: Store, other: Store
) -> None:
    await store.stow(LETTER, NOW, NOW, held=True)
    assert list(await other.take(NOW)) == []
    await asyncio.sleep(LEASE + 0.05)

    assert list(await other.take(NOW)) == [(LETTER, 2, NOW, True)]


@pytest.mark.parametrize("unsure", [True, False])
async def test_a_letter_given_back_waits_and_knows_whether_it_may_have_been_sent(
    store: Store, unsure: bool
) -> None:
    await store.stow(LETTER, NOW, NOW)
    await store.take(NOW)
    await store.postpone("message", NOW + 5, unsure=unsure)

    assert list(await store.take(NOW + 4)) == []
    assert list(await store.take(NOW + 5)) == [(LETTER, 2, NOW, unsure)]


async def test_of_each_channel_the_oldest_letter_goes_first(store: Store) -> None:
    for key, channel in [("1", "A"), ("2", "A"), ("3", "B"), ("4", "A"), ("5", "C")]:
        await store.stow(replace(LETTER, key=key, channel=channel), NOW, NOW)
    rounds = []
    for _ in range(3):
        taken = await store.take(NOW)
        rounds.append([w.letter.key for w in taken])
        for waiting in taken:
            await store.done(waiting.letter.key, NOW)

    assert rounds == [["1", "3", "5"], ["2"], ["4"]]


async def test_of_two_processes_one_takes_a_letter(store: Store, other: Store) -> None:
    for n in range(20):
        await store.stow(replace(LETTER, key=str(n), channel=str(n)), NOW, NOW)
    takes = await asyncio.gather(*(s.take(NOW) for s in [store, other] * 3))

    assert sorted(int(w.letter.key) for take in takes for w in take) == list(range(20))


# Notes


async def test_a_note_is_revised_in_one_step_from_any_number_of_processes(
    store: Store, other: Store
) -> None:
    def counted(kept: str | None) -> str | None:
        return str(int(kept) + 1) if kept else None

    await store.revise("count", "1", counted, NOW, DAY)
    assert await other.note_of("count", "1", NOW) is None

    await store.note("count", "1", "0", NOW, DAY)
    await asyncio.gather(*(s.revise("count", "1", counted, NOW, DAY) for s in [store, other] * 5))
    assert await other.note_of("count", "1", NOW) == "10"

    await other.revise("count", "1", lambda _: None, NOW, DAY)
    assert await store.note_of("count", "1", NOW) is None


async def test_notes_are_kept_by_kind_and_key_each_for_its_time(store: Store, other: Store) -> None:
    await store.note("feedback", "1", "old", NOW, FEEDBACK)
    await store.note("feedback", "1", "up", NOW + 1, FEEDBACK)
    await store.note("feedback", "2", "down", NOW, DAY)
    await store.note("locale", "1", "de", NOW, DAY)

    assert await other.noted("feedback", NOW + 1) == {"1": "up", "2": "down"}
    assert await other.noted("feedback", NOW + FEEDBACK) == {"1": "up"}
    await other.forget("feedback", "1")
    assert await store.noted("feedback", NOW + FEEDBACK) == {}


async def test_what_is_swept_is_what_is_too_old(store: Store) -> None:
    await store.remember(THREAD, MEMORY, NOW)
    await store.note("feedback", "1", "up", NOW, FEEDBACK)
    await store.done("message", NOW)
    await store.sweep(NOW + HANDLED)

    assert await store.memory(THREAD, NOW) == MEMORY
    assert await store.claim("message", NOW) is Claim.WON
    await store.sweep(NOW + FEEDBACK)
    assert await store.memory(THREAD, NOW) is None
    assert await store.noted("feedback", NOW) == {}


async def test_it_is_reachable(store: Store) -> None:
    assert await store.reachable()
