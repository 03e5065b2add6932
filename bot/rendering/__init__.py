"""An answer as text, as a Slack message and as an object. Nothing is decided here."""

from bot.rendering.buttons import Shared
from bot.rendering.objects import to_object
from bot.rendering.sheet import to_sheet
from bot.rendering.slack import Asked, Message, to_slack
from bot.rendering.text import to_text

__all__ = ["Asked", "Message", "Shared", "to_object", "to_sheet", "to_slack", "to_text"]
