"""Deliveries over a web socket: no public address is needed."""

from __future__ import annotations

import asyncio
import logging
import random
from contextlib import suppress
from time import monotonic, time

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from bot.settings import Settings, SettingsError
from bot.slack.app import SlackApp
from bot.slack.payloads import Malformed, check
from bot.slack.posting import OFFLINE, UNREADABLE, refusal_of

_log = logging.getLogger(__name__)
_LONGEST = 60.0  # seconds between attempts to connect
_STEADY = 10.0  # seconds after which an address has led somewhere


async def run_socket(app: SlackApp, settings: Settings, stop: asyncio.Event, drain: float) -> None:
    """Answers over Socket Mode until `stop` is set, then finishes what is under way.

    That may take `drain` seconds. Raises SettingsError where Slack refuses the app's token.
    """
    await app.open()
    _log.setLevel(logging.INFO)  # below, the client logs every message whole
    client = Client(settings.app_token, app.client)
    app.hears_slack = client.hears

    async def handle(_: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        try:
            check(request.payload)
        except Malformed as error:
            _log.warning("dropped a delivery: %s", error)
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id))
        else:
            app.services.tasks.start(_answer(app, client, request), "a delivery")

    client.socket_mode_request_listeners[:] = [handle]
    connecting: list[asyncio.Task[None]] = []
    try:
        await _first_address(client)
        connecting.append(asyncio.create_task(client.connect()))
        connecting.append(asyncio.create_task(client.watch()))
        await stop.wait()
        # Until the line is closed Slack brings commands over it, and brings none of them again.
        await app.services.tasks.idle(drain * 3 / 4)
    finally:
        for task in connecting:
            task.cancel()
        await client.close()  # type: ignore[no-untyped-call]
        await app.close(drain / 4)


async def _answer(app: SlackApp, client: SocketModeClient, request: SocketModeRequest) -> None:
    """What is not answered here, as when Slack is to deliver it again, is not acknowledged."""
    start = time()
    response = await run_async_bolt_app(app, request)
    try:
        await send_async_response(client, request, response, start)
    except (*OFFLINE, SlackClientError) as error:
        # Slack delivers it again, over another connection, and is told that it was answered.
        _log.warning("a delivery could not be acknowledged: %s", type(error).__name__)


class Client(SocketModeClient):
    """slack_sdk's client, with a watchdog: where it goes deaf, it is connected once more.

    Slack limits how often an app may ask for an address; after each that led nowhere the pause
    is longer.
    """

    def __init__(
        self,
        app_token: str,
        web_client: AsyncWebClient,
        *,
        grace: float = 45.0,  # longer than the client's own attempts to mend itself take
        look: float = 1.0,
        pause: float = 1.0,
    ) -> None:
        super().__init__(app_token, logger=_log, web_client=web_client)
        self.proxy = web_client.proxy  # else it looks for one by itself
        self._grace, self._look, self._pause = grace, look, pause
        self._failed = 0
        self._asked = monotonic()
        self._alone = asyncio.Lock()

    async def watch(self) -> None:
        """Until it is cancelled or closed: sees that the line is heard, and mends it."""
        heard = monotonic()
        while True:
            await asyncio.sleep(self._look)
            if self.closed:  # a cancellation may get lost in the midst of connecting
                return
            if self.hears():
                heard = monotonic()
                if heard - self._asked >= _STEADY:
                    self._failed = 0
            elif self.current_session and self.current_session.closed and not self._alone.locked():
                # The client itself would look only every five seconds.
                await self._connect_anew()
            elif monotonic() - heard >= self._grace:
                _log.warning("nothing is heard from Slack; connecting again")
                metrics.slack_retry("socket")
                self.wss_uri = None  # else an address that has run out is tried for ever
                heard = monotonic()
                if self.message_processor.done():  # connecting does not bring it back
                    self.message_processor = asyncio.ensure_future(self.process_messages())  # type: ignore[no-untyped-call]
                if not self._alone.locked():
                    await self._connect_anew(force=True)

    async def _connect_anew(self, *, force: bool = False) -> None:
        with suppress(*OFFLINE, *UNREADABLE, SlackApiError, SlackClientError):
            await self.connect_to_new_endpoint(force=force)

    def hears(self) -> bool:
        """Whether the line to Slack is up."""
        session = self.current_session
        pong = self.last_ping_pong_time
        return (
            session is not None
            and not session.closed
            and pong is not None
            and time() - float(pong) < self._grace
            and self.message_receiver is not None
            and not self.message_receiver.done()
            and not self.message_processor.done()
        )

    async def connect(self) -> None:
        """Connects, unless that is under way already."""
        if not self._alone.locked():
            async with self._alone:
                await super().connect()  # type: ignore[no-untyped-call]

    async def issue_new_wss_url(self) -> str:
        """An address to connect to, after a pause where the last one led nowhere."""
        if self._failed > 1:  # the first time at once: a line may break by itself
            longest = min(_LONGEST, self._pause * 2 ** (self._failed - 2))
            pause = random.uniform(longest / 2, longest)  # nosec B311  # nobody gains by guessing it
            await asyncio.sleep(pause)
        self._failed += 1
        self._asked = monotonic()
        return await super().issue_new_wss_url()


async def _first_address(client: SocketModeClient) -> None:
    """Asks once for where to connect, so that a wrong token ends here and not in retries."""
    try:
        client.wss_uri = await client.issue_new_wss_url()
    except SlackApiError as error:
        raise SettingsError(
            f"Slack refused SLACK_APP_TOKEN: {refusal_of(error)}; set it to an app-level token "
            "with the scope connections:write"
        ) from None
    except (*OFFLINE, *UNREADABLE) as error:
        _log.error("Slack could not be reached: %s; trying again", type(error).__name__)
