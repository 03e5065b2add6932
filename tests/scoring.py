"""Scoring answers against expectations, by the conventions of the question sets.

A row's expectation says what is right; lists mean any of. See tests/understanding/README.md.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

UNDERSTANDING = Path(__file__).parent / "understanding"
DECLINING = {"off_topic", "ambiguous", "help", "feedback", "smalltalk"}
_VERDICTS = ("yes", "no", "n/a")
_ALSO = {
    "pair": {"status", "compare"},
    "claim": {"benefits", "process"},
    "eligibility": {"benefits", "process"},
    "smalltalk": {"help", "off_topic"},
    "status": {"detail"},
    "detail": {"status"},
}


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of a set."""
    lines = (UNDERSTANDING / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def faults(expect: dict[str, Any], answer: dict[str, Any]) -> list[str]:
    """What is wrong with an answer; [] where it is right."""
    found = []
    topics = set(as_list(expect["topic"]))
    topic = answer["topic"]
    if topic not in topics and not _ALSO.get(topic, set()) & topics:
        found.append(f"topic {topic}, expected {sorted(topics)}")
    got = set(answer["partners"]) - {"US"}
    allowed = [set(expect.get("partners", got)), *map(set, expect.get("alt_partners", []))]
    if not any(got == a - {"US"} for a in allowed):
        selects = (
            set(expect.get("answer", []))
            and set(answer["selected"])
            and topic in ("list", "count", "order")
        )
        if not (selects and not got):
            found.append(f"partners {sorted(got)}, expected {[sorted(a) for a in allowed]}")
    verdicts = as_list(expect.get("verdict", list(_VERDICTS)))  # left out: not tested
    if answer["verdict"] not in verdicts:
        found.append(f"verdict {answer['verdict']}, expected {verdicts}")
    for code, verdict in expect.get("per_partner", {}).items():
        if answer["verdicts"].get(code) != verdict:
            found.append(f"verdict of {code}: {answer['verdicts'].get(code)}, expected {verdict}")
    if "answer" in expect and topic in ("list", "count", "order", "compare"):
        chosen = set(answer["selected"])
        if chosen != set(expect["answer"]) and not (topic == "count" and not chosen):
            found.append(f"selected {answer['selected']}, expected {expect['answer']}")
    text = answer["text"].casefold()
    for words in expect.get("must_say", []):
        if not any(option.casefold() in text for option in words.split("|")):
            found.append(f"does not say {words!r}")
    for words in expect.get("must_not_say", []):
        if any(option.casefold() in text for option in words.split("|")):
            found.append(f"says {words!r}")
    return found


def wrong_assertion(expect: dict[str, Any], answer: dict[str, Any]) -> bool:
    """Whether an answer asserts something of a partner that nobody asked about."""
    if answer["topic"] in DECLINING or not answer["partners"]:
        return False
    got = set(answer["partners"]) - {"US"}
    topics = set(as_list(expect["topic"]))
    if got and topics <= DECLINING - {"smalltalk"} | {"smalltalk"}:
        accepted = [set(p) for p in expect.get("alt_partners", [])]
        return not any(got <= a for a in accepted)
    if "partners" not in expect:
        return False
    accepted_codes = set(expect["partners"]).union(*map(set, expect.get("alt_partners", [[]])))
    accepted_codes |= set(expect.get("via", []))
    return bool(got - accepted_codes) and bool(got)


def denied(expect: dict[str, Any], answer: dict[str, Any]) -> bool:
    """Whether a partner was denied: `no` where the truth is yes."""
    if answer["verdict"] == "no" and as_list(expect.get("verdict")) == ["yes"]:
        return True
    return any(
        verdict == "yes" and answer["verdicts"].get(code) == "no"
        for code, verdict in expect.get("per_partner", {}).items()
    )
