"""The Slack app: one module per surface. slack_bolt lives here only."""

from bot.slack.app import SlackApp, build_app

__all__ = ["SlackApp", "build_app"]
