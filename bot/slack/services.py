"""What every surface is given, and one turn of a conversation in Slack."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol
from weakref import WeakValueDictionary

from slack_bolt import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.answer import Answer, Silence
from bot.conversation import Turn
from bot.memory import Memory
from bot.rendering import Asked, Message, to_slack
from bot.settings import Settings
from bot.slack.failures import apology, report
from bot.slack.payloads import Incoming
from bot.slack.posting import Refused, post
from bot.slack.tasks import Tasks
from bot.store import Claim, Store, Thread

_log = logging.getLogger(__name__)
HELP = "help"

Speech = Callable[[Memory | None], tuple[Message, Memory]]


def accepted() -> BoltResponse:
    """Slack does not deliver this again."""
    return BoltResponse(status=200)


def later() -> BoltResponse:
    """Slack delivers this again."""
    return BoltResponse(status=503)


class Conversing(Protocol):
    """The part of a conversation that Slack's surfaces need."""

    def ask(self, text: str, memory: Memory | None = None, addressed: bool = True) -> Turn: ...


@dataclass(frozen=True, slots=True)
class Services:
    """What the surfaces share."""

    conversation: Conversing
    store: Store
    settings: Settings
    clock: Callable[[], float]  # seconds since the epoch
    tasks: Tasks = field(default_factory=Tasks)
    _locks: WeakValueDictionary[Thread, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    def lock(self, thread: Thread) -> asyncio.Lock:
        """One turn of a thread at a time, in the order the messages came in."""
        return self._locks.setdefault(thread, asyncio.Lock())

    def ask(self, text: str, memory: Memory | None) -> tuple[Answer, Memory]:
        """The answer to what was addressed to the bot; there always is one."""
        self.note_question(text)
        turn = self.conversation.ask(text, memory, True)
        if isinstance(turn.said, Silence):
            turn = self.conversation.ask(HELP, memory, True)
        assert isinstance(turn.said, Answer), "help is always answered"
        return turn.said, turn.memory

    async def remember(self, thread: Thread, memory: Memory) -> None:
        """Keeps a thread's memory. A failure costs the memory, not the answer given."""
        try:
            await self.store.remember(thread, memory, self.clock())
        except Exception as error:
            self.report(error, "remembering a thread")

    def note_question(self, text: str) -> None:
        """Logs a question where the operator wants that."""
        if self.settings.log_questions:
            _log.info("question: %r", text)

    def report(self, error: BaseException, doing: str) -> str:
        """Logs an error; returns its reference id."""
        return report(error, doing, with_message=self.settings.log_questions)


async def answer(
    services: Services,
    client: AsyncWebClient,
    incoming: Incoming,
    thread: Thread,
    *,
    addressed: bool = True,
    instead: Speech | None = None,
) -> BoltResponse:
    """Answers a message in its thread, once however often it is delivered.

    `instead` says something of Slack's own making, where the conversation is not asked.

    The response is what Slack is told: 200 once the answer was posted, or silence decided.
    Raises posting.Unavailable where Slack should deliver again.
    """
    if incoming.external and not services.settings.answer_external:
        return accepted()
    async with services.lock(thread):
        memory = await services.store.memory(thread, services.clock())
        if not addressed and (memory is None or memory.stopped):
            return accepted()
        key = f"message:{incoming.team}:{incoming.channel}:{incoming.ts}"
        claim = await services.store.claim(key, services.clock())
        if claim is not Claim.WON:
            return accepted() if claim is Claim.DONE else later()
        spoken = False
        try:
            if instead:
                message, after = instead(memory)
                spoken = await _say(services, client, incoming, thread, message, after)
            else:
                spoken = await _turn(services, client, incoming, thread, memory, addressed)
        finally:
            # Silence is not remembered: the message may still be edited into a mention.
            if spoken:
                await services.store.done(key, services.clock())
            else:
                await services.store.release(key)
    return accepted()


async def _turn(
    services: Services,
    client: AsyncWebClient,
    incoming: Incoming,
    thread: Thread,
    memory: Memory | None,
    addressed: bool,
) -> bool:
    """Asks, posts and remembers; whether anything was said, or never can be."""
    after: Memory | None
    try:
        if addressed:
            said, after = services.ask(incoming.text, replace(memory or Memory(), stopped=False))
        else:
            turn = services.conversation.ask(incoming.text, memory, False)
            if isinstance(turn.said, Silence):
                if turn.memory != memory:
                    await services.remember(thread, turn.memory)
                return False
            services.note_question(incoming.text)
            said, after = turn.said, turn.memory
        message = to_slack(said)
    except Exception as error:
        reference = services.report(error, "answering a message")
        if not addressed:
            return False  # it may not have been for us: no apology into others' talk
        message, after = apology(reference), memory
    return await _say(services, client, incoming, thread, message, after)


async def _say(
    services: Services,
    client: AsyncWebClient,
    incoming: Incoming,
    thread: Thread,
    message: Message,
    after: Memory | None,
) -> bool:
    """Posts and remembers; True, as there is nothing left to do."""
    try:
        await post(client, incoming.channel, message, thread_ts=thread.ts, asker=incoming.user)
    except Refused:
        return True  # logged with what to do; another delivery would end the same way
    if after:
        await services.remember(thread, after)
    return True


async def answer_click(
    services: Services,
    client: AsyncWebClient,
    thread: Thread,
    say: str,
    carried: Memory | None,
    asked: Asked | None,
) -> None:
    """Answers a click on a button of a message, in that message's thread.

    Raises posting.NotPosted where it can't be posted there.
    """
    async with services.lock(thread):
        memory = await services.store.memory(thread, services.clock()) or carried or Memory()
        said, after = services.ask(say, replace(memory, stopped=False))
        await post(client, thread.channel, to_slack(said, asked=asked), thread_ts=thread.ts)
        await services.remember(thread, after)
