"""What Slack demands of a manifest, as a JSON schema of the parts that this one has.

Slack's own, https://github.com/slackapi/manifest-schema (version 2), is in no package that could
be installed. This is written after it: names, required keys and kinds of values; lengths come
from the table of limits. It is stricter in one thing: a part that it does not name is refused, so
that whoever adds one looks it up there first.
"""

from __future__ import annotations

from typing import Any

from bot.rendering.limits import limit

Rule = dict[str, Any]
# What is in Slack's schema and in no other place of this project.
_DISPLAY_NAME = 80
_SHORTCUT_DESCRIPTION = 150
_COMMAND_DESCRIPTION = 2_000
_URL = 3_000
_REDIRECTS = 1_000
_SCOPES = 255
_SCOPE = 50
_EVENT = 50
_FUNCTIONS = 50

_TRUTH: Rule = {"type": "boolean"}
_ADDRESS: Rule = {"type": "string", "pattern": "^https://[^/]+/.+", "maxLength": _URL}


def _text(most: int, least: int = 1, pattern: str = "") -> Rule:
    rule: Rule = {"type": "string", "minLength": least, "maxLength": most}
    return rule | ({"pattern": pattern} if pattern else {})


def _object(needed: dict[str, Rule], more: dict[str, Rule] | None = None) -> Rule:
    return {
        "type": "object",
        "required": list(needed),
        "properties": needed | (more or {}),
        "additionalProperties": False,
    }


def _list(item: Rule, most: int, *, unique: bool = False) -> Rule:
    return {"type": "array", "minItems": 1, "maxItems": most, "items": item, "uniqueItems": unique}


_PARAMETER = _object(
    {"type": {"enum": ["string", "integer", "number", "boolean", "slack#/types/date"]}},
    {"title": _text(255), "description": _text(255), "hint": _text(255)},
)
_PARAMETERS = _object(
    {
        "properties": {"type": "object", "additionalProperties": _PARAMETER},
        "required": {"type": "array", "items": {"type": "string"}},
    }
)
_FUNCTION = _object(
    {
        "title": _text(255),
        "description": _text(255),
        "input_parameters": _PARAMETERS,
        "output_parameters": _PARAMETERS,
    }
)
_FEATURES = _object(
    {
        "app_home": _object(
            {
                "home_tab_enabled": _TRUTH,
                "messages_tab_enabled": _TRUTH,
                "messages_tab_read_only_enabled": _TRUTH,
            }
        ),
        "agent_view": _object({"agent_description": _text(limit("manifest.agent_description"))}),
        "bot_user": _object({"display_name": _text(_DISPLAY_NAME)}, {"always_online": _TRUTH}),
        "shortcuts": _list(
            _object(
                {
                    "name": _text(limit("manifest.shortcut_name")),
                    "type": {"enum": ["global", "message"]},
                    "callback_id": _text(limit("callback_id")),
                    "description": _text(_SHORTCUT_DESCRIPTION),
                }
            ),
            limit("manifest.shortcuts"),
        ),
        "slash_commands": _list(
            _object(
                {
                    "command": _text(limit("manifest.command"), least=2, pattern="^/"),
                    "description": _text(_COMMAND_DESCRIPTION),
                },
                {
                    "url": _ADDRESS,
                    "usage_hint": _text(limit("manifest.usage_hint")),
                    "should_escape": _TRUTH,
                },
            ),
            limit("manifest.commands"),
        ),
    }
)
_SETTINGS = _object(
    {
        "event_subscriptions": _object(
            {"bot_events": _list(_text(_EVENT), limit("manifest.bot_events"), unique=True)},
            {"request_url": _ADDRESS},
        ),
        "interactivity": _object(
            {"is_enabled": _TRUTH},
            {"request_url": _ADDRESS, "message_menu_options_url": _ADDRESS},
        ),
        "org_deploy_enabled": _TRUTH,
        "socket_mode_enabled": _TRUTH,
        "token_rotation_enabled": _TRUTH,
        "function_runtime": {"const": "remote"},
    }
)
RULES: Rule = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    **_object(
        {
            "_metadata": _object({"major_version": {"const": 2}, "minor_version": {"const": 1}}),
            "display_information": _object(
                {
                    "name": _text(limit("manifest.name")),
                    "description": _text(limit("manifest.description")),
                    "long_description": _text(
                        limit("manifest.long_description"),
                        least=limit("manifest.long_description_least"),
                    ),
                    "background_color": _text(
                        7, least=4, pattern="^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$"
                    ),
                }
            ),
            "features": _FEATURES,
            "oauth_config": _object(
                {"scopes": _object({"bot": _list(_text(_SCOPE), _SCOPES, unique=True)})},
                {"redirect_urls": _list(_ADDRESS, _REDIRECTS)},
            ),
            "settings": _SETTINGS,
            "functions": {
                "type": "object",
                "maxProperties": _FUNCTIONS,
                "additionalProperties": _FUNCTION,
            },
        }
    ),
}
