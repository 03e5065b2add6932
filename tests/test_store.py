"""What outlasts a restart, by its interface: any store has to pass these."""

from __future__ import annotations

import asyncio
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Choice
from bot.gaps import Gap, Noted
from bot.memory import Memory
from bot.store import (
    DAY,
    HANDLED,
    RECENT,
    REMEMBERED,
    WANTED,
    Claim,
    InProcessStore,
    Person,
    Store,
    Thread,
)

NOW = 1_800_000_000.0
THREAD = Thread("T1", "C1", "1.000001")
MEMORY = Memory(
    topic="status",
    partners=("KR", "JP"),
    filters=(("since", "2014-01-01"),),
    day=datetime.date(2014, 12, 31),
    asked=(Choice("Korea", "korea"),),
)


@pytest.fixture
def store() -> Store:
    return InProcessStore(threads=5, deliveries=5, gaps=5)


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


@pytest.mark.parametrize("other", OTHERS)
async def test_a_thread_is_one_of_a_team_a_channel_and_a_time(store: Store, other: Thread) -> None:
    await store.remember(THREAD, MEMORY, NOW)

    assert await store.memory(other, NOW) is None


async def test_of_many_claims_at_a_time_one_is_won(store: Store) -> None:
    claims = await asyncio.gather(*(store.claim("message", NOW) for _ in range(10)))

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


async def test_it_is_reachable_and_can_be_closed(store: Store) -> None:
    assert await store.reachable()
    await store.close()


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


TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


@given(
    st.builds(
        Memory,
        topic=TEXT,
        partners=st.lists(TEXT).map(tuple),
        earlier=st.lists(TEXT).map(tuple),
        selected=st.lists(TEXT).map(tuple),
        filters=st.lists(st.tuples(TEXT, TEXT)).map(tuple),
        day=st.none() | st.dates(),
        asked=st.lists(st.builds(Choice, TEXT, TEXT)).map(tuple),
        stopped=st.booleans(),
    )
)
def test_a_memory_comes_back_from_its_json_as_it_was(memory: Memory) -> None:
    assert Memory.from_json(memory.to_json()) == memory


GAP = Gap("fact", "status", ("KR",), "korea?", "look again")


async def test_a_gap_is_kept_for_a_year(store: Store) -> None:
    await store.note_gap("T1", "key", GAP, NOW)

    assert list(await store.gaps(NOW + WANTED - 1)) == [Noted(GAP, NOW)]
    assert list(await store.gaps(NOW + WANTED)) == []


async def test_under_a_key_of_a_team_the_last_gap_counts(store: Store) -> None:
    for at, gap in enumerate((GAP, None, Gap("unsaid", "status"), Gap("outdated", "status"))):
        await store.note_gap("T1", "key", gap, NOW + at)
    await store.note_gap("T2", "key", GAP, NOW + 9)

    assert sorted(await store.gaps(NOW + 9), key=lambda n: n.at) == [
        Noted(Gap("outdated", "status"), NOW + 3),
        Noted(GAP, NOW + 9),
    ]


async def test_to_take_back_what_was_never_noted_changes_nothing(store: Store) -> None:
    await store.note_gap("T1", "key", GAP, NOW)
    await store.note_gap("T1", "other", None, NOW)

    assert len(await store.gaps(NOW)) == 1


async def test_the_oldest_gaps_make_room(store: Store) -> None:
    for number in range(7):
        await store.note_gap("T1", str(number), GAP, NOW + number)

    assert {n.at - NOW for n in await store.gaps(NOW + 9)} == {2, 3, 4, 5, 6}


ANA = Person("T1", "U1")


async def test_nobodys_questions_are_kept_before_they_agree(store: Store) -> None:
    await store.add_recent(ANA, "korea?", NOW)
    assert await store.recent(ANA, NOW) is None

    await store.keep_recent(ANA, True, NOW)
    assert await store.recent(ANA, NOW) == ()


async def test_of_a_persons_questions_the_last_ten_are_kept_each_once(store: Store) -> None:
    await store.keep_recent(ANA, True, NOW)
    for question in [*map(str, range(12)), "5"]:
        await store.add_recent(ANA, question, NOW)

    kept = await store.recent(ANA, NOW)
    assert kept == ("5", "11", "10", "9", "8", "7", "6", "4", "3", "2")
    assert len(kept) == RECENT
    for other in (Person("T2", "U1"), Person("T1", "U2")):
        assert await store.recent(other, NOW) is None


@pytest.mark.parametrize(("agreed", "left"), [(True, ()), (False, None)])
async def test_kept_questions_are_erased_by_starting_afresh_or_ending_it(
    store: Store, agreed: bool, left: tuple[str, ...] | None
) -> None:
    await store.keep_recent(ANA, True, NOW)
    await store.add_recent(ANA, "korea?", NOW)
    await store.keep_recent(ANA, agreed, NOW)

    assert await store.recent(ANA, NOW) == left


async def test_questions_and_consent_end_thirty_days_after_the_last_question(store: Store) -> None:
    await store.keep_recent(ANA, True, NOW)
    await store.add_recent(ANA, "korea?", NOW + DAY)

    assert await store.recent(ANA, NOW + DAY + REMEMBERED - 1) == ("korea?",)
    assert await store.recent(ANA, NOW + DAY + REMEMBERED) is None
    await store.add_recent(ANA, "japan?", NOW + DAY + REMEMBERED)
    assert await store.recent(ANA, NOW + DAY + REMEMBERED) is None


async def test_the_people_whose_questions_are_kept_are_bounded() -> None:
    store = InProcessStore(people=2)
    for user in ("U1", "U2", "U3"):
        await store.keep_recent(Person("T1", user), True, NOW)
    kept = [await store.recent(Person("T1", user), NOW) for user in ("U1", "U2", "U3")]
    assert kept == [None, (), ()]
