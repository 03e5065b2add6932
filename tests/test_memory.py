"""What a thread remembers, as it is written down."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Choice
from bot.memory import Memory

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
