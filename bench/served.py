"""The app, served on loopback in a process of its own, for what is measured from outside."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parent.parent
SECRET = "signing-secret"


@contextmanager
def serving(api_url: str, log: IO[bytes]) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The process and its port, once it listens; `api_url` is where it finds Slack."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = int(found.getsockname()[1])
    with tempfile.TemporaryDirectory() as directory:
        environment = os.environ | {
            "SLACK_BOT_TOKEN": "xoxb-stand-in", "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": api_url, "DATABASE_URL": f"sqlite:///{directory}/store.sqlite3",
        }  # fmt: skip
        command = [sys.executable, "-m", "bot", "slack", "--http", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log)
        try:
            _wait(port)
            yield process, port
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(port: int) -> None:
    for _ in range(400):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"nothing listens at {port}")


def resident_mib(pid: int) -> float:
    """The memory that a process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
