"""A page's Markdown as blocks, and nothing that Slack can't show.

Paragraphs and lists of one level, with bold text and links inside; anything else is refused,
so that every rendering can show a page whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

# Knows more than a page may use, so that what is refused is seen for what it is.
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text."""

    text: str
    bold: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[tuple[Span, ...], ...]
    ordered: bool = False  # numbered from 1: the steps of something


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; only answers built from records have one, pages don't."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Bullets | Table


class ProseError(ValueError):
    """Markdown that can't be shown everywhere: on which line, what, and what to write instead."""

    def __init__(self, line: int, why: str, cure: str) -> None:
        super().__init__(f"line {line}: {why}; {cure}")
        self.line = line
        self.why = why
        self.cure = cure


# What an answer can't show, by the parser's name for it, and what to write instead.
_REFUSED = {
    "heading": ("a heading", "write a paragraph in **bold**"),
    "table": ("a table", "write a list; tables are made from the register"),
    "fence": ("a block of code", "write it as plain text"),
    "code_block": ("an indented block of code", "take away the spaces at the start of the line"),
    "code_inline": ("code between backticks", "use **bold** or plain words"),
    "html_block": ("HTML", "write it as plain text"),
    "html_inline": ("HTML", "write it as plain text"),
    "blockquote": ("a quotation", "write it as a paragraph"),
    "hr": ("a horizontal rule", "leave an empty line"),
    "image": ("an image", "say in words what it shows"),
    "em": ("emphasis with single * or _", "use **bold** or plain words"),
    "s": ("struck-through text", "leave it out"),
    "hardbreak": ("a forced line break", "start a new paragraph"),
}
# Marks that were meant as something and became plain text: a lone asterisk, half a link.
_STRAY = re.compile(r"[*`]|\]\(")


def parse_prose(markdown: str, first_line: int = 1) -> tuple[Block, ...]:
    """The blocks of a text, in order; none for an empty one.

    `first_line` is the line of the file on which the text starts. Raises ProseError for
    everything but paragraphs, lists of one level, **bold** and [links](https://example.org).
    """
    parser = _PARSER
    noted: dict[str, Any] = {}
    tree = SyntaxTreeNode(parser.parse(markdown, noted))
    for definition in noted.get("references", {}).values():
        raise ProseError(
            first_line + definition["map"][0],
            "an address kept apart from its link",
            "write [words](https://…) where the link is",
        )
    return tuple(_block(node, first_line) for node in tree.children)


def plain(block: Block) -> str:
    """The words of a block, without bold and addresses; an item or a row on a line of its own."""
    if isinstance(block, Paragraph):
        return _words(block.spans)
    if isinstance(block, Bullets):
        marks = (f"{n}." if block.ordered else "•" for n in range(1, len(block.items) + 1))
        return "\n".join(
            f"{mark} {_words(item)}" for mark, item in zip(marks, block.items, strict=True)
        )
    return "\n".join(" | ".join(row) for row in (block.columns, *block.rows))


def plain_text(blocks: Iterable[Block]) -> str:
    """The words of some blocks, an empty line between them."""
    return "\n\n".join(plain(block) for block in blocks)


def paragraph(text: str) -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph((Span(text),))


def bullets(items: tuple[str, ...]) -> Bullets:
    """A list of plain texts."""
    return Bullets(tuple((Span(item),) for item in items))


def _words(spans: Iterable[Span]) -> str:
    return "".join(span.text for span in spans)


def _block(node: SyntaxTreeNode, first_line: int) -> Block:
    if node.type == "paragraph":
        return Paragraph(_spans(node, first_line))
    if node.type == "bullet_list":
        return Bullets(tuple(_item(item, first_line) for item in node.children))
    if node.type == "ordered_list":
        if node.attrs.get("start", 1) != 1:
            raise ProseError(_line(node, first_line), "a list that starts late", "number it from 1")
        return Bullets(tuple(_item(item, first_line) for item in node.children), ordered=True)
    raise _refusal(node.type, _line(node, first_line))


def _item(item: SyntaxTreeNode, first_line: int) -> tuple[Span, ...]:
    line = _line(item, first_line)
    if not item.children:
        raise ProseError(line, "a list item without words", "fill it or take it out")
    first, *rest = item.children
    for node in (first, *rest):
        if node.type in ("bullet_list", "ordered_list"):
            raise ProseError(
                _line(node, first_line), "a list within a list", "make it one list, or two"
            )
        if node.type != "paragraph":
            raise _refusal(node.type, _line(node, first_line))
    if rest:
        raise ProseError(
            _line(rest[0], first_line),
            "a list item of several paragraphs",
            "make it one paragraph, or end the list before it",
        )
    return _spans(first, first_line)


def _spans(paragraph: SyntaxTreeNode, first_line: int) -> tuple[Span, ...]:
    """The runs of a paragraph; neighbours that look alike become one."""
    (inline,) = paragraph.to_tokens()[1:-1]
    merged: list[Span] = []
    for span in _runs(inline.children or [], _line(paragraph, first_line)):
        last = merged[-1] if merged else None
        if last and (last.bold, last.link) == (span.bold, span.link):
            merged[-1] = replace(last, text=last.text + span.text)
        else:
            merged.append(span)
    if not _words(merged).strip():
        raise ProseError(_line(paragraph, first_line), "an empty paragraph", "take it out")
    return tuple(merged)


def _runs(tokens: Iterable[Token], line: int) -> Iterator[Span]:
    bold = 0
    link: str | None = None
    wordless = False  # inside a link of which no word was seen yet
    for token in tokens:
        if token.type == "text":
            if not token.content:
                continue
            if _STRAY.search(token.content):
                raise ProseError(line, "a mark that opens or closes nothing", "pair it or drop it")
            wordless = False
            yield Span(token.content, bold > 0, link)
        elif token.type == "softbreak":
            line += 1
            yield Span(" ", bold > 0, link)
        elif token.type in ("strong_open", "strong_close"):
            bold += token.nesting
        elif token.type == "link_open":
            link, wordless = _address(token, line), True
        elif token.type == "link_close":
            if wordless:
                raise ProseError(line, "a link without words", "write [words](https://…)")
            link = None
        else:
            raise _refusal(token.type.removesuffix("_open"), line)


def _address(token: Token, line: int) -> str:
    address = str(token.attrs["href"])
    if token.info == "auto":
        raise ProseError(line, "a bare address", f"write [words]({address})")
    if not address.startswith("https://"):
        raise ProseError(line, f"a link to {address or 'nothing'}", "link to an https:// address")
    if "title" in token.attrs:
        raise ProseError(line, "a link with a hidden title", "say it in the text")
    return address


def _line(node: SyntaxTreeNode, first_line: int) -> int:
    return first_line + (node.map[0] if node.map else 0)


def _refusal(kind: str, line: int) -> ProseError:
    why, cure = _REFUSED.get(kind, (f"markup of the kind {kind}", "use paragraphs and lists"))
    return ProseError(line, f"{why} can't be shown", cure)
