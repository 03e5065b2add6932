"""The Bolt app: every surface registered, and what they share opened and closed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import perf_counter
from typing import Any, cast
from urllib.parse import urlsplit

import aiohttp
from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import logs, metrics
from bot.installs import Installs
from bot.settings import Settings
from bot.slack import (
    choices,
    commands,
    direct_messages,
    feedback,
    follow_ups,
    greeting,
    home,
    mentions,
    menus,
    pages,
    sharing,
    shortcuts,
    steps,
    views,
)
from bot.slack.failures import apology
from bot.slack.installing import Installed, Installing
from bot.slack.installing import register as register_removal
from bot.slack.observing import (
    call_tracing,
    kind_of,
    new_request_id,
    place_of,
)
from bot.slack.outbox import Outbox, Sender
from bot.slack.posting import OFFLINE, UNREADABLE, NotPosted, refusal_of
from bot.slack.responding import NoResponse, respond
from bot.slack.services import Conversing, Services, accepted, later
from bot.slack.tasks import Tasks
from bot.store import Letter, Store, StoreUnreachable

_log = logging.getLogger(__name__)
_CALL_SECONDS = 10  # Slack answers in under one; a call that hangs must not hold a thread's turn
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Hot listeners first: each one passed over costs a request some microseconds.
_SURFACES = (
    mentions,
    follow_ups,
    direct_messages,
    commands,
    menus,
    choices,
    pages,
    sharing,
    views,
    home,
    shortcuts,
    feedback,
    greeting,
    steps,
)


class SlackUnreachable(Exception):
    """Slack did not say who the bot is; the delivery can't be handled now."""


class SlackApp(AsyncApp):
    """The app and what its surfaces share. `open` it before the first delivery."""

    services: Services
    installing: Installing | None = None  # where it may be installed in many workspaces
    hears_slack: Callable[[], bool] = staticmethod(lambda: True)  # over HTTP Slack comes by itself

    def _init_context(self, req: AsyncBoltRequest) -> None:
        super()._init_context(req)
        # Bolt makes a client for every request, and that looks for a proxy by itself.
        assert req.context.client
        req.context.client.proxy = self.client.proxy

    async def open(self) -> None:
        """Opens the one session that all calls to Slack go through."""
        self.client.session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=_CALL_SECONDS), trace_configs=[call_tracing()]
        )
        if self.installing:
            await self.installing.open()
        self.services.outbox.start()

    async def deliver(self, payload: dict[str, Any]) -> BoltResponse:
        """The response to what Slack sent; the payload has been verified and checked."""
        # In this mode Bolt takes the payload as it is: no need to parse it a second time.
        request = AsyncBoltRequest(body=payload, mode="socket_mode")
        return await self.async_dispatch(request)

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Handles a delivery, however it came; all it logs carries one request id."""
        start = perf_counter()
        with logs.request(request=new_request_id(), **place_of(req.body)):
            response = await super().async_dispatch(req)
            seconds = perf_counter() - start
            kind = kind_of(req.body)
            metrics.delivery(kind, response.status, seconds)
            about = {"kind": kind, "status": response.status, "ms": round(seconds * 1000, 2)}
            # A busy channel brings much that is none of the bot's business.
            level = logging.DEBUG if response.status == 200 else logging.WARNING
            _log.log(level, "delivered", extra=about)
        return response

    async def close(self, seconds: float) -> None:
        """Finishes what is under way, at most for `seconds`, and closes the session."""
        await self.services.outbox.stop(seconds)
        if late := await self.services.tasks.drain(seconds):
            _log.error("left %d pieces of work unfinished after %.0f s", late, seconds)
        if self.client.session:
            await self.client.session.close()
        await self.services.store.close()


class _Identity(AsyncAuthorize):
    """Who the bot is in a workspace: asked of Slack once, not with every delivery."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._known: AuthorizeResult | None = None
        self._asking = asyncio.Lock()

    async def __call__(self, *, context: AsyncBoltContext, **_: Any) -> AuthorizeResult | None:
        if self._known is None:
            async with self._asking:
                if self._known is None:
                    self._known = await self._ask(context.client)
        return self._known

    async def _ask(self, client: AsyncWebClient | None) -> AuthorizeResult:
        assert client, "Bolt sets a client for every delivery"
        try:
            response = await client.auth_test(token=self._token)
        except (*OFFLINE, *UNREADABLE) as error:
            _log.error("Slack could not be reached: %s", type(error).__name__)
            raise SlackUnreachable from None
        except SlackApiError as error:
            _log.error("Slack refused the bot token: %s; check SLACK_BOT_TOKEN", refusal_of(error))
            raise SlackUnreachable from None
        return AuthorizeResult.from_auth_test_response(
            bot_token=self._token, auth_test_response=response
        )


