"""Finding what a person means in a message or a modal, and what Slack reports of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.playground.reading import interactive, labels
from bot.playground.refusal import Json

# What an element reports, under which name, and under which name it begins with it.
_VALUES: Mapping[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", ""),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
_NOT_IN_STATE = ("button", "workflow_button", "overflow", "feedback_buttons", "icon_button")


def find_element(blocks: Iterable[Json], what: str) -> tuple[Json, Json]:
    """The element that a person names, with its block: by action_id, label, placeholder or,
    in a modal, the label of its block. Raises LookupError that names those there are."""
    found = list(interactive(blocks))
    for block, element in found:
        if what in (*_ids(block, element), *_names(block, element)):
            return block, element
    there = [name for block, element in found for name in _names(block, element)]
    raise LookupError(f"nothing here is called {what!r}; there is: {', '.join(there) or 'nothing'}")


def _ids(block: Json, element: Json) -> tuple[str, ...]:
    """What names an element for programs; the first is one of its own in any case."""
    action_id, block_id = element["action_id"], block["block_id"]
    return (f"{block_id}/{action_id}", action_id, block_id)


def _names(block: Json, element: Json) -> list[str]:
    label = block.get("label")
    return labels(element) + ([label["text"]] if isinstance(label, dict) else [])


def chosen(element: Mapping[str, Any], what: Any) -> Json:
    """What Slack reports of an element when `what` is clicked or chosen in it."""
    kind = element["type"]
    if kind in _VALUES and kind != "plain_text_input":
        name = _VALUES[kind][0]
        return {name: _value(element, what)}
    if kind == "feedback_buttons":
        positive, negative = element["positive_button"], element["negative_button"]
        button = negative if what in (negative["value"], negative["text"]["text"]) else positive
        return {"text": button["text"], "value": button["value"]}
    reported: Json = {
        key: element[key] for key in ("text", "value", "style", "url") if key in element
    }
    return {"value": what} if kind == "plain_text_input" else reported


def state_of(blocks: Iterable[Json], values: Mapping[str, Any], *, strict: bool = False) -> Json:
    """The state of all inputs: as given in `values`, else as the app set them at first.

    With `strict` raises LookupError for a value that belongs to no input.
    """
    left = dict(values)
    state: Json = {}
    for block, element in interactive(blocks):
        kind = element["type"]
        if kind in _NOT_IN_STATE or kind not in _VALUES:
            continue
        name, initial = _VALUES[kind]
        keys = (*_ids(block, element), *_names(block, element))
        given = next((key for key in keys if key in left), None)
        value = element.get(initial) if given is None else _value(element, left.pop(given))
        empty: Any = [] if name == "selected_options" else None
        reported = {"type": kind, name: empty if value is None else value}
        state.setdefault(block["block_id"], {})[element["action_id"]] = reported
    if strict and left:
        raise LookupError(f"no input is called {', '.join(map(repr, left))}")
    return state


def _value(element: Mapping[str, Any], what: Any) -> Any:
    name = _VALUES[element["type"]][0]
    if name == "selected_options":
        return [_option(element, item) for item in what]
    return _option(element, what) if name == "selected_option" and what is not None else what


def _option(element: Mapping[str, Any], what: Any) -> Json:
    """The option with this text or value; one that is an option already stays as it is."""
    if isinstance(what, dict):
        return what
    groups = element.get("option_groups") or [{"options": element.get("options") or []}]
    options = [option for group in groups for option in group["options"]]
    for option in options:
        if what in (option["value"], option["text"]["text"]):
            return {key: option[key] for key in ("text", "value", "description") if key in option}
    there = ", ".join(option["text"]["text"] for option in options) or "none of its own"
    raise LookupError(f"no option {what!r}; there are: {there}")
