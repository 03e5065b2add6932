"""Renderings: pinned for some answers, within Slack's limits for all."""

from __future__ import annotations

import json
import re
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Answer, Choice, Verdict
from bot.playground.blocks import validate_message
from bot.rendering import Asked, Message, Shared, to_object, to_slack, to_text
from bot.rendering.blocks import json_size, text_size
from bot.rendering.buttons import carried_by
from bot.rendering.characters import clean, cut, escape, plain, size
from bot.rendering.limits import LIMITS, limit
from bot.wording import WORDING
from knowledge.facts import Source
from knowledge.prose import Block, Bullets, Paragraph, Span, Table, bullets, paragraph
from tests.example_answers import ANSWERS, DAY
from tests.rendered_answers import MESSAGES, RENDERINGS


@pytest.mark.parametrize("name", ANSWERS)
def test_text_is_as_pinned(name: str) -> None:
    pinned = (RENDERINGS / f"{name}.txt").read_text(encoding="utf-8")
    assert to_text(ANSWERS[name]) + "\n" == pinned


@pytest.mark.parametrize("name", MESSAGES)
def test_slack_message_is_as_pinned(name: str) -> None:
    pinned = json.loads((RENDERINGS / f"{name}.json").read_text(encoding="utf-8"))
    assert list(MESSAGES[name].blocks) == pinned


@pytest.mark.parametrize("name", sorted(MESSAGES.keys() - ANSWERS.keys()))
def test_text_of_what_else_is_made_of_an_answer_is_as_pinned(name: str) -> None:
    pinned = (RENDERINGS / f"{name}.txt").read_text(encoding="utf-8")
    assert MESSAGES[name].text + "\n" == pinned


def test_every_pinned_rendering_has_its_answer() -> None:
    assert {path.stem for path in RENDERINGS.iterdir()} == set(MESSAGES)


def test_every_kind_of_answer_is_pinned() -> None:
    kinds = set(WORDING) - {"page", "term"}  # ways of wording a definition, no kinds of answer
    assert kinds <= {answer.topic for answer in ANSWERS.values()}


def test_object_holds_the_answer_and_survives_json() -> None:
    made = to_object(ANSWERS["pasted list"])
    assert json.loads(json.dumps(made)) == made == {
        "topic": "status",
        "partners": ["KR", "LA", "EU"],
        "via": {"DE": "EU"},
        "selected": [],
        "verdict": "n/a",
        "verdicts": {"KR": "yes", "LA": "no", "EU": "yes"},
        "as_of": "2023-04-30",
        "text": to_text(ANSWERS["pasted list"]),
        "citations": ["cbp-2023"],
        "choices": [],
    }  # fmt: skip
    assert to_object(ANSWERS["asks back"])["choices"] == ["Australia", "Austria & more"]


def test_a_copys_address_is_never_shown() -> None:
    message = to_slack(ANSWERS["detail"])
    assert "never-shown" not in message.text + json.dumps(message.blocks)


def test_buttons_carry_what_was_asked() -> None:
    message = to_slack(ANSWERS["detail"], carry="{memory}", shares=Shared("korea & <japan>", "{}"))
    values = {b["action_id"]: json.loads(b["value"]) for b in _buttons(message)}
    assert values == {
        "feedback:positive_button": {"say": "", "carry": "", "helped": True},
        "feedback:negative_button": {
            "say": "korea & <japan>",
            "carry": "",
            "topic": "detail",
            "partners": ["KR"],
            "helped": False,
        },
        "share": {"say": "korea & <japan>", "carry": "{}"},
        "next:0": {"say": "how do I claim korea", "carry": "{memory}"},
        "next:1": {"say": "list", "carry": "{memory}"},
    }
    assert not re.search("[&<>]", "".join(b["value"] for b in _buttons(message)))


def test_a_question_too_long_for_a_button_says_so() -> None:
    # Characters without order, of which nothing else is known: they can't be made shorter.
    message = to_slack(ANSWERS["bare"], shares=Shared(Random(1).randbytes(2_000).hex()))
    assert not any(b["action_id"] == "share" for b in _buttons(message))
    assert "too long to be shared" in json.dumps(message.blocks)


def test_a_long_question_is_carried_whole_where_that_is_short_enough() -> None:
    question = "korea & <japan>, " * 200
    [share] = [b for b in _buttons(to_slack(ANSWERS["bare"], shares=Shared(question, "{}")))
               if b["action_id"] == "share"]  # fmt: skip
    assert carried_by(share["value"]) == {"say": question, "carry": "{}"}


