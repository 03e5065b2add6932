"""A changed register is loaded while the app answers; a bad edit changes nothing but the log."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.conversation import Conversation
from bot.playground import StandInWorkspace
from bot.reloading import Reloading, Watch, files_of
from bot.rendering import to_text
from knowledge.load import load_knowledge, register_path
from tests.door import SECRET
from tests.talking import TODAY
from tests.test_metrics import series
from tests.test_serving import free_port, listening

SIGNED = "partner: KR\n    program: kr-aeo\n    events:\n      - on: 2010-06"
LOOK = 0.02  # seconds between two looks
_LOADED: dict[bytes, Conversation] = {}


class Register:
    """A register of one's own, edited by hand."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._text = register_path().read_text("utf-8")
        assert self._text.count(SIGNED) == 1
        path.write_text(self._text, "utf-8")

    def sign_korea(self, month: str) -> None:
        """Moves the month Korea's arrangement was signed in, as an editor saves: at once."""
        beside = self.path.with_suffix(".new")
        beside.write_text(self._text.replace(SIGNED, SIGNED.replace("2010-06", month)), "utf-8")
        beside.replace(self.path)

    def loaded(self) -> Conversation:
        return Conversation(load_knowledge(self.path), today=lambda: TODAY)

    def conversation(self) -> Conversation:
        """One over what is in the file; what was in it before, in any test, is not loaded again."""
        text = self.path.read_bytes() if self.path.exists() else b""
        if text not in _LOADED:
            _LOADED[text] = self.loaded()
        return _LOADED[text]


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return Register(tmp_path / "own.yaml")


@pytest.fixture
def reloading(register: Register) -> Reloading:
    return Reloading(register.conversation)


def korea(reloading: Reloading) -> str:
    return to_text(reloading.ask("korea?").said).splitlines()[0]  # type: ignore[arg-type]


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.005)


def test_what_it_answers_follows_the_edit(register: Register, reloading: Reloading) -> None:
    assert "June 2010" in korea(reloading)
    register.sign_korea("2010-07")
    assert "June 2010" in korea(reloading)
    assert reloading.reload()
    assert "July 2010" in korea(reloading)


BAD: dict[str, Callable[[Register], object]] = {
    "an impossible month": lambda r: r.sign_korea("2010-13"),
    "no YAML": lambda r: r.path.write_text("a: [", "utf-8"),
    "nothing": lambda r: r.path.write_text("", "utf-8"),
    "no text": lambda r: r.path.write_bytes(b"\xff\xfe\x00"),
    "no file": lambda r: r.path.unlink(),
    "half a file": lambda r: r.path.write_bytes(r.path.read_bytes()[:40_000]),
}


@pytest.mark.parametrize("spoil", BAD.values(), ids=BAD.keys())
def test_a_bad_edit_is_refused_by_file_and_line(
    register: Register,
    reloading: Reloading,
    spoil: Callable[[Register], object],
    caplog: pytest.LogCaptureFixture,
) -> None:
    spoil(register)
    assert not reloading.reload()
    assert "June 2010" in korea(reloading)
    found = [r for r in caplog.records if getattr(r, "file", "").endswith("own.yaml")]
    assert found and all(f"own.yaml:{r.line}: " in r.getMessage() for r in found)
    assert series()["mra_bot_register_refused", frozenset()] == 1

    register.sign_korea("2010-07")
    assert reloading.reload()
    assert "July 2010" in korea(reloading)
    assert series()["mra_bot_register_refused", frozenset()] == 0


def test_whatever_loading_raises_the_old_register_answers(
    register: Register, caplog: pytest.LogCaptureFixture
) -> None:
    loads: Iterator[Callable[[], Conversation]] = iter([register.conversation, lambda: 1 / 0])  # type: ignore[list-item, return-value]
    reloading = Reloading(lambda: next(loads)())
    assert not reloading.reload()
    assert "June 2010" in korea(reloading)
    assert "the one before it goes on answering" in caplog.text


def test_a_first_register_that_is_bad_is_not_taken(register: Register) -> None:
    register.sign_korea("2010-13")
    with pytest.raises(ValueError, match=r"own\.yaml:\d+: "):
        Reloading(register.conversation)


def test_a_turn_is_of_one_register_while_others_are_loaded(register: Register) -> None:
    reloading = Reloading(register.loaded)
    halves = {"June": "2010-06", "July": "2010-07"}
    stop = threading.Event()

    def edit() -> None:
        while not stop.is_set():
            for month in halves.values():
                register.sign_korea(month)
                reloading.reload()

    thread = threading.Thread(target=edit)
    thread.start()
    try:
        for _ in range(200):
            text = to_text(reloading.ask("korea and japan?").said)  # type: ignore[arg-type]
            assert ("June 2010" in text) != ("July 2010" in text)
    finally:
        stop.set()
        thread.join()


