"""Deliveries over a web socket: no public address is needed."""

from __future__ import annotations

import asyncio
import logging

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.settings import Settings, SettingsError
from bot.slack.app import SlackApp
from bot.slack.payloads import Malformed, check
from bot.slack.posting import OFFLINE, reason_of

_log = logging.getLogger(__name__)


async def run_socket(app: SlackApp, settings: Settings, stop: asyncio.Event, drain: float) -> None:
    """Answers over Socket Mode until `stop` is set, then finishes what is under way.

    That may take `drain` seconds. Raises SettingsError where Slack refuses the app's token.
    """
    await app.open()
    _log.setLevel(logging.INFO)  # below, the client logs every message whole
    handler = AsyncSocketModeHandler(app, settings.app_token, logger=_log)
    client = handler.client
    client.proxy = app.client.proxy  # else it looks for one by itself

    async def handle(_: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        try:
            check(request.payload)
        except Malformed as error:
            _log.warning("dropped a delivery: %s", error)
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id))
        else:
            app.services.tasks.start(handler.handle(client, request), "a delivery")

    client.socket_mode_request_listeners[:] = [handle]
    connecting: asyncio.Task[None] | None = None
    try:
        await _first_address(client)
        # It goes on trying by itself, and connects again where the line breaks.
        connecting = asyncio.create_task(client.connect())  # type: ignore[no-untyped-call]
        await stop.wait()
        client.socket_mode_request_listeners.clear()  # Slack delivers these elsewhere
        await app.services.tasks.drain(drain * 3 / 4)
    finally:
        if connecting:
            connecting.cancel()
        await client.close()  # type: ignore[no-untyped-call]
        await app.close(drain / 4)


async def _first_address(client: SocketModeClient) -> None:
    """Asks once for where to connect, so that a wrong token ends here and not in retries."""
    try:
        client.wss_uri = await client.issue_new_wss_url()
    except SlackApiError as error:
        raise SettingsError(
            f"Slack refused SLACK_APP_TOKEN: {reason_of(error)}; set it to an app-level token "
            "with the scope connections:write"
        ) from None
    except OFFLINE as error:
        _log.error("Slack could not be reached: %s; trying again", type(error).__name__)
