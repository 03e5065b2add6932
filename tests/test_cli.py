"""The command line: what it prints, and what it says to wrong usage."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main

ROOT = Path(__file__).parents[1]
KEYS = ["topic", "partners", "via", "selected", "verdict", "verdicts", "as_of", "text",
        "citations", "choices"]  # fmt: skip
THE_TEN = ["NZ", "CA", "JO", "JP", "KR", "EU", "TW", "IL", "MX", "SG"]


def run(*arguments: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=typed,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        timeout=60,
        check=False,
    )


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["ask", "--json", *arguments]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_ask_works_without_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "is", "korea", "covered"]) == 0
    assert capsys.readouterr().out.startswith("Yes: Korea")


def test_json_has_every_key_of_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, "germany and laos?")
    assert list(answer) == KEYS
    assert answer["partners"] == ["EU", "LA"]
    assert answer["via"] == {"DE": "EU"}
    assert answer["verdict"] == "n/a"
    assert answer["verdicts"] == {"EU": "yes", "LA": "no"}


def test_list_all_as_of_2014_is_the_ten_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, "--as-of", "2014-12-31", "list all")
    assert answer["selected"] == THE_TEN
    assert answer["as_of"] == "2014-12-31"


def test_a_present_day_answer_speaks_for_the_evidence_day(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = asked(capsys, "korea?")
    assert answer["as_of"] == "2023-04-18"
    assert "April 2023, the newest statement on record" in answer["text"]


def test_a_day_in_the_question_beats_as_of(capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, "--as-of", "2014-12-31", "was Canada covered as of 2007?")
    assert answer["verdict"] == "no"
    assert answer["as_of"] == "2007-12-31"


def test_explain_says_how_it_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--explain", "is irsael in?"]) == 0
    printed = capsys.readouterr().out
    assert "'irsael' -> IL" in printed
    assert "memory after" in printed


CONVERSATIONS = [
    b'{"id": "t1", "turns": ["do we have an MRA with korea?", "and japan?"]}',
    b"not json",
    b"",
    b'{"id": "t2", "turns": "korea"}',
    b"[1, 2]",
    b'\xff\xfe{"id": 3}',
    b"[" * 100_000,
    b'{"id": 4, "turns": [1]}',
    b'{"id": null, "turns": []}',
    b'{"id": "t5", "turns": ["<!channel> &amp;amp; <", "\\ud800", ""]}',
]


def test_jsonl_answers_in_order_and_goes_on_after_bad_lines() -> None:
    done = run("ask", "--jsonl", typed=b"\n".join(CONVERSATIONS))
    assert done.returncode == 0
    assert done.stderr == b""
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line.get("id") for line in lines] == [
        "t1", None, None, None, None, None, None, None, "t5",
    ]  # fmt: skip
    assert [a["partners"] for a in lines[0]["answers"]] == [["KR"], ["JP"]]
    assert [line["error"].split(":")[0] for line in lines[1:7]] == [
        f"line {n}" for n in (2, 4, 5, 6, 7, 8)
    ]
    assert lines[7]["answers"] == []
    assert len(lines[8]["answers"]) == 3
    assert "<!channel>" not in json.dumps(lines)


def test_jsonl_streams() -> None:
    """Each answer comes before the next line is sent."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--jsonl"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin and process.stdout
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "turns": ["korea?"]}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(10) == 0


def test_chat_remembers_and_ends_at_the_end_of_input() -> None:
    done = run("chat", typed=b"do we have one with korea?\n\nwhen was it signed?\nhelp\n")
    assert done.returncode == 0
    printed = done.stdout.decode()
    assert printed.index("Yes: Korea") < printed.index("signed in June 2010")
    assert "Ask about mutual recognition" in printed


def test_a_register_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("home: US\n")
    for arguments, environment in ((["--data", str(own)], {}), ([], {"MRA_DATA": str(own)})):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        done = run("check", *arguments)
        assert done.returncode == 1
        assert "own.yaml:1:" in (done.stderr + done.stdout).decode()


WRONG = {
    "no command": [],
    "an unknown command": ["sing"],
    "no question": ["ask"],
    "an impossible day": ["ask", "--as-of", "2014-02-30", "korea"],
    "a day that is none": ["register", "--since", "soon"],
    "a question beside --jsonl": ["ask", "--jsonl", "korea"],
    "json and explain at once": ["ask", "--json", "--explain", "korea"],
    "slack by no way": ["slack"],
    "slack without a token": ["slack", "--http"],
    "a port that is none": ["playground", "--port", "70000"],
    "an address that is none": ["manifest", "--url", "mra.example.com"],
    "a partner that is none": ["register", "--partner", "Atlantis"],
    "a diff that runs backwards": [
        "register",
        "diff",
        "--from",
        "2020-01-01",
        "--to",
        "2019-01-01",
    ],
}


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG.keys())
def test_wrong_usage_is_one_line_and_exit_2(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert len(done.stderr.decode().strip().splitlines()) == 1
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        "",
        "ask",
        "chat",
        "check",
        "register",
        "register diff",
        "slack",
        "manifest",
        "gaps",
        "playground",
    ],
)
def test_help_on_everything(command: str) -> None:
    done = run(*command.split(), "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(b"usage: mra-bot")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out.startswith("mra-bot ")


def test_a_reader_that_goes_away_is_no_error() -> None:
    done = subprocess.run(
        f"{sys.executable} -m bot register | head -1",
        shell=True, cwd=ROOT, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr == b""


def test_nothing_typed_is_help(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert main(["chat"]) == 0
    assert capsys.readouterr().out == ""
