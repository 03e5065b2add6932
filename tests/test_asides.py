"""The vocabulary of other subjects: nothing in it belongs to the questions answered here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from knowledge import files
from knowledge.text import is_unspaced, normalise
from tests.register_copies import known

HERE = Path(files.__file__).parent
ASIDES = known().asides
CUES: Any = files.read_yaml(HERE / "cues.yaml")
INTENTS: Any = files.read_yaml(HERE / "intents.yaml")
GLOSSARY: Any = files.read_yaml(HERE / "glossary.yaml")
NAMES: Any = json.loads((HERE / "names.json").read_text("utf-8"))["index"]

LISTS = [(kind, subject, words) for kind in ASIDES for subject, words in ASIDES[kind].items()]
OFF = {normalise(word) for words in ASIDES["off"].values() for word in words}
EVERY = {normalise(word) for _, _, words in LISTS for word in words}
SPEAKS = 1.0  # a feature of this weight speaks for the subject by itself
TIMES = ("relations", "units", "numbers", "ordinals", "months")  # a question is full of these


def asked(page: Path) -> list[str]:
    """The example questions of a page."""
    head = files.read_page(page).head.root
    assert isinstance(head, files.Keys)
    asks = head.nodes["asks"]
    assert isinstance(asks, files.Items)
    return [ask.text for ask in asks.nodes if isinstance(ask, files.Scalar)]


def runs(text: str) -> Iterator[str]:
    """Every run of words in a normalised text, of signs where it has no spaces."""
    parts, link = (list(text), "") if is_unspaced(text[:1] or " ") else (text.split(), " ")
    for start in range(len(parts)):
        for end in range(start + 1, len(parts) + 1):
            yield link.join(parts[start:end])


def common(phrases: Iterable[object]) -> list[str]:
    """Which of these phrases are also asides."""
    return sorted({normalise(str(phrase)) for phrase in phrases} & EVERY)


def spoken(texts: Iterable[str]) -> list[str]:
    """Which asides are words of these texts."""
    return sorted({run for text in texts for run in runs(normalise(text))} & EVERY)


@pytest.mark.parametrize(("kind", "subject", "words"), LISTS, ids=lambda v: str(v)[:30])
def test_a_list_has_words_and_they_are_sorted(
    kind: str, subject: str, words: tuple[str, ...]
) -> None:
    assert words, f"{kind} {subject} is empty"
    assert all(isinstance(word, str) and normalise(word) for word in words)
    assert list(words) == sorted(words)


def test_the_two_kinds() -> None:
    assert list(ASIDES) == ["off", "aside"]


def test_each_stands_once() -> None:
    counted = Counter(normalise(word) for _, _, words in LISTS for word in words)
    assert [word for word, times in counted.items() if times > 1] == []


def test_no_phrase_holds_one_that_says_as_much() -> None:
    """A longer phrase adds nothing where a part of it is here already and decides as much."""
    kinds = [("off", OFF), ("aside", EVERY)]
    held = [
        phrase
        for kind, enough in kinds
        for words in ASIDES[kind].values()
        for phrase in map(normalise, words)
        if any(run != phrase and run in enough for run in runs(phrase))
    ]
    assert held == []


@pytest.mark.parametrize("feature", [f for f, w in CUES["weights"].items() if float(w) >= SPEAKS])
def test_no_cue_that_speaks_for_the_subject(feature: str) -> None:
    found = common(
        w for words in CUES["features"].get(feature, {}).values() for w in words.split(", ")
    )
    assert found == []


@pytest.mark.parametrize("language", CUES["filler"])
def test_no_word_that_stands_in_any_sentence(language: str) -> None:
    """All languages are read at once: an aside in one must not be filler in another."""
    assert common(CUES["filler"][language].split(", ")) == []


@pytest.mark.parametrize("section", TIMES)
def test_no_word_for_a_time(section: str) -> None:
    assert common(word for words in CUES[section].values() for word in words) == []


def test_no_era() -> None:
    assert common(name for era in CUES["eras"].values() for name in era["names"]) == []


@pytest.mark.parametrize("kind", [kind for kind in NAMES if kind != "code_deny"])
def test_no_name(kind: str) -> None:
    """But for codes that are words: VAT is read as the Vatican's only alone and in capitals."""
    assert common(set(NAMES[kind]) - set(NAMES["code_deny"])) == []


@pytest.mark.parametrize("page", sorted((HERE / "faq").glob("*.md")), ids=lambda p: p.stem)
def test_no_word_that_a_page_is_asked_by(page: Path) -> None:
    assert spoken(asked(page)) == []


@pytest.mark.parametrize("intent", INTENTS)
def test_no_word_of_an_intent(intent: str) -> None:
    assert spoken([INTENTS[intent]["example"], *INTENTS[intent]["phrasings"]]) == []


@pytest.mark.parametrize("term", GLOSSARY, ids=lambda t: str(t["id"]))
def test_no_word_of_the_glossary(term: Any) -> None:
    texts = [term["id"], term["stands_for"], term["says"], *term.get("names", [])]
    assert spoken(map(str, texts)) == []
