"""The names table: what people write, and whom they mean by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from knowledge import make_names
from knowledge.text import normalise

HERE = Path(make_names.__file__).parent
TABLE = json.loads((HERE / "names.json").read_text("utf-8"))
DISPLAY: dict[str, dict[str, str]] = TABLE["display"]
INDEX: dict[str, dict[str, list[str]]] = {
    kind: {text: codes.split() for text, codes in texts.items()}
    for kind, texts in TABLE["index"].items()
}
NAMING = ("everyday", "former", "name", "demonym", "city")
MEANT = {normalise(t): c for kind in NAMING for t, c in INDEX[kind].items()}
EXACT = {normalise(t): c for t, c in INDEX["exact"].items()}
DISPUTED = {normalise(t) for t in make_names.table("disputed")}
CODES = set(make_names.codes())
LINES = (HERE / "commonwords.txt").read_text("utf-8").splitlines()
WORDS = [line for line in LINES if not line.startswith("#")]
REFUSALS: dict[str, list[str]] = yaml.safe_load((HERE / "refusals.yaml").read_text("utf-8"))
REFUSED = [phrase for phrases in REFUSALS.values() for phrase in phrases]

MEANINGS = [  # as typed, whom it means
    ("Korea", "KR"),
    ("South Korea", "KR"),
    ("Republic of Korea", "KR"),
    ("Korea, Republic of", "KR"),
    ("S. Korea", "KR"),
    ("Corea", "KR"),
    ("Corea del Sur", "KR"),
    ("Corée", "KR"),
    ("Südkorea", "KR"),
    ("Suedkorea", "KR"),
    ("Кореей", "KR"),
    ("한국", "KR"),
    ("남한", "KR"),
    ("韓国", "KR"),
    ("韩国", "KR"),
    ("korean", "KR"),
    ("coréenne", "KR"),
    ("coreanos", "KR"),
    ("koreanischen", "KR"),
    ("North Korea", "KP"),
    ("N. Korea", "KP"),
    ("DPRK", "KP"),
    ("D.P.R.K.", "KP"),
    ("Korea, North", "KP"),
    ("Korea, Democratic People's Republic of", "KP"),
    ("Democratic People's Republic of Korea", "KP"),
    ("Corea del Norte", "KP"),
    ("Corée du Nord", "KP"),
    ("Nordkorea", "KP"),
    ("Coreia do Norte", "KP"),
    ("Северной Кореей", "KP"),
    ("Северной Кореи", "KP"),
    ("Koreą Północną", "KP"),
    ("Severní Koreou", "KP"),
    ("Kuzey Kore", "KP"),
    ("북한", "KP"),
    ("北朝鮮", "KP"),
    ("朝鲜", "KP"),
    ("كوريا الشمالية", "KP"),
    ("צפון קוריאה", "KP"),
    ("North Korean", "KP"),
    ("norcoreana", "KP"),
    ("China", "CN"),
    ("PRC", "CN"),
    ("P.R.C.", "CN"),
    ("mainland China", "CN"),
    ("People's Republic of China", "CN"),
    ("中国大陆", "CN"),
    ("Republic of China", "TW"),
    ("Taiwan", "TW"),
    ("Chinese Taipei", "TW"),
    ("Taiwan, Province of China", "TW"),
    ("Formosa", "TW"),
    ("臺灣", "TW"),
    ("대만", "TW"),
    ("Taiwanese", "TW"),
    ("Hong Kong", "HK"),
    ("Macau", "MO"),
    ("Macao SAR China", "MO"),
    ("Niger", "NE"),
    ("Nigeria", "NG"),
    ("Nigerien", "NE"),
    ("nigérienne", None),  # French adjectives are kept for partners and main traders only
    ("Nigerian", "NG"),
    ("Guinea", "GN"),
    ("Guinea-Conakry", "GN"),
    ("Guinea-Bissau", "GW"),
    ("Equatorial Guinea", "GQ"),
    ("Papua New Guinea", "PG"),
    ("New Guinea", "PG"),
    ("French Guiana", "GF"),
    ("Guyana", "GY"),
    ("Congo", "CD CG"),
    ("Kongo", "CD CG"),
    ("콩고", "CD CG"),
    ("Congolese", "CD CG"),
    ("DRC", "CD"),
    ("DR Congo", "CD"),
    ("Congo, The Democratic Republic of the", "CD"),
    ("Zaire", "CD"),
    ("Congo-Brazzaville", "CG"),
    ("Republic of the Congo", "CG"),
    ("Dominica", "DM"),
    ("Dominican Republic", "DO"),
    ("Dom. Rep.", "DO"),
    ("Rep. Dom.", "DO"),
    ("República Dominicana", "DO"),
    ("Доминикана", "DO"),
    ("Dominican", "DM DO"),
    ("dominicano", "DO"),
    ("Mexico", "MX"),
    ("Méjico", "MX"),
    ("New Zealand", "NZ"),
    ("NZ", "NZ"),
    ("newzealand", "NZ"),
    ("Aotearoa", "NZ"),
    ("UK", "GB"),
    ("U.K.", "GB"),
    ("Britain", "GB"),
    ("Great Britain", "GB"),
    ("England", "GB"),
    ("Scotland", "GB"),
    ("Northern Ireland", "GB"),
    ("Ireland", "IE"),
    ("EU", "EU"),
    ("European Union", "EU"),
    ("Unión Europea", "EU"),
    ("Евросоюз", "EU"),
    ("欧盟", "EU"),
    ("USA", "US"),
    ("U.S.A.", "US"),
    ("EE. UU.", "US"),
    ("EEUU", "US"),
    ("United States", "US"),
    ("UAE", "AE"),
    ("Emirates", "AE"),
    ("Holland", "NL"),
    ("Holanda", "NL"),
    ("Netherlands", "NL"),
    ("Dutch", "NL"),
    ("Danish", "DK"),
    ("Ivory Coast", "CI"),
    ("Cote d'Ivoire", "CI"),
    ("Czech Republic", "CZ"),
    ("Czechia", "CZ"),
    ("Burma", "MM"),
    ("Myanmar", "MM"),
    ("Swaziland", "SZ"),
    ("Ceylon", "LK"),
    ("Siam", "TH"),
    ("Persia", "IR"),
    ("Upper Volta", "BF"),
    ("Turkey", "TR"),
    ("Türkiye", "TR"),
    ("Macedonia", "MK"),
    ("Austria", "AT"),
    ("Australia", "AU"),
    ("Österreich", "AT"),
    ("Oesterreich", "AT"),
    ("Slovakia", "SK"),
    ("Slovenia", "SI"),
    ("Slovenská republika", "SK"),
    ("Sudan", "SD"),
    ("South Sudan", "SS"),
    ("Samoa", "WS"),
    ("American Samoa", "AS"),
    ("Georgia", "GE"),
    ("South Georgia", "GS"),
    ("Mongolia", "MN"),
    ("Inner Mongolia", "CN"),
    ("Columbia", "CO"),
    ("Colombia", "CO"),
    ("British Columbia", "CA"),
    ("Mexico City", "MX"),
    ("Busan", "KR"),
    ("Rotterdam", "NL"),
    ("Shenzhen", "CN"),
    ("横浜", "JP"),
    ("Virgin Islands", "VG VI"),
    ("US Virgin Islands", "VI"),
    ("Saint Martin", "MF SX"),
    ("Czechoslovakia", "CZ SK"),
    ("المالديف", "MV"),
    ("عمان", "JO OM"),
    ("الأردن", "JO"),
    ("Northern Cyprus", None),
    ("Norfolk", None),
    ("Maurice", None),
    ("Georgetown", None),
    ("San Jose", None),
    ("Kingston", None),
    ("Victoria", None),
    ("Indiana", None),
    ("to go", None),
    ("cada", None),
    ("franca", None),
    ("island", None),
    ("man", None),
    ("male", None),
    ("car", None),
    ("us", None),
    ("y", None),
]


@pytest.mark.parametrize(("typed", "codes"), MEANINGS)
def test_a_name_means(typed: str, codes: str | None) -> None:
    assert MEANT.get(normalise(typed)) == (None if codes is None else codes.split())


def test_the_table_is_what_its_sources_make() -> None:
    assert (HERE / "names.json").read_text("utf-8") == make_names.names_json()


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_goes_by_its_english_name(code: str) -> None:
    name = DISPLAY["en"][code]
    assert code in MEANT[normalise(name)]
    assert MEANT[normalise(name)] == [code] or normalise(name) in DISPUTED


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_means_itself(code: str) -> None:
    assert INDEX["alpha2"][code] == [code]
    assert code == "EU" or [code] in INDEX["alpha3"].values()


@pytest.mark.parametrize("language", make_names.LANGUAGES)
def test_every_name_shown_is_understood(language: str) -> None:
    articles = make_names.ARTICLES.get(language)
    for code, name in DISPLAY[language].items():
        key = normalise(articles.sub("", name) if articles else name)
        if (len(key) < make_names.SHORTEST and key.isascii()) or key in DISPUTED:
            continue
        assert (MEANT.get(key) or EXACT.get(key)) == [code], name


def test_all_languages_show_all_codes() -> None:
    assert list(DISPLAY) == list(make_names.LANGUAGES)
    assert {frozenset(names) for names in DISPLAY.values()} == {frozenset(CODES)}


def test_only_declared_texts_mean_several() -> None:
    assert {text for text, codes in MEANT.items() if len(codes) > 1} <= DISPUTED
    assert all(MEANT.values())


def test_no_text_stands_under_two_kinds() -> None:
    texts = [normalise(t) for kind in NAMING for t in INDEX[kind]]
    assert len(texts) == len(set(texts))
    assert not MEANT.keys() & EXACT.keys()


def test_a_name_of_one_or_two_letters_is_no_name_unless_people_use_it() -> None:
    short = {t for t in MEANT if len(t) < 3 and t.isascii()}
    assert short == {"eu", "hk", "nz", "uk"}


def test_what_is_weak_is_known() -> None:
    assert {normalise(t) for t in INDEX["weak_name"]} <= MEANT.keys()


def test_what_is_denied_is_a_code() -> None:
    assert INDEX["code_deny"].keys() <= INDEX["alpha2"].keys() | INDEX["alpha3"].keys()


@pytest.mark.parametrize("code", ["IN", "IT", "TO", "ME", "US", "EST", "STP", "ARM", "BOL", "AND"])
def test_a_code_that_is_a_word_is_denied(code: str) -> None:
    assert code in INDEX["code_deny"]


@pytest.mark.parametrize("code", ["KR", "JP", "NZ", "MX", "TW", "SG", "JO", "GTM", "URY", "KOR"])
def test_a_code_that_is_no_word_is_not_denied(code: str) -> None:
    assert code not in INDEX["code_deny"]


TABLES = ["everyday", "former", "demonyms", "cities", "exact", "variants", "display"]


@pytest.mark.parametrize("name", TABLES)
def test_the_hand_tables_are_by_code(name: str) -> None:
    assert make_names.table(name).keys() <= CODES


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


def test_refusals_are_many_and_each_stands_once() -> None:
    assert len(REFUSED) > 300
    assert len({normalise(phrase) for phrase in REFUSED}) == len(REFUSED)


def test_no_refusal_is_a_name() -> None:
    assert not {phrase for phrase in REFUSED if normalise(phrase) in MEANT}


HONEST = [
    "Turkey",
    "and turkey?",
    "is China covered",
    "Mexico City plant",
    "is Peru in?",
    "Is Peru in the list of partners?",
    "Lebanon or Jordan",
    "our sites in Mexico, New York and Peru",
    "has China set up a program",
    "does Singapore exchange data with CBP",
    "is there a Georgia-US agreement",
    "MRA with US",
    "is Hungary a EU member",
    "our supplier in French Guiana",
    "what is the Korean version of CTPAT called",
    "when did Singapore issue AEO certificates",
    "Korean AEO",
    "our Swiss supplier's AEO",
    "is our Indian exporter eligible",
    "British Columbia",
    "goods from China shipping in May",
    "shipments to Canada post 2012",
]


@pytest.mark.parametrize("question", HONEST)
def test_an_honest_question_is_not_refused(question: str) -> None:
    padded = f" {normalise(question)} "
    assert [p for p in REFUSED if f" {normalise(p)} " in padded] == []


REFUSED_TALK = [
    "chile con carne on friday",
    "the new mexico office",
    "Michael Jordan's rookie card",
    "turkey sandwich for lunch",
    "flying Air Canada tomorrow",
    "the Revised Kyoto Convention",
    "since the Uruguay Round",
    "pardon my French",
    "an MRA scan of his knee",
    "Chinese whispers",
    "Atlanta, Georgia",
    "Lebanon, PA",
    "eu quero saber",
    "zona franca",
]


@pytest.mark.parametrize("text", REFUSED_TALK)
def test_what_only_sounds_like_a_country_is_refused(text: str) -> None:
    padded = f" {normalise(text)} "
    assert any(f" {normalise(p)} " in padded for p in REFUSED)
