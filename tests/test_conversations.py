"""Messages as people send them, junk included: always an honest answer, never an error."""

from __future__ import annotations

import datetime
import random
import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Answer, Silence
from bot.matching.cleaning import LONGEST
from bot.memory import Memory
from bot.rendering import to_object, to_slack, to_text
from tests.scoring import faults, rows
from tests.talking import TODAY, conversation

END_OF_2014 = datetime.date(2014, 12, 31)


def ask(text: str, as_of: datetime.date | None = None) -> Answer:
    said = conversation(as_of).ask(text).said
    assert isinstance(said, Answer)
    return said


@pytest.mark.parametrize("row", rows("sample"), ids=lambda row: f"{row['id']}: {row['text']}")
def test_the_sample_is_answered_right(row: dict) -> None:  # type: ignore[type-arg]  # a row of JSON
    answer = to_object(ask(row["text"], END_OF_2014))
    assert faults(row["expect"], answer) == []


JUNK = {
    "nothing": "",
    "spaces": " \t\n ",
    "forty thousand characters": "korea " * 7_000,
    "one word of forty thousand letters": "k" * 40_000,
    "only emoji": "😀🎉👍🏽",
    "only emoji codes": ":tada: :+1::skin-tone-3:",
    "control characters": "".join(map(chr, range(32))) + "\x7f\x80\x9f",
    "right-to-left marks": "\u202e\u200fkorea\u202c\u2066?\u2069",
    "a broadcast": "<!channel> <!here|here> <!subteam^S1|@team>",
    "an unclosed angle": "<@U123 korea <https://",
    "nested entities": "&amp;amp;amp;lt;!channel&amp;gt;",
    "a lone surrogate": "\ud800 korea \udfff",
    "a null": "korea\0",
    "combining marks": "k" + "\u0301" * 5_000 + "orea",
    "digits": "9" * 10_000,
    "a date that is none": "2014-99-99 and 31.02.2014 and 0000",
    "brackets": "(" * 9_000,
    "apostrophes": "'" * 3_000 + "'s" * 500,
}


@pytest.mark.parametrize("text", JUNK.values(), ids=JUNK.keys())
def test_junk_gets_a_short_honest_answer(text: str) -> None:
    answer = ask(text)
    assert 0 < len(to_text(answer)) < 4_000
    message = to_slack(answer)
    assert "<!" not in message.text
    assert "<!" not in str(message.blocks)


def test_what_was_typed_is_escaped_where_it_is_shown() -> None:
    listed = (
        "korea, japan, <!channel> &lt;!everyone&gt; foo, peru, india, brazil, laos, kenya, chad"
    )
    message = to_slack(ask(f"covered: {listed}"))
    assert "<!" not in message.text and "<!" not in str(message.blocks)


NORTH = [
    *("North Korea", "DPRK", "north korea covered?", "Corea del Norte", "Nordkorea", "北朝鮮"),
    *("북한", "朝鲜", "nroth korea", "North Koera", "Pyongyang", ":flag-kp:", "n. korea"),
]


@pytest.mark.parametrize("text", NORTH)
def test_the_north_is_never_korea(text: str) -> None:
    answer = ask(text)
    assert "KR" not in answer.partners
    assert answer.verdict != "yes"


def test_every_partner_by_every_name_code_and_flag() -> None:
    knowledge = conversation().knowledge
    for arrangement in knowledge.arrangements:
        code = knowledge.partner(arrangement)
        economy = knowledge.economy(code)
        flag = "".join(chr(0x1F1E6 + ord(c) - 65) for c in code)
        for text in (economy.name, *economy.names, code, flag, f":flag-{code.lower()}:"):
            assert ask(text).partners == (code,), text


def test_every_state_of_the_union_is_reached_through_it() -> None:
    knowledge = conversation().knowledge
    for group in knowledge.groups.values():
        if not group.union:
            continue
        for code in group.members_on(TODAY):
            answer = ask(f"is {knowledge.economy(code).name} covered?")
            assert (answer.partners, dict(answer.via), answer.verdict) == (
                (group.id,), {code: group.id}, "yes",
            )  # fmt: skip


def test_every_other_country_is_a_dated_no() -> None:
    knowledge = conversation().knowledge
    covered = {knowledge.partner(a) for a in knowledge.arrangements}
    covered |= {c for g in knowledge.groups.values() if g.union for c in g.members_on(TODAY)}
    for code in knowledge.names.display["en"]:
        if code not in covered and code != knowledge.home:
            answer = ask(f":flag-{code.lower()}:")
            assert (answer.partners, answer.verdict) == ((code,), "no"), code
            assert "as of April 2023" in answer.headline


