"""Whether the addresses shown to users still answer; nothing else here uses a network.

Polite: one request a second to a host, no body fetched where HEAD is understood, and a name that
says who asks.
"""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

from knowledge.checks import Problem
from knowledge.model import Knowledge
from knowledge.prose import Bullets, Paragraph, Span

AGENT = "mra-bot (checks the links of its own register)"
TIMEOUT = 20.0  # seconds; some government sites take more than ten
PAUSE = 1.0  # seconds between two requests to a host
_NO_HEAD = (403, 404, 405, 501)  # answers to HEAD that some servers give though GET works


def check_links(
    knowledge: Knowledge, *, pause: float = PAUSE, timeout: float = TIMEOUT
) -> Iterator[Problem]:
    """A warning for every shown address that can't be opened, as soon as it is known."""
    last: dict[str, float] = {}  # host -> when it was last asked
    for url, (file, line) in shown_links(knowledge).items():
        host = urlsplit(url).netloc
        time.sleep(max(0.0, last.get(host, float("-inf")) + pause - time.monotonic()))
        answer = _answer(url, timeout, pause)
        last[host] = time.monotonic()
        if answer is not None:
            cure = "look for where it moved, or take the address out"
            yield Problem("warning", file, line, f"{url} {answer}", cure)


def shown_links(knowledge: Knowledge) -> dict[str, tuple[str, int]]:
    """Every address users may see, with the file and line that first names it."""
    found: dict[str, tuple[str, int]] = {}
    for source in knowledge.sources.values():
        if source.url:
            found.setdefault(source.url, (knowledge.file, source.line))
    for administration in knowledge.administrations.values():
        if administration.home:
            found.setdefault(administration.home, (knowledge.file, administration.line))
    for program in knowledge.programs.values():
        if program.home:
            found.setdefault(program.home, (knowledge.file, program.line))
    for page in knowledge.pages.values():
        for block in page.blocks:
            for span in _spans(block):
                if span.link:
                    found.setdefault(span.link, (page.file, page.line))
    return found


def _spans(block: object) -> Iterator[Span]:
    if isinstance(block, Paragraph):
        yield from block.spans
    elif isinstance(block, Bullets):
        for item in block.items:
            yield from item


def _answer(url: str, timeout: float, pause: float) -> str | None:
    """What is wrong with an address, or None."""
    said = _asked(url, "HEAD", timeout)
    if isinstance(said, int) and said in _NO_HEAD:
        time.sleep(pause)
        said = _asked(url, "GET", timeout)
    if isinstance(said, int):
        return None if said < 400 else f"answers {said}"
    return said


def _asked(url: str, method: str, timeout: float) -> int | str:
    """The status a server answers, or why there is no answer."""
    request = urllib.request.Request(url, method=method, headers={"User-Agent": AGENT})
    try:
        # The loader takes http and https addresses only.
        with urllib.request.urlopen(request, timeout=timeout) as response:  # nosec B310
            return int(response.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except (OSError, ValueError) as error:  # no such host, refused, too slow, a broken answer
        reason = getattr(error, "reason", error)
        return f"cannot be reached ({reason})"
