"""Threads: what a turn takes from those before it."""

from __future__ import annotations

import pytest

from bot.answer import Answer
from bot.memory import Memory
from bot.rendering import to_text
from tests.talking import conversation

# What a turn takes from the thread: each turn with the topic and whom it is about or selects.
THREADS = {
    "the rest of a set": [
        ("who signed in 2014?", "list", "IL MX SG"),
        ("date of the middle one", "signed_date", "MX"),
        ("and the other two?", "signed_date", "IL SG"),
    ],
    "the last one's attribute": [
        ("which were signed before 2010?", "list", "NZ CA JO JP"),
        ("the last of these, who runs it?", "agency", "JP"),
    ],
    "a superlative goes by date": [
        ("dates for Korea, Japan, Singapore", "signed_date", "KR JP SG"),
        ("and the newest?", "order", "SG"),
        ("its agency?", "agency", "SG"),
    ],
    "a place goes by position": [
        ("are Singapore and Japan in?", "status", "SG JP"),
        ("date of the former", "signed_date", "SG"),
        ("and the latter", "signed_date", "JP"),
    ],
    "by verdict": [
        ("Thailand, Peru, India and Kenya covered?", "status", "TH PE IN KE"),
        ("just the covered ones", "status", "PE IN"),
        ("programs?", "program", "PE IN"),
    ],
    "the one that is": [
        ("Chile?", "detail", "CL"),
        ("Uruguay?", "detail", "UY"),
        ("the one that is: signed when?", "signed_date", "UY"),
    ],
    "beside the last one": [
        ("Uruguay's date", "signed_date", "UY"),
        ("who came right after?", "order", "BR"),
        ("and right after that?", "order", "GT CO"),
        ("first ever?", "order", "NZ"),
    ],
    "others of that time": [
        ("is Israel a partner?", "status", "IL"),
        ("who else signed that year?", "list", "MX SG"),
    ],
    "between two days": [
        ("who was in as of 2010?", "list", "NZ CA JO JP KR"),
        ("and as of 2013?", "list", "NZ CA JO JP KR EU TW"),
        ("who came in between?", "list", "EU TW"),
    ],
    "since a day": [
        ("list all as of 2016", "list", "NZ CA JO JP KR EU TW IL MX SG DO"),
        ("and who since then?", "list", "PE GB IN UY BR GT CO"),
    ],
    "since alone": [("Korea?", "detail", "KR"), ("since?", "signed_date", "KR")],
    "a pair's date, and its side with the U.S.": [
        ("does Japan have an MRA with Australia?", "pair", "JP AU"),
        ("in force since when?", "pair", "JP AU"),
        ("and with us?", "status", "JP"),
    ],
    "general questions inherit nobody": [
        ("Peru's date", "signed_date", "PE"),
        ("what do importers gain?", "benefits", ""),
        ("what is AEO short for?", "definition", ""),
        ("agency there?", "agency", "PE"),
    ],
    "what was asked waits for the name": [
        ("who signed it?", "ambiguous", ""),
        ("Mexico", "agency", "MX"),
    ],
    "a choice not made yet is asked again": [
        ("Costa Rica?", "detail", "CR"),
        ("dominican?", "ambiguous", ""),
        ("is it covered?", "ambiguous", ""),
        ("the republic", "detail", "DO"),
    ],
    "dropping": [
        ("list those since 2018", "list", "PE GB IN UY BR GT CO"),
        ("leave out everything after 2021", "list", "PE GB IN"),
        ("drop Peru", "list", "GB IN"),
        ("how many left?", "count", "GB IN"),
    ],
    "another region": [
        ("which are in Africa?", "list", ""),
        ("and Europe?", "list", "EU GB"),
    ],
    "which a filter left out": [
        ("which are in the Americas?", "list", "CA MX DO PE UY BR GT CO"),
        ("and which aren't?", "list", "NZ JO JP KR EU TW IL SG GB IN"),
    ],
    "a comparison grows, shrinks and is measured": [
        ("compare Peru and Brazil", "compare", "PE BR"),
        ("put Mexico in as well", "compare", "PE BR MX"),
        ("drop Peru", "compare", "BR MX"),
        ("older than Korea's?", "order", "KR"),
    ],
    "how far apart": [
        ("who was first, Japan or Korea?", "order", "JP"),
        ("by how much?", "compare", "JP KR"),
    ],
    "a name mended or put aside": [
        ("Austria covered? Sorry, I mean Australia!", "status", "AU"),
        ("not Australia, Canada", "detail", "CA"),
    ],
    "who of the last two": [
        ("Wann hat Kanada unterschrieben?", "signed_date", "CA"),
        ("und Mexiko?", "signed_date", "MX"),
        ("wer unterschrieb früher?", "order", "CA"),
    ],
    "only one of those named one by one": [
        ("Taipei?", "detail", "TW"),
        ("Hong Kong?", "detail", "HK"),
        ("Macao?", "detail", "MO"),
        ("so only the first?", "status", "TW HK MO"),
    ],
    "which kind of theirs": [
        ("is a Czech AEO covered?", "status", "EU"),
        ("is AEOC enough?", "eligibility", "EU"),
    ],
    "each in turn": [
        ("list all", "list", None),
        ("who runs the first?", "agency", "NZ"),
        ("and the last?", "agency", None),
    ],
    "a year later": [
        ("was Taiwan covered in 2011?", "status", "TW"),
        ("and a year later?", "status", "TW"),
    ],
    "which of several are covered": [
        ("Brazil, Chile, Japan?", "detail", "BR CL JP"),
        ("and who isn't?", "status", "CL"),
        ("when did the others sign", "signed_date", "BR JP"),
    ],
    "so many of those asked about one by one": [
        ("is Japan covered?", "status", "JP"),
        ("Vietnam?", "detail", "VN"),
        ("Korea?", "detail", "KR"),
        ("so two of three?", "status", "JP VN KR"),
    ],
    "in general": [
        ("Korea's benefits?", "benefits", "KR"),
        ("and in general?", "benefits", ""),
        ("is Chile covered", "status", "CL"),
        ("so how do countries become partners", "process", ""),
    ],
    "with whom": [
        ("what's an MRA", "definition", ""),
        ("with whom?", "list", None),
        ("who signed in 2022?", "list", "UY BR"),
        ("latest one of the whole list", "order", "GT CO"),
    ],
    "how far it is with them": [
        ("Vietnam covered?", "status", "VN"),
        ("are they negotiating?", "status", "VN"),
    ],
    "a count of another day": [
        ("how many partners do we have today", "count", None),
        ("and in 2012?", "count", "NZ CA JO JP KR EU TW"),
        ("who joined since?", "list", "IL MX SG DO PE GB IN UY BR GT CO"),
    ],
    "a neighbour": [
        ("Canada covered?", "status", "CA"),
        ("what about its neighbour Mexico", "detail", "MX"),
        ("who was quicker of the two", "order", "CA"),
    ],
    "the last sentence goes on": [
        ("is Norway covered", "status", "NO"),
        ("hm ok. @sam fyi. And Sweden?", "detail", "EU"),
    ],
    "a statement before the question": [
        ("is a German AEO covered?", "status", "EU"),
        ("Swiss?", "detail", "CH"),
        ("ok so only members then. who runs it", "status", "EU"),
    ],
    "first in a region": [("was Japan first in Asia?", "order", "JO")],
    "a thread gone astray": [
        ("is Korea covered?", "status", "KR"),
        ("and Wakanda?", "ambiguous", ""),
        ("when did they sign", "ambiguous", ""),
        ("Japan", "signed_date", "JP"),
    ],
    "an aside leads nobody astray": [
        ("is Peru in?", "status", "PE"),
        ("gotta run to lunch", "off_topic", ""),
        ("date?", "signed_date", "PE"),
    ],
    "with another, of a partner's own": [
        ("does Costa Rica have an agreement with CBP?", "status", "CR"),
        ("and with Colombia?", "pair", "CR CO"),
    ],
    "with another, of ours": [
        ("do we have one with Japan?", "status", "JP"),
        ("and with Korea?", "detail", "KR"),
    ],
    "whether another recognises it": [
        ("does CBP recognise Malaysia's AEO?", "status", "MY"),
        ("but Singapore does?", "pair", "SG MY"),
    ],
    "which of two pairs": [
        ("does NZ have one with Australia", "pair", "NZ AU"),
        ("with Japan?", "pair", "NZ JP"),
        ("which is newer?", "pair", "NZ AU JP"),
    ],
    "either side of one": [
        ("who signed in 2014", "list", "IL MX SG"),
        ("the middle one: date?", "signed_date", "MX"),
        ("and the ones either side of it?", "signed_date", "IL SG"),
    ],
    "one of two groups": [
        ("which were signed before 2010?", "list", "NZ CA JO JP"),
        ("and between 2010 and 2012?", "list", "KR EU TW"),
        ("how many in that second group?", "count", "KR EU TW"),
        ("and the first group?", "list", "NZ CA JO JP"),
    ],
    "two at one place": [("list all", "list", None), ("agency of the newest", "agency", "GT CO")],
    "what follows help": [("what can you do?", "help", ""), ("ok: Israel", "detail", "IL")],
    "who signed first of those asked about": [
        ("¿desde cuándo está Perú?", "signed_date", "PE"),
        ("¿y Colombia?", "signed_date", "CO"),
        ("¿quién firmó primero?", "order", "PE"),
    ],
    "talk": [("Korea's program", "program", "KR"), ("one sec, phone", "smalltalk", "")],
    "a whole question about another": [
        ("korea", "detail", "KR"), ("Is there an arrangement with Brazil?", "status", "BR"),
    ],
    "a whole question about all": [
        ("Is there an arrangement with Colombia?", "status", "CO"),
        ("Which arrangements were signed in 2014?", "list", "IL MX SG"),
    ],
    "a region that completes no name": [
        ("korea", "detail", "KR"),
        ("Which arrangements are there in North America?", "list", "CA MX DO GT"),
    ],
    "a year after the one beside another": [
        ("Who signed just before Taiwan?", "order", "EU"),
        ("2022?", "list", "UY BR"),
    ],
    "the source of the one beside another": [
        ("Who signed just before Taiwan?", "order", "EU"),
        ("and the one before that?", "order", "KR"),
        ("source?", "order", "KR"),
    ],
    "a date after a pair": [
        ("Does Korea recognize Japan's AEO?", "pair", "KR JP"),
        ("When was the arrangement with Mexico signed?", "signed_date", "MX"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("turns", THREADS.values(), ids=THREADS.keys())
def test_a_turn_takes_from_the_thread(turns: list[tuple[str, str, str | None]]) -> None:
    memory = Memory()
    for text, topic, codes in turns:
        turn = conversation().ask(text, memory)
        memory, answer = turn.memory, turn.said
        assert isinstance(answer, Answer)
        assert answer.topic == topic, text
        if codes is not None:
            about = answer.selected if topic in ("list", "count", "order") else answer.partners
            assert list(about) == codes.split(), text


def test_several_attributes_are_carried_on() -> None:
    """ "date and agency", then "same for Peru": both again."""
    first = conversation().ask("date and agency for Mexico?")
    same = conversation().ask("same for Peru", first.memory).said
    assert isinstance(same, Answer)
    assert same.partners == ("PE",)
    assert "September 2018" in to_text(same) and "SUNAT" in to_text(same)
