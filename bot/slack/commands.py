"""`/mra QUESTION`: answered at once, to the asker alone, with a button that shares it."""

from __future__ import annotations

from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import Message, to_slack
from bot.slack.noting import note_unanswered
from bot.slack.services import HELP, Services, worth_sharing
from bot.store import Person

COMMAND = "/mra"


def register(app: AsyncApp, services: Services) -> None:
    async def asked(
        command: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        question = (command.get("text") or "").strip()
        said, _, again = reply = services.ask(question or HELP, None)
        person = Person(context.team_id or "", command.get("user_id") or "")
        services.tasks.start(services.keep_recent(person, question), "keeping a recent question")
        trigger = str(command.get("trigger_id") or "")
        note_unanswered(services, person.team, trigger, question, said)
        shares = again if worth_sharing(said) else None
        said = await services.for_one_reader(client, person, said)
        return only_to_the_asker(
            to_slack(said, carry=reply.carry, shares=shares, again=again, private=True)
        )

    app.command(COMMAND)(asked)


def only_to_the_asker(message: Message) -> BoltResponse:
    """The response to a command that shows a message to whoever gave it."""
    return BoltResponse(
        status=200,
        body={"response_type": "ephemeral", "text": message.text, "blocks": list(message.blocks)},
    )
