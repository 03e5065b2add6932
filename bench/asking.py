"""What answering a question costs, beside one fuzzy search of its text for a country's name.

Run `python bench/asking.py`. The search is what a simple bot would do first: `extractOne` of
rapidfuzz with WRatio over one English name for each territory. Both go through the single
questions of tests/understanding in turn, several times, and the best time of each question
counts, as anything else on the machine only adds. Exits 1 where a bar is passed.
"""

from __future__ import annotations

import datetime
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz, process

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a script, the project is not there

from bot.conversation import Conversation
from knowledge.load import load_knowledge

QUESTIONS = Path(__file__).parent.parent / "tests/understanding"
PASSES = 7
MEAN = 0.5  # of the mean of one search: reading, resolving and wording together
P99 = 2.0  # the slowest question of a hundred, of the same


def questions() -> list[str]:
    """The single questions of tests/understanding, of both days."""
    return [
        json.loads(line)["text"]
        for name in ("single-2014", "single-now")
        for line in (QUESTIONS / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]


def best_times(
    ways: tuple[Callable[[str], object], ...], asked: list[str], passes: int = PASSES
) -> list[list[float]]:
    """For each way of treating a question, the best time of each in seconds, shortest first."""
    best = [[float("inf")] * len(asked) for _ in ways]
    for _ in range(passes):
        for way, times in zip(ways, best, strict=True):
            for i, question in enumerate(asked):
                start = time.perf_counter()
                way(question)
                times[i] = min(times[i], time.perf_counter() - start)
    return [sorted(times) for times in best]


def main() -> int:
    """Prints the figures; 1 where a bar is passed."""
    known = load_knowledge()
    conversation = Conversation(known, today=lambda: datetime.date(2026, 11, 24))
    names = [name for code, name in known.names.display["en"].items() if code != "EU"]
    searching, asking = best_times(
        (lambda q: process.extractOne(q, names, scorer=fuzz.WRatio), conversation.ask),
        questions(),
    )
    search = sum(searching) / len(searching)
    mean = sum(asking) / len(asking)
    p99 = asking[len(asking) * 99 // 100]
    print(f"searching {len(names)} names: {search * 1e6:4.0f} µs on average")
    print(f"asking: {mean * 1e6:4.0f} µs on average, {mean / search:.2f} of it; bar {MEAN:.2f}")
    print(f"        {p99 * 1e6:4.0f} µs at p99,       {p99 / search:.2f} of it; bar {P99:.2f}")
    return int(mean > MEAN * search or p99 > P99 * search)


if __name__ == "__main__":
    sys.exit(main())
