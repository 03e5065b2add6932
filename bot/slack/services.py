"""What every surface of the Slack app is given."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Protocol
from weakref import WeakValueDictionary

from slack_bolt import BoltResponse

from bot import metrics
from bot.answer import Answer, Silence
from bot.conversation import Turn
from bot.memory import Memory
from bot.settings import Settings
from bot.slack.failures import report
from bot.slack.outbox import Outbox
from bot.slack.tasks import Tasks
from bot.store import Store, Thread

_log = logging.getLogger(__name__)
HELP = "help"


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
    outbox: Outbox
    tasks: Tasks
    in_flight: set[str] = field(default_factory=set)  # deliveries that this process is at
    _locks: WeakValueDictionary[Thread, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    def lock(self, thread: Thread) -> asyncio.Lock:
        """One turn of a thread at a time, in the order the messages came in."""
        return self._locks.setdefault(thread, asyncio.Lock())

    def ask(self, text: str, memory: Memory | None) -> tuple[Answer, Memory]:
        """The answer to what was addressed to the bot; there always is one."""
        self.note_question(text)
        turn = self.turn(text, memory, True)
        assert isinstance(turn.said, Answer), "help is always answered"
        return turn.said, turn.memory

    def turn(self, text: str, memory: Memory | None, addressed: bool) -> Turn:
        """One turn, counted and logged; help stands in where nothing is said to who asked."""
        start = perf_counter()
        try:
            turn = self.conversation.ask(text, memory, addressed)
            outcome = _outcome(turn)
            if addressed and outcome == "silent":
                turn, outcome = self.conversation.ask(HELP, memory, True), "declined"
        except Exception:
            metrics.question("", "failed", perf_counter() - start)
            raise
        seconds = perf_counter() - start
        said = turn.said if isinstance(turn.said, Answer) else None
        metrics.question(said.topic if said else "", outcome, seconds)
        about: dict[str, object] = {"ms": round(seconds * 1000, 2)}
        if said:
            about |= {"topic": said.topic, "partners": said.partners}
        if turn.reading:
            about["confidence"] = round(turn.reading.evidence, 2)
        _log.info(outcome, extra=about)
        return turn

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


def _outcome(turn: Turn) -> metrics.Outcome:
    if isinstance(turn.said, Silence):
        return "silent"
    if turn.said.choices:
        return "asked_back"
    return "declined" if turn.said.topic == "off_topic" else "answered"
