"""A stand-in Slack workspace: the app's own code runs against it, over HTTP, on loopback."""

from bot.playground.deliveries import Delivery
from bot.playground.records import Channel, Message, User, View
from bot.playground.refusal import Refusal
from bot.playground.stand_in import StandInWorkspace
from bot.playground.web_api import WebCall

__all__ = [
    "Channel",
    "Delivery",
    "Message",
    "Refusal",
    "StandInWorkspace",
    "User",
    "View",
    "WebCall",
]
