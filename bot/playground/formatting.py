"""What Slack makes of a text or a block that it accepts."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from typing import Any

from bot.playground.reading import interactive
from bot.playground.refusal import Json
from bot.playground.workspace import Ids

_MARKUP = re.compile(r"<@(\w+)>|<(https?://[^|>]+)(?:\|([^>]*))?>|:([\w+-]+):")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def accepted_blocks(blocks: Iterable[Json], ids: Ids) -> list[Json]:
    """A copy of the blocks as Slack gives them back: ids and defaults filled in."""
    accepted = copy.deepcopy(list(blocks))
    for block in accepted:
        block.setdefault("block_id", ids.next("b").lower())
        _fill_in(block)
    for _, element in interactive(accepted):
        element.setdefault("action_id", ids.next("a").lower())
    return accepted


def plain(text: Json) -> Json:
    """A plain text object with its defaults."""
    return {"type": "plain_text", "text": text["text"], "emoji": text.get("emoji", True)}


def _fill_in(value: Any) -> None:
    if isinstance(value, dict):
        if value.get("type") == "plain_text":
            value.setdefault("emoji", True)
        elif value.get("type") == "mrkdwn":
            value.setdefault("verbatim", False)
        for part in value.values():
            _fill_in(part)
    elif isinstance(value, list):
        for part in value:
            _fill_in(part)


def typed_blocks(text: str, ids: Ids) -> list[Json]:
    """The rich text that a client sends along with what a person typed."""
    elements: list[Json] = []
    at = 0
    for match in _MARKUP.finditer(text):
        if before := _unescaped(text[at : match.start()]):
            elements.append({"type": "text", "text": before})
        user, url, label, emoji = match.groups()
        if user:
            elements.append({"type": "user", "user_id": user})
        elif url:
            link = {"type": "link", "url": _unescaped(url)}
            elements.append(link | ({"text": _unescaped(label)} if label else {}))
        else:
            elements.append({"type": "emoji", "name": emoji})
        at = match.end()
    if rest := _unescaped(text[at:]):
        elements.append({"type": "text", "text": rest})
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": ids.next("b").lower(), "elements": [section]}]


def typed_text(text: str) -> str:
    """What a person typed, as Slack delivers it: `&`, `<` and `>` as entities."""
    for entity, character in reversed(_ENTITIES):
        text = text.replace(character, entity)
    return text


def _unescaped(text: str) -> str:
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text
