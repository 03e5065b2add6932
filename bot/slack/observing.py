"""What is counted of deliveries, and of calls to Slack, in the one place each passes."""

from __future__ import annotations

import secrets
from time import perf_counter
from types import SimpleNamespace
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot import metrics
from bot.slack.payloads import Payload

_API = "/api/"


def new_request_id() -> str:
    """What joins all lines of the log that one delivery leaves."""
    return secrets.token_hex(4)


def kind_of(payload: Payload) -> str:
    """What a delivery is: "app_mention", "command", "block_actions" and so on."""
    if "command" in payload:
        return "command"
    event = payload.get("event")
    return str((event if isinstance(event, dict) else payload).get("type") or "")


def place_of(payload: Payload) -> dict[str, str]:
    """The team and the channel that a delivery is about; "" where it names none."""
    event = payload.get("event") or {}
    container = payload.get("container") or {}
    channel = event.get("channel") or payload.get("channel") or payload.get("channel_id")
    team = payload.get("team_id") or payload.get("team")
    return {"team": _id(team), "channel": _id(channel or container.get("channel_id"))}


def _id(party: Any) -> str:
    found = party.get("id") if isinstance(party, dict) else party
    return found if isinstance(found, str) else ""


def count_refusal(error: SlackApiError, reason: str) -> None:
    """Slack answered a call with an error."""
    metrics.slack_error(_method(str(getattr(error.response, "api_url", ""))), reason)


def call_tracing() -> aiohttp.TraceConfig:
    """Times every attempt of every call that goes through a session, and counts what fails."""
    tracing = aiohttp.TraceConfig()

    async def started(_: aiohttp.ClientSession, call: SimpleNamespace, __: Any) -> None:
        call.start = perf_counter()

    async def ended(
        _: aiohttp.ClientSession, call: SimpleNamespace, seen: aiohttp.TraceRequestEndParams
    ) -> None:
        status = str(seen.response.status)
        metrics.slack_call(_method(seen.url.path), status, perf_counter() - call.start)

    async def failed(
        _: aiohttp.ClientSession, call: SimpleNamespace, seen: aiohttp.TraceRequestExceptionParams
    ) -> None:
        method = _method(seen.url.path)
        metrics.slack_call(method, "none", perf_counter() - call.start)
        metrics.slack_error(method, type(seen.exception).__name__)

    tracing.on_request_start.append(started)
    tracing.on_request_end.append(ended)
    tracing.on_request_exception.append(failed)
    return tracing


def _method(address: str) -> str:
    """A call's method by its address; a response URL has none, and is a secret besides."""
    _, found, method = address.rpartition(_API)
    return method if found else "response_url"
