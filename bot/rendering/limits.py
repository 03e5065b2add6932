"""Slack's limits as data: what a rendering must keep within, and where each is stated.

The renderings cut to these numbers, the stand-in workspace refuses what exceeds them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_DOCS = "https://docs.slack.dev/"
_BLOCKS = _DOCS + "reference/block-kit/blocks/"
_TABLE = _BLOCKS + "table-block"
_DATA_TABLE = _BLOCKS + "data-table-block"
_POST = _DOCS + "reference/methods/chat.postMessage"
_PROMPTS = _DOCS + "reference/methods/assistant.threads.setSuggestedPrompts"
_STATUS = _DOCS + "reference/methods/assistant.threads.setStatus"
_COMMANDS = _DOCS + "interactivity/implementing-slash-commands"
_SDK = "slack_sdk 3.47, models/blocks"
_REGISTRY = "slackblocks 3.0, its registry of limits"
_MANIFEST = "https://github.com/slackapi/manifest-schema"


@dataclass(frozen=True, slots=True)
class Limit:
    """The largest number Slack accepts, and the place that says so."""

    number: int
    source: str


LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        # A message. `block_text` is undocumented: messages beyond it came back refused.
        "message.blocks": Limit(50, _BLOCKS),
        "message.block_text": Limit(13_200, "https://github.com/slackapi/bolt-js/issues/2509"),
        "message.text": Limit(40_000, _POST),
        "message.markdown_text": Limit(12_000, _POST),
        "message.tables": Limit(1, _TABLE),
        "surface.blocks": Limit(100, _BLOCKS),  # a modal, or the Home tab
        # Blocks
        "section.text": Limit(3_000, _REGISTRY),
        "section.fields": Limit(10, _REGISTRY),
        "section.field": Limit(2_000, _REGISTRY),
        "header.text": Limit(150, _SDK),
        "context.elements": Limit(10, _SDK),
        "actions.elements": Limit(25, _SDK),
        "context_actions.elements": Limit(5, _SDK),
        "markdown.text": Limit(12_000, "https://github.com/slackapi/slack-skills-plugin"),
        "image.alt_text": Limit(2_000, _SDK),
        "image.url": Limit(3_000, _SDK),
        "table.rows": Limit(100, _TABLE),
        "table.columns": Limit(20, _TABLE),
        "table.characters": Limit(10_000, _TABLE),  # all cells of a message together
        "data_table.rows": Limit(101, _DATA_TABLE),  # the header row among them
        "data_table.columns": Limit(20, _DATA_TABLE),
        "data_table.page_size": Limit(100, _DATA_TABLE),
        "alert.text": Limit(200, _DOCS + "blocks.json"),  # modals only
        "card.title": Limit(150, _REGISTRY),
        "card.subtitle": Limit(150, _REGISTRY),
        "card.body": Limit(200, _REGISTRY),
        "card.actions": Limit(3, _REGISTRY),
        "carousel.cards": Limit(10, _REGISTRY),
        "container.children": Limit(10, _REGISTRY),
        # Elements and composition objects
        "text_object.text": Limit(3_000, _REGISTRY),
        "button.text": Limit(75, _SDK),
        "button.value": Limit(2_000, _SDK),
        "button.url": Limit(3_000, _SDK),
        "button.accessibility_label": Limit(75, _SDK),
        "action_id": Limit(255, _SDK),
        "block_id": Limit(255, _SDK),
        "callback_id": Limit(255, _SDK),
        "select.options": Limit(100, _REGISTRY),
        "overflow.options": Limit(5, _REGISTRY),
        "option.text": Limit(75, _REGISTRY),
        "option.value": Limit(150, _REGISTRY),
        "option.description": Limit(75, _REGISTRY),
        "placeholder": Limit(150, _REGISTRY),
        "confirm.title": Limit(100, _SDK),
        "confirm.text": Limit(300, _SDK),
        "confirm.button": Limit(30, _SDK),
        # Modals
        "modal.title": Limit(24, _REGISTRY),
        "modal.submit": Limit(24, _REGISTRY),
        "modal.close": Limit(24, _REGISTRY),
        "view.private_metadata": Limit(3_000, _REGISTRY),
        "view.external_id": Limit(255, _REGISTRY),
        # Agent view
        "prompts": Limit(4, _PROMPTS),
        "status.loading_messages": Limit(10, _STATUS),
        "status.seconds": Limit(120, _STATUS),
        # Traffic
        "ack.seconds": Limit(3, _COMMANDS),
        "response_url.uses": Limit(5, "https://github.com/xpeppers/trackerbot/issues/31"),
        "response_url.minutes": Limit(30, "https://github.com/xpeppers/trackerbot/issues/31"),
        "signature.seconds": Limit(300, "slack_sdk 3.47, SignatureVerifier"),
        "event.retries": Limit(3, "https://github.com/slackapi/bolt-python/issues/845"),
        "events.per_hour": Limit(30_000, _DOCS + "reference/events/app_rate_limited"),
        "socket.connections": Limit(10, "https://github.com/slackapi/node-slack-sdk/issues/1654"),
        "post.per_second": Limit(1, _DOCS + "apis/web-api/rate-limits"),  # a channel
        # Manifest
        "manifest.name": Limit(35, _MANIFEST),
        "manifest.description": Limit(140, _MANIFEST),
        "manifest.long_description_least": Limit(175, _MANIFEST),
        "manifest.long_description": Limit(4_000, _MANIFEST),
        "manifest.command": Limit(32, _MANIFEST),
        "manifest.usage_hint": Limit(1_000, _MANIFEST),
        "manifest.commands": Limit(50, _MANIFEST),
        "manifest.shortcuts": Limit(10, _MANIFEST),
        "manifest.shortcut_name": Limit(24, _MANIFEST),
        "manifest.unfurl_domains": Limit(5, _MANIFEST),
        "manifest.bot_events": Limit(100, _MANIFEST),
        "manifest.agent_description": Limit(300, _MANIFEST),
        "manifest.prompts": Limit(4, _MANIFEST),
    }
)


def limit(name: str) -> int:
    """The number of a limit; raises KeyError for a name that is not in the table."""
    return LIMITS[name].number
