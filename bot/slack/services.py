"""What every surface of the Slack app is given."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Protocol
from weakref import WeakValueDictionary

from slack_bolt import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from bot.answer import Answer, Silence
from bot.catalogue import Catalogue
from bot.conversation import Turn
from bot.memory import Memory
from bot.question import Question
from bot.recent import add_recent
from bot.rendering.characters import plain
from bot.settings import Settings
from bot.slack.carrying import Asking, Reply, reply_of
from bot.slack.failures import report
from bot.slack.outbox import Outbox
from bot.slack.payloads import MENTION
from bot.slack.people import Locales
from bot.slack.tasks import Tasks
from bot.store import Person, Store, Thread

_log = logging.getLogger(__name__)
HELP = "help"
_STOP = "stop"
_BRIEF = 4  # words: "be quiet please"; what is longer says more than that
_NO_NEWS = frozenset({"help", "smalltalk", "off_topic", "ambiguous"})
_KEPT = 150  # characters of a recent question; it has to fit a button's value many times over


def worth_sharing(said: Answer) -> bool:
    """Whether an answer that one person got may be news to others: it says something, and asks
    nothing back."""
    return said.topic not in _NO_NEWS and not said.choices


def accepted() -> BoltResponse:
    """Slack does not deliver this again."""
    return BoltResponse(status=200)


def later() -> BoltResponse:
    """Slack delivers this again."""
    return BoltResponse(status=503)


class Conversing(Protocol):
    """The part of a conversation that Slack's surfaces need."""

    def ask(self, text: str, memory: Memory | None = None, addressed: bool = True) -> Turn: ...

    def answer(self, questions: Sequence[Question]) -> Answer: ...

    def offering(self, answer: Answer) -> Answer: ...

    @property
    def catalogue(self) -> Catalogue: ...


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
    locales: Locales = field(default_factory=Locales)
    _locks: WeakValueDictionary[Thread, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    def lock(self, thread: Thread) -> asyncio.Lock:
        """One turn of a thread at a time, in the order the messages came in."""
        return self._locks.setdefault(thread, asyncio.Lock())

    def ignores(self, external: bool) -> bool:
        """Whether somebody is not answered: of another organization, in a shared channel."""
        return external and not self.settings.answer_external

    def ask(self, text: str, memory: Memory | None) -> Reply:
        """The reply to what was addressed to the bot; there always is one."""
        self.note_question(text)
        return reply_of(self.turn(text, memory, True), text, memory)

    def told_to_stop(self, text: str) -> bool:
        """Whether a message asks for silence, and for nothing else."""
        words = plain(MENTION.sub(" ", text)).strip(" .!").casefold()
        if words == _STOP or len(words.split()) > _BRIEF:
            return words == _STOP
        try:
            question = self.conversation.ask(text).question
        except Exception:  # then answering fails too, and says so
            return False
        return question is not None and question.reason == _STOP

    def ask_again(self, asking: Asking) -> Reply:
        """The reply to what a button asks."""
        if not asking.read_as:
            return self.ask(asking.say, asking.memory)
        return Reply(self.answer(asking.read_as), asking.memory or Memory(), asking.again)

    def answer(self, questions: Sequence[Question]) -> Answer:
        """The answer to what was understood already, counted and logged as a turn is."""
        turn = self._counted(lambda: (Turn(self.conversation.answer(questions), Memory()), None))
        assert isinstance(turn.said, Answer)
        return turn.said

    @property
    def catalogue(self) -> Catalogue:
        """What there is to ask about."""
        return self.conversation.catalogue

    async def language(self, client: AsyncWebClient, person: Person) -> str:
        """The language that menus are shown to a person in; English where it is not known."""
        locale = await self.locales.of(client, person, self.clock())
        return self.catalogue.typeahead.language(locale)

    async def for_one_reader(self, client: AsyncWebClient, person: Person, said: Answer) -> Answer:
        """An answer that only this person sees: what it lets them choose is in their language."""
        if not said.choices:
            return said
        lang = await self.language(client, person)
        translated = self.catalogue.typeahead.translated
        choices = (c._replace(label=translated(c.label, lang)) for c in said.choices)
        return said._replace(choices=tuple(choices))

    async def keep_recent(self, person: Person, question: str) -> None:
        """Keeps a question among a person's recent ones, if they agreed to that."""
        text = plain(MENTION.sub(" ", question))
        if not 0 < len(text) <= _KEPT or text.casefold() == HELP:
            return
        try:
            await add_recent(self.store, person, text, self.clock())
        except Exception as error:
            self.report(error, "keeping a recent question")

    def turn(self, text: str, memory: Memory | None, addressed: bool) -> Turn:
        """One turn, counted and logged; help stands in where nothing is said to who asked."""

        def take() -> tuple[Turn, metrics.Outcome | None]:
            turn = self.conversation.ask(text, memory, addressed)
            if addressed and isinstance(turn.said, Silence):
                return self.conversation.ask(HELP, memory, True), "declined"
            return turn, None

        return self._counted(take)

    def _counted(self, take: Callable[[], tuple[Turn, metrics.Outcome | None]]) -> Turn:
        start = perf_counter()
        try:
            turn, outcome = take()
            outcome = outcome or _outcome(turn)
            if isinstance(turn.said, Answer):
                turn = turn._replace(said=self.conversation.offering(turn.said))
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
