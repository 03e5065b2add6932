"""Whether Slack would take a message or a view, and in what words it would refuse.

`validate_message` and `validate_view` raise Refusal, or return nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.playground.checking import (
    Check,
    Shape,
    anything,
    items,
    size,
    string,
    text,
    truth,
    typed,
    wrong,
)
from bot.playground.elements import OPTION, OPTION_GROUP
from bot.playground.limits import limit
from bot.playground.refusal import Json, Refusal
from bot.playground.shapes import BLOCKS, HEADER_CELLS, SURFACES

_TABLES = ("table", "data_table")
_OFFERED = Shape(
    {},
    {
        "options": items(OPTION, "select.options", least=0),
        "option_groups": items(OPTION_GROUP, "select.option_groups", least=0),
    },
)


def validate_message(message: Json) -> None:
    """Refuses what Slack would refuse to post: `text`, `blocks`, `attachments`."""
    body, blocks = message.get("text"), message.get("blocks")
    if message.get("markdown_text") is not None:
        if body or blocks:
            raise Refusal("markdown_text_conflict")
        body = message["markdown_text"]
        if size(str(body)) > limit("message.markdown_text"):
            raise Refusal("msg_too_long")
    if body is not None and not isinstance(body, str):
        raise Refusal("invalid_arguments", ["must provide a string [json-pointer:/text]"])
    if not (body or blocks or message.get("attachments") or message.get("files")):
        raise Refusal("no_text")
    if size(body or "") > limit("message.text"):
        raise Refusal("msg_too_long")
    if len(message.get("attachments") or ()) > limit("message.attachments"):
        raise Refusal("too_many_attachments")
    if blocks:
        validate_blocks(blocks, "message")


def validate_blocks(blocks: object, surface: str) -> None:
    """Refuses blocks that cannot stand on a surface: "message", "modal" or "home"."""
    error = "invalid_blocks" if surface == "message" else "invalid_arguments"
    at = "/blocks" if surface == "message" else "/view/blocks"
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise Refusal(
            "invalid_blocks_format" if surface == "message" else error,
            [wrong("must provide an array of blocks", at)],
        )
    found: list[str] = []
    most = "message.blocks" if surface == "message" else "surface.blocks"
    items(typed(BLOCKS), most, least=0)(blocks, at, found)
    for index, block in enumerate(blocks):
        found += _beyond_shapes(block, surface, f"{at}/{index}")
    found += _twice(blocks, at)
    if found:
        raise Refusal(error, found)
    if surface == "message":
        _refuse_too_much(blocks)


def validate_view(view: object) -> None:
    """Refuses a modal or a Home tab that Slack would refuse."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        raise Refusal("invalid_arguments", [wrong("unsupported type", "/view/type")])
    found: list[str] = []
    modal = view["type"] == "modal"
    blocks = view.get("blocks")
    common: dict[str, Check] = {
        "private_metadata": string("view.private_metadata", least=0),
        "callback_id": string("callback_id", least=0),
        "external_id": string("view.external_id", least=0),
        "clear_on_close": truth,
        "notify_on_close": truth,
        "submit_disabled": truth,
    }
    if modal:
        common["submit"] = text("modal.submit", plain=True)
        common["close"] = text("modal.close", plain=True)
    title: dict[str, Check] = {"title": text("modal.title", plain=True)} if modal else {}
    Shape({**title, "blocks": anything}, common)(view, "/view", found)
    if modal and not view.get("submit") and any(b["type"] == "input" for b in _typed(blocks)):
        found.append(wrong("a submit button is required with input blocks", "/view/submit"))
    if found:
        raise Refusal("invalid_arguments", found)
    validate_blocks(blocks, view["type"])
    if len(json.dumps(view).encode()) > limit("view.bytes"):
        raise Refusal("view_too_large")


def validate_options(answer: object) -> None:
    """Refuses what an app answers to a menu that asked for options."""
    found: list[str] = []
    _OFFERED(answer, "", found)
    if found:
        raise Refusal("invalid_options", found)


def _typed(blocks: object) -> Iterator[Json]:
    for block in blocks if isinstance(blocks, list) else ():
        if isinstance(block, dict) and isinstance(block.get("type"), str):
            yield block


def _beyond_shapes(block: Json, surface: str, at: str) -> Iterator[str]:
    """What is wrong with a block that its shape can't say."""
    kind = block.get("type")
    if not isinstance(kind, str):
        return
    if kind in BLOCKS and surface not in SURFACES.get(kind, (surface,)):
        yield wrong(f"unsupported type: {kind}", f"{at}/type")
    if kind == "section" and not (block.get("text") or block.get("fields")):
        yield wrong("must define either `text` or `fields`", f"{at}/type")
    if kind in ("image", "section"):
        image = block if kind == "image" else block.get("accessory")
        image = image if isinstance(image, dict) and image.get("type") == "image" else None
        if image and not (image.get("image_url") or image.get("slack_file")):
            yield wrong("must define either `image_url` or `slack_file`", at)
    if kind in _TABLES and isinstance(block.get("rows"), list):
        widths = {len(row) for row in block["rows"] if isinstance(row, list)}
        if len(widths) > 1:
            yield wrong("rows must have the same number of cells", f"{at}/rows")
    if kind == "data_table" and isinstance(block.get("rows"), list) and block["rows"]:
        found: list[str] = []
        items(typed(HEADER_CELLS))(block["rows"][0], f"{at}/rows/0", found)
        yield from found


def _twice(blocks: Sequence[Json], at: str) -> Iterator[str]:
    """Ids that are there twice: of blocks in a message, of actions in a block."""
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if isinstance(block_id, str) and block_id in seen:
            yield wrong(f"block_id already in use: {block_id}", f"{at}/{index}/block_id")
        seen.add(str(block_id))
        actions: set[str] = set()
        for element in _elements(block):
            action_id = element.get("action_id")
            if isinstance(action_id, str) and action_id in actions:
                yield wrong(f"action_id already in use: {action_id}", f"{at}/{index}/elements")
            actions.add(str(action_id))


def _elements(block: Json) -> Iterable[Json]:
    elements = block.get("elements")
    return [e for e in elements if isinstance(e, dict)] if isinstance(elements, list) else []


def _refuse_too_much(blocks: Sequence[Json]) -> None:
    """Refuses what each block may have, but not all of them together."""
    tables = [index for index, block in enumerate(blocks) if block["type"] in _TABLES]
    if len(tables) > limit("message.tables"):
        raise Refusal(
            "invalid_attachments", [wrong("only_one_table_allowed", f"/blocks/{tables[1]}")]
        )
    cells = sum(_text_size(blocks[index]["rows"]) for index in tables)
    if cells > limit("table.characters"):
        raise Refusal("invalid_blocks", [wrong("table is too large", f"/blocks/{tables[0]}")])
    markdown = sum(size(b["text"]) for b in blocks if b["type"] == "markdown")
    if markdown > limit("markdown.text") or _text_size(list(blocks)) > limit("message.block_text"):
        raise Refusal("msg_blocks_too_long")


def _text_size(value: Any) -> int:
    """The characters of all texts within a value."""
    if isinstance(value, dict):
        return sum(
            size(v) if k == "text" and isinstance(v, str) else _text_size(v)
            for k, v in value.items()
        )
    return sum(_text_size(item) for item in value) if isinstance(value, list) else 0
