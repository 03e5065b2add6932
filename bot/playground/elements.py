"""The shapes of what stands inside blocks: buttons, menus, inputs, rich text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.playground.checking import (
    Check,
    Shape,
    address,
    anything,
    items,
    number,
    one_of,
    string,
    text,
    truth,
    typed,
    whole,
    wrong,
)

_ACTION: Mapping[str, Check] = {"action_id": string("action_id")}
_LABEL = string("button.accessibility_label")
_PLACEHOLDER = text("placeholder", plain=True)
_IMAGE_SOURCE: Mapping[str, Check] = {
    "image_url": address("image.url"),
    "slack_file": anything,
    "alt_text": string("image.alt_text"),
}

CONFIRM = Shape(
    {
        "title": text("confirm.title", plain=True),
        "text": text("confirm.text"),
        "confirm": text("confirm.button", plain=True),
        "deny": text("confirm.button", plain=True),
    },
    {"style": one_of("primary", "danger")},
)


def _menu(picked: Mapping[str, Check]) -> Check:
    """A menu that brings its options along, in groups or not."""
    shape = Shape({}, {**_MENU, **_OPTIONS, **picked})

    def check(value: Any, at: str, found: list[str]) -> None:
        shape(value, at, found)
        if isinstance(value, dict) and not (value.get("options") or value.get("option_groups")):
            found.append(wrong("must define either `options` or `option_groups`", at))

    return check


def _option(*, url: bool = False, plain: bool = True) -> Shape:
    extra: dict[str, Check] = {"description": text("option.description", plain=plain)}
    return Shape(
        {"text": text("option.text", plain=plain), "value": string("option.value")},
        extra | ({"url": address()} if url else {}),
    )


OPTION = _option()
_CHOICE = _option(plain=False)  # beside a box or a dot there is room for formatting
OPTION_GROUP = Shape(
    {
        "label": text("option_group.label", plain=True),
        "options": items(OPTION, "select.options"),
    }
)
_OPTIONS: Mapping[str, Check] = {
    "options": items(OPTION, "select.options"),
    "option_groups": items(OPTION_GROUP, "select.option_groups"),
}
_MENU: Mapping[str, Check] = {
    **_ACTION,
    "placeholder": _PLACEHOLDER,
    "confirm": CONFIRM,
    "focus_on_load": truth,
}
_INPUT: Mapping[str, Check] = {
    **_ACTION,
    "placeholder": _PLACEHOLDER,
    "focus_on_load": truth,
    "dispatch_action_config": anything,
}
_ONE_PICKED: Mapping[str, Check] = {"initial_option": OPTION}
_MANY_PICKED: Mapping[str, Check] = {
    "initial_options": items(OPTION, "select.options"),
    "max_selected_items": whole(1),
}
_FEEDBACK = Shape(
    {"text": text("button.text", plain=True), "value": string("button.value")},
    {"accessibility_label": _LABEL},
)

BUTTON = Shape(
    {"text": text("button.text", plain=True)},
    {
        **_ACTION,
        "value": string("button.value"),
        "url": address(),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": _LABEL,
        "visible_to_user_ids": items(string()),
        "agent_prompt": string("button.agent_prompt"),
    },
)
IMAGE = Shape({"alt_text": string("image.alt_text")}, _IMAGE_SOURCE)
INTERACTIVE: Mapping[str, Check] = {
    "button": BUTTON,
    "workflow_button": Shape(
        {"text": text("button.text", plain=True), "workflow": anything},
        {**_ACTION, "style": one_of("primary", "danger"), "accessibility_label": _LABEL},
    ),
    "static_select": _menu(_ONE_PICKED),
    "external_select": Shape({}, {**_MENU, **_ONE_PICKED, "min_query_length": whole()}),
    "users_select": Shape({}, {**_MENU, "initial_user": string()}),
    "channels_select": Shape(
        {}, {**_MENU, "initial_channel": string(), "response_url_enabled": truth}
    ),
    "conversations_select": Shape(
        {},
        {
            **_MENU,
            "initial_conversation": string(),
            "default_to_current_conversation": truth,
            "response_url_enabled": truth,
            "filter": anything,
        },
    ),
    "multi_static_select": _menu(_MANY_PICKED),
    "multi_external_select": Shape({}, {**_MENU, **_MANY_PICKED, "min_query_length": whole()}),
    "overflow": Shape(
        {"options": items(_option(url=True), "overflow.options")}, {**_ACTION, "confirm": CONFIRM}
    ),
    "checkboxes": Shape(
        {"options": items(_CHOICE, "checkboxes.options")},
        {
            **_ACTION,
            "initial_options": items(_CHOICE),
            "confirm": CONFIRM,
            "focus_on_load": truth,
        },
    ),
    "radio_buttons": Shape(
        {"options": items(_CHOICE, "radio_buttons.options")},
        {**_ACTION, "initial_option": _CHOICE, "confirm": CONFIRM, "focus_on_load": truth},
    ),
    "datepicker": Shape({}, {**_MENU, "initial_date": string()}),
    "timepicker": Shape({}, {**_MENU, "initial_time": string(), "timezone": string()}),
    "datetimepicker": Shape(
        {}, {**_ACTION, "initial_date_time": whole(), "confirm": CONFIRM, "focus_on_load": truth}
    ),
}
_NEVER_INPUT = ("button", "workflow_button", "overflow")
INPUTS: Mapping[str, Check] = {
    **{name: shape for name, shape in INTERACTIVE.items() if name not in _NEVER_INPUT},
    "plain_text_input": Shape(
        {},
        {
            **_INPUT,
            "initial_value": string("plain_text_input.length", least=0),
            "multiline": truth,
            "min_length": whole(0, 3_000),
            "max_length": whole(1, 3_000),
        },
    ),
    "email_text_input": Shape({}, {**_INPUT, "initial_value": string()}),
    "url_text_input": Shape({}, {**_INPUT, "initial_value": string()}),
    "number_input": Shape(
        {"is_decimal_allowed": truth},
        {**_INPUT, "initial_value": string(), "min_value": string(), "max_value": string()},
    ),
    "rich_text_input": Shape({}, {**_INPUT, "initial_value": anything}),
    "file_input": Shape({}, {**_ACTION, "filetypes": items(string()), "max_files": whole(1, 10)}),
}
CONTEXT_ACTIONS: Mapping[str, Check] = {
    "feedback_buttons": Shape(
        {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, _ACTION
    ),
    "icon_button": Shape(
        {"icon": one_of("trash"), "text": text("button.text", plain=True)},
        {
            **_ACTION,
            "value": string("button.value"),
            "confirm": CONFIRM,
            "accessibility_label": _LABEL,
            "visible_to_user_ids": items(string()),
        },
    ),
}

_STYLE = Shape(
    {}, {name: truth for name in ("bold", "italic", "strike", "code", "underline", "highlight")}
)
_STYLED: Mapping[str, Check] = {"style": _STYLE}
_RICH: Mapping[str, Check] = {
    "text": Shape({"text": string()}, _STYLED),
    "link": Shape({"url": address()}, {"text": string(), "unsafe": truth, **_STYLED}),
    "emoji": Shape({"name": string()}, {"unicode": string(), "skin_tone": whole(), **_STYLED}),
    "user": Shape({"user_id": string()}, _STYLED),
    "usergroup": Shape({"usergroup_id": string()}, _STYLED),
    "channel": Shape({"channel_id": string()}, _STYLED),
    "team": Shape({"team_id": string()}, _STYLED),
    "broadcast": Shape({"range": one_of("here", "channel", "everyone")}, _STYLED),
    "color": Shape({"value": string()}, _STYLED),
    "date": Shape(
        {"timestamp": number, "format": string()},
        {"url": address(), "fallback": string(), **_STYLED},
    ),
}
_RICH_SECTION = Shape({"elements": items(typed(_RICH), least=0)})
_BORDER: Mapping[str, Check] = {"border": whole(0, 1)}
RICH_TEXT: Mapping[str, Check] = {
    "rich_text_section": _RICH_SECTION,
    "rich_text_quote": Shape({"elements": items(typed(_RICH), least=0)}, _BORDER),
    "rich_text_preformatted": Shape(
        {"elements": items(typed(_RICH, ("text", "link")), least=0)},
        {**_BORDER, "language": string()},
    ),
    "rich_text_list": Shape(
        {
            "style": one_of("bullet", "ordered"),
            "elements": items(typed({"rich_text_section": _RICH_SECTION})),
        },
        {**_BORDER, "indent": whole(0, 8), "offset": whole()},
    ),
}
