"""A step for Workflow Builder: a country and a day in; status, program, date and source out."""

from __future__ import annotations

import datetime
import logging
import re
from dataclasses import dataclass

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.answer import Answer
from bot.rendering.text import source_date
from bot.slack.payloads import Payload
from bot.slack.posting import OFFLINE, refusal_of
from bot.slack.services import Services, accepted, later
from bot.slack.turns import CLAIMED
from bot.store import Claim
from knowledge.facts import Source

LOOK_UP = "look_up_arrangement"
COUNTRY, DATE = "country", "date"  # the inputs, as the manifest names them
_log = logging.getLogger(__name__)
_OVER = frozenset(  # refusals after which a step has ended, or can be told of no more
    ["function_execution_not_found", "token_revoked", "token_expired", "invalid_auth", "not_authed"]
)
_TOKEN = re.compile(r"[!-~]+")
_NONE = "none"  # Slack need not take an empty text for an output that it requires
_TYPED = 80  # characters of an input that are repeated in an error


class _Unusable(ValueError):
    """An input that a step can't work with; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outputs, as the manifest names them: each a text that can stand in a message."""

    status: str  # yes or no
    program: str
    signed_date: str
    source: str


def register(app: AsyncApp, services: Services) -> None:
    async def run(body: Payload, client: AsyncWebClient) -> BoltResponse:
        event = body["event"]
        execution, token = event.get("function_execution_id"), event.get("bot_access_token")
        if not isinstance(execution, str):
            return accepted()
        if not isinstance(token, str) or not _TOKEN.fullmatch(token):
            token = None  # then the app's own may do
        key = f"step:{execution}"
        claim = await services.store.claim(key, services.clock())
        if claim not in CLAIMED:
            return accepted() if claim is Claim.DONE else later()
        done = False
        try:
            given = event.get("inputs")
            outputs, error = _result(services, given if isinstance(given, dict) else {})
            done = await _told(client, execution, token, outputs, error)
        finally:
            if done:
                await services.store.done(key, services.clock())
            else:
                await services.store.release(key)
        return accepted() if done else later()

    app.function(LOOK_UP, auto_acknowledge=False)(run)


def _result(services: Services, inputs: Payload) -> tuple[dict[str, str], str]:
    """The outputs, or why there are none."""
    try:
        outcome = _outcome(services, inputs)
    except _Unusable as error:
        return {}, str(error)
    except Exception as error:
        return {}, f"Something went wrong; its reference is {services.report(error, 'a step')}."
    return {name: getattr(outcome, name) for name in Outcome.__slots__}, ""


def _outcome(services: Services, inputs: Payload) -> Outcome:
    typed = inputs.get(COUNTRY)
    country = typed.strip() if isinstance(typed, str) else ""
    named = services.catalogue.named(country)
    if len(named) != 1:
        what = "names no country" if not named else "may be several countries"
        raise _Unusable(f"{country[:_TYPED]!r} {what}; give one, such as Korea or KR.")
    question = services.catalogue.whether(named[0], day=_day(inputs.get(DATE)))
    said = services.answer([question])
    if said.verdict == "n/a":
        raise _Unusable(f"{country[:_TYPED]!r} has no status: {said.headline}")
    return _read(services, said)


def _day(typed: object) -> datetime.date | None:
    """The day asked about; None where none is given, which is the register's own."""
    if typed in (None, ""):
        return None
    try:
        return datetime.date.fromisoformat(str(typed).strip())
    except ValueError:
        raise _Unusable(f"{str(typed)[:_TYPED]!r} is no day; give one as 2014-12-31.") from None


def _read(services: Services, said: Answer) -> Outcome:
    """The outputs, out of an answer on the status of one economy."""
    program = services.catalogue.program(said.partners[0], said.as_of)
    signed = dict(said.fields).get("Signed")
    source = _cited(said.citations[0]) if said.citations else _NONE
    return Outcome(said.verdict, program or _NONE, signed or _NONE, source)


def _cited(source: Source) -> str:
    parts = (source.publisher, source.title, source_date(source), source.url or "")
    return ", ".join(part for part in parts if part)


async def _told(
    client: AsyncWebClient,
    execution: str,
    token: str | None,
    outputs: dict[str, str],
    error: str,
) -> bool:
    """Tells Slack how the step ended; False where it should bring the step again."""
    own = {"token": token} if token else {}  # a step has a token of its own
    try:
        if error:
            await client.functions_completeError(
                function_execution_id=execution, error=error, **own
            )
        else:
            await client.functions_completeSuccess(
                function_execution_id=execution, outputs=outputs, **own
            )
    except SlackApiError as refusal:
        reason = refusal_of(refusal)
        _log.error("Slack did not take the end of a workflow's step: %s", reason)
        return reason in _OVER
    except OFFLINE as failure:
        _log.error("Slack could not be reached: %s", type(failure).__name__)
        return False
    return True
