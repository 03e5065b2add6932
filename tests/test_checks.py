"""Checks of a register that loads: what is due, thin or open, and whether links still answer."""

from __future__ import annotations

import datetime
import http.server
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.checks import Problem, find_problems
from knowledge.facts import Source
from knowledge.links import check_links, shown_links
from knowledge.load import load_knowledge
from knowledge.model import Knowledge
from knowledge.parties import Administration

FIXTURES = Path(__file__).parent / "fixtures"
READ = datetime.date(2026, 11, 24)  # when everything in the small register was read
A_YEAR_LATER = READ + datetime.timedelta(days=365)


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load_knowledge(FIXTURES / "register.yaml", folder=FIXTURES / "knowledge")


def whats(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.what for problem in problems]


def graded(known: Knowledge, **grades: str) -> Knowledge:
    """The register with other grades for its sources."""
    sources = {
        id: replace(source, grade=grades.get(id, source.grade))  # type: ignore[arg-type]
        for id, source in known.sources.items()
    }
    return replace(known, sources=sources)


def test_says_nothing_of_dates_for_a_year(known: Knowledge) -> None:
    assert not [what for what in whats(find_problems(known, A_YEAR_LATER)) if "last re" in what]


def test_sources_and_pages_are_due_after_a_year(known: Knowledge) -> None:
    due = find_problems(known, A_YEAR_LATER + datetime.timedelta(days=1))
    assert [what for what in whats(due) if "last re" in what] == [
        "page code was last reviewed on 24 November 2026",
        "source list was last read on 24 November 2026",
        "source paper was last read on 24 November 2026",
    ]


def test_names_the_line_to_change(known: Knowledge) -> None:
    due = find_problems(known, A_YEAR_LATER + datetime.timedelta(days=1))
    (page,) = (problem for problem in due if problem.what.startswith("page"))
    lines = (FIXTURES / "knowledge" / "faq" / "code.md").read_text("utf-8").splitlines()
    assert page.file.endswith("faq/code.md") and lines[page.line - 1] == "reviewed: 2026-11-24"
    assert str(page) == (
        f"{page.file}:7: page code was last reviewed on 24 November 2026; "
        "compare it with its sources and set `reviewed`"
    )


def test_a_fact_on_one_source_of_grade_c_is_thin(known: Knowledge) -> None:
    thin = [problem for problem in find_problems(known, READ) if "rests on" in problem.what]
    assert whats(tuple(thin)) == ["a fact rests on paper (C) alone"] * 2  # ships, talks
    lines = Path(known.file).read_text("utf-8").splitlines()
    assert ["sources: [paper]" in lines[problem.line - 1] for problem in thin] == [True, True]


@pytest.mark.parametrize(
    ("grades", "thin"),
    [
        ({"list": "A", "paper": "B"}, 0),
        ({"list": "B", "paper": "D"}, 2),
        ({"list": "C", "paper": "A"}, 2),  # what rests on the list alone
        ({"list": "C", "paper": "C"}, 4),  # two of grade C hold each other up
        ({"list": "D", "paper": "D"}, 5),
    ],
    ids=str,
)
def test_which_grades_are_thin(known: Knowledge, grades: dict[str, str], thin: int) -> None:
    found = whats(find_problems(graded(known, **grades), READ))
    assert len([what for what in found if "rests on" in what]) == thin


def test_an_open_conflict_is_told_and_a_settled_one_is_not(known: Knowledge) -> None:
    told = [what for what in whats(find_problems(known, READ)) if "open" in what]
    assert told == ["open: Whether importers count"]


def test_everything_found_is_a_warning_in_order(known: Knowledge) -> None:
    found = find_problems(known, A_YEAR_LATER + datetime.timedelta(days=1))
    assert {problem.severity for problem in found} == {"warning"}
    assert [(p.file, p.line) for p in found] == sorted((p.file, p.line) for p in found)


class _Site(http.server.BaseHTTPRequestHandler):
    """Answers by path: /200 with 200, and /405 with 405 to HEAD and 200 to GET."""

    asked: list[tuple[str, str, str]]

    def do_HEAD(self) -> None:
        self._answer("HEAD")

    def do_GET(self) -> None:
        self._answer("GET")

    def _answer(self, method: str) -> None:
        self.asked.append((method, self.path, self.headers["User-Agent"]))
        status = int(self.path.lstrip("/"))
        self.send_response(200 if (status, method) == (405, "GET") else status)
        if status == 301:
            self.send_header("Location", "/200")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keeps the tests' output quiet."""


@pytest.fixture
def site() -> Iterator[tuple[str, type[_Site]]]:
    handler = type("Site", (_Site,), {"asked": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", handler
    server.shutdown()
    server.server_close()
    thread.join()


def linking(known: Knowledge, *urls: str) -> Knowledge:
    """The register with these addresses for its sources, and no other."""
    sources = {
        f"s{n}": Source(f"s{n}", "P", "T", "A", READ, url=url, line=n) for n, url in enumerate(urls)
    }
    return replace(
        known, sources=sources, administrations={}, programs={}, pages={}, arrangements=(), pairs=()
    )


def test_only_links_that_do_not_answer_are_told(
    known: Knowledge, site: tuple[str, type[_Site]]
) -> None:
    base, handler = site
    linked = linking(known, *(f"{base}/{status}" for status in (200, 301, 405, 404, 500)))

    found = list(check_links(linked, pause=0))

    assert [(problem.line, problem.what) for problem in found] == [
        (3, f"{base}/404 answers 404"),
        (4, f"{base}/500 answers 500"),
    ]
    assert {problem.severity for problem in found} == {"warning"}
    asked = [(method, path) for method, path, _ in handler.asked]
    assert asked[:1] == [("HEAD", "/200")] and ("GET", "/405") in asked and ("GET", "/404") in asked
    assert all("mra-bot" in agent for _, _, agent in handler.asked)


def test_a_host_that_is_not_there_is_told(known: Knowledge, site: tuple[str, type[_Site]]) -> None:
    nobody = "http://127.0.0.1:1/page"  # port 1: nothing listens
    (found,) = check_links(linking(known, nobody), pause=0)
    assert found.what.startswith(f"{nobody} cannot be reached (")


def test_a_host_is_asked_once_in_a_while(known: Knowledge, site: tuple[str, type[_Site]]) -> None:
    base, handler = site
    started = time.monotonic()
    assert not list(check_links(linking(known, f"{base}/200", f"{base}/405"), pause=0.1))
    assert time.monotonic() - started >= 0.2  # before the second address, and before its GET
    assert len(handler.asked) == 3


def test_every_shown_address_is_looked_at_once_and_no_copy(known: Knowledge) -> None:
    kcs = known.administrations["kcs"]
    twin = Administration("twin", "KR", "Twin", ("customs",), home=kcs.home, line=999)
    shown = shown_links(replace(known, administrations={"kcs": kcs, "twin": twin}))

    assert list(shown) == [
        "https://customs.example/list",
        "https://www.customs.example",
        "https://www.customs.example/aeo",
        "https://customs.example/code",
    ]
    assert shown["https://www.customs.example"] == (known.file, kcs.line)
    assert shown["https://customs.example/code"] == (known.pages["code"].file, 7)
