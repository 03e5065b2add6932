"""Questions that were answered wrongly once, each for a reason of its own."""

from __future__ import annotations

from typing import Any

import pytest

from bot.rendering import to_object
from tests.talking import conversation

# What is asked, the topic and the partners it is about, and what the text says.
ONE = {
    "letters without their last dot": ("is the U.A.E covered", "status", ["AE"], "No"),
    "several members of one union": (
        "Slovakia, Slovenia, Latvia", "detail", ["EU"], "Slovakia, Slovenia and Latvia are members",
    ),
    "a member that left": ("was the UK covered in December 2020", "status", ["EU"], "came under"),
    "a city with its country's code": ("is our supplier in Mumbai, IN covered", "status", ["IN"],
                                       "Yes"),
    "a city before another country": ("is our plant in Lagos, Portugal covered", "status", ["EU"],
                                      "Portugal"),
    "a people two economies share": ("are the Dominicans in yet?", "status", ["DO"], "Yes"),
    "a date after a word of signing": ("had Colombia signed by Feb 2023", "status", ["CO"], "No"),
    "words that ask at the end": ("korea signed when", "signed_date", ["KR"], "June 2010"),
    "a colleague of that name": (
        "Jordan on my team says Thailand has one with CBP. True?", "status", ["TH"], "No",
    ),
    "a name nobody knows": ("is Wakanda on the list?", "ambiguous", [], "I do not know Wakanda"),
    "a thing with a country's name": ("is the Japan shipment still on hold", "off_topic", [], ""),
    "recognition of something else": ("MRA with Israel for toys", "off_topic", [], ""),
    "a quality of a supplier": ("is our Korean broker reliable", "off_topic", [], ""),
    "covered on this very day": ("is the United Kingdom covered today?", "status", ["GB"], "Yes"),
    "two that share a name, both": ("are both Koreas covered", "status", ["KP", "KR"], "No"),
    "members of one union by one name": ("Benelux?", "detail", ["EU"], "Belgium"),
    "a town and its state's code": ("Lisbon, ME", "off_topic", [], ""),
    "what is only ruled out": ("Austria, no kangaroos. Covered?", "status", ["EU"], "Yes"),
    "a program that is only told of": (
        "Morocco has an AEO program, does the US take it", "status", ["MA"], "No",
    ),
    "states that recognise states": ("has Canada recognised Kosovo", "off_topic", [], ""),
    "a list of something else": ("is Japan on the distribution list", "off_topic", [], ""),
    "what brokers gain": (
        "do customs brokers get anything out of the EU deal", "benefits", ["EU"], "brokers",
    ),
    "quicker, of two": ("NZ or Canada, who was quicker", "order", ["NZ", "CA"], "New Zealand"),
}  # fmt: skip
# What is asked, and which partners are picked.
SEVERAL = {
    "those whose arrangement has ended": ("which arrangements have ended", []),
    "everybody without one": ("which countries are not covered", []),
    "a president's years": ("signed by Trump", ["PE"]),
    "a year and later": ("which were signed in or after 2022", ["UY", "BR", "GT", "CO"]),
    "a continent in another language": ("¿qué países africanos están cubiertos?", []),
    "those signed between two": ("who signed between Japan and Israel", ["KR", "EU", "TW"]),
    "a cultural region": ("which Arab countries are covered", ["JO"]),
    "programs of any name": (
        "which South American AEO programs does CBP recognise",
        ["PE", "UY", "BR", "CO"],
    ),
}


def answer(text: str) -> dict[str, Any]:
    return to_object(conversation().ask(text).said)


@pytest.mark.parametrize("name", ONE)
def test_is_about_whom_it_asks(name: str) -> None:
    text, topic, partners, says = ONE[name]
    said = answer(text)
    assert (said["topic"], said["partners"]) == (topic, partners)
    assert says in said["text"]


@pytest.mark.parametrize("name", SEVERAL)
def test_picks_those_meant(name: str) -> None:
    text, picked = SEVERAL[name]
    said = answer(text)
    assert said["topic"] == "list"
    assert said["selected"] == picked


def test_each_member_of_a_union_is_told() -> None:
    assert answer("Germany and France: which is covered")["via"] == {"DE": "EU", "FR": "EU"}
