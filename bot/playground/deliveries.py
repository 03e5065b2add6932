"""Bringing something to the app, signed and with Slack's patience, and what came of it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol
from urllib.parse import urlencode

import aiohttp

from bot.playground.records import Message
from bot.playground.refusal import Json

Kind = Literal["event", "command", "interaction", "options", "challenge"]
_RETRY_SECONDS = (0, 60, 300)  # an event comes again at once, after one minute, after five


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try: the app's answer, or why there was none."""

    status: int | None  # None where nothing came back
    body: str
    seconds: float
    reason: str = ""  # as in x-slack-retry-reason: http_timeout, http_error, …
    stop: bool = False  # the app asked for no more tries

    @property
    def acknowledged(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(slots=True, eq=False)  # two are never the same, however alike
class Delivery:
    """Something that was brought to the app, and all that came of it."""

    kind: Kind
    name: str  # app_mention, message, /mra, block_actions, …
    payload: Json
    attempts: list[Attempt] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)  # shown by its answer or response URL
    options: list[Json] = field(default_factory=list)  # what a menu was offered
    errors: Json = field(default_factory=dict)  # of a modal that was submitted
    error: str = ""  # what Slack says to the user when it went wrong

    @property
    def status(self) -> int | None:
        """The HTTP status of the last answer; None where there was none."""
        return self.attempts[-1].status if self.attempts else None

    @property
    def body(self) -> str:
        return self.attempts[-1].body if self.attempts else ""

    @property
    def seconds(self) -> float:
        """How long the app took for its last answer."""
        return self.attempts[-1].seconds if self.attempts else 0.0

    @property
    def acknowledged(self) -> bool:
        return bool(self.attempts) and self.attempts[-1].acknowledged

    @property
    def shown(self) -> str:
        """The text of all that it showed."""
        return "\n".join(message.shown for message in self.messages)


class Carrier(Protocol):
    """A way to the app: HTTP or Socket Mode."""

    async def carry(self, delivery: Delivery, retry: int, reason: str) -> Attempt:
        """One try to bring it. Never raises for what the app does."""
        ...


async def deliver(carrier: Carrier, delivery: Delivery, *, retry_scale: float) -> Delivery:
    """Brings it; an event that was not acknowledged comes again, as Slack would."""
    attempt = await carrier.carry(delivery, 0, "")
    delivery.attempts.append(attempt)
    if delivery.kind != "event":
        return delivery
    for number, seconds in enumerate(_RETRY_SECONDS, 1):
        if attempt.acknowledged or attempt.stop:
            break
        await asyncio.sleep(seconds * retry_scale)
        attempt = await carrier.carry(delivery, number, attempt.reason)
        delivery.attempts.append(attempt)
    return delivery


@dataclass(frozen=True, slots=True)
class Http:
    """Signed requests to the app's address."""

    url: str
    signing_secret: str
    session: aiohttp.ClientSession
    ack_seconds: float
    clock: Callable[[], float]

    async def carry(self, delivery: Delivery, retry: int, reason: str) -> Attempt:
        body, content_type = encoded(delivery)
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "Accept": "application/json,*/*",
            **signature(self.signing_secret, body, int(self.clock())),
        }
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason}
        loop = asyncio.get_running_loop()
        start = loop.time()
        try:
            async with (
                asyncio.timeout(self.ack_seconds),
                self.session.post(
                    self.url, data=body, headers=headers, allow_redirects=False
                ) as answer,
            ):
                text = await answer.text(errors="replace")
        except TimeoutError:
            return Attempt(None, "", loop.time() - start, "http_timeout")
        except aiohttp.ClientError as error:
            return Attempt(None, str(error), loop.time() - start, "connection_failed")
        attempt = Attempt(
            answer.status,
            text,
            loop.time() - start,
            stop=answer.headers.get("X-Slack-No-Retry") == "1",
        )
        if attempt.acknowledged:
            return attempt
        return Attempt(attempt.status, text, attempt.seconds, "http_error", attempt.stop)


def encoded(delivery: Delivery) -> tuple[bytes, str]:
    """The body of the request, and its content type."""
    if delivery.kind in ("event", "challenge"):
        return json.dumps(delivery.payload).encode(), "application/json"
    form = delivery.payload
    if delivery.kind != "command":
        form = {"payload": json.dumps(delivery.payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def signature(secret: str, body: bytes, timestamp: int) -> dict[str, str]:
    """The headers by which the app knows that Slack sent this."""
    signed = hmac.new(secret.encode(), b"v0:%d:" % timestamp + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={signed}"}
