"""Properties of every page and every glossary entry; a new one needs no new test."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from knowledge.pages import Page, Term
from knowledge.prose import Paragraph, plain, plain_text
from knowledge.text import normalise
from tests.register_copies import known

KNOWLEDGE = known()
PAGES = tuple(KNOWLEDGE.pages.values())
TERMS = KNOWLEDGE.terms

# Topics answered in prose; all others are answered from records.
PROSE_TOPICS = {
    "definition",
    "benefits",
    "eligibility",
    "claim",
    "process",
    "wco_safe",
    "taiwan_note",
    "feedback",
}
# An answer that is read on a phone, in a hurry, in somebody else's thread.
FIRST_SENTENCES, FIRST_WORDS, PAGE_WORDS = 3, 60, 220

SENTENCE_END = re.compile(r"[.?!]”?(?=\s+[A-Z“]|$)", re.MULTILINE)
BRITISH = re.compile(r"programme|recognis|organis|authoris|harmonis|favour|licence|centre", re.I)
# Capitals that need no glossary entry: known to everybody, or explained where they stand.
KNOWN_AS_THEY_ARE = {"EU", "US", "ASEAN", "MERCOSUR", "DUNS", "CFR", "FAQ", "LO", "XO", "TPAT"}

each_page = pytest.mark.parametrize("page", [pytest.param(page, id=page.id) for page in PAGES])
each_term = pytest.mark.parametrize("term", [pytest.param(term, id=term.id) for term in TERMS])


def sentences(text: str) -> int:
    return len(SENTENCE_END.findall(re.sub(r"U\.S\.(?!$)", "US", text)))


def says(text: str, phrase: str) -> bool:
    """Whether a phrase stands in a text, as whole words."""
    return f" {normalise(phrase)} " in f" {normalise(text)} "


def more_than_once(texts: list[str]) -> list[str]:
    return [text for text, times in Counter(map(normalise, texts)).items() if times > 1]


@each_page
def test_the_answer_comes_first_and_is_short(page: Page) -> None:
    first = page.blocks[0]
    assert isinstance(first, Paragraph)
    assert 1 <= sentences(plain(first)) <= FIRST_SENTENCES
    assert len(plain(first).split()) <= FIRST_WORDS
    assert len(plain_text(page.blocks).split()) <= PAGE_WORDS


@each_page
def test_it_answers_a_topic_of_prose_and_cites(page: Page) -> None:
    assert page.topic in PROSE_TOPICS
    assert page.sources
    assert set(page.sources) <= set(KNOWLEDGE.sources)
    assert not more_than_once(list(page.sources))


@each_page
def test_it_has_phrasings_and_cues(page: Page) -> None:
    assert 6 <= len(page.asks) <= 10
    assert page.cues
    assert all(normalise(cue) for cue in page.cues)


@each_page
def test_its_phrasings_lead_to_it(page: Page) -> None:
    """The longest cue in a phrasing is the page's own."""
    for ask in page.asks:
        found = [
            (len(normalise(cue).split()), len(cue), other.id)
            for other in PAGES
            for cue in other.cues
            if says(ask, cue)
        ]
        assert not found or max(found)[-1] == page.id, ask


@each_page
def test_it_is_spelled_as_in_the_us(page: Page) -> None:
    assert not BRITISH.findall(plain_text(page.blocks))


@each_page
def test_its_abbreviations_are_in_the_glossary(page: Page) -> None:
    known = KNOWN_AS_THEY_ARE.union(*((term.id, *term.names) for term in TERMS))
    used = set(re.findall(r"\b[A-Z]{2,}\b", plain_text(page.blocks)))
    assert not used - known


def test_every_topic_of_prose_has_a_page() -> None:
    assert {page.topic for page in PAGES} == PROSE_TOPICS


def test_no_two_pages_share_a_title_a_phrasing_or_a_cue() -> None:
    assert not more_than_once([page.title for page in PAGES])
    assert not more_than_once([ask for page in PAGES for ask in page.asks])
    assert not more_than_once([cue for page in PAGES for cue in page.cues])


def test_no_cue_stands_within_another_pages_cue() -> None:
    """Otherwise the other page could not be reached by its own cue."""
    assert not [
        (page.id, cue, other.id, longer)
        for page in PAGES
        for other in PAGES
        if page is not other
        for cue in page.cues
        for longer in other.cues
        if says(longer, cue)
    ]


@each_term
def test_a_term_is_explained_briefly_and_cites(term: Term) -> None:
    assert term.stands_for
    assert 1 <= sentences(term.says) <= 2
    assert term.sources
    assert set(term.sources) <= set(KNOWLEDGE.sources)


@each_term
def test_a_terms_page_exists(term: Term) -> None:
    assert term.page is None or term.page in KNOWLEDGE.pages


def test_no_two_terms_share_a_spelling() -> None:
    assert not more_than_once([name for term in TERMS for name in (term.id, *term.names)])