@pytest.mark.parametrize("value", ["", "[]", "1", "korea", "{", "z", "z!", "zeNo", "z" + "e" * 99])
def test_what_no_button_carries_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"^(?:no value of a button|Expecting)"):
        carried_by(value)


def test_choices_without_a_button_are_named() -> None:
    choices = tuple(Choice(f"Country {n}", f"country {n}") for n in range(60))
    message = to_slack(Answer("ambiguous", "Which one?", DAY, choices=choices))
    shown = {b["text"]["text"] for b in _buttons(message)}
    assert 10 < len(shown) <= limit("actions.elements")
    named = json.dumps(message.blocks)
    assert all(f"Country {n}" in named for n in range(60))


def test_the_asker_is_named_and_what_they_asked_is_harmless() -> None:
    asked = Asked("U1", "<@U2|ana> is <https://x.example|korea> in? &amp; <!channel>", "shared")
    line = to_slack(ANSWERS["bare"], asked=asked).blocks[0]["elements"][0]["text"]
    assert line == "<@U1> shared: ana is korea in? &amp; channel"


def test_a_hundred_countries_all_have_their_verdict() -> None:
    rows = tuple((f"Country number {n}", "yes" if n % 2 else "no", "") for n in range(100))
    answer = Answer("status", "50 are covered.", DAY, body=(Table(("Typed", "Covered", ""), rows),))
    message = to_slack(answer, shares=Shared("x"))
    shown = json.dumps(message.blocks)
    assert all(f"Country number {n}" in shown for n in range(100))
    assert "does not fit" not in shown


def test_a_long_field_keeps_its_whole_value() -> None:
    value = "so & so " * 180
    answer = Answer("detail", "Yes.", DAY, fields=(("Claim", value), ("Signed", "2010")))
    _, claim, signed = to_slack(answer).blocks

    assert claim["text"]["text"] == f"*Claim*\n{escape(value).strip()}"
    assert signed["fields"][0]["text"] == "*Signed*\n2010"


def test_what_is_cut_is_said() -> None:
    rows = tuple((f"{n}" + "ü" * 199, "yes") for n in range(300))
    answer = Answer("list", "Many.", DAY, body=(Table(("Name", "In"), rows),), dated="As of today.")
    blocks = to_slack(answer).blocks
    assert [b["type"] for b in blocks] == ["header", "table", "context", "context"]
    assert "does not fit" in blocks[2]["elements"][0]["text"]
    assert blocks[3]["elements"][0]["text"] == "As of today."


# Everything that a record or a user could put in: controls, direction marks, lone halves of
# pairs, markup, and length.
NASTY = st.text(st.characters(codec=None), max_size=300) | st.sampled_from(
    ["<!channel>", "<@U1>", "*bold* _it_ `x`", "&amp;", "a\x00b\x1b[31m", "\u202egpj.exe", "\ud800",
     "x" * 4_000, "&" * 2_100, "é " * 900, "😀" * 1_600, " ", "\n\n", ""]
)  # fmt: skip
SPANS = st.lists(
    st.builds(
        Span, NASTY, st.booleans(), st.none() | NASTY.map(lambda t: f"https://x.example/{t}")
    ),
    max_size=4,
).map(tuple)
SIZES = st.integers(0, 6) | st.sampled_from([25, 100, 300])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.integers(0, 25))
    row = draw(st.lists(NASTY, min_size=0, max_size=columns + 1).map(tuple))
    return Table(tuple(draw(NASTY) for _ in range(columns)), (row,) * draw(SIZES))


BLOCKS: st.SearchStrategy[Block] = (
    st.builds(Paragraph, SPANS)
    | st.builds(lambda item, n: Bullets((item,) * n), SPANS, SIZES)
    | tables()
)
CHOICES = st.lists(st.builds(Choice, NASTY, NASTY), max_size=40).map(tuple)
VERDICTS: st.SearchStrategy[Verdict] = st.sampled_from(("yes", "no", "n/a"))
SOURCES = st.builds(
    Source,
    id=st.just("s"),
    publisher=NASTY,
    title=NASTY,
    grade=st.just("A"),
    read=st.just(DAY),
    url=st.none() | NASTY | NASTY.map(lambda t: f"https://x.example/{t}"),
)
WORST = st.builds(
    Answer,
    topic=st.just("list"),
    headline=NASTY,
    as_of=st.just(DAY),
    verdict=VERDICTS,
    fields=st.lists(st.tuples(NASTY, NASTY), max_size=30).map(tuple),
    body=st.lists(BLOCKS, max_size=5).map(tuple)
    | st.builds(Paragraph, SPANS).map(lambda b: (b,) * 60),
    note=st.none() | NASTY,
    citations=st.lists(SOURCES, max_size=20).map(tuple),
    dated=st.none() | NASTY,
    choices=CHOICES,
    next_steps=CHOICES,
)


