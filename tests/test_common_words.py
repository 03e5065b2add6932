"""The ordinary words: none of them is a name, nor what a slip makes of a partner's."""

from __future__ import annotations

import pytest

from knowledge.text import normalise
from tests.names_table import HERE, INDEX, MEANT

LINES = (HERE / "commonwords.txt").read_text("utf-8").splitlines()
WORDS = [line for line in LINES if not line.startswith("#")]

PARTNERS = [
    "new zealand", "canada", "jordan", "japan", "korea", "taiwan", "israel", "mexico", "singapore",
    "dominican republic", "peru", "united kingdom", "india", "uruguay", "brazil", "guatemala",
    "colombia", "european union",
]  # fmt: skip
# Words of their own, common in one of the languages understood.
REAL_WORDS = {
    "camada", "cagada", "danada", "jalan", "kapan", "yapan", "taidan", "medico", "per", "peu",
    "peur", "peri", "perk", "unite", "unites", "invia", "colomba", "unio",
}  # fmt: skip
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def typos(word: str) -> set[str]:
    """One letter dropped, doubled, swapped with the next or struck beside its key."""
    place = {key: (r, c) for r, row in enumerate(KEYS) for c, key in enumerate(row)}
    made = set()
    for i, letter in enumerate(word):
        made |= {word[:i] + word[i + 1 :], word[:i] + letter + word[i:]}
        made.add(word[:i] + word[i + 1 : i + 2] + letter + word[i + 2 :])
        r, c = place.get(letter, (9, 9))
        near = {k for k, (x, y) in place.items() if abs(x - r) <= 1 and abs(y - c) <= 1}
        made |= {word[:i] + key + word[i + 1 :] for key in near}
    return made - {word}


@pytest.mark.parametrize("partner", PARTNERS)
def test_an_honest_typo_of_a_partner_is_no_ordinary_word(partner: str) -> None:
    made = {typo for word in partner.split() if len(word) > 3 for typo in typos(word)}
    assert made.intersection(WORDS) <= REAL_WORDS


@pytest.mark.parametrize("partner", PARTNERS)
def test_a_typo_of_a_partner_is_nobody_else(partner: str) -> None:
    meant = {tuple(MEANT[typo]) for typo in typos(partner) if typo in MEANT}
    assert meant <= {tuple(MEANT[partner])}


def test_ordinary_words_are_plain_and_in_order() -> None:
    assert sorted(set(WORDS)) == WORDS
    assert all(2 <= len(w) <= 14 and w.isascii() and w.isalpha() for w in WORDS)


def test_no_ordinary_word_is_a_name() -> None:
    assert {w for w in WORDS if w in MEANT} <= {normalise(city) for city in INDEX["city"]}


A_TYPO_AWAY = ["onion", "pert", "core", "medico", "indiana", "gordon", "nigel", "angela", "lists"]


@pytest.mark.parametrize("word", A_TYPO_AWAY)
def test_a_word_near_a_name_is_among_the_ordinary_ones(word: str) -> None:
    assert word in WORDS
