"""The pieces a Slack message is made of, each cut to Slack's limits.

What a user or a record says goes into text objects escaped, into rich text literally.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from bot.rendering.characters import NONE, cut, escape, literal, one_line, size
from bot.rendering.limits import limit
from bot.rendering.text import source_date
from knowledge.facts import Source
from knowledge.prose import Span

Json = dict[str, Any]
_LABEL = 100  # characters of a field's label
_SOURCE = 400  # characters of a source's line
_CELL = 500  # characters of a table's cell; Slack names no limit for one
_ADDRESS = re.compile(r"(https?://\S+)")
# Not the end of an initial or of "U.S."; where it errs, less is bold.
_SENTENCE_END = re.compile(r"(?<=[^\sA-Z][.!?]) (?=[A-Z])")
_FORMATTING = str.maketrans("*_~`", "\u2217\uff3f\u223c\u02cb")  # mrkdwn has no escape for these


def text_object(mrkdwn: str) -> Json:
    """A text object; `verbatim` keeps Slack from making links of what looks like one."""
    return {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}


def plain_text(text: str, most: int) -> Json:
    return {"type": "plain_text", "text": cut(one_line(text), most, escaped=True)}


def section(mrkdwn: str) -> Json:
    return {"type": "section", "text": text_object(mrkdwn)}


def context(lines: Sequence[str]) -> Json:
    """Small print; more lines than Slack takes elements share the last one."""
    most = limit("context.elements")
    if len(lines) > most:
        lines = [*lines[: most - 1], "\n".join(lines[most - 1 :])]
    return {"type": "context", "elements": [text_object(line) for line in lines]}


def bold(text: str, most: int) -> str:
    """Bold mrkdwn of a text in which formatting characters are shown, not obeyed."""
    return f"*{cut(one_line(text).translate(_FORMATTING), most - 2, escaped=True)}*"


def field_text(label: str, value: str, most: int) -> str:
    """A field: its label, and its value in the line below."""
    name = bold(label, _LABEL)
    return f"{name}\n{cut(one_line(value) or NONE, most - size(name) - 1, escaped=True)}"


def header(text: str, most: int) -> Json:
    """A header, which screen readers can jump to; one too long for that in bold, cut to `most`."""
    text = one_line(text)
    if size(escape(text)) <= limit("header.text"):
        return {"type": "header", "text": plain_text(text, limit("header.text"))}
    return section(bold(text, most))


def headline(text: str, most: int) -> list[Json]:
    """A header; of a text too long for one its first sentence, and the others below it."""
    first, others = lead(text)
    below = rich_section(_linked(cut(others, most)))
    return [header(first, most), *([rich_text(below)] if below else [])]


def lead(text: str) -> tuple[str, str]:
    """What a headline says first, which is all of it if a header has room, and what then."""
    text = one_line(text)
    if size(escape(text)) <= limit("header.text"):
        return text, ""
    first, *others = _SENTENCE_END.split(text, maxsplit=1)
    return first, "".join(others)


def _linked(text: str) -> Iterator[Span]:
    """The text in runs, its web addresses as links."""
    for part in _ADDRESS.split(text):
        yield Span(part, link=part if _ADDRESS.fullmatch(part) else None)


def fields(pairs: Sequence[tuple[str, str]]) -> Json:
    """A section of at most ten labels and values, two in a row."""
    most = limit("section.field")
    return {"type": "section", "fields": [text_object(field_text(*p, most)) for p in pairs]}


def rich_section(spans: Iterable[Span]) -> Json | None:
    """A paragraph or a list's item, or None where nothing of it can be shown."""
    left = limit("text_object.text")
    elements: list[Json] = []
    for span in spans:
        text = cut(literal(span.text), left)
        if not text or left < 2:
            continue
        left -= size(text)
        link = web_address(span.link)
        element: Json = {"type": "link", "url": link} if link else {"type": "text"}
        element["text"] = text
        if span.bold:
            element["style"] = {"bold": True}
        elements.append(element)
    if not any(e["text"].strip() for e in elements):
        return None
    return {"type": "rich_text_section", "elements": elements}


def rich_text(element: Json) -> Json:
    return {"type": "rich_text", "elements": [element]}


def listed(items: Sequence[Json], *, ordered: bool = False) -> Json:
    style = "ordered" if ordered else "bullet"
    return rich_text({"type": "rich_text_list", "style": style, "elements": list(items)})


def preformatted(text: str) -> Json:
    """A text as it is, in a font of one width, to be copied."""
    element = {"type": "text", "text": literal(text)}
    return rich_text({"type": "rich_text_preformatted", "elements": [element]})


def cells(row: Sequence[str], columns: int, empty: str = NONE) -> list[Json]:
    """A table's row; Slack refuses an empty cell and rows of different lengths."""
    most = min(_CELL, limit("text_object.text") // columns)  # a row must fit into a message
    texts = [cut(literal(one_line(cell)), most) or empty for cell in row[:columns]]
    texts += [empty] * (columns - len(texts))
    return [{"type": "raw_text", "text": text} for text in texts]


def table(rows: Sequence[Sequence[Json]]) -> Json:
    wrapped = {"is_wrapped": True}
    return {
        "type": "table",
        "rows": [list(row) for row in rows],
        "column_settings": [wrapped for _ in rows[0]],
    }


def source_line(source: Source) -> str:
    """Publisher and title, linked where there is a public address, and the date."""
    name = ", ".join(one_line(part) for part in (source.publisher, source.title) if part)
    link = web_address(source.url)
    shown = cut(name, _SOURCE, escaped=True)
    if link:
        shown = f"<{escape(link)}|{shown}>"
    return f"{shown}, {source_date(source)}"


def web_address(url: str | None) -> str | None:
    """The address as Slack can take it, or None where it is none for the web."""
    if not url or not url.startswith(("https://", "http://")):
        return None
    safe = quote(url, safe="%/:=&?~#+!$,;'@()*[]-._", errors="replace")
    return safe if size(safe) <= limit("button.url") else None


def text_size(block: object) -> int:
    """The characters of all texts in a block, as Slack seems to count them."""
    if isinstance(block, dict):
        return sum(
            size(v) if k in ("text", "url", "value") and isinstance(v, str) else text_size(v)
            for k, v in block.items()
        )
    if isinstance(block, list):
        return sum(text_size(item) for item in block)
    return 0


def json_size(block: object) -> int:
    """The characters of a block as it is sent."""
    return len(json.dumps(block, ensure_ascii=False))
