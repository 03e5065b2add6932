"""The playground with our app in it: the same Slack app, against the stand-in workspace."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import Conversation
from bot.in_process_store import InProcessStore
from bot.playground.server import AsgiApp, Slack, serve_playground
from bot.playground.snapshot import Offer
from bot.settings import Settings
from bot.slack.app import build_app
from bot.slack.shortcuts import SHORTCUTS
from bot.web import build_web

_USAGE = "a country, a program or a question"


def run_playground(conversation: Conversation, *, port: int, clock: Callable[[], float]) -> None:
    """Serves the playground until SIGINT or SIGTERM. Raises OSError where the port is taken."""

    def app_for(slack: Slack) -> AsgiApp:
        settings = Settings(
            bot_token=slack.bot_token, signing_secret=slack.signing_secret, api_url=slack.api_url
        )
        app = build_app(conversation, InProcessStore(), settings, clock=clock)
        return build_web(app, settings, clock=clock)

    intents = [i for i in conversation.knowledge.intents.values() if i.topic != "help"]
    offers = [Offer(f"@mra-bot {i.example}") for i in intents[:3]]
    offers += [Offer(f"/mra {i.example}") for i in intents[3:5]]
    offers += [Offer(i.example, "direct") for i in intents[5:6]]
    serve_playground(app_for, port, commands=[("/mra", _USAGE)], shortcuts=SHORTCUTS, offers=offers)
