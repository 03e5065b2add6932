"""Writes names.json and commonwords.txt from CLDR, ISO 3166 and the hand tables in names/.

Run it as `python -m knowledge.make_names` after changing a table, and with `--words` to renew
the list of ordinary words too. It needs babel and pycountry (`--words`: wordfreq), which the bot
itself never imports.

names.json is `{"display": {language: {code: name}}, "index": {kind: {text: codes}}}`. A text
stands once, under the first kind that knows it, in this order:

    everyday    what people call it: Holland, UAE, Corea, 남한
    former      what it was called: Swaziland, Burma
    name        its standard and official names in many languages
    demonym     its people and things: Korean, coréenne
    city        a place that hints at it: Busan, Rotterdam
    alpha2, alpha3   its ISO codes, as written in capitals

Three more kinds qualify these:

    weak_name   texts of the above that are other words too ("chad"): believed only with a
                capital, alone, or where the talk is of arrangements
    exact       not among the above: believed only as spelled, capitals and accents included, and
                then alone or where the talk is of arrangements (DR, Áo, Island)
    code_deny   codes that are words or jargon: read only alone in capitals (IN, EST)

Codes are parted by blanks. More than one means that the text is truly ambiguous. Such texts, and
those that a source gives to the wrong country or that are hopeless words, are settled in
names/disputed.yaml.
"""

from __future__ import annotations

import gettext
import importlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pycountry
import yaml
from babel import Locale

from knowledge.text import normalise

HERE = Path(__file__).parent
TABLES = HERE / "names"

LANGUAGES = (
    "en", "es", "pt", "pt-PT", "fr", "de", "it", "nl", "pl", "cs", "sv", "da", "fi", "nb",
    "el", "he", "ar", "tr", "ru", "uk", "ja", "ko", "zh-Hans", "zh-Hant", "th", "vi", "id",
    "ms", "hi", "bg", "ro", "hu", "sk", "sl", "hr", "et", "lv", "lt", "ga", "mt", "fa",
)  # fmt: skip
# Names in these are understood, but never shown.
ALSO_READ = (
    "ca", "eu", "gl", "is", "sr", "sr-Latn", "bs", "mk", "be", "kk", "ka", "hy", "bn", "ur",
    "ta", "te", "mr", "gu", "kn", "ml", "pa", "ne", "si", "my", "km", "lo", "mn", "af", "fil",
    "am",
)  # fmt: skip
# Where the names of iso-codes' catalogs differ from the language's own tag.
CATALOGS = {
    "pt": ("pt_BR",), "pt-PT": ("pt",), "nb": ("nb_NO",), "zh-Hans": ("zh_CN",),
    "zh-Hant": ("zh_TW", "zh_HK"), "en": (),
    "vi": (),  # syllable by syllable: "Tô-gô" would be "to go"
}  # fmt: skip
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
# In an English question these are words, and "the gambia" is a letter from "the zambia".
ARTICLES = {
    language: re.compile(rf"^({articles})[ -](?=\w)", re.IGNORECASE)
    for language, articles in (("en", "the"), ("ga", "an|na"), ("mt", r"i\w|l"))
}
BEYOND_ISO = ("EU", "XK")
SHORTEST = 4  # letters of a generated Latin name: with three or fewer it is another word or a code

TWO_EDITS = 8  # letters from which a typo rule may bridge two edits
LONGEST = 14  # letters of a word worth listing
READ = ("everyday", "former", "name", "demonym")  # the kinds that a typo may be repaired to
# language -> how many of its commonest words are taken whatever they look like, and how many are
# looked at: past these, words are rarer than honest typos.
WORDS = {
    "en": (8000, 30000),
    **dict.fromkeys(("es", "fr", "de", "pt", "it", "nl"), (2000, 20000)),
    **dict.fromkeys(
        ("sv", "da", "nb", "fi", "pl", "cs", "tr", "id", "ro", "hu", "vi"), (500, 8000)
    ),
}
WORDS_HEADER = (
    "# Ordinary words that a typo rule never turns into a name. Written by make_names.py.",
    "# Taken by frequency from wordfreq's lists (Robyn Speer and others); this file alone is under",
    "# CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/. Credits: see LICENSE.",
)

Entry = tuple[str, str]  # text, code
Index = dict[str, dict[str, list[str]]]


def codes() -> list[str]:
    """All codes there are: ISO 3166 alpha-2, the European Union and Kosovo."""
    return sorted([*(country.alpha_2 for country in pycountry.countries), *BEYOND_ISO])


def table(name: str) -> dict[str, Any]:
    """A hand table as written, mostly code -> texts."""
    return dict(yaml.safe_load((TABLES / f"{name}.yaml").read_text("utf-8")))


def display_names() -> dict[str, dict[str, str]]:
    """language -> code -> the name to show."""
    shown = {
        language: {code: str(_territories(language)[code]) for code in codes()}
        for language in LANGUAGES
    }
    for code, by_language in table("display").items():
        for language, name in by_language.items():
            shown[language][code] = name
    return shown


def _territories(language: str) -> Mapping[str, str]:
    return Locale.parse(language, sep="-").territories


def index() -> Index:
    """kind -> text -> codes, as names.json has it.

    Raises ValueError where a text would mean several codes and disputed.yaml does not settle it.
    """
    disputed = table("disputed")
    settled = {normalise(text) for text in disputed}
    index: Index = {"everyday": {t: d["codes"] for t, d in disputed.items() if d["codes"]}}
    taken = settled | {normalise(text) for text, _ in _listed("exact")}
    for kind, entries in _by_kind():
        found, spelled = _grouped(entries)
        doubtful = {
            text: sorted(found[text]) for text in found.keys() - taken if len(found[text]) > 1
        }
        if doubtful:
            raise ValueError(f"{kind}: settle these in disputed.yaml: {doubtful}")
        fresh = {spelled[key]: sorted(found[key]) for key in found.keys() - taken}
        index.setdefault(kind, {}).update(fresh)
        taken |= found.keys()
    index |= _codes_by_length()
    index |= _qualified(index)
    return {kind: dict(sorted(texts.items())) for kind, texts in sorted(index.items())}


