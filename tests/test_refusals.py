"""What only sounds like a partner is refused, and no honest question with it."""

from __future__ import annotations

import pytest
import yaml

from knowledge.text import normalise
from tests.names_table import HERE, MEANT

REFUSALS: dict[str, list[str]] = yaml.safe_load((HERE / "refusals.yaml").read_text("utf-8"))
REFUSED = [phrase for phrases in REFUSALS.values() for phrase in phrases]


def test_refusals_are_many_and_each_stands_once() -> None:
    assert len(REFUSED) > 300
    assert len({normalise(phrase) for phrase in REFUSED}) == len(REFUSED)


def test_no_refusal_is_a_name() -> None:
    assert not {phrase for phrase in REFUSED if normalise(phrase) in MEANT}


HONEST = [
    "Turkey",
    "and turkey?",
    "is China covered",
    "Mexico City plant",
    "is Peru in?",
    "Is Peru in the list of partners?",
    "Lebanon or Jordan",
    "our sites in Mexico, New York and Peru",
    "has China set up a program",
    "does Singapore exchange data with CBP",
    "is there a Georgia-US agreement",
    "MRA with US",
    "is Hungary a EU member",
    "our supplier in French Guiana",
    "what is the Korean version of CTPAT called",
    "when did Singapore issue AEO certificates",
    "Korean AEO",
    "our Swiss supplier's AEO",
    "is our Indian exporter eligible",
    "British Columbia",
    "goods from China shipping in May",
    "shipments to Canada post 2012",
]


@pytest.mark.parametrize("question", HONEST)
def test_an_honest_question_is_not_refused(question: str) -> None:
    padded = f" {normalise(question)} "
    assert [p for p in REFUSED if f" {normalise(p)} " in padded] == []


REFUSED_TALK = [
    "chile con carne on friday",
    "the new mexico office",
    "Michael Jordan's rookie card",
    "turkey sandwich for lunch",
    "flying Air Canada tomorrow",
    "the Revised Kyoto Convention",
    "since the Uruguay Round",
    "pardon my French",
    "an MRA scan of his knee",
    "Chinese whispers",
    "Atlanta, Georgia",
    "Lebanon, PA",
    "eu quero saber",
    "zona franca",
]


@pytest.mark.parametrize("text", REFUSED_TALK)
def test_what_only_sounds_like_a_country_is_refused(text: str) -> None:
    padded = f" {normalise(text)} "
    assert any(f" {normalise(p)} " in padded for p in REFUSED)
