"""The normaliser: what counts as the same writing, and what must stay apart."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.text import is_unspaced, normalise

SAME = [  # typed, as the index has it
    ("KOREA", "korea"),
    ("  New   Zealand\n", "new zealand"),
    ("New-Zealand", "new zealand"),
    ("Korea's", "korea s"),
    ("Korea’s", "korea s"),
    ("côte d'Ivoire", "cote d ivoire"),
    ("Côte d’Ivoire", "cote d ivoire"),
    ("Trinidad & Tobago", "trinidad and tobago"),
    ("Trinidad&Tobago", "trinidad and tobago"),
    ("U.S.", "us"),
    ("U.S", "us"),
    ("U.S.A.", "usa"),
    ("U.K.-Japan", "uk japan"),
    ("D.R.", "dr"),
    ("D.R. Congo", "dr congo"),
    ("Η.Π.Α.", "ηπα"),
    ("EE. UU.", "ee uu"),
    ("St. Lucia", "st lucia"),
    ("St.Lucia", "st lucia"),
    ("is it.i think so", "is it i think so"),
    ("Is it Korea?!", "is it korea"),
    ("C-TPAT", "c tpat"),
    ("STP+", "stp"),
    ("snake_case", "snake case"),
    ("Straße", "strasse"),
    ("Türkei", "turkei"),
    ("Łódź, Ørsted, Æbelø, Đà Nẵng", "lodz orsted aebelo da nang"),
    ("İSTANBUL", "istanbul"),
    ("ısparta", "isparta"),
    ("ＫＯＲＥＡ", "korea"),
    ("ｶﾞｰﾅ", "ガーナ"),
    ("アンティグア・バーブーダ", "アンティグア バーブーダ"),
    ("Ιαπωνία", "ιαπωνια"),
    ("Κύπρος", "κυπροσ"),
    ("Йордания", "иордания"),
    ("Ёлка", "елка"),
    ("أمريكا", "امريكا"),
    ("كوريـــا الجنوبيّة", "كوريا الجنوبيه"),
    ("کانادا", "كانادا"),
    ("צ׳אד", "צ אד"),
    ("יַפָּן", "יפן"),
    ("2014", "2014"),
    ("٢٠١٤ و۲۰۱۴", "2014 و2014"),
    ("２０１４年", "2014年"),
    ("Ko\u200brea", "korea"),
    ("\u202bKorea\u202c", "korea"),
    ("Ko\u00adrea", "korea"),
    ("🇰🇷 Korea 🎉", "korea"),
    ("", ""),
    ("...!?", ""),
]


@pytest.mark.parametrize(("typed", "normal"), SAME)
def test_two_writings_of_the_same_compare_equal(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


APART = [
    ("が", "か"),  # the marks of kana are part of the letter
    ("パ", "ハ"),
    ("कोरिया", "करय"),  # and so are Indic vowel signs
    ("จีน", "จน"),
    ("한국", "한구"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_letters_of_other_scripts_keep_their_marks(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text())
def test_words_are_parted_by_single_spaces(text: str) -> None:
    assert normalise(text) == " ".join(normalise(text).split())


@given(st.text(st.characters(max_codepoint=127)))
@example("A.A_")
def test_plain_ascii_takes_a_faster_way_to_the_same_result(text: str) -> None:
    assert normalise(f"{text} é") == f"{normalise(text)} e".strip()


@pytest.mark.parametrize("ch", "韓日かナไລមမ")
def test_scripts_without_spaces_are_told(ch: str) -> None:
    assert is_unspaced(ch)


@pytest.mark.parametrize("ch", "aé한кηאع 1-")
def test_scripts_with_spaces_are_told(ch: str) -> None:
    assert not is_unspaced(ch)
