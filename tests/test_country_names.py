"""Countries' names as a whole message, and misspelled in a sentence: whom the answer is about.

The names are from sources of their own (see country_names). Each bar is a share in percent.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from random import Random

import pytest

from bot.answer import Answer
from tests import country_names as names
from tests.generated import as_near, covered, edited_once
from tests.register_copies import known
from tests.scoring import DECLINING
from tests.talking import conversation

SENTENCES = (
    "is {} covered?",
    "do we have an MRA with {}?",
    "when did {} sign?",
    "{} aeo program name",
)
HOME = known().home

Pairs = list[tuple[str, str]]  # what is typed, whom it means


@cache
def meant(text: str) -> frozenset[str]:
    """Whom an answer is about: members rather than the union they are reached through; where it
    asks back, none."""
    answer = conversation().ask(text).said
    assert isinstance(answer, Answer)
    if answer.topic in DECLINING:
        return frozenset()
    through = set(answer.via.values())
    return frozenset(answer.via) | {c for c in answer.partners if c not in through}


def asked_back(text: str) -> frozenset[str]:
    """Whom an answer offers to choose from."""
    answer = conversation().ask(text).said
    assert isinstance(answer, Answer)
    return frozenset().union(*(meant(choice.say) for choice in answer.choices))


def is_right(text: str, code: str) -> bool:
    """Whether a name is understood; one that several bear may be asked about."""
    bearers = names.meanings().get(text.casefold(), frozenset({code}))
    return meant(text) == {code} or (len(bearers) > 1 and code in meant(text) | asked_back(text))


def share_right(pairs: Pairs) -> tuple[float, Pairs]:
    """How many are right, in percent, and those that are not."""
    wrong = [(text, code) for text, code in pairs if not is_right(text, code)]
    return 100 - 100 * len(wrong) / len(pairs), wrong


def _all(what: Iterable[tuple[str, Iterable[str]]]) -> Pairs:
    """Name and code; without the home country, of which the bot has nothing to say."""
    return [(name, code) for code, said in what if code != HOME for name in said]


EXACT = _all((code, names.exact(code)) for code in names.codes())
OFFICIAL = _all((code, names.official(code)) for code in names.codes())
BY_HAND = list(names.called_by_hand())


def test_exact_names() -> None:
    right, wrong = share_right(EXACT)
    assert right >= 99, wrong


def test_official_names() -> None:
    right, wrong = share_right(OFFICIAL)
    assert right >= 97, wrong


def test_aliases_and_demonyms() -> None:
    assert len(BY_HAND) >= 250
    right, wrong = share_right(BY_HAND)
    assert right >= 88, wrong


@pytest.mark.parametrize("language", names.LANGUAGES)
def test_names_in(language: str) -> None:
    right, wrong = share_right(_all(names.in_language(language).items()))
    assert right >= 98, wrong


def test_single_words_are_no_countries() -> None:
    words = names.plain_words()
    assert len(words) >= 400
    wrong = [word for word in words if meant(word) - {HOME}]
    assert 100 * len(wrong) / len(words) <= 2, wrong


# One edit


def partners() -> list[str]:
    """Those covered, alone or as members of a union."""
    day = known().us_evidence
    return [c for c in names.codes() if c != HOME and covered(c, day) and _writable(c)]


def others() -> list[str]:
    covered_ones = set(partners())
    return [c for c in names.codes() if c not in covered_ones and c != HOME and _writable(c)]


def _writable(code: str) -> bool:
    return names.english(code).replace(" ", "").isalpha() and names.english(code).isascii()


def misspelled(codes: list[str], each: int) -> Pairs:
    """One-edit typos in a sentence, of those that can be told from ordinary words ("Span") and
    from the names of others."""
    chance = Random("one edit")
    found: Pairs = []
    for code in codes:
        name = names.english(code)
        for _ in range(each):
            typo = edited_once(name if chance.random() < 0.5 else name.lower(), chance)
            ordinary = typo.casefold() == name.casefold() or typo.lower() in known().common_words
            if not ordinary and as_near(typo, 1) == {code}:
                found.append((chance.choice(SENTENCES).format(typo), code))
    return found


def test_one_edit_in_a_partners_name() -> None:
    pairs = misspelled(partners(), each=60)
    assert len(pairs) > 2300  # of 2,760; the others are words or names
    right, wrong = share_right(pairs)
    assert right >= 99.5, wrong


def test_one_edit_in_another_name() -> None:
    pairs = misspelled(others(), each=20)
    assert len(pairs) > 2800  # of 3,600
    right, wrong = share_right(pairs)
    assert right >= 98, wrong


def test_one_edit_makes_nobody_a_partner() -> None:
    pairs = misspelled(partners(), each=60) + misspelled(others(), each=20)
    day = known().us_evidence
    wrong = [(t, c) for t, c in pairs if any(covered(o, day) for o in meant(t) - {c})]
    assert wrong == []
