"""Who somebody is, and which language they read Slack in, which is asked of Slack once a day."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass, field

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.payloads import Payload, id_of
from bot.slack.posting import OFFLINE, refusal_of
from bot.store import DAY, Person

_log = logging.getLogger(__name__)
UNKNOWN = ""
_AGAIN = 600.0  # seconds until Slack is asked again where it did not say
_CURE = ". What to do: give the app the scope users:read"
_PATIENCE = 1.0  # seconds; a menu must have its options within three


def person_of(body: Payload, team: str | None) -> Person:
    """Who clicked, typed or opened something."""
    event = body.get("event") or {}
    return Person(team or "", id_of(body.get("user") or event.get("user")))


@dataclass(slots=True)
class Locales:
    """The locales of at most `most` people, each for a day; the one kept longest goes first."""

    most: int = 5_000
    _kept: OrderedDict[Person, tuple[str, float]] = field(default_factory=OrderedDict)
    _complained: bool = False

    async def of(self, client: AsyncWebClient, person: Person, now: float) -> str:
        """A locale such as "pt-BR"; UNKNOWN where Slack does not tell. Never raises for that."""
        held = self._kept.get(person)
        if held and now < held[1]:
            return held[0]
        locale = await self._asked(client, person.user)
        self._kept.pop(person, None)
        while len(self._kept) >= self.most:
            self._kept.popitem(last=False)
        self._kept[person] = (locale, now + (DAY if locale else _AGAIN))
        return locale

    async def _asked(self, client: AsyncWebClient, user: str) -> str:
        try:
            async with asyncio.timeout(_PATIENCE):
                answer = await client.users_info(user=user, include_locale=True)
        except SlackApiError as error:
            self._complain(refusal_of(error))
            return UNKNOWN
        except OFFLINE as error:
            self._complain(type(error).__name__)
            return UNKNOWN
        told = answer.get("user") or {}
        locale = told.get("locale")
        return locale if isinstance(locale, str) else UNKNOWN

    def _complain(self, reason: str) -> None:
        """Says once what comes of it: without a language, menus are in English."""
        if not self._complained:
            self._complained = True
            _log.warning(
                "Slack does not tell in which language people read it: %s; menus are in English%s",
                reason,
                _CURE if reason == "missing_scope" else "",
            )
