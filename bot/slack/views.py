"""Modals that show an answer: to the person alone, with the next questions inside.

They are opened from the Home tab and from shortcuts. A button in one is answered in its place;
what it needs to know of the conversation it carries itself.
"""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import Iterable, Iterator
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.answer import Answer
from bot.memory import Memory
from bot.rendering import Message, Shared, to_slack
from bot.rendering.blocks import Json, plain_text
from bot.rendering.feedback import FEEDBACK, in_private
from bot.rendering.limits import limit
from bot.rendering.text import row_line
from bot.slack.clicks import carried, read_value
from bot.slack.failures import apology
from bot.slack.noting import note_unanswered
from bot.slack.payloads import Malformed, Payload
from bot.slack.people import person_of
from bot.slack.posting import OFFLINE, refusal_of
from bot.slack.services import Services, accepted
from bot.store import Person
from knowledge.prose import Block, Bullets, Span, Table

_log = logging.getLogger(__name__)
ASK = "view_ask"  # a button that asks: on the Home tab in a modal, in a modal in its place
TITLE = "Arrangements"
_ASKING = re.compile(r"(?:choice|next|more|back)(?::\d+)?")  # the buttons of an answer that do


def register(app: AsyncApp, services: Services) -> None:
    async def clicked(
        body: Payload, context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        try:
            say, memory, start = read_value(body["actions"][0].get("value") or "")
        except Malformed:
            return accepted()  # a button of an older version
        person = person_of(body, context.team_id)
        view = await answer_view(services, client, person, say, memory, start=start)
        await show(client, body, view)
        return accepted()

    app.action(re.compile(rf"^{ASK}"))(clicked)


async def answer_view(
    services: Services,
    client: AsyncWebClient,
    person: Person,
    say: str,
    memory: Memory | None = None,
    *,
    start: int = 0,
    asked: str = "",
) -> Json:
    """The modal with the answer to a question, or the page of it that begins at `start`.

    `asked` names what was typed by the person, so that a question without an answer is noted.
    Where answering fails, the modal says so.
    """
    try:
        said, after = services.ask(say, memory)
        if asked:
            note_unanswered(services, person.team, asked, say, said)
        said = await services.for_one_reader(client, person, said)
        message = to_slack(
            _without_tables(said),
            carry=carried(after),
            again=Shared(say, carried(memory)),
            private=True,
            start=start,
        )
    except Exception as error:
        message = apology(services.report(error, "answering in a modal"))
    return modal(TITLE, inside(message))


def modal(title: str, blocks: Iterable[Json], **more: Any) -> Json:
    """A modal; `more` are further fields of Slack's."""
    return {
        "type": "modal",
        "title": plain_text(title, limit("modal.title")),
        "close": plain_text("Close", limit("modal.close")),
        "blocks": list(blocks)[: limit("surface.blocks")],
        **more,
    }


async def show(client: AsyncWebClient, body: Payload, view: Json) -> None:
    """Shows a modal to whoever clicked: in place of the one they clicked in, else as a new one.

    Slack allows three seconds for that; where they are over, or the modal was closed, nothing is
    left to show it in.
    """
    shown = body.get("view") or {}
    try:
        if shown.get("type") == "modal":
            await client.views_update(view_id=str(shown.get("id") or ""), view=view)
        else:
            await client.views_open(trigger_id=str(body.get("trigger_id") or ""), view=view)
    except SlackApiError as error:
        _log.warning("Slack did not show a modal: %s", refusal_of(error))
    except OFFLINE as error:
        _log.error("Slack could not be reached: %s", type(error).__name__)


def inside(message: Message) -> Iterator[Json]:
    """The blocks of a message as a modal takes them: its buttons answered in place, thumbs as
    they are, and none that only make sense in a channel."""
    number = itertools.count()
    for block in in_private(message.blocks):
        kept = []
        for element in block["elements"] if block["type"] == "actions" else ():
            if element["action_id"].startswith(FEEDBACK):
                kept.append(element)
            elif _ASKING.fullmatch(element["action_id"]):
                kept.append(element | {"action_id": f"{ASK}_{next(number)}"})
        if block["type"] != "actions":
            yield block
        elif kept:
            yield block | {"elements": kept}


def _without_tables(answer: Answer) -> Answer:
    """The answer with lists for its tables, which Slack shows in messages only."""
    return answer._replace(body=tuple(_listed(block) for block in answer.body))


def _listed(block: Block) -> Block:
    if not isinstance(block, Table):
        return block
    return Bullets(tuple((Span(row_line(block.columns, row)),) for row in block.rows))