@pytest.mark.parametrize(
    "day", ["2007-06-29", "2008-06-28", "2010-06-29", "2011-01-01", "2014-12-31", "2023-04-17"]
)
def test_the_list_of_a_day_is_what_was_signed_by_then(day: str) -> None:
    knowledge = conversation().knowledge
    asked = datetime.date.fromisoformat(day)
    signed = [
        knowledge.partner(a) for a in knowledge.arrangements if a.signed and a.signed.last <= asked
    ]
    assert list(ask(f"list all as of {day}").selected) == signed
    assert list(ask("list all", asked).selected) == signed


CLAUSES = ["korea", "is taiwan covered", "when did peru sign", "who runs jordan's program",
           "list all", "how many arrangements", "compare japan and mexico", "what is an MRA",
           "and in 2014", "north", "the second one", "both", "why"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(CLAUSES), st.text(max_size=60)), max_size=6), st.booleans()
)
def test_no_thread_ever_raises(turns: list[str], addressed: bool) -> None:
    memory = Memory()
    for text in turns:
        turn = conversation().ask(text, memory, addressed)
        assert isinstance(turn.said, (Answer, Silence))
        memory = Memory.from_json(turn.memory.to_json())
        assert memory == turn.memory


def read(text: str) -> tuple[object, ...]:
    """What of an answer must not change with the manners of asking."""
    answer = ask(text)
    return answer.topic, answer.partners, answer.selected, answer.verdict


QUESTIONS = [
    *("is korea covered?", "when was Israel signed?", "who runs Canada's program?"),
    *("how many partners are there?", "signed in 2014?", "what is mutual recognition?"),
    *("compare Japan and Korea", "how do I claim it for Singapore on the entry?"),
]
MANNERS = {
    "a greeting": "hi, {}",
    "please": "{} please",
    "thanks": "{} thanks!",
    "a mention": "<@U123ABC> {}",
    "capitals": None,
    "small letters": None,
    "a filler word": "so {}",
    "more marks": "{}??",
    "spaces": "   {}   ",
}


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_manners_change_nothing(question: str, manner: str) -> None:
    form = MANNERS[manner]
    said = form.format(question) if form else (
        question.upper() if manner == "capitals" else question.lower()
    )  # fmt: skip
    assert read(said) == read(question)


def test_the_order_of_partners_never_changes_a_verdict() -> None:
    shuffled = random.Random(7)
    names = ["Korea", "Laos", "Germany", "Kenya", "Peru", "Norway", "Japan", "Chile"]
    expected = dict(ask(f"covered: {', '.join(names)}").verdicts)
    for _ in range(20):
        shuffled.shuffle(names)
        assert dict(ask(f"covered: {', '.join(names)}").verdicts) == expected


def test_a_hundred_pasted_countries_get_a_row_each() -> None:
    knowledge = conversation().knowledge
    names = sorted(set(knowledge.names.display["en"].values()))[:97]
    typed = [*names, "Atlantis", "Wakanda", "Mordor"]
    for separator in (", ", "; ", "\n", " | ", "\t"):
        answer = ask(separator.join(typed))
        assert answer.topic == "status"
        [table] = [b for b in answer.body if hasattr(b, "rows")]
        assert len(table.rows) >= 97, separator
        for unknown in ("Atlantis", "Wakanda", "Mordor"):
            assert unknown in answer.headline


@pytest.mark.parametrize("start", range(0, 250, 50))
def test_no_country_is_lost_in_a_pasted_list(start: int) -> None:
    """Georgia next to Grenada is no U.S. state, South Sandwich no lunch: it is a list."""
    names = list(conversation().knowledge.names.display["en"].items())
    part = [(code, name) for code, name in names if code != "US"][start : start + 100]
    answer = ask("\n".join(name for _, name in part))
    assert answer.topic == "status"
    [table] = [b for b in answer.body if hasattr(b, "rows")]
    assert len(table.rows) == len(part)
    lost = [row[0] for row in table.rows if row[1] not in ("yes", "no")]
    assert [name for name in lost if "Martin" not in name] == []  # which has two bearers


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=string.printable + "éüñ中国日本한국<>&;:|@#", max_size=300))
def test_any_text_is_answered(text: str) -> None:
    to_object(ask(text))


