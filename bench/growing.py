"""What asking costs of a register 50 times as large, beside the one that comes with the program.

Run `python bench/growing.py`. The large one is generated: as many times the sources, pairs,
programs and administrations, and an arrangement with every economy. Each question is timed many
times and the best counts. Exits 1 where the large register is over twice as slow.
"""

from __future__ import annotations

import datetime
import itertools
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a script, the project is not there

from bot.conversation import Conversation
from knowledge.files import read_yaml
from knowledge.load import load_knowledge, register_path
from knowledge.model import Knowledge

TIMES = 50
SLOWER = 2.0  # a question must not feel the size of the register
RUNS = 30
QUESTIONS = (
    "korea?", "is brazil covered?", "when was canada signed?", "what is jordan's program?",
    "which agency runs PIP?", "does korea recognize japan's AEO?", "is vietnam covered as of 2014?",
    "what is a MID", "how do i claim it on the entry", "singapor", "turkey sandwich",
)  # fmt: skip


def grown(register: Any, known: Knowledge) -> Any:
    """A register so many times as large, of made-up records of the same shapes."""
    economies = sorted(known.names.display["en"].keys() - {known.home})
    for kind in ("sources", "programs", "administrations"):
        originals = list(register[kind].items())
        for n in range(1, TIMES):
            for ident, entry in originals:
                copy = entry
                if kind != "sources":
                    name = f"Scheme {n} of {ident}" if kind == "programs" else f"Office {n} {ident}"
                    named = {"names": [{"text": name}]} if kind == "programs" else {"name": name}
                    unnamed = ("local", "also", "former", "acronym", "tiers", "names", "name")
                    copy = {k: v for k, v in entry.items() if k not in unnamed} | named
                register[kind][f"{ident}-{n}"] = copy
    taken = {frozenset(pair["parties"]) for pair in register["pairs"]}
    more = (
        [*pair] for pair in itertools.combinations(economies, 2) if frozenset(pair) not in taken
    )
    source = next(iter(register["sources"]))
    wanted = len(register["pairs"]) * (TIMES - 1)
    register["pairs"] += [
        {"parties": parties, "signed": "2019", "sources": [source]}
        for parties in itertools.islice(more, wanted)
    ]
    partners = {arrangement["partner"] for arrangement in register["arrangements"].values()}
    for code in economies:
        if code in partners or known.union_of(code, known.us_evidence):
            continue
        ident = f"x-{code.lower()}"
        register["programs"][ident] = {
            "economy": code, "names": [{"text": f"Trader scheme of {code}"}], "sources": [source],
        }  # fmt: skip
        register["arrangements"][ident] = {
            "partner": code, "program": ident,
            "events": [{"on": "2023-01", "what": "signed", "sources": [source]}],
        }  # fmt: skip
    return json.loads(json.dumps(register))  # each value written out: the register has no aliases


def asked(known: Knowledge) -> list[float]:
    """The best time of each question, in microseconds."""
    conversation = Conversation(known, today=lambda: datetime.date(2026, 11, 24))
    best = []
    for question in QUESTIONS:
        times = []
        for _ in range(RUNS):
            start = time.perf_counter()
            conversation.ask(question)
            times.append(time.perf_counter() - start)
        best.append(min(times) * 1e6)
    return best


def main() -> int:
    """Prints the figures; 1 where the bar is passed."""
    known = load_knowledge()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.yaml"
        register = grown(read_yaml(register_path()), known)
        path.write_text(yaml.safe_dump(register, allow_unicode=True, width=1000), "utf-8")
        large = load_knowledge(path)
    small_times, large_times = asked(known), asked(large)
    for question, before, after in zip(QUESTIONS, small_times, large_times, strict=True):
        print(f"{before:8.0f} µs {after:8.0f} µs  {question}")
    slower = sum(large_times) / sum(small_times)
    print(f"{len(large.sources)} sources, {len(large.pairs)} pairs: {slower:.2f} times as slow")
    return slower > SLOWER


if __name__ == "__main__":
    sys.exit(main())
