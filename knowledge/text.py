"""The only normaliser: names in the index and the words of a question pass through it alike.

What it does, in order: compatibility forms and letter case are folded; accents, Hebrew points
and Arabic vowel signs go (never the marks of kana or of Indic scripts, which are letters
there); letters that people replace when they lack the key are replaced (ø o, ł l, ى ي);
digits of any script become 0-9; dotted abbreviations join ("U.S." us, "D.R. Congo" dr congo);
"&" becomes "and"; all other punctuation, apostrophes and hyphens become one space; invisible
characters (zero-width, bidirectional) vanish.

Left alone on purpose: "St." is not spelled out as "saint" (it is also "street" and a code, so
the names table has both spellings), and "ü" is u, not ue (that table has the German ue forms).
"""

from __future__ import annotations

import re
import unicodedata

_ASCII = {ord(c): " " for c in map(chr, range(128)) if not c.isalnum()} | {ord("&"): " and "}

# One letter a time, after case folding. ß is folded to ss by case folding itself.
_LETTERS = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i", "ŧ": "t", "ŋ": "n", "ə": "e", "ƀ": "b", "ɨ": "i",
        "ٱ": "\N{ARABIC LETTER ALEF}", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك",
        **dict.fromkeys("ةہەھ", "\N{ARABIC LETTER HEH}"),
        "ـ": None,  # tatweel only stretches a word
        "゠": " ", "・": " ",  # dots between the words of a foreign name
    }
)  # fmt: skip

# Marks that may go: the general blocks (used by Latin, Greek and Cyrillic), Hebrew, Arabic.
_MARKS = dict.fromkeys(
    [
        *range(0x0300, 0x0370), *range(0x0483, 0x048A), *range(0x1AB0, 0x1B00),
        *range(0x1DC0, 0x1E00), *range(0x20D0, 0x2100), *range(0xFE20, 0xFE30),
        *range(0x0591, 0x05BE), 0x05BF, 0x05C1, 0x05C2, 0x05C4, 0x05C5, 0x05C7,
        *range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06DD),
        *range(0x06DF, 0x06E5), 0x06E7, 0x06E8, *range(0x06EA, 0x06EE), *range(0x08D3, 0x0900),
        *range(0xFE00, 0xFE10),  # variation selectors
    ]
)  # fmt: skip

# First digits of scripts whose digits people type beside their own letters.
_DIGITS = {
    zero + n: str(n)
    for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xED0, 0x1040, 0x17E0)
    for n in range(10)
}

_FOLD = {**_MARKS, **_LETTERS, **_DIGITS, ord("&"): " and "}

_DOTTED = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.)+[^\W\d_]\.?(?![^\W_])")

_OTHER = re.compile(r"[^\w. ]|_")  # neither letter, digit nor what is dealt with later

_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),
    (0x3040, 0x30FF),  # kana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


def normalise(text: str) -> str:
    """The form in which two ways of writing the same compare equal.

    Takes any text and returns it in lower case, without accents and punctuation, its words
    separated by single spaces; "" where nothing is left. Normalising twice changes nothing.
    """
    if text.isascii():
        text = text.lower()
        if "." in text:
            text = _DOTTED.sub(_joined, text)
        return " ".join(text.translate(_ASCII).split())
    return " ".join(_folded(text).split())


def is_unspaced(ch: str) -> bool:
    """Whether a character belongs to a script written without spaces between words.

    Such a text has to be searched for names inside it. Korean is not one of them.
    """
    point = ord(ch)
    return point >= 0x0E00 and any(first <= point <= last for first, last in _UNSPACED)


def _joined(match: re.Match[str]) -> str:
    return match.group().replace(".", "")


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    # Compatibility forms once more: case folding can bring back a sequence that they join.
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))
    text = _OTHER.sub(_kept, text.translate(_FOLD))
    if "." in text:
        text = _DOTTED.sub(_joined, text).replace(".", " ")
    return unicodedata.normalize("NFC", text)  # last: what was taken out may have kept two apart


def _kept(match: re.Match[str]) -> str:
    category = unicodedata.category(match.group())
    if category[0] == "M":  # part of a letter: kana, Indic scripts, Thai
        return match.group()
    return "" if category == "Cf" else " "  # Cf: zero-width, bidirectional, soft hyphen
