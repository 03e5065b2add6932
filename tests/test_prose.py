"""What a page's Markdown may hold, and what is refused with line and cure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.prose import (
    Block,
    Bullets,
    Paragraph,
    ProseError,
    Span,
    Table,
    bullets,
    paragraph,
    parse_prose,
    plain,
    plain_text,
)

ADDRESS = "https://example.org/page"

READ: dict[str, tuple[str, tuple[Block, ...]]] = {
    "nothing": ("", ()),
    "only empty lines": ("\n \n\n", ()),
    "a paragraph": ("One sentence.", (paragraph("One sentence."),)),
    "a paragraph over two lines": ("One\nsentence.", (paragraph("One sentence."),)),
    "two paragraphs": ("One.\n\nTwo.", (paragraph("One."), paragraph("Two."))),
    "bold": (
        "a **b c** d",
        (Paragraph((Span("a "), Span("b c", bold=True), Span(" d"))),),
    ),
    "bold over two lines": (
        "**b\nc**",
        (Paragraph((Span("b c", bold=True),)),),
    ),
    "a link": (
        f"see [the list]({ADDRESS}).",
        (Paragraph((Span("see "), Span("the list", link=ADDRESS), Span("."))),),
    ),
    "a link in bold": (
        f"**[x]({ADDRESS})**",
        (Paragraph((Span("x", bold=True, link=ADDRESS),)),),
    ),
    "bold in a link": (
        f"[a **b**]({ADDRESS})",
        (Paragraph((Span("a ", link=ADDRESS), Span("b", bold=True, link=ADDRESS))),),
    ),
    "a list": ("- one\n- two", (bullets(("one", "two")),)),
    "a list with empty lines between": ("- one\n\n- two", (bullets(("one", "two")),)),
    "a list item over two lines": ("- one\n  more\n- two", (bullets(("one more", "two")),)),
    "a list after a paragraph": ("Two:\n- one", (paragraph("Two:"), bullets(("one",)))),
    "bold in a list": (
        "- **a**: b",
        (Bullets(((Span("a", bold=True), Span(": b")),)),),
    ),
    "steps": ("1. one\n2. two", (Bullets(bullets(("one", "two")).items, ordered=True),)),
    "an ampersand and an entity": ("a & b &amp; c", (paragraph("a & b & c"),)),
    "an underscore within a word": ("mail a_b@example.org", (paragraph("mail a_b@example.org"),)),
    "square brackets": ("a [b] c", (paragraph("a [b] c"),)),
    "an escaped bracket": ("a \\[b\\] c", (paragraph("a [b] c"),)),
    "any script": ("수출입 · 優質企業 · 🇰🇷", (paragraph("수출입 · 優質企業 · 🇰🇷"),)),
}

# name: (Markdown, line, a word of what is wrong, a word of the cure)
REFUSED: dict[str, tuple[str, int, str, str]] = {
    "a heading": ("# Title", 1, "heading", "bold"),
    "a heading with a line under it": ("Title\n-----", 1, "heading", "bold"),
    "a table": ("a\n\n| x | y |\n|---|---|\n| 1 | 2 |", 3, "table", "list"),
    "a fenced block": ("a\n\n```\nx\n```", 3, "code", "plain"),
    "an indented block": ("a\n\n    x", 3, "code", "spaces"),
    "code in a sentence": ("a\nb `c`", 2, "backticks", "bold"),
    "a block of HTML": ("<div>x</div>", 1, "HTML", "plain"),
    "HTML in a sentence": ("a <b>b</b>", 1, "HTML", "plain"),
    "a comment": ("a\n\n<!-- note -->", 3, "HTML", "plain"),
    "a quotation": ("> a", 1, "quotation", "paragraph"),
    "a rule": ("a\n\n---", 3, "rule", "empty line"),
    "an image": (f"a ![b]({ADDRESS})", 1, "image", "words"),
    "emphasis with an asterisk": ("a *b*", 1, "emphasis", "**bold**"),
    "emphasis with an underscore": ("a _b_", 1, "emphasis", "**bold**"),
    "emphasis within bold": ("***a***", 1, "emphasis", "**bold**"),
    "struck-through text": ("a ~~b~~", 1, "struck", "leave"),
    "a break by two spaces": ("a  \nb", 1, "line break", "paragraph"),
    "a break by a backslash": ("a\\\nb", 1, "line break", "paragraph"),
    "a list within a list": ("- a\n  - b", 2, "list within", "one list"),
    "steps within a list": ("- a\n  1. b", 2, "list within", "one list"),
    "two paragraphs in an item": ("- a\n\n  b", 3, "several paragraphs", "one paragraph"),
    "code in an item": ("- a\n- `b`", 2, "backticks", "bold"),
    "a quotation in an item": ("- > a", 1, "quotation", "paragraph"),
    "an empty item": ("- a\n-", 2, "without words", "fill"),
    "a paragraph of blanks": ("a\n\n&nbsp;", 3, "empty", "take it out"),
    "steps that start late": ("3. a", 1, "starts late", "from 1"),
    "a link without https": ("[a](http://example.org)", 1, "http://example.org", "https://"),
    "a link to a file": ("a\n[b](other.md)", 2, "other.md", "https://"),
    "a link to nothing": ("[a]()", 1, "nothing", "https://"),
    "a link to a script": ("[a](javascript:x)", 1, "opens or closes", "pair"),
    "a link without words": (f"[]({ADDRESS})", 1, "without words", "[words]"),
    "a link with a title": (f'[a]({ADDRESS} "b")', 1, "title", "text"),
    "a bare address": (f"<{ADDRESS}>", 1, "bare", "[words]"),
    "an address apart": (f"a\n\n[b]: {ADDRESS}", 3, "apart", "[words]"),
    "bold that is not closed": ("a\nb **c", 2, "opens or closes", "pair"),
    "a lone asterisk": ("a * b", 1, "opens or closes", "pair"),
    "a lone backtick": ("a ` b", 1, "opens or closes", "pair"),
}


@pytest.mark.parametrize(("markdown", "blocks"), READ.values(), ids=READ)
def test_read(markdown: str, blocks: tuple[Block, ...]) -> None:
    assert parse_prose(markdown) == blocks


@pytest.mark.parametrize(("markdown", "line", "why", "cure"), REFUSED.values(), ids=REFUSED)
def test_refused(markdown: str, line: int, why: str, cure: str) -> None:
    with pytest.raises(ProseError) as caught:
        parse_prose(markdown)
    assert caught.value.line == line
    assert why in caught.value.why
    assert cure in caught.value.cure


def test_lines_count_from_where_the_text_starts_in_its_file() -> None:
    with pytest.raises(ProseError, match=r"^line 14: a heading can't be shown; write "):
        parse_prose("one\n\n# two", first_line=12)


PLAIN: dict[str, tuple[Block, str]] = {
    "a paragraph": (Paragraph((Span("a "), Span("b", bold=True, link=ADDRESS))), "a b"),
    "a list": (bullets(("one", "two")), "• one\n• two"),
    "steps": (Bullets(bullets(("one", "two")).items, ordered=True), "1. one\n2. two"),
    "a table": (Table(("A", "B"), (("1", "2"), ("3", "4"))), "A | B\n1 | 2\n3 | 4"),
}


@pytest.mark.parametrize(("block", "words"), PLAIN.values(), ids=PLAIN)
def test_plain(block: Block, words: str) -> None:
    assert plain(block) == words


def test_plain_text_leaves_an_empty_line_between_blocks() -> None:
    assert plain_text(parse_prose("one\n\n- two\n- three")) == "one\n\n• two\n• three"
    assert plain_text(()) == ""


@given(st.text(alphabet="ab1 \n\t*_`~[]()<>!#-+.:|&\\/\"'=é한", max_size=60))
def test_any_text_is_read_or_refused_with_a_line_it_has(text: str) -> None:
    try:
        blocks = parse_prose(text)
    except ProseError as error:
        assert 1 <= error.line <= text.count("\n") + 1
        assert error.why and error.cure
    else:
        assert all(plain(block).strip() for block in blocks)
        assert not set("*`") & set(plain_text(blocks))
