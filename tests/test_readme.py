"""What the README shows is what happens."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from bot.answer import Answer
from bot.cli import main
from bot.memory import Memory
from bot.rendering import to_text
from tests.talking import conversation

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def shown(block: str, prompt: str) -> list[tuple[str, list[str]]]:
    """What is typed after each prompt, with the lines shown under it."""
    typed: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith(prompt):
            typed.append((line.removeprefix(prompt), []))
        elif line.strip():
            typed[-1][1].append(line)
    return typed


COMMANDS = [entry for block in blocks("console") for entry in shown(block, "$ ")]


@pytest.mark.parametrize(("command", "lines"), COMMANDS, ids=[c for c, _ in COMMANDS])
def test_a_command_prints_what_is_shown(
    command: str, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    program, *arguments = shlex.split(command)
    assert program == "mra-bot"
    assert main(arguments) == 0
    printed = capsys.readouterr().out
    at = 0
    for line in lines:
        assert line in printed[at:], f"{line!r} is not printed"
        at = printed.index(line, at)


def test_the_dialogue_is_what_the_bot_says() -> None:
    memory = Memory()
    [dialogue] = blocks("chat")
    for question, lines in shown(dialogue, "> "):
        turn = conversation().ask(question, memory)
        memory = turn.memory
        assert isinstance(turn.said, Answer)
        text = to_text(turn.said)
        for line in lines:
            assert line in text


def test_every_command_of_the_program_is_named() -> None:
    for command in ("ask", "chat", "check", "register", "slack", "manifest", "gaps", "playground"):
        assert f"mra-bot {command}" in README


PICTURES = re.findall(r"!\[([^]]*)\]\(([^)]+)\)", README)


@pytest.mark.parametrize(("says", "name"), PICTURES, ids=[name for _, name in PICTURES])
def test_a_picture_is_there_is_small_and_is_put_into_words(says: str, name: str) -> None:
    path = ROOT / name
    assert path.read_bytes().startswith(b"\x89PNG")
    assert path.stat().st_size < 300_000
    assert len(says.split()) > 5


def test_no_picture_lies_there_unused() -> None:
    assert {Path(name).name for _, name in PICTURES} == {p.name for p in ROOT.glob("docs/*.png")}
