"""The audit has its say only where the advisory service can be asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.reachable import tells_advisories


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """An address on this machine that answers once with this, whatever is asked."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer_one() -> None:
            line, _ = listening.accept()
            with line:
                line.recv(65_536)
                line.sendall(answer)

        thread = threading.Thread(target=answer_one)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        thread.join()


def ok(content: str) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(content)}\r\nConnection: close\r\n\r\n"
    return (head + content).encode()


ANSWERS = {
    "advisories": (True, ok('{"vulnerabilities": [{"id": "PYSEC-1"}]}')),
    "a mirror without any": (False, ok('{"vulnerabilities": []}')),
    "a mirror of another form": (False, ok('{"info": {}}')),
    "a list": (False, ok("[]")),
    "a page to log in": (False, ok("<html>")),
    "kept from us": (False, b"HTTP/1.1 403 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    "something else": (False, b"SSH-2.0-none of your business\r\n"),
    "cut off": (False, b""),
}


@pytest.mark.parametrize(("told", "answer"), ANSWERS.values(), ids=ANSWERS.keys())
def test_only_advisories_count(told: bool, answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with answering(answer) as address:
        assert tells_advisories(address, 5) is told


def test_it_is_not_where_nothing_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    assert not tells_advisories(f"http://127.0.0.1:{port}/", 5)
