"""The app's manifest: what Slack creates the app from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Manifest = dict[str, Any]
_HERE = Path(__file__).parent
_EVENTS, _REDIRECT = "/slack/events", "/slack/oauth_redirect"
_REMOVALS = ("app_uninstalled", "tokens_revoked")


def manifest(url: str = "", *, many: bool = False) -> Manifest:
    """The manifest for Socket Mode; with `url`, for an app that Slack reaches there.

    `url` is the address of the host. Slack sends all it has to say to one path of it. With
    `many`, workspaces install it from there, and Slack says when one removes it.
    """
    installed = _HERE / "manifest.json"
    path = installed if installed.exists() else _HERE.parent / "manifest.json"
    made: Manifest = json.loads(path.read_text(encoding="utf-8"))
    if url:
        address = url.rstrip("/") + _EVENTS
        made["settings"]["socket_mode_enabled"] = False
        made["settings"]["event_subscriptions"]["request_url"] = address
        made["settings"]["interactivity"]["request_url"] = address
        made["settings"]["interactivity"]["message_menu_options_url"] = address
        for command in made["features"]["slash_commands"]:
            command["url"] = address
    if many:
        made["oauth_config"]["redirect_urls"] = [url.rstrip("/") + _REDIRECT]
        made["settings"]["event_subscriptions"]["bot_events"] += _REMOVALS
    return made