def test_the_register_before_is_gone_and_python_looks_through_no_register_again_and_again(
    register: Register,
) -> None:
    made: list[weakref.ref[Conversation]] = []

    def load() -> Conversation:
        conversation = register.loaded()
        made.append(weakref.ref(conversation))
        return conversation

    reloading = Reloading(load)
    assert reloading.reload()
    before, now = made
    assert before() is None and now() is not None
    assert gc.isenabled() and gc.get_freeze_count() > 100_000


# Watching


def test_a_changed_file_is_loaded(register: Register, reloading: Reloading) -> None:
    watch = Watch(reloading, lambda: [register.path], look_seconds=LOOK)
    with watch.running():
        register.sign_korea("2010-07")
        until(lambda: "July 2010" in korea(reloading))
        register.path.unlink()
        until(lambda: series()["mra_bot_register_refused", frozenset()])
        register.sign_korea("2010-08")
        until(lambda: "August 2010" in korea(reloading))


def test_a_bad_edit_is_refused_once_not_with_every_look(
    register: Register, reloading: Reloading, caplog: pytest.LogCaptureFixture
) -> None:
    with Watch(reloading, lambda: [register.path], look_seconds=LOOK).running():
        register.sign_korea("2010-13")
        until(lambda: "is refused" in caplog.text)
        time.sleep(10 * LOOK)
    assert caplog.text.count("is refused") == 1


def test_without_files_it_reloads_only_when_told(register: Register, reloading: Reloading) -> None:
    watch = Watch(reloading, look_seconds=LOOK)
    with watch.running():
        register.sign_korea("2010-07")
        time.sleep(10 * LOOK)
        assert "June 2010" in korea(reloading)
        watch.reload_soon()
        until(lambda: "July 2010" in korea(reloading))


def test_it_ends_at_once(reloading: Reloading) -> None:
    start = time.monotonic()
    with Watch(reloading, lambda: [], look_seconds=60).running():
        pass
    assert time.monotonic() - start < 5
    assert not [t for t in threading.enumerate() if t.name == "register"]


def test_what_is_looked_at_is_all_that_a_register_is_loaded_from() -> None:
    path = register_path()
    files = files_of(path, Path(path.parent.parent / "knowledge"))
    names = {file.name for file in files}
    assert {"mras.yaml", "names.json", "cues.yaml", "commonwords.txt", "ctpat.md"} <= names
    assert not [file for file in files if file.suffix == ".py"]


# The whole command


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_the_app_follows_its_register(register: Register, transport: str) -> None:
    async with StandInWorkspace(signing_secret=SECRET) as ws:
        port = free_port()
        environment = {
            **os.environ, "SLACK_BOT_TOKEN": ws.bot_token or "", "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_APP_TOKEN": "xapp-stand-in", "SLACK_API_URL": ws.api_url,
        }  # fmt: skip
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "slack", f"--{transport}", "--port", str(port),
            "--data", str(register.path), *(["--watch"] if transport == "socket" else []),
            env=environment, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            if transport == "http":
                await listening(port)
                ws.deliver_to(f"http://127.0.0.1:{port}/slack/events")
            else:
                await ws.connected(seconds=20)
            room, ana = ws.channel("compliance"), ws.user("Ana")

            async def answers(month: str) -> None:
                for _ in range(200):
                    shown = (await ws.command(room, ana, "/mra", "korea")).shown
                    if month in shown:
                        return
                    await asyncio.sleep(0.05)
                raise AssertionError(f"no {month} in {shown}")

            async def edit(month: str) -> None:
                register.sign_korea(month)
                if transport == "http":
                    process.send_signal(signal.SIGHUP)

            await answers("June 2010")
            await edit("2010-07")
            await answers("July 2010")
            await edit("2010-13")
            assert process.stderr
            refused: dict[str, Any] = {}
            while not refused.get("file"):
                refused = json.loads(await asyncio.wait_for(process.stderr.readline(), 20))
            await answers("July 2010")
            await edit("2010-08")
            await answers("August 2010")
            process.send_signal(signal.SIGTERM)
            _, rest = await asyncio.wait_for(process.communicate(), 20)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    assert process.returncode == 0, rest.decode()
    assert all(json.loads(line)["level"] == "info" for line in rest.splitlines())
    assert refused["level"] == "error"
    assert f"own.yaml:{refused['line']}: " in refused["message"]
