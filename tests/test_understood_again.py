"""What a text was understood as gives the same answer again, without the text."""

from __future__ import annotations

import datetime

import pytest

from bot.answer import Answer
from bot.memory import Memory
from bot.question import Question
from tests.scoring import rows
from tests.talking import conversation


def again(answer: Answer, questions: tuple[Question, ...], as_of: datetime.date | None) -> Answer:
    kept = [question.to_json() for question in questions]
    said = conversation(as_of).answer([Question.from_json(each) for each in kept])
    # How the entries of a pasted list were typed is not kept: only its rows' labels differ.
    return said._replace(body=answer.body) if any(q.pasted for q in questions) else said


@pytest.mark.parametrize("name", ["single-now", "single-2014", "threads-now", "threads-2014"])
def test_every_answer_can_be_given_again(name: str) -> None:
    as_of = datetime.date(2014, 12, 31) if name.endswith("2014") else None
    for row in rows(name):
        memory = Memory()
        for text in [row["text"]] if "text" in row else [turn["text"] for turn in row["turns"]]:
            turn = conversation(as_of).ask(text, memory)
            memory = turn.memory
            assert isinstance(turn.said, Answer)
            assert again(turn.said, turn.questions, as_of) == turn.said, text


def test_a_pasted_list_keeps_its_rows_and_who_was_not_understood() -> None:
    turn = conversation().ask("S. Korea\nGermania\nNarnia\nLaos\nPeru\nJapan")
    assert isinstance(turn.said, Answer)
    said = conversation().answer([Question.from_json(q.to_json()) for q in turn.questions])

    [before], [after] = turn.said.body, said.body
    assert [row[1:] for row in after.rows] == [row[1:] for row in before.rows]  # type: ignore[union-attr]
    assert [row[0] for row in after.rows] == ["Korea", "Germany", "Laos", "Peru", "Japan", "Narnia"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "1", '{"topic":"status","colour":"red"}', '{"day":"soon","topic":"list"}', "{}"],
)
def test_what_another_version_kept_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        Question.from_json(text)
