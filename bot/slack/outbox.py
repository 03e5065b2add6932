"""Every answer that is posted goes through here, so that it is neither lost nor given twice.

An answer is posted at once where Slack takes it at once. Where that fails or lasts, it waits
in the store, and any process sends it on. Before an answer that may have arrived is sent again,
its place is searched for it: each carries, as metadata, the key of the delivery it answers.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic

from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from bot.memory import Memory
from bot.rendering import Message
from bot.slack.failures import apology, report
from bot.slack.pacing import Pace
from bot.slack.posting import NotPosted, Refusals, Refused, Unavailable, find, post, whisper
from bot.slack.tasks import Tasks
from bot.store import Letter, Store, StoreUnreachable, Thread, Waiting

_log = logging.getLogger(__name__)
PATIENCE = 2.0  # Slack waits three seconds for the answer to an event
_GIVE_UP = 3600.0  # an answer an hour late helps nobody
_FIRST, _LONGEST = 1.0, 60.0  # seconds between attempts
_POLL = 1.0  # how often the outbox is looked into, so each channel gets one a second
_AT_A_TIME = 20  # letters of the outbox on their way
_UNTOLD = 10_000  # answers remembered for the time that the store is out of reach
_REWRITE = 600.0  # how long to go on telling the store that an answer was posted
_SWEEP = 3600.0
_DEPTH = 10.0

Sender = Callable[[Letter], Awaitable[AsyncWebClient | None]]


def letter_body(message: Message) -> str:
    """A message as a letter carries it."""
    return json.dumps({"text": message.text, "blocks": message.blocks}, separators=(",", ":"))


def _message(letter: Letter) -> Message:
    body = json.loads(letter.body)
    return Message(body["text"], tuple(body["blocks"]))


class Outbox:
    """What is on its way to Slack."""

    def __init__(
        self, store: Store, tasks: Tasks, clock: Callable[[], float], sender: Sender
    ) -> None:
        """`sender` gives the client for a letter, or None where the app is not installed."""
        self._store, self._tasks, self._clock, self._sender = store, tasks, clock, sender
        self._pace = Pace()
        self._refusals = Refusals()
        self._untold: OrderedDict[str, None] = OrderedDict()
        self._pump: asyncio.Task[None] | None = None
        self._free = asyncio.Semaphore(_AT_A_TIME)

    def is_untold(self, key: str) -> bool:
        """Whether this process has answered a delivery and the store does not know it yet."""
        return key in self._untold

    async def send(
        self,
        client: AsyncWebClient,
        letter: Letter,
        *,
        thread: Thread | None = None,
        memory: Memory | None = None,
        unsure: bool = False,
    ) -> None:
        """Returns once Slack has taken a letter, or it waits in the store.

        At once with that, the delivery counts as handled, and the thread's memory is kept.
        `unsure` says that it may be there already. Raises Refused where Slack never takes it,
        Unavailable where it was neither taken nor stored.
        """
        if pause := self._pace.pause(letter.team, letter.channel):
            await self._stow(letter, pause, thread, memory, unsure=unsure)
            return
        attempt = self._tasks.start(self._attempt(client, letter, unsure), "an answer")
        await asyncio.wait({attempt}, timeout=PATIENCE)
        if not attempt.done():
            # Others keep away from it for the length of a lease.
            with suppress(Unavailable):
                await self._stow(letter, 0.0, thread, memory, unsure=True, held=True)
                self._tasks.start(self._settle_later(attempt, letter), "a late answer")
                return
            await asyncio.wait({attempt})
        outcome = attempt.result()
        if isinstance(outcome, Unavailable):
            pause = self._pause(letter, outcome, 1)
            await self._stow(letter, pause, thread, memory, unsure=outcome.unsure)
        elif isinstance(outcome, Refused):
            await self._done(letter)
            raise outcome
        elif not await self._done(letter, outcome, thread, memory):
            # Slack brings it again, to this process or to one that finds the answer there.
            raise Unavailable("the store is out of reach", unsure=True)

    def start(self) -> None:
        """Begins to look for letters that wait, this process's and others'."""
        self._pump = asyncio.create_task(self._run(), name="the outbox")

    async def stop(self, seconds: float) -> None:
        """Leaves what waits to other processes; where there are none, sends it first."""
        if not self._store.lasting:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    while await self._store.waiting():
                        await asyncio.sleep(0.05)
        if self._pump:
            self._pump.cancel()
            await asyncio.gather(self._pump, return_exceptions=True)

    # One attempt

    async def _attempt(
        self, client: AsyncWebClient, letter: Letter, unsure: bool
    ) -> str | Refused | Unavailable:
        """The time stamp of what Slack took, or why it did not."""
        try:
            if unsure and (found := await find(client, letter, self._refusals)):
                return found
            return await post(
                client,
                letter.channel,
                _message(letter),
                thread_ts=letter.thread_ts,
                asker=letter.asker,
                key=letter.key,
                refusals=self._refusals,
            )
        except (Refused, Unavailable) as outcome:
            return outcome

    def _pause(self, letter: Letter, outcome: Unavailable, tries: int) -> float:
        """How long to wait before the next attempt, which is counted."""
        metrics.slack_retry(outcome.reason)
        if outcome.retry_after is not None:
            self._pace.hold(letter.team, letter.channel, outcome.retry_after)
            return outcome.retry_after
        longest = min(_LONGEST, _FIRST * 2 ** (tries - 1))
        return random.uniform(longest / 2, longest)  # nosec B311  # nobody gains by guessing it

    async def _stow(
        self,
        letter: Letter,
        pause: float,
        thread: Thread | None,
        memory: Memory | None,
        *,
        unsure: bool,
        held: bool = False,
    ) -> None:
        now = self._clock()
        about = {"unsure": unsure, "held": held, "thread": thread, "memory": memory}
        try:
            await self._store.stow(letter, now, now + pause, **about)  # type: ignore[arg-type]
        except StoreUnreachable:
            raise Unavailable("the store is out of reach", unsure=unsure) from None

    async def _settle_later(
        self, attempt: asyncio.Task[str | Refused | Unavailable], letter: Letter
    ) -> None:
        await asyncio.wait({attempt})
        await self._settle(Waiting(letter, 1, self._clock(), True), attempt.result(), None)

    async def _settle(
        self, waiting: Waiting, outcome: str | NotPosted, client: AsyncWebClient | None
    ) -> None:
        letter = waiting.letter
        if isinstance(outcome, str):
            await self._done(letter, outcome)
        elif isinstance(outcome, Unavailable) and self._clock() - waiting.since < _GIVE_UP:
            due = self._clock() + self._pause(letter, outcome, waiting.tries)
            await self._store.postpone(letter.key, due, unsure=outcome.unsure)
        else:
            reference = report(outcome, "posting an answer", with_message=True)
            if client and letter.asker and isinstance(outcome, Unavailable):
                with suppress(NotPosted):
                    await whisper(client, letter.channel, letter.asker, apology(reference))
            await self._done(letter)

    async def _done(
        self,
        letter: Letter,
        ts: str = "",
        thread: Thread | None = None,
        memory: Memory | None = None,
    ) -> bool:
        """Tells the store; where it can't be told now, goes on trying beside everything else."""
        if letter.opens and ts:
            thread = Thread(letter.team, letter.channel, ts)
            memory = Memory.from_json(letter.opens)

        async def write() -> None:
            await self._store.done(
                letter.key, self._clock(), letter.keep, thread=thread, memory=memory
            )

        async def rewrite() -> None:
            until = monotonic() + _REWRITE
            while monotonic() < until:
                await asyncio.sleep(_POLL)
                with suppress(StoreUnreachable):
                    await write()
                    self._untold.pop(letter.key, None)
                    return
            _log.error("the store was not told that %s was answered", letter.key)

        try:
            await write()
        except StoreUnreachable as error:
            _log.error("the store is out of reach: %s", error)
            self._untold[letter.key] = None
            while len(self._untold) > _UNTOLD:
                self._untold.popitem(last=False)
            self._tasks.start(rewrite(), "noting an answer")
            return False
        return True

    # What waits

    async def _run(self) -> None:
        swept = looked = monotonic()
        reached = True
        while True:
            try:
                for waiting in await self._store.take(self._clock()):
                    await self._free.acquire()
                    self._tasks.start(self._resend(waiting), "an answer that waited")
                if monotonic() - looked >= _DEPTH:
                    looked = monotonic()
                    metrics.queue_depth("outbox", await self._store.waiting())
                if monotonic() - swept >= _SWEEP:
                    swept = monotonic()
                    await self._store.sweep(self._clock())
                reached = True
            except StoreUnreachable as error:
                if reached:
                    _log.error("the store is out of reach: %s; trying again", error)
                reached = False
            except Exception as error:
                report(error, "looking into the outbox", with_message=False)
            pause = random.uniform(0.5, 1.0)  # nosec B311  # nobody gains by guessing it
            await asyncio.sleep(_POLL * pause)  # unlike others', so that processes take turns

    async def _resend(self, waiting: Waiting) -> None:
        letter = waiting.letter
        try:
            client = await self._sender(letter)
            if client is None:
                _log.error("an answer for %s is dropped: the app was removed there", letter.team)
                await self._done(letter)
            elif self.is_untold(letter.key):
                pass  # its lease ends, and by then the store may know
            elif pause := self._pace.pause(letter.team, letter.channel):
                due = self._clock() + pause
                await self._store.postpone(letter.key, due, unsure=waiting.unsure)
            else:
                outcome = await self._attempt(client, letter, waiting.unsure)
                await self._settle(waiting, outcome, client)
        except StoreUnreachable as error:
            # Its lease ends, and then it counts as one that may have been sent.
            _log.error("the store is out of reach: %s", error)
        finally:
            self._free.release()
