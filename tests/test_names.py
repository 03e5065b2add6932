"""The names table: what people write, and whom they mean by it."""

from __future__ import annotations

import pytest

from knowledge import make_names
from knowledge.text import normalise
from tests.names_table import DISPLAY, EXACT, HERE, INDEX, MEANT, NAMING

DISPUTED = {normalise(t) for t in make_names.table("disputed")}
CODES = set(make_names.codes())

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