def _by_kind() -> Iterator[tuple[str, Iterable[Entry]]]:
    for kind in ("everyday", "former"):
        yield kind, _listed(kind)
    yield "name", (entry for entry in _official_names() if _long_enough(entry[0]))
    yield "demonym", _listed("demonyms")
    yield "city", _listed("cities")


def _listed(name: str) -> list[Entry]:
    return [(text, code) for code, texts in table(name).items() for text in texts]


def _official_names() -> Iterator[Entry]:
    """Every standard, short and official name in the languages understood."""
    catalogs = tuple(_catalogs())
    for language in [*LANGUAGES, *ALSO_READ]:
        names = _territories(language)
        for code in codes():
            if code in names:
                yield _without_article(names[code], language), code
                if language == "de":  # as typed without umlauts
                    yield names[code].translate(UMLAUTS), code
    yield from _listed("variants")
    for code, by_language in table("display").items():
        for language, name in by_language.items():
            yield _without_article(name, language), code
    for country in pycountry.countries:
        for field in ("name", "common_name", "official_name"):
            if name := getattr(country, field, ""):
                yield _without_article(name, "en"), country.alpha_2
                for language, catalog in catalogs:
                    yield _without_article(catalog.gettext(name), language), country.alpha_2


def _without_article(name: str, language: str) -> str:
    return ARTICLES[language].sub("", name) if language in ARTICLES else name


def _catalogs() -> Iterator[tuple[str, gettext.NullTranslations]]:
    for language in LANGUAGES:
        for tag in CATALOGS.get(language, (language,)):
            yield language, gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [tag])


def _long_enough(text: str) -> bool:
    key = normalise(text)
    return len(key) >= SHORTEST or not key.isascii()


def _grouped(entries: Iterable[Entry]) -> tuple[dict[str, set[str]], dict[str, str]]:
    found: dict[str, set[str]] = defaultdict(set)
    spelled: dict[str, str] = {}
    for text, code in entries:
        key = normalise(text)
        found[key].add(code)
        spelled.setdefault(key, text)
    return found, spelled


def _codes_by_length() -> Index:
    alpha3 = {country.alpha_3: [country.alpha_2] for country in pycountry.countries}
    return {"alpha2": {code: [code] for code in codes()}, "alpha3": alpha3 | {"XKX": ["XK"]}}


def _qualified(index: Index) -> Index:
    known = {normalise(text): found for texts in index.values() for text, found in texts.items()}
    weak = table("weak")
    denied = table("codes")
    return {
        "weak_name": {text: known[normalise(text)] for group in weak.values() for text in group},
        "exact": _inverted("exact"),
        "code_deny": {code: known[code.lower()] for group in denied.values() for code in group},
    }


def _inverted(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text, code in _listed(name):
        found.setdefault(text, []).append(code)
    return found


def names_json() -> str:
    """The text of names.json."""
    written = {kind: {t: " ".join(c) for t, c in texts.items()} for kind, texts in index().items()}
    content = {"display": display_names(), "index": written}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def common_words(index: Index) -> list[str]:
    """Words that a typo rule must not turn into a name, in alphabetical order.

    The commonest words of each language, and of the less common those that a typo or two could
    make of a name. Names themselves are not among them.
    """
    top_n_list = importlib.import_module("wordfreq").top_n_list  # so that it need not be there
    names = {normalise(text) for kind in READ for text in index[kind]}
    parts = {part for name in names for part in (*name.split(), name.replace(" ", ""))}
    near = {cut for part in parts if len(part) >= SHORTEST for cut in _cuts(part, 1)}
    nearer = {cut for part in parts if len(part) >= TWO_EDITS for cut in _cuts(part, 2)}
    hand = table("words")
    words = set(hand["add"])
    for language, (commonest, looked_at) in WORDS.items():
        listed = [normalise(word) for word in top_n_list(language, looked_at)]
        words.update(listed[:commonest])
        words.update(
            word
            for word in listed
            if not near.isdisjoint(_cuts(word, 1) if len(word) >= SHORTEST else {word})
            or (len(word) >= TWO_EDITS - 2 and not nearer.isdisjoint(_cuts(word, 2)))
        )
    words -= {*hand["leave_out"], *names}
    kept = {word for word in words if 3 <= len(word) <= LONGEST and word.isascii()}
    return sorted({word for word in kept if word.isalpha()}.union(hand["two_letters"]))


def _cuts(word: str, times: int) -> set[str]:
    """The word, and what is left of it with that many letters dropped or fewer.

    Two words within that many edits of each other share one of these.
    """
    if not word.isascii() or len(word) > LONGEST + 2:
        return set()
    cuts = last = {word}
    for _ in range(times):
        last = {cut[:i] + cut[i + 1 :] for cut in last for i in range(len(cut))}
        cuts = cuts | last
    return cuts


def main(arguments: list[str]) -> None:
    """Write names.json; with --words commonwords.txt as well."""
    (HERE / "names.json").write_text(names_json(), "utf-8")
    if "--words" in arguments:
        words = "\n".join([*WORDS_HEADER, *common_words(index())])
        (HERE / "commonwords.txt").write_text(words + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
