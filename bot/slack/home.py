"""The Home tab: search, browse, the newest arrangements, one's recent questions, the register.

Answers come in a modal, since a Home tab has no place for a conversation.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.recent import keep_recent, recent
from bot.slack import home_view
from bot.slack.carrying import Asking
from bot.slack.payloads import Payload
from bot.slack.people import person_of
from bot.slack.posting import OFFLINE, refusal_of
from bot.slack.services import Services, accepted
from bot.slack.views import answer_view, show
from bot.store import Person

_log = logging.getLogger(__name__)


def register(app: AsyncApp, services: Services) -> None:
    async def on_its_page(event: Payload) -> bool:
        return event.get("tab") == "home"

    async def opened(
        body: Payload, context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        await _publish(services, client, person_of(body, context.team_id))
        return accepted()

    async def used(
        body: Payload, context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        person = person_of(body, context.team_id)
        action = body["actions"][0]
        name = str(action["action_id"])
        if name == home_view.SOURCES:
            await show(client, body, home_view.sources_view(services.catalogue))
        elif name in (home_view.KEEP, home_view.ERASE, home_view.STOP):
            agreed = name != home_view.STOP
            await keep_recent(services.store, person, agreed, services.clock())
            await _publish(services, client, person)
        elif question := _question(services, action):
            typed = str(body.get("trigger_id") or "") if name == home_view.SEARCH else ""
            view = await answer_view(services, client, person, Asking(question), asked=typed)
            await show(client, body, view)
            await services.keep_recent(person, question)
            await _publish(services, client, person)
        return accepted()

    app.event("app_home_opened", matchers=[on_its_page])(opened)
    app.action(re.compile("^home_"))(used)


def _question(services: Services, action: Payload) -> str | None:
    """What was asked by typing or choosing; None where it was nothing, or is there no more."""
    value = action.get("value")
    if action["action_id"] == home_view.SEARCH:
        return value.strip() or None if isinstance(value, str) else None
    chosen: Any = action.get("selected_option")
    value = chosen.get("value") if isinstance(chosen, dict) else None
    if not isinstance(value, str):
        return None
    return services.catalogue.question(value) if action["action_id"] == home_view.PARTNER else value


async def _publish(services: Services, client: AsyncWebClient, person: Person) -> None:
    """Shows the tab as it is now. Where Slack does not take it, it stays as it was."""
    if not person.user:
        return
    lang = await services.language(client, person)
    questions = await recent(services.store, person, services.clock())
    view = home_view.home_view(services.catalogue, questions, lang)
    try:
        await client.views_publish(user_id=person.user, view=view)
    except SlackApiError as error:
        _log.warning("Slack did not take a Home tab: %s", refusal_of(error))
    except OFFLINE as error:
        _log.error("Slack could not be reached: %s", type(error).__name__)
