"""Two shortcuts: *Look up an arrangement* anywhere, and *Find arrangements here* in a message.

Both answer only whoever took them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.memory import Memory
from bot.rendering import Message, to_slack
from bot.rendering.blocks import Json, plain_text, section
from bot.rendering.limits import limit
from bot.slack.carrying import Asking
from bot.slack.clicks import is_external
from bot.slack.menus import PARTNER, partner_menu
from bot.slack.payloads import Payload
from bot.slack.people import person_of
from bot.slack.responding import respond
from bot.slack.services import Services, accepted, worth_sharing
from bot.slack.views import TITLE, answer_view, modal, show

LOOK_UP = "look_up"
FIND = "find_in_message"
# As a manifest and the playground name them. Slack takes 24 characters.
SHORTCUTS = (
    (LOOK_UP, "Look up an arrangement", "global"),
    (FIND, "Find arrangements here", "message"),
)
_CHOOSE = "Choose a country or a program from the menu."
_NOBODY = "This message names no country or program that I know."


def register(app: AsyncApp, services: Services) -> None:
    async def look_up(body: Payload, client: AsyncWebClient) -> BoltResponse:
        await show(client, body, _lookup_view())
        return accepted()

    async def chosen(
        body: Payload, context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        question = services.catalogue.question(_selected(body))
        if question is None:
            return _submitted(response_action="errors", errors={PARTNER: _CHOOSE})
        person = person_of(body, context.team_id)
        await services.keep_recent(person, question)
        view = await answer_view(services, client, person, Asking(question))
        return _submitted(response_action="update", view=view)

    async def find(
        body: Payload, context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        url = body.get("response_url")
        if not url or services.ignores(is_external(body, context.team_id)):
            return accepted()
        message = body.get("message") or {}
        text = message.get("text")
        named = services.catalogue.named(text) if isinstance(text, str) else ()
        thread = message.get("thread_ts")
        where = {"thread_ts": thread} if isinstance(thread, str) and thread else {}
        await respond(
            client,
            url,
            _about(services, named),
            response_type="ephemeral",
            replace_original=False,
            **where,
        )
        return accepted()

    app.shortcut({"type": "shortcut", "callback_id": LOOK_UP})(look_up)
    app.shortcut({"type": "message_action", "callback_id": FIND})(find)
    app.view(LOOK_UP)(chosen)


def _lookup_view() -> Json:
    menu = partner_menu(PARTNER, "Type a name, in your language")
    asked = {
        "type": "input",
        "block_id": PARTNER,
        "label": plain_text("Country or program", limit("placeholder")),
        "element": menu | {"focus_on_load": True},
    }
    submit = plain_text("Look up", limit("modal.submit"))
    return modal(TITLE, [asked], callback_id=LOOK_UP, submit=submit)


def _selected(body: Payload) -> str:
    """The id of what was chosen in the modal; "" for nothing."""
    try:
        value = body["view"]["state"]["values"][PARTNER][PARTNER]["selected_option"]["value"]
    except (KeyError, TypeError):
        return ""
    return value if isinstance(value, str) else ""


def _submitted(**answer: Any) -> BoltResponse:
    return BoltResponse(status=200, body=answer)


def _about(services: Services, named: Sequence[str]) -> Message:
    """What is said of everybody that a message names."""
    if not named:
        return Message(_NOBODY, (section(_NOBODY),))
    catalogue = services.catalogue
    asking = Asking(
        ", ".join(catalogue.typeahead.name(code) for code in named),
        Memory(topic="status", partners=tuple(named)),
        (catalogue.whether(*named),),
    )
    said, _, again = reply = services.ask_again(asking)
    shares = again if worth_sharing(said) else None
    return to_slack(said, carry=reply.carry, shares=shares, again=again, private=True)
