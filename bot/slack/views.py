"""Modals that show an answer: to the person alone, with the next questions inside.

They are opened from the Home tab and from shortcuts. A button in one is answered in its place;
what it needs to know of the conversation it carries itself. A table's rows as CSV are sent to the
person in a direct message, from which they can be copied on every device and at leisure.
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

from bot.rendering import Message, to_sheet, to_slack
from bot.rendering.blocks import Json, plain_text, section
from bot.rendering.feedback import FEEDBACK, in_private
from bot.rendering.limits import limit
from bot.slack.carrying import Asking, read_value
from bot.slack.failures import apology
from bot.slack.noting import note_unanswered
from bot.slack.outbox import letter_body
from bot.slack.pages import CHANGED, SHEET
from bot.slack.payloads import Malformed, Payload, id_of
from bot.slack.people import person_of
from bot.slack.posting import OFFLINE, Refused, refusal_of
from bot.slack.services import Services, accepted
from bot.slack.turns import CLAIMED, releasing
from bot.store import Letter, Person

_log = logging.getLogger(__name__)
ASK = "view_ask"  # a button that asks: on the Home tab in a modal, in a modal in its place
TITLE = "Arrangements"
_SHEET = "view_sheet"  # a button that sends the rows of an answer's table
_CSV, _SEND = "As CSV", "Send me the CSV"
_SENT = "The rows are in your direct messages with me, as CSV to copy."
_UNSENT = "Slack does not let me write to you. Ask in a channel, and use Show as CSV there."
_ASKING = re.compile(r"(?:choice|next|more|back)(?::\d+)?")  # the buttons of an answer that do


def register(app: AsyncApp, services: Services) -> None:
    async def clicked(
        body: Payload, context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        try:
            asking, start = read_value(body["actions"][0].get("value") or "")
        except Malformed:
            return accepted()  # a button of an older version
        person = person_of(body, context.team_id)
        view = await answer_view(services, client, person, asking, start=start)
        await show(client, body, view)
        return accepted()

    async def sheet(
        body: Payload, context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        try:
            asking, _ = read_value(body["actions"][0].get("value") or "")
        except Malformed:
            return accepted()  # a button of an older version
        person, view = person_of(body, context.team_id), body.get("view") or {}
        key = f"sheet:{person.team}:{view.get('id')}:{view.get('hash')}"
        said = _SENT
        if await services.store.claim(key, services.clock()) in CLAIMED:
            reply = services.ask_again(asking)
            message = to_sheet(reply.said, reply.again) or Message(CHANGED, (section(CHANGED),))
            letter = Letter(
                key, person.team, person.user, letter_body(message),
                enterprise=id_of(body.get("enterprise")),
            )  # fmt: skip
            async with releasing(services, key):
                try:
                    await services.outbox.send(client, letter)
                except Refused:
                    said = _UNSENT
        await opened(client, body, modal(_CSV, [section(said)]))
        return accepted()

    app.action(re.compile(rf"^{ASK}"))(clicked)
    app.action(_SHEET)(sheet)


async def answer_view(
    services: Services,
    client: AsyncWebClient,
    person: Person,
    asking: Asking,
    *,
    start: int = 0,
    asked: str = "",
) -> Json:
    """The modal with the answer to a question, or the page of it that begins at `start`.

    `asked` names what was typed by the person, so that a question without an answer is noted.
    Where answering fails, the modal says so.
    """
    try:
        said, _, again = reply = services.ask_again(asking)
        if asked:
            note_unanswered(services, person.team, asked, asking.say, said)
        said = await services.for_one_reader(client, person, said)
        message = to_slack(
            said, carry=reply.carry, again=again, private=True, tables=False, start=start
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


async def opened(client: AsyncWebClient, body: Payload, view: Json) -> bool:
    """Opens a modal, on top of the one clicked in if there is one.

    False where Slack does not, as when the click is over three seconds old.
    """
    trigger = str(body.get("trigger_id") or "")
    try:
        if body.get("view"):
            await client.views_push(trigger_id=trigger, view=view)
        else:
            await client.views_open(trigger_id=trigger, view=view)
    except SlackApiError as error:
        _log.warning("Slack did not open a modal: %s", refusal_of(error))
        return False
    except OFFLINE as error:
        _log.error("Slack could not be reached: %s", type(error).__name__)
        return False
    return True


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
            elif element["action_id"] == SHEET:
                label = plain_text(_SEND, limit("button.text"))
                kept.append(element | {"action_id": _SHEET, "text": label})
            elif _ASKING.fullmatch(element["action_id"]):
                kept.append(element | {"action_id": f"{ASK}_{next(number)}"})
        if block["type"] != "actions":
            yield block
        elif kept:
            yield block | {"elements": kept}
