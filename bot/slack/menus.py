"""The menu of all countries and programs, filled while somebody types, in their language."""

from __future__ import annotations

import re

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering.blocks import Json, plain_text
from bot.rendering.limits import limit
from bot.slack.payloads import Payload
from bot.slack.people import person_of
from bot.slack.services import Services

PARTNER = "partner"  # in a modal; on the Home tab, home_partner


def register(app: AsyncApp, services: Services) -> None:
    async def typed(
        body: Payload, context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        lang = await services.language(client, person_of(body, context.team_id))
        value = body.get("value")
        text = value if isinstance(value, str) else ""
        suggested = services.catalogue.typeahead.suggest(text, lang, limit("select.options"))
        options = [option(s.label, s.id, s.detail) for s in suggested]
        return BoltResponse(status=200, body={"options": options})

    app.options(re.compile(rf"^(?:home_)?{PARTNER}$"))(typed)


def partner_menu(action_id: str, placeholder: str) -> Json:
    """The menu; opened without typing it offers everybody with an arrangement."""
    return {
        "type": "external_select",
        "action_id": action_id,
        "placeholder": plain_text(placeholder, limit("placeholder")),
        "min_query_length": 0,
    }


def option(label: str, value: str, detail: str = "") -> Json:
    """One option of a menu."""
    made: Json = {"text": plain_text(label, limit("option.text")), "value": value}
    if detail:
        made["description"] = plain_text(detail, limit("option.description"))
    return made
