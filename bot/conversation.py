"""One turn of a conversation: text and memory in, an answer (or silence) and memory out.

Pure: the clock and the memory come in as arguments, nothing is kept between calls.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

from bot.answer import Answer, Silence
from bot.catalogue import Catalogue
from bot.choosing import chosen_reply
from bot.hearing import why_silent
from bot.matching.completing import completed
from bot.matching.matcher import Matcher
from bot.matching.reading import Reading
from bot.memory import Memory
from bot.parting import Means, questions_of
from bot.question import Question
from bot.resolving import Asked, remembered, resolve, went_astray
from bot.wording import WORDING
from bot.wording.joining import joined
from bot.wording.stepping import with_next_steps
from knowledge.model import Knowledge

_ASIDES = frozenset({"smalltalk", "off_topic", "help", "feedback"})
_NOTHING = Memory()


class Turn(NamedTuple):
    """What came of one message, and how it was read."""

    said: Answer | Silence
    memory: Memory
    reading: Reading | None = None
    question: Question | None = None
    rule: str = ""
    questions: tuple[Question, ...] = ()  # all that the answer answers, in order


class Conversation:
    """Answers questions from a register.

    `as_of` is the day to answer for where a question names none (default: the evidence day
    of the list the answer draws on). `today` gives the current day, for "the last ten years".
    `matcher` is one made of the same register, which conversations can share: it is what is large.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        *,
        today: Callable[[], datetime.date],
        as_of: datetime.date | None = None,
        matcher: Matcher | None = None,
    ) -> None:
        self.knowledge = knowledge
        self.matcher = matcher or Matcher(knowledge)
        self._today = today
        self._as_of = as_of

    def ask(self, text: str, memory: Memory | None = None, addressed: bool = True) -> Turn:
        """Answer a message; where it was not addressed to the bot, only if surely meant for it.

        `text` is as Slack delivers it (mentions, entities, links, emoji), of any length.
        Never raises for any text.
        """
        memory = memory or _NOTHING
        today = self._as_of or self._today()
        follows = bool(memory.topic)
        reading = self.matcher.read(text, today, follows=follows)
        if memory.asked:
            said = chosen_reply(reading, memory, self.matcher)
            if said:
                reading = self.matcher.read(said, today)
        defines = reading.topic in ("page", "term", "definition")
        if not reading.mentions and not defines and (memory.partners or memory.asked):
            reading = completed(reading, self._names(memory), self.matcher.lexicon)
        readings, context = questions_of(reading, memory, self._means(today, follows))
        turn = self._turn(readings[0], context, today)
        if len(readings) > 1:
            turns = [turn]
            for further in readings[1:]:
                turns.append(self._turn(further, turns[-1].memory, today))
            turn = self._one(turns)
        if not addressed:
            assert turn.question is not None
            reason = why_silent(text, reading, turn.question, turn.rule, memory)
            if reason:
                return Turn(Silence(reason), memory, reading, turn.question, turn.rule)
        return turn

    def answer(self, questions: Sequence[Question]) -> Answer:
        """The answer to what was understood already, such as a turn's `questions`: one or more."""
        if len(questions) == 1:
            return WORDING[questions[0].topic](questions[0], self.knowledge)
        return joined([WORDING[q.topic](q, self.knowledge) for q in questions])

    def offering(self, answer: Answer) -> Answer:
        """An answer with the questions that follow from it, for surfaces that offer them."""
        return with_next_steps(answer, self.knowledge)

    @cached_property
    def catalogue(self) -> Catalogue:
        """What there is to ask about, for surfaces that offer it."""
        return Catalogue(self.knowledge, self.matcher, self._as_of)

    def _names(self, memory: Memory) -> tuple[str, ...]:
        """What those lately spoken of are called, for words that complete a name ("north")."""
        codes = (*memory.partners, *memory.earlier[:2])
        return tuple(self.knowledge.economy(code).name for code in codes)

    def _means(self, today: datetime.date, follows: bool) -> Means:
        def answer(reading: Reading, memory: Memory) -> Answer:
            said = self._turn(reading, memory, today).said
            assert isinstance(said, Answer)
            return said

        def read(part: str) -> Reading:
            return self.matcher.read(part, today, follows=follows)

        return Means(read, self.matcher.may_open, answer)

    def _turn(self, reading: Reading, memory: Memory, today: datetime.date) -> Turn:
        asked = resolve(reading, memory, self.knowledge, today, self._as_of)
        questions = (asked.question, *asked.also)
        answer = self.answer(questions)
        after = self._after(asked, answer, memory, reading)
        return Turn(answer, after, reading, asked.question, asked.rule, questions)

    def _one(self, turns: list[Turn]) -> Turn:
        """The turns of one message as one: what only declines or repeats gives way."""
        kept: dict[tuple[str, tuple[str, ...], tuple[str, ...]], Turn] = {}
        for turn in turns:
            answer = turn.said
            assert isinstance(answer, Answer)
            if answer.topic in _ASIDES or answer.topic == "ambiguous":
                continue
            topic = "status" if answer.topic == "detail" else answer.topic
            bare = turn.reading is not None and not turn.reading.topic
            if bare and any(
                o is not turn
                and isinstance(o.said, Answer)
                and o.said.topic not in _ASIDES
                and o.said.partners == answer.partners
                for o in turns
            ):
                continue
            if topic == "status" and _asked_more_of(turn, turns):
                continue
            kept.setdefault((topic, answer.partners, answer.selected), turn)
        last = turns[-1]
        if not kept:
            return last
        questions = tuple(q for turn in kept.values() for q in turn.questions)
        return last._replace(said=self.answer(questions), questions=questions)

    def _after(self, asked: Asked, answer: Answer, memory: Memory, reading: Reading) -> Memory:
        question = asked.question
        if answer.topic in _ASIDES:
            if answer.topic == "help" and not memory.topic:
                memory = memory._replace(topic="help")  # what follows is meant for the bot
            if answer.topic == "off_topic" and not memory.topic:
                named = tuple(m.codes[0] for m in reading.mentions if len(m.codes) == 1)
                memory = memory._replace(partners=named or memory.partners)  # "and their AEO?"
            return memory._replace(astray=memory.astray or went_astray(asked, reading))
        also = tuple([further.topic for further in asked.also if further.partners])
        if answer.topic == "status" != question.topic:  # whatever attribute was asked for
            question = question._replace(topic="status")
        kept = remembered(question, answer.selected, memory, asked.rule, also)
        if answer.topic == "ambiguous":
            return memory._replace(
                asked=answer.choices,
                astray=memory.astray or went_astray(asked, reading),
                topic=question.wanted or memory.topic,
                filters=kept.filters if question.wanted else memory.filters,
            )
        return kept


def _asked_more_of(turn: Turn, turns: list[Turn]) -> bool:
    """Whether "the Guatemalan one signed??" is only the way to "date?" of the same."""
    of_signing = turn.reading is not None and turn.reading.has("sign")
    return of_signing and any(
        isinstance(o.said, Answer)
        and o.said.topic == "signed_date"
        and isinstance(turn.said, Answer)
        and o.said.partners == turn.said.partners
        for o in turns
    )
