"""Messages of any characters there are, as nobody would type them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from tests import country_names as names
from tests.generated import Case, unions_of

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u2066\u2069"
MARKS = "".join(map(chr, (*range(0x300, 0x370), *range(0x20D0, 0x20F0), 0x5B0, 0x64B, 0x94D)))
PUNCTUATION = "?!.,;:-_/\\|()[]{}<>&%$#@*~^`'\"+=…–—«»¿¡、。？！"
EMOJI = "👍🏽🎉👩‍👩‍👧🏴‍☠️🇰🇷🇯🇵🇲🇽❤️‍🔥🙏🏿🤷🏻‍♀️"
SLACK = (
    "<@U1>",
    "<#C1|ops>",
    "<https://a.example|b>",
    "&amp;",
    "&lt;",
    "*",
    "_",
    "~",
    "```",
    "`",
    "<!here>",
    "<",
)
ALPHABETS = (0x0041, 0x00C0, 0x0370, 0x0400, 0x0590, 0x0600, 0x0900, 0x0E00, 0x3040, 0x4E00, 0xAC00)


def decorated(count: int) -> Iterator[Case]:
    """Questions whose country's name is set with characters that cannot be seen."""
    chance = Random("decorated")
    for _ in range(count):
        code = chance.choice(names.codes())
        name = names.english(code)
        for _ in range(chance.randint(1, 4)):
            at = chance.randint(0, len(name))
            name = name[:at] + chance.choice(INVISIBLE) + name[at:]
        meant = names.meanings()[names.english(code).casefold()]
        yield Case(f"is {name} covered by an MRA?", meant | {code} | unions_of(code))


def fuzz(count: int) -> Iterator[str]:
    """Texts of random characters, words without end, and nothing but punctuation or emoji."""
    chance = Random("fuzz")
    makers: tuple[Callable[[Random], str], ...] = (
        _any_plane, _one_alphabet, _marked, _long_word, _slack,
        lambda chance: _of(PUNCTUATION, chance),
        lambda chance: _of(EMOJI, chance),
        lambda chance: _of(INVISIBLE + "\t\n\r\v\0 ", chance),
    )  # fmt: skip
    for number in range(count):
        yield makers[number % len(makers)](chance)


def _of(characters: str, chance: Random) -> str:
    return "".join(chance.choices(characters, k=chance.randint(0, 60)))


def _any_plane(chance: Random) -> str:
    """Of all code points; halves of surrogate pairs too, as broken clients send them."""
    return "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randint(1, 40)))


def _one_alphabet(chance: Random) -> str:
    start = chance.choice(ALPHABETS)
    letters = [chr(start + chance.randrange(0x60)) for _ in range(chance.randint(1, 60))]
    return "".join(" " if chance.random() < 0.15 else letter for letter in letters)


def _marked(chance: Random) -> str:
    """A question under a heap of combining marks."""
    return "".join(
        letter + "".join(chance.choices(MARKS, k=chance.randint(0, 6)))
        for letter in f"is {names.english(chance.choice(names.codes()))} covered?"
    )


def _long_word(chance: Random) -> str:
    part = chance.choice(["a", "ab", "korea", "МРА", "日本", "-", "1", "é", "mra?", "🇰🇷"])
    return part * chance.randint(10, 200)


def _slack(chance: Random) -> str:
    """Slack's own marks, open, nested and broken."""
    words = (*SLACK, "korea", "mra", "is", "\n")
    return "".join(chance.choice(words) + chance.choice(["", " "]) for _ in range(12))