@settings(max_examples=60, deadline=None)
@given(WORST, NASTY, st.none() | st.builds(Shared, NASTY, NASTY),
       st.none() | st.builds(Asked, st.just("U1"), NASTY))  # fmt: skip
def test_whatever_the_answer_slack_takes_it(
    answer: Answer, carry: str, shares: Shared | None, asked: Asked | None
) -> None:
    message = to_slack(answer, carry=carry, shares=shares, asked=asked)
    sent = {"text": message.text, "blocks": list(message.blocks)}
    validate_message(sent)
    assert sum(text_size(b) for b in message.blocks) <= 12_000
    assert sum(json_size(b) for b in message.blocks) <= 16_000
    written = json.dumps(sent, ensure_ascii=False)
    assert not re.search("<!|<@(?!U1>)|<#", written), "nothing that calls somebody"
    assert not re.search("[\ud800-\udfff]", written)
    assert clean(message.text) == message.text


@settings(max_examples=60, deadline=None)
@given(WORST)
def test_whatever_the_answer_its_text_can_be_printed(answer: Answer) -> None:
    text = to_text(answer)
    text.encode()
    assert clean(text) == text
    json.dumps(to_object(answer))


@settings(max_examples=300, deadline=None)
@given(NASTY, st.integers(1, 50), st.booleans())
def test_a_cut_text_is_as_long_as_allowed_and_no_escape_is_split(
    text: str, most: int, escaped: bool
) -> None:
    made = cut(text, most, escaped=escaped)
    assert size(made) <= most
    if escaped:
        assert not re.search("&(?!amp;|lt;|gt;)|[<>]", made)
    whole = escape(text) if escaped else clean(text)
    assert made == whole or whole.startswith(made.removesuffix("…"))


@pytest.mark.parametrize(
    ("delivered", "read"),
    [
        ("<@U1|ana> and <@U2>", "ana and U2"),
        ("<#C1|general> <!here>", "general here"),
        ("<https://x.example|label> <https://y.example>", "label https://y.example"),
        ("a &lt;b&gt; &amp;amp;", "a <b> &amp;"),
        ("  two\n lines\t", "two lines"),
    ],
)
def test_a_message_as_a_person_reads_it(delivered: str, read: str) -> None:
    assert plain(delivered) == read


def test_every_limit_names_its_source() -> None:
    assert all(entry.number > 0 and entry.source for entry in LIMITS.values())
    assert limit("message.blocks") == 50
    with pytest.raises(KeyError):
        limit("no such limit")


def test_bullets_and_paragraphs_keep_their_order_in_both() -> None:
    body = (paragraph("First."), bullets(("second", "third")), paragraph("Fourth."))
    answer = Answer("definition", "Head.", DAY, body=body)
    order = ["Head.", "First.", "second", "third", "Fourth."]
    for rendered in (to_text(answer), json.dumps(to_slack(answer).blocks)):
        found = [rendered.index(text) for text in order]
        assert found == sorted(found)


LONG = (
    "The arrangement with Korea was signed in June 2010 by J. Kim for the U.S. Customs Service. "
    "Its administration has a page. https://www.customs.go.kr says more, in Korean and in English."
)


def test_of_a_long_headline_the_first_sentence_is_the_header_and_addresses_are_links() -> None:
    header, others = to_slack(Answer("signed_date", LONG, DAY)).blocks

    assert header["text"]["text"] == LONG[: LONG.index(" Its")]
    [paragraph_] = others["elements"]
    assert "".join(e["text"] for e in paragraph_["elements"]) == LONG[LONG.index("Its") :]
    assert [e["url"] for e in paragraph_["elements"] if "url" in e] == ["https://www.customs.go.kr"]


def test_a_first_sentence_too_long_for_a_header_is_bold() -> None:
    first = f"{'Signed ' * 30}in Seoul."
    bold, others = to_slack(Answer("signed_date", f"{first} Others followed.", DAY)).blocks

    assert bold["text"]["text"] == f"*{first}*"
    assert others["elements"][0]["elements"][0]["text"] == "Others followed."


def test_a_later_page_repeats_only_the_beginning_of_a_long_headline() -> None:
    body = (bullets(("one", "two")),)
    message = to_slack(Answer("list", LONG, DAY, body=body), start=1)

    assert message.blocks[0]["text"]["text"].endswith("Customs Service. (continued)")
    assert "in Korean" not in message.text


def _buttons(message: Message) -> list[dict[str, Any]]:
    return [e for b in message.blocks if b["type"] == "actions" for e in b["elements"]]
