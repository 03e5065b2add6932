"""The shapes of blocks, and the surfaces they can stand on."""

from __future__ import annotations

from collections.abc import Mapping

from bot.playground.checking import (
    Check,
    Shape,
    address,
    any_of,
    anything,
    items,
    nullable,
    one_of,
    string,
    text,
    truth,
    typed,
    whole,
)
from bot.playground.elements import BUTTON, CONTEXT_ACTIONS, IMAGE, INPUTS, INTERACTIVE, RICH_TEXT
from bot.playground.limits import limit

_ID: Mapping[str, Check] = {"block_id": string("block_id")}
_RICH = Shape({"elements": items(typed(RICH_TEXT))}, _ID)
_RAW_TEXT = Shape({"text": string()})
HEADER_CELLS: Mapping[str, Check] = {"raw_text": _RAW_TEXT, "raw_number": anything}
_CELL = typed({"raw_text": _RAW_TEXT, "rich_text": _RICH})
_DATA_CELL = typed({**HEADER_CELLS, "rich_text": _RICH})
_COLUMN = nullable(Shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": truth}))
_CARD = Shape(
    {},
    {
        **_ID,
        "title": text("card.title"),
        "subtitle": text("card.subtitle"),
        "body": text("card.body"),
        "subtext": text("card.body"),
        "icon": typed({"image": IMAGE}),
        "slack_icon": anything,
        "hero_image": typed({"image": IMAGE}),
        "actions": items(typed({"button": BUTTON}), "card.actions"),
    },
)
_FLAT: Mapping[str, Check] = {
    "section": Shape(
        {},
        {
            **_ID,
            "text": text("section.text"),
            "fields": items(text("section.field"), "section.fields"),
            "accessory": typed({**INTERACTIVE, "image": IMAGE}),
            "expand": truth,
        },
    ),
    "header": Shape({"text": text("header.text", plain=True)}, {**_ID, "level": whole(1, 6)}),
    "divider": Shape({}, _ID),
    "context": Shape(
        {
            "elements": items(
                any_of(typed({"image": IMAGE}, ("image",)), text("text_object.text")),
                "context.elements",
            )
        },
        _ID,
    ),
    "actions": Shape({"elements": items(typed(INTERACTIVE), "actions.elements")}, _ID),
    "context_actions": Shape(
        {"elements": items(typed(CONTEXT_ACTIONS), "context_actions.elements")}, _ID
    ),
    "image": Shape(
        {"alt_text": string("image.alt_text")},
        {
            **_ID,
            "image_url": address("image.url"),
            "slack_file": anything,
            "title": text("image.title", plain=True),
        },
    ),
    "markdown": Shape({"text": string("markdown.text")}, _ID),
    "rich_text": _RICH,
    "table": Shape(
        {"rows": items(items(_CELL, "table.columns"), "table.rows")},
        {**_ID, "column_settings": items(_COLUMN, "table.columns", least=0)},
    ),
    "data_table": Shape(
        {
            "rows": items(items(_DATA_CELL, "data_table.columns"), "data_table.rows", least=2),
            "caption": string(),
        },
        {
            **_ID,
            "page_size": whole(1, limit("data_table.page_size")),
            "row_header_column_index": whole(),
        },
    ),
    "input": Shape(
        {"label": text("input.label", plain=True), "element": typed(INPUTS)},
        {
            **_ID,
            "hint": text("input.hint", plain=True),
            "optional": truth,
            "dispatch_action": truth,
        },
    ),
    "video": Shape(
        {
            "alt_text": string("image.alt_text"),
            "title": text("video.title", plain=True),
            "thumbnail_url": address("image.url"),
            "video_url": address("image.url"),
        },
        {
            **_ID,
            "author_name": string("video.author_name"),
            "description": text("text_object.text", plain=True),
            "provider_icon_url": address("image.url"),
            "provider_name": string(),
            "title_url": address("image.url"),
        },
    ),
    "alert": Shape(
        {"text": text("alert.text")},
        {**_ID, "level": one_of("default", "info", "warning", "error", "success")},
    ),
    "card": _CARD,
    "carousel": Shape({"elements": items(typed({"card": _CARD}), "carousel.cards")}, _ID),
    "plan": anything,
    "task_card": anything,
    "data_visualization": anything,
}
BLOCKS: Mapping[str, Check] = {
    **_FLAT,
    "container": Shape(
        {"child_blocks": items(typed(_FLAT), "container.children")},
        {
            **_ID,
            "title": text("container.title", plain=True),
            "rich_text_title": typed({"rich_text": _RICH}),
            "subtitle": text("container.subtitle", plain=True),
            "icon": typed({"image": IMAGE}),
            "width": one_of("narrow", "standard", "wide", "full"),
            "is_collapsible": truth,
            "default_collapsed": truth,
            "has_header_divider": truth,
        },
    ),
}
# Where a block can stand, from https://docs.slack.dev/blocks.json; those not named: anywhere.
# That list has both tables on the Home tab too; others report that none is shown there.
SURFACES: Mapping[str, frozenset[str]] = {
    "alert": frozenset({"modal"}),
    "carousel": frozenset({"message", "home"}),
    "container": frozenset({"message"}),
    "context_actions": frozenset({"message"}),
    "data_table": frozenset({"message"}),
    "data_visualization": frozenset({"message", "home"}),
    "markdown": frozenset({"message"}),
    "plan": frozenset({"message"}),
    "table": frozenset({"message"}),
    "task_card": frozenset({"message"}),
}
