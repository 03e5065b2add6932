"""Slack's limits, for refusing: the renderings' table, and those that only a workspace needs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.rendering.limits import LIMITS as RENDERED
from bot.rendering.limits import Limit

_DOCS = "https://docs.slack.dev/"
_SDK = "slack_sdk 3.47, models/blocks"
_REGISTRY = "slackblocks 3.0, its registry of limits"
_METHODS = _DOCS + "reference/methods/"

_BEYOND_RENDERING: Mapping[str, Limit] = {
    "message.attachments": Limit(100, _METHODS + "chat.postMessage"),
    "button.agent_prompt": Limit(4_000, _SDK),
    "option_group.label": Limit(75, _SDK),
    "select.option_groups": Limit(100, _SDK),
    "checkboxes.options": Limit(10, _REGISTRY),
    "radio_buttons.options": Limit(10, _REGISTRY),
    "plain_text_input.length": Limit(3_000, _REGISTRY),
    "file_input.files": Limit(10, _REGISTRY),
    "input.label": Limit(2_000, _SDK),
    "input.hint": Limit(2_000, _SDK),
    "image.title": Limit(2_000, _SDK),
    "video.title": Limit(200, _SDK),
    "video.author_name": Limit(50, _SDK),
    "container.title": Limit(150, _SDK),
    "container.subtitle": Limit(150, _SDK),
    "view.bytes": Limit(250_000, _METHODS + "views.publish"),
    "view.stack": Limit(3, _METHODS + "views.push"),
    "trigger.seconds": Limit(3, _DOCS + "interactivity/handling-user-interaction"),
    "ticket.seconds": Limit(30, "https://api.slack.com/socket-mode"),
    "replies.page": Limit(1_000, _METHODS + "conversations.replies"),
    "token.seconds": Limit(43_200, _DOCS + "authentication/using-token-rotation"),
    # Slack compresses and cuts much earlier; this only keeps a stand-in's memory small.
    "file.bytes": Limit(1_000_000, "this stand-in"),
}

LIMITS: Mapping[str, Limit] = MappingProxyType({**RENDERED, **_BEYOND_RENDERING})


def limit(name: str) -> int:
    """The number of a limit; raises KeyError for a name that is not in the table."""
    return LIMITS[name].number
