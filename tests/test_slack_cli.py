"""`slack run`: the hooks that the Slack CLI calls, called as it does."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.manifest import manifest
from bot.playground import StandInWorkspace

ROOT = Path(__file__).parents[1]
HOOKS = json.loads((ROOT / ".slack" / "hooks.json").read_text(encoding="utf-8"))["hooks"]
# As in a terminal where the virtual environment is active.
ACTIVE = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
BOUNDARY = ["--protocol=message-boundaries", "--boundary=%%"]


def called(hook: str) -> str:
    """What a hook answers, in the way the CLI tells answers from what else is printed."""
    done = subprocess.run(
        [*shlex.split(hook), *BOUNDARY], cwd=ROOT, env=ACTIVE, capture_output=True, text=True,
        timeout=60, check=True,
    )  # fmt: skip
    return done.stdout.strip().removeprefix("%%").removesuffix("%%")


@pytest.fixture(scope="module")
def given() -> dict[str, Any]:
    """What the CLI learns first: all other hooks, and how the app is run."""
    answer: dict[str, Any] = json.loads(called(HOOKS["get-hooks"]))
    return answer


def test_the_cli_learns_how_to_start_and_to_describe_the_app(given: dict[str, Any]) -> None:
    assert {"start", "get-manifest", "doctor"} <= set(given["hooks"])
    assert given["runtime"] == "python"


def test_the_manifest_it_gets_is_the_one_for_socket_mode(given: dict[str, Any]) -> None:
    got = json.loads(called(given["hooks"]["get-manifest"]))

    assert got == manifest()
    assert got["settings"]["socket_mode_enabled"]


def test_it_reads_the_manifest_from_this_folder() -> None:
    config = json.loads((ROOT / ".slack" / "config.json").read_text(encoding="utf-8"))
    assert config == {"manifest": {"source": "local"}}


def test_the_doctor_finds_what_is_needed(given: dict[str, Any]) -> None:
    versions = json.loads(called(given["hooks"]["doctor"]))["versions"]

    assert "python" in {v["name"] for v in versions}


async def test_what_it_starts_answers(given: dict[str, Any]) -> None:
    async with StandInWorkspace() as ws:
        ana = ws.user("Ana")
        room = ws.channel("compliance")
        tokens = {
            "SLACK_BOT_TOKEN": ws.bot_token or "",
            "SLACK_APP_TOKEN": "xapp-stand-in",
            "SLACK_API_URL": ws.api_url,
        }
        process = await asyncio.create_subprocess_exec(
            *shlex.split(given["hooks"]["start"]), cwd=ROOT, env=ACTIVE | tokens,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            await ws.connected(seconds=30)
            answer = await ws.answer_to(await ws.mention(room, ana, "is korea covered?"))
            assert "Yes: Korea" in answer.text
        finally:
            process.send_signal(signal.SIGTERM)
            _, errors = await asyncio.wait_for(process.communicate(), 30)
        assert process.returncode == 0, errors.decode()
        assert b"Traceback" not in errors


def test_without_tokens_it_says_what_is_missing(given: dict[str, Any]) -> None:
    environment = {k: v for k, v in ACTIVE.items() if not k.startswith("SLACK_")}
    done = subprocess.run(
        shlex.split(given["hooks"]["start"]), cwd=ROOT, env=environment, capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert "SLACK_BOT_TOKEN is not set" in done.stderr
