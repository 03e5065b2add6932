"""What countries are called, by sources that the bot does not read: CLDR and ISO 3166 as their
packages have them, and hand-written lists. All ways of writing are as people write them.
"""

from __future__ import annotations

import gettext
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pycountry
import yaml
from babel import Locale

NAMING = Path(__file__).parent / "naming"
LANGUAGES = (
    "en", "es", "pt", "fr", "de", "it", "nl", "pl", "cs", "sv", "da", "fi", "el", "he", "ar", "tr",
    "ru", "ja", "ko", "zh-Hans", "zh-Hant", "th", "vi", "id", "hi",
    "bg", "et", "ga", "hr", "hu", "lt", "lv", "mt", "ro", "sk", "sl",
)  # fmt: skip
# ISO's own translations, beside CLDR's: in these they are whole and well kept.
TRANSLATED = {"es": "es", "pt": "pt_BR", "fr": "fr", "de": "de", "it": "it", "nl": "nl"}


@cache
def codes() -> tuple[str, ...]:
    """All countries and territories of ISO 3166."""
    return tuple(sorted(country.alpha_2 for country in pycountry.countries))


@cache
def english(code: str) -> str:
    """A country's English name without its formal parts: Korea's is South Korea."""
    name = str(Locale("en").territories[code]).split(" (")[0]
    name = name.removesuffix(" SAR China").replace(" & ", " and ")
    plain = {"CC": "Cocos Islands", "CD": "Congo-Kinshasa", "CG": "Congo-Brazzaville"}
    return plain.get(code, name)


@cache
def exact(code: str) -> tuple[str, ...]:
    """Its standard English names: CLDR's and ISO's."""
    country = pycountry.countries.get(alpha_2=code)
    names = {str(Locale("en").territories[code]), getattr(country, "common_name", country.name)}
    return tuple(sorted(names))


@cache
def official(code: str) -> tuple[str, ...]:
    """Its official English names, where ISO has one."""
    country = pycountry.countries.get(alpha_2=code)
    return tuple(sorted({country.name, getattr(country, "official_name", country.name)}))


@cache
def in_language(language: str) -> Mapping[str, tuple[str, ...]]:
    """Code -> its names in a language."""
    territories = Locale.parse(language, sep="-").territories
    names = {code: {str(territories[code])} for code in codes()}
    if language in TRANSLATED:
        catalog = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [TRANSLATED[language]])
        for country in pycountry.countries:
            names[country.alpha_2].add(
                catalog.gettext(getattr(country, "common_name", country.name))
            )
    return {code: tuple(sorted(said)) for code, said in names.items()}


@cache
def _by_hand() -> Mapping[str, Mapping[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = yaml.safe_load(
        (NAMING / "called.yaml").read_text("utf-8")
    )
    return table


def called(code: str) -> list[str]:
    """What people call it beside its standard name."""
    return list(_by_hand().get(code, {}).get("called", []))


def people(code: str) -> list[str]:
    """What its people and things are called; the first is the adjective."""
    return list(_by_hand().get(code, {}).get("people", []))


def called_by_hand() -> Iterator[tuple[str, str]]:
    """All aliases and demonyms of the hand-written list, with their codes."""
    for code in _by_hand():
        for name in (*called(code), *people(code)):
            yield name, code


def plain_words() -> list[str]:
    """Single words that are no country."""
    lists: dict[str, str] = yaml.safe_load((NAMING / "words.yaml").read_text("utf-8"))
    return sorted({word for words in lists.values() for word in words.split()})


@cache
def meanings() -> Mapping[str, frozenset[str]]:
    """A casefolded name, in any language -> the countries that bear it."""
    found: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        for code, names in in_language(language).items():
            for name in names:
                found[name.casefold()].add(code)
    for code in codes():
        for name in (*exact(code), *official(code), english(code)):
            found[name.casefold()].add(code)
    for name, code in called_by_hand():
        found[name.casefold()].add(code)
    return {name: frozenset(who) for name, who in found.items()}


def flag(code: str) -> str:
    """Its flag as an emoji."""
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in code)
