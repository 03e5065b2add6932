"""Reading blocks as a person would: what they say, and what can be clicked in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bot.playground.refusal import Json

_TEXT_KEYS = ("text", "title", "label", "rich_text_title", "subtitle", "fields", "accessory",
              "elements", "element", "placeholder", "options", "initial_value", "caption", "body",
              "hint", "child_blocks", "positive_button", "negative_button",
              "actions", "rows", "alt_text")  # fmt: skip
_WITHOUT_ACTION = ("image", "plain_text", "mrkdwn")


def shown_text(blocks: Iterable[Json]) -> str:
    """All texts of the blocks in the order of reading, one block or row a line."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Json) -> Iterator[str]:
    if block.get("type") in ("table", "data_table"):
        if block.get("caption"):
            yield block["caption"]
        for row in block["rows"]:
            yield " | ".join(_words(cell) for cell in row)
        return
    for key in _TEXT_KEYS:
        part = block.get(key)
        for item in part if isinstance(part, list) else [part]:
            if words := _words(item):
                yield words


def _words(value: Any) -> str:
    """The text of something within a block, its parts joined as they are shown."""
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        return ""
    kind = value.get("type")
    if kind == "emoji":
        return f":{value['name']}:"
    if kind == "user":
        return f"<@{value['user_id']}>"
    if kind == "link":
        return str(value.get("text") or value["url"])
    if kind == "raw_number":
        return str(value.get("text", value.get("value")))
    inline = kind in ("rich_text_section", "rich_text_quote", "rich_text_preformatted")
    parts = [
        words for key in _TEXT_KEYS for item in _as_list(value.get(key)) if (words := _words(item))
    ]
    return ("" if inline else "\n").join(parts)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def interactive(blocks: Iterable[Json]) -> Iterator[tuple[Json, Json]]:
    """Every element that reports to the app, with the block it stands in."""
    for block in blocks:
        yield from ((block, element) for element in _elements(block))
        yield from interactive(block.get("child_blocks", ()))


def _elements(block: Json) -> Iterator[Json]:
    if block.get("type") in ("rich_text", "context"):
        return
    for key in ("elements", "accessory", "element", "actions"):
        for element in _as_list(block.get(key)):
            if not isinstance(element, dict):
                continue
            if element.get("type") == "card":
                yield from _elements(element)
            elif element.get("type") not in _WITHOUT_ACTION:
                yield element


def buttons(blocks: Iterable[Json]) -> list[str]:
    """The labels of the buttons, in the order they are shown."""
    return [
        label
        for _, element in interactive(blocks)
        for label in labels(element)
        if element["type"] in ("button", "workflow_button", "icon_button", "feedback_buttons")
    ]


def labels(element: Json) -> list[str]:
    """By what a person would name an element: its text, or the texts of its two buttons."""
    if element["type"] == "feedback_buttons":
        return [element[k]["text"]["text"] for k in ("positive_button", "negative_button")]
    for key in ("text", "placeholder"):
        if isinstance(element.get(key), dict):
            return [str(element[key]["text"])]
    return []