# What a turn takes from the thread: each turn with the topic and whom it is about or selects.
THREADS = {
    "the rest of a set": [
        ("who signed in 2014?", "list", "IL MX SG"),
        ("date of the middle one", "signed_date", "MX"),
        ("and the other two?", "signed_date", "IL SG"),
    ],
    "the last one's attribute": [
        ("which were signed before 2010?", "list", "NZ CA JO JP"),
        ("the last of these, who runs it?", "agency", "JP"),
    ],
    "a superlative goes by date": [
        ("dates for Korea, Japan, Singapore", "signed_date", "KR JP SG"),
        ("and the newest?", "order", "SG"),
        ("its agency?", "agency", "SG"),
    ],
    "a place goes by position": [
        ("are Singapore and Japan in?", "status", "SG JP"),
        ("date of the former", "signed_date", "SG"),
        ("and the latter", "signed_date", "JP"),
    ],
    "by verdict": [
        ("Thailand, Peru, India and Kenya covered?", "status", "TH PE IN KE"),
        ("just the covered ones", "status", "PE IN"),
        ("programs?", "program", "PE IN"),
    ],
    "the one that is": [
        ("Chile?", "detail", "CL"),
        ("Uruguay?", "detail", "UY"),
        ("the one that is: signed when?", "signed_date", "UY"),
    ],
    "beside the last one": [
        ("Uruguay's date", "signed_date", "UY"),
        ("who came right after?", "order", "BR"),
        ("and right after that?", "order", "GT CO"),
        ("first ever?", "order", "NZ"),
    ],
    "others of that time": [
        ("is Israel a partner?", "status", "IL"),
        ("who else signed that year?", "list", "MX SG"),
    ],
    "between two days": [
        ("who was in as of 2010?", "list", "NZ CA JO JP KR"),
        ("and as of 2013?", "list", "NZ CA JO JP KR EU TW"),
        ("who came in between?", "list", "EU TW"),
    ],
    "since a day": [
        ("list all as of 2016", "list", "NZ CA JO JP KR EU TW IL MX SG DO"),
        ("and who since then?", "list", "PE GB IN UY BR GT CO"),
    ],
    "since alone": [("Korea?", "detail", "KR"), ("since?", "signed_date", "KR")],
    "a pair's date, and its side with the U.S.": [
        ("does Japan have an MRA with Australia?", "pair", "JP AU"),
        ("in force since when?", "pair", "JP AU"),
        ("and with us?", "status", "JP"),
    ],
    "general questions inherit nobody": [
        ("Peru's date", "signed_date", "PE"),
        ("what do importers gain?", "benefits", ""),
        ("what is AEO short for?", "definition", ""),
        ("agency there?", "agency", "PE"),
    ],
    "what was asked waits for the name": [
        ("who signed it?", "ambiguous", ""),
        ("Mexico", "agency", "MX"),
    ],
    "a choice not made yet is asked again": [
        ("Costa Rica?", "detail", "CR"),
        ("dominican?", "ambiguous", ""),
        ("is it covered?", "ambiguous", ""),
        ("the republic", "detail", "DO"),
    ],
    "dropping": [
        ("list those since 2018", "list", "PE GB IN UY BR GT CO"),
        ("leave out everything after 2021", "list", "PE GB IN"),
        ("drop Peru", "list", "GB IN"),
        ("how many left?", "count", "GB IN"),
    ],
    "another region": [
        ("which are in Africa?", "list", ""),
        ("and Europe?", "list", "EU GB"),
    ],
    "which a filter left out": [
        ("which are in the Americas?", "list", "CA MX DO PE UY BR GT CO"),
        ("and which aren't?", "list", "NZ JO JP KR EU TW IL SG GB IN"),
    ],
    "a comparison grows, shrinks and is measured": [
        ("compare Peru and Brazil", "compare", "PE BR"),
        ("put Mexico in as well", "compare", "PE BR MX"),
        ("drop Peru", "compare", "BR MX"),
        ("older than Korea's?", "order", "KR"),
    ],
    "how far apart": [
        ("who was first, Japan or Korea?", "order", "JP"),
        ("by how much?", "compare", "JP KR"),
    ],
    "a name mended or put aside": [
        ("Austria covered? Sorry, I mean Australia!", "status", "AU"),
        ("not Australia, Canada", "detail", "CA"),
    ],
    "who of the last two": [
        ("Wann hat Kanada unterschrieben?", "signed_date", "CA"),
        ("und Mexiko?", "signed_date", "MX"),
        ("wer unterschrieb früher?", "order", "CA"),
    ],
    "only one of those named one by one": [
        ("Taipei?", "detail", "TW"),
        ("Hong Kong?", "detail", "HK"),
        ("Macao?", "detail", "MO"),
        ("so only the first?", "status", "TW HK MO"),
    ],
    "which kind of theirs": [
        ("is a Czech AEO covered?", "status", "EU"),
        ("is AEOC enough?", "eligibility", "EU"),
    ],
    "each in turn": [
        ("list all", "list", None),
        ("who runs the first?", "agency", "NZ"),
        ("and the last?", "agency", None),
    ],
    "a year later": [
        ("was Taiwan covered in 2011?", "status", "TW"),
        ("and a year later?", "status", "TW"),
    ],
    "which of several are covered": [
        ("Brazil, Chile, Japan?", "detail", "BR CL JP"),
        ("and who isn't?", "status", "CL"),
        ("when did the others sign", "signed_date", "BR JP"),
    ],
    "so many of those asked about one by one": [
        ("is Japan covered?", "status", "JP"),
        ("Vietnam?", "detail", "VN"),
        ("Korea?", "detail", "KR"),
        ("so two of three?", "status", "JP VN KR"),
    ],
    "in general": [
        ("Korea's benefits?", "benefits", "KR"),
        ("and in general?", "benefits", ""),
        ("is Chile covered", "status", "CL"),
        ("so how do countries become partners", "process", ""),
    ],
    "with whom": [
        ("what's an MRA", "definition", ""),
        ("with whom?", "list", None),
        ("who signed in 2022?", "list", "UY BR"),
        ("latest one of the whole list", "order", "GT CO"),
    ],
    "how far it is with them": [
        ("Vietnam covered?", "status", "VN"),
        ("are they negotiating?", "status", "VN"),
    ],
    "a count of another day": [
        ("how many partners do we have today", "count", None),
        ("and in 2012?", "count", "NZ CA JO JP KR EU TW"),
        ("who joined since?", "list", "IL MX SG DO PE GB IN UY BR GT CO"),
    ],
    "a neighbour": [
        ("Canada covered?", "status", "CA"),
        ("what about its neighbour Mexico", "detail", "MX"),
        ("who was quicker of the two", "order", "CA"),
    ],
    "the last sentence goes on": [
        ("is Norway covered", "status", "NO"),
        ("hm ok. @sam fyi. And Sweden?", "detail", "EU"),
    ],
    "a statement before the question": [
        ("is a German AEO covered?", "status", "EU"),
        ("Swiss?", "detail", "CH"),
        ("ok so only members then. who runs it", "status", "EU"),
    ],
    "first in a region": [("was Japan first in Asia?", "order", "JO")],
    "a thread gone astray": [
        ("is Korea covered?", "status", "KR"),
        ("and Wakanda?", "ambiguous", ""),
        ("when did they sign", "ambiguous", ""),
        ("Japan", "signed_date", "JP"),
    ],
    "an aside leads nobody astray": [
        ("is Peru in?", "status", "PE"),
        ("gotta run to lunch", "off_topic", ""),
        ("date?", "signed_date", "PE"),
    ],
    "with another, of a partner's own": [
        ("does Costa Rica have an agreement with CBP?", "status", "CR"),
        ("and with Colombia?", "pair", "CR CO"),
    ],
    "with another, of ours": [
        ("do we have one with Japan?", "status", "JP"),
        ("and with Korea?", "detail", "KR"),
    ],
    "whether another recognises it": [
        ("does CBP recognise Malaysia's AEO?", "status", "MY"),
        ("but Singapore does?", "pair", "SG MY"),
    ],
    "which of two pairs": [
        ("does NZ have one with Australia", "pair", "NZ AU"),
        ("with Japan?", "pair", "NZ JP"),
        ("which is newer?", "pair", "NZ AU JP"),
    ],
    "either side of one": [
        ("who signed in 2014", "list", "IL MX SG"),
        ("the middle one: date?", "signed_date", "MX"),
        ("and the ones either side of it?", "signed_date", "IL SG"),
    ],
    "one of two groups": [
        ("which were signed before 2010?", "list", "NZ CA JO JP"),
        ("and between 2010 and 2012?", "list", "KR EU TW"),
        ("how many in that second group?", "count", "KR EU TW"),
        ("and the first group?", "list", "NZ CA JO JP"),
    ],
    "two at one place": [("list all", "list", None), ("agency of the newest", "agency", "GT CO")],
    "what follows help": [("what can you do?", "help", ""), ("ok: Israel", "detail", "IL")],
    "who signed first of those asked about": [
        ("¿desde cuándo está Perú?", "signed_date", "PE"),
        ("¿y Colombia?", "signed_date", "CO"),
        ("¿quién firmó primero?", "order", "PE"),
    ],
    "talk": [("Korea's program", "program", "KR"), ("one sec, phone", "smalltalk", "")],
    "a whole question about another": [
        ("korea", "detail", "KR"), ("Is there an arrangement with Brazil?", "status", "BR"),
    ],
    "a whole question about all": [
        ("Is there an arrangement with Colombia?", "status", "CO"),
        ("Which arrangements were signed in 2014?", "list", "IL MX SG"),
    ],
    "a region that completes no name": [
        ("korea", "detail", "KR"),
        ("Which arrangements are there in North America?", "list", "CA MX DO GT"),
    ],
    "a year after the one beside another": [
        ("Who signed just before Taiwan?", "order", "EU"),
        ("2022?", "list", "UY BR"),
    ],
    "the source of the one beside another": [
        ("Who signed just before Taiwan?", "order", "EU"),
        ("and the one before that?", "order", "KR"),
        ("source?", "order", "KR"),
    ],
    "a date after a pair": [
        ("Does Korea recognize Japan's AEO?", "pair", "KR JP"),
        ("When was the arrangement with Mexico signed?", "signed_date", "MX"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("turns", THREADS.values(), ids=THREADS.keys())
def test_a_turn_takes_from_the_thread(turns: list[tuple[str, str, str | None]]) -> None:
    memory = Memory()
    for text, topic, codes in turns:
        turn = conversation().ask(text, memory)
        memory, answer = turn.memory, turn.said
        assert isinstance(answer, Answer)
        assert answer.topic == topic, text
        if codes is not None:
            about = answer.selected if topic in ("list", "count", "order") else answer.partners
            assert list(about) == codes.split(), text


def test_several_attributes_are_carried_on() -> None:
    """ "date and agency", then "same for Peru": both again."""
    first = conversation().ask("date and agency for Mexico?")
    same = conversation().ask("same for Peru", first.memory).said
    assert isinstance(same, Answer)
    assert same.partners == ("PE",)
    assert "September 2018" in to_text(same) and "SUNAT" in to_text(same)


# Said in a thread without a mention: what is surely for the bot, and what colleagues say.
HEARD = [
    *("since when?", "and Japan?", "ok and Mexico", "program name pls", "same for Peru"),
    *("so Chile isn't?", "does it cover importers?", "ok what's the signing date then"),
    *("what do I need to claim it?", "are you sure?", "y Japón?", "what do they call it?"),
]
TALK = [
    *("Dave did you send the Korea PO?", "is anyone joining the Korea call at 3?"),
    *("has Korea shipped yet?", "who owns this account?", "not sure that helps us"),
    *("any update on the shipment?", "which vendor was it?", "why did we stop using them?"),
    *(
        "let's drop Vietnam",
        "is that for real?",
        "who signed off on the budget?",
        "same here",
        "ours or theirs?",
        "when is it due?",
    ),
    *("is the Mexico warehouse done?", "anyone been to Israel?", "do they have AEO?? ask them"),
    *("Priya: can you check with Japan?", "what's our exposure in Taiwan?"),
]


@pytest.mark.parametrize("text", HEARD)
def test_what_goes_on_is_heard(text: str) -> None:
    opened = conversation().ask("is Korea covered?")
    assert isinstance(conversation().ask(text, opened.memory, addressed=False).said, Answer)


@pytest.mark.parametrize("text", TALK)
def test_talk_is_left_alone(text: str) -> None:
    opened = conversation().ask("is Korea covered?")
    assert isinstance(conversation().ask(text, opened.memory, addressed=False).said, Silence)


@pytest.mark.parametrize(
    "run", ["\n", " ", "\U0001f389", "<", "/", "a\n\n", "best,\n", "korea ", "日"]
)
def test_a_long_run_of_anything_is_read_in_time(run: str) -> None:
    text = (run * LONGEST)[:LONGEST]
    talk = conversation()
    start = time.thread_time()
    talk.ask(text)
    assert time.thread_time() - start < 1, "it was half a minute for a run of line ends"