def build_app(
    conversation: Conversing,
    store: Store,
    settings: Settings,
    installs: Installs | None = None,
    *,
    clock: Callable[[], float],
) -> SlackApp:
    """The app: for one workspace, or, with `installs`, for all that install it.

    `clock` gives seconds since the epoch.
    """
    # Bolt and its client log whole messages at DEBUG, and repeat hints about the environment
    # as warnings: what goes wrong is logged here, with what to do.
    quiet = logging.getLogger("bot.slack.framework")
    quiet.setLevel(logging.ERROR)
    client = AsyncWebClient(
        base_url=settings.api_url,
        logger=quiet,
        retry_handlers=[],  # what matters goes through the outbox, which knows when to try again
    )
    if urlsplit(settings.api_url).hostname in _LOOPBACK:
        client.proxy = None  # a proxy of the environment could not reach this machine
    authorize: _Identity | Installed = _Identity(settings.bot_token)
    if installs:
        authorize = Installed(installs, store, client, settings, clock)
    app = SlackApp(
        name="mra-bot",
        logger=quiet,
        client=client,
        authorize=cast(Any, authorize),  # Bolt's annotation knows functions
        signing_secret=settings.signing_secret,
        request_verification_enabled=False,  # verified before Bolt sees anything
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        process_before_response=True,  # else every command waits 10 ms in Bolt
        raise_error_for_unhandled_request=True,
    )
    tasks = Tasks()
    outbox = Outbox(store, tasks, clock, _sender(client, settings, authorize))
    app.services = Services(conversation, store, settings, clock, outbox, tasks)
    _ = app.services.catalogue  # made on first use, which nobody's question shall wait for
    for surface in _SURFACES:
        surface.register(app, app.services)
    if installs:
        app.installing = Installing(installs, client, settings, clock)
        register_removal(app, installs)
    _register_failures(app)
    return app


def client_with(client: AsyncWebClient, token: str) -> AsyncWebClient:
    """The client for a token, over the same session."""
    own = AsyncWebClient(
        token,
        base_url=client.base_url,
        session=client.session,
        logger=client.logger,
        retry_handlers=[],
    )
    own.proxy = client.proxy  # else it looks for one by itself
    return own


def _sender(client: AsyncWebClient, settings: Settings, authorize: _Identity | Installed) -> Sender:
    """Who sends the letters that have waited: the bot of their workspace."""

    async def sender(letter: Letter) -> AsyncWebClient | None:
        if not isinstance(authorize, Installed):
            return client_with(client, settings.bot_token)
        bot = await authorize.bot(letter.enterprise, letter.team)
        return client_with(client, bot.bot_token) if bot else None

    return sender


async def _unless_deaf(sending: Awaitable[None]) -> None:
    """Sends what there is no second way for; that it failed has been logged."""
    with suppress(NoResponse):
        await sending


def _register_failures(app: SlackApp) -> None:
    services = app.services

    async def failed(
        error: Exception, body: dict[str, Any], client: AsyncWebClient
    ) -> BoltResponse:
        if isinstance(error, BoltUnhandledRequestError):
            return accepted()  # an event or a button nobody here answers
        if isinstance(error, NoResponse):
            return accepted()  # it can be pressed again
        if isinstance(error, StoreUnreachable):
            _log.error("the store is out of reach: %s", error)
        # Logged, with what to do.
        known = isinstance(error, NotPosted | SlackUnreachable | StoreUnreachable)
        if known and "event" in body:
            return later()
        reference = services.report(error, "a delivery")
        if "command" in body:
            return commands.only_to_the_asker(apology(reference))
        if url := body.get("response_url"):
            options = {"response_type": "ephemeral", "replace_original": False}
            sending = respond(client, url, apology(reference), **options)
            services.tasks.start(_unless_deaf(sending), "an apology")
            return accepted()
        return later()

    app.error(failed)
