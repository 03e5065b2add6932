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


_SHUFFLED = 4_000  # threads a day: "same day?" after a list of one failed once in 40,000


@pytest.mark.parametrize("as_of", [None, END_OF_2014], ids=["today", "2014"])
def test_the_turns_of_any_threads_may_follow_one_another(as_of: datetime.date | None) -> None:
    """What people said in other threads, in any order: nothing there fits what was said before."""
    said = [
        t["text"] for day in ("2014", "now") for r in rows(f"threads-{day}") for t in r["turns"]
    ]
    drawn = random.Random(2026)
    for _ in range(_SHUFFLED):
        memory = Memory()
        for text in drawn.choices(said, k=4):
            turn = conversation(as_of).ask(text, memory)
            assert isinstance(turn.said, Answer)
            assert to_text(turn.said)
            memory = turn.memory


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


@pytest.mark.parametrize("separator", ["\n", ", ", " / "], ids=["lines", "commas", "slashes"])
def test_no_code_is_lost_in_a_list(separator: str) -> None:
    """BR on a line of its own is Brazil here, not the end of a letter."""
    others = ["KR", "NZ", "TH"]
    codes = {c for c in conversation().knowledge.names.display["en"]} - {"EU", "US", "MR", *others}
    for code in sorted(codes):  # MR is how somebody is addressed
        for at in range(len(others) + 1):
            answer = ask(separator.join([*others[:at], code, *others[at:]]))
            assert code in {*answer.partners, *answer.via}, (code, at)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=string.printable + "éüñ中国日本한국<>&;:|@#", max_size=300))
def test_any_text_is_answered(text: str) -> None:
    to_object(ask(text))


@pytest.mark.parametrize(
    "run", ["\n", " ", "\U0001f389", "<", "/", "a\n\n", "best,\n", "korea ", "日"]
)
def test_a_long_run_of_anything_is_read_in_time(run: str) -> None:
    text = (run * LONGEST)[:LONGEST]
    talk = conversation()
    start = time.thread_time()
    talk.ask(text)
    assert time.thread_time() - start < 1, "it was half a minute for a run of line ends"
