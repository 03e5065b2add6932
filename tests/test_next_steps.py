"""The buttons under an answer: questions that fit it, and that the bot reads as they are meant."""

from __future__ import annotations

import pytest

from bot.answer import Answer
from bot.memory import Memory
from bot.rendering import to_slack, to_text
from tests.register_copies import known
from tests.talking import conversation

KNOWN = known()
CONVERSATION = conversation()
PARTNERS = [KNOWN.partner(arrangement) for arrangement in KNOWN.arrangements]
MEANT = {
    "When signed": "signed_date",
    "How to claim it": "claim",
    "Compare": "compare",
    "Show all": "list",
}


def asked(text: str, memory: Memory | None = None) -> tuple[Answer, Memory]:
    turn = CONVERSATION.ask(text, memory)
    assert isinstance(turn.said, Answer)
    return CONVERSATION.offering(turn.said), turn.memory


@pytest.mark.parametrize("code", PARTNERS)
@pytest.mark.parametrize("question", ["is {} covered?", "who runs the program of {}?"])
def test_each_leads_where_its_label_says(code: str, question: str) -> None:
    said, memory = asked(question.format(KNOWN.economy(code).in_sentence))
    assert said.partners == (code,)
    assert [step.label.split(" with ")[0] for step in said.next_steps] == list(MEANT)
    for step in said.next_steps:
        topic = MEANT[step.label.split(" with ")[0]]
        following, _ = asked(step.say, memory)
        assert following.topic == topic, step
        if topic == "list":
            assert len(following.selected) == len(PARTNERS)
        else:
            assert code in following.partners, step
        assert len(following.partners) == (2 if topic == "compare" else topic != "list"), step


def test_an_answer_does_not_offer_itself() -> None:
    said, _ = asked("when was Korea signed?")
    assert "When signed" not in [step.label for step in said.next_steps]


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("which were signed since 2022?", ["Compare Uruguay and Brazil", "Show all"]),
        ("list all arrangements", ["Compare New Zealand and Canada"]),
        ("compare japan and korea", ["Show all"]),
        ("is kenya covered?", ["Who is covered", "How one comes about"]),
        ("who runs the program of laos?", ["Who is covered", "How one comes about"]),
        ("was Colombia covered in 2014?", ["Who is covered", "How one comes about"]),
        ("kenya and laos", ["Who is covered", "How one comes about"]),
        ("korea, laos and peru", ["Compare Korea and Peru", "Show all"]),
        ("korea and laos", ["Show all"]),
        ("what is the weather", ["What can be asked", "Who is covered"]),
        ("when was it signed?", ["What can be asked", "Who is covered"]),
        ("does Mexico have one with Japan?", ["Mexico and the U.S.", "Japan and the U.S."]),
        ("who does Singapore have MRAs with?", ["Singapore and the U.S."]),
        ("is the congo covered?", []),  # it asks back: its choices are the buttons
        ("thanks", []),
    ],
)
def test_what_is_offered_after(question: str, labels: list[str]) -> None:
    said, _ = asked(question)
    assert [step.label for step in said.next_steps] == labels


LEADS = {
    "Who is covered": "list",
    "How one comes about": "process",
    "What can be asked": "help",
    "Japan and the U.S.": "status",
    "Compare Korea and Peru": "compare",
}


@pytest.mark.parametrize(
    "question",
    ["is kenya covered?", "what is the weather", "does Mexico have one with Japan?",
     "korea, laos and peru", "is brazil covered and what about laos"],
)  # fmt: skip
def test_what_follows_a_no_or_nothing_leads_on_too(question: str) -> None:
    said, memory = asked(question)
    assert said.next_steps
    for step in said.next_steps:
        following, _ = asked(step.say, memory)
        assert following.topic == LEADS.get(step.label, following.topic)
        assert following.topic not in ("off_topic", "ambiguous"), step


def test_help_offers_its_examples_as_they_are_and_not_itself() -> None:
    said, _ = asked("help")
    assert said.next_steps and all(step.label == step.say for step in said.next_steps)
    assert all(step.label in to_text(said) for step in said.next_steps)
    assert "Help:" not in to_text(said)


def test_all_that_is_offered_is_a_button() -> None:
    said, _ = asked("is korea covered?")
    [row] = [b["elements"] for b in to_slack(said).blocks if b["type"] == "actions"]
    assert [button["text"]["text"] for button in row] == [s.label for s in said.next_steps]
