"""Conversations on a terminal or in a pipe: one question, many in JSON lines, or a chat."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.answer import Silence
from bot.conversation import Conversation, Turn
from bot.explaining import explanation
from bot.memory import Memory
from bot.rendering import to_object, to_text

_EXIT = frozenset({"exit", "quit", ":q"})


def answered(conversation: Conversation, question: str, *, form: str) -> str:
    """One question's answer as `text`, `json` or `explain`."""
    turn = conversation.ask(question)
    if form == "json":
        return json.dumps(_object(turn), ensure_ascii=False)
    if form == "explain":
        return f"{_text(turn)}\n\n{explanation(turn, Memory())}"
    return _text(turn)


def _object(turn: Turn) -> dict[str, Any]:
    assert not isinstance(turn.said, Silence)  # on the terminal every turn is addressed
    return to_object(turn.said)


def _text(turn: Turn) -> str:
    return turn.said.reason if isinstance(turn.said, Silence) else to_text(turn.said)


def conversations(conversation: Conversation, lines: Iterable[bytes]) -> Iterator[str]:
    """For each line `{"id": …, "turns": […]}` one line `{"id": …, "answers": […]}`.

    A line that is no such object gives `{"id": null, "error": "line 7: …"}` and the next goes
    on. Empty lines are passed over.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            ident, turns = _read(line)
        except ValueError as error:
            yield json.dumps({"id": None, "error": f"line {number}: {error}"}, ensure_ascii=False)
            continue
        memory = Memory()
        answers = []
        for text in turns:
            turn = conversation.ask(text, memory)
            memory = turn.memory
            answers.append(_object(turn))
        yield json.dumps({"id": ident, "answers": answers}, ensure_ascii=False)


def _read(line: bytes) -> tuple[object, list[str]]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg})") from None
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(record, dict):
        raise ValueError('not an object like {"id": "t1", "turns": ["korea?"]}')
    turns = record.get("turns")
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise ValueError('"turns" is not a list of texts')
    return record.get("id"), turns


def chat(conversation: Conversation, lines: Iterable[str]) -> Iterator[str]:
    """What to print for each line typed, with the memory of one thread."""
    memory = Memory()
    for line in lines:
        if line.strip().lower() in _EXIT:
            return
        if not line.strip():
            continue
        turn = conversation.ask(line, memory)
        memory = turn.memory
        yield _text(turn)
