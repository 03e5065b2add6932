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
from bot.matching.belief import ENOUGH, SURE
from bot.matching.matcher import Matcher
from bot.matching.reading import Reading
from bot.matching.sentences import joined_questions, sentences
from bot.memory import Memory
from bot.question import Question
from bot.resolving import Asked, remembered, resolve, went_astray
from bot.wording import WORDING
from bot.wording.joining import joined
from bot.wording.stepping import with_next_steps
from knowledge.model import Knowledge

_ASIDES = frozenset({"smalltalk", "off_topic", "help", "feedback"})
# Why a sentence is about something else altogether; whom it names is not asked about.
_ELSEWHERE = frozenset(
    {"another subject", "another kind of MRA", "before any such program", "an aside"}
)
_NOTHING = Memory()
_FRAGMENT = 3  # words; "meaning?" asks of what the sentence before it said
_BRIEF = 8  # words; what stands before the colon belongs to the question
_POINTING = 6  # words; "last one on that list"
_MOST_QUESTIONS = 4  # answered in one reply


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
            reading = self.matcher.completed(reading, self._names(memory))
        readings, context = self._questions(reading, memory, today)
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
        answers = [WORDING[q.topic](q, self.knowledge) for q in questions]
        said = joined(answers) if len(answers) > 1 else answers[0]
        return with_next_steps(said, self.knowledge)

    @cached_property
    def catalogue(self) -> Catalogue:
        """What there is to ask about, for surfaces that offer it."""
        return Catalogue(self.knowledge, self.matcher, self._as_of)

    def _names(self, memory: Memory) -> tuple[str, ...]:
        """What those lately spoken of are called, for words that complete a name ("north")."""
        codes = (*memory.partners, *memory.earlier[:2])
        return tuple(self.knowledge.economy(code).name for code in codes)

    def _questions(
        self, reading: Reading, memory: Memory, today: datetime.date
    ) -> tuple[list[Reading], Memory]:
        """The questions of a message, and the memory with what its other sentences named."""
        parts = sentences(reading.text)
        follows = bool(memory.topic)
        if len(parts) == 1 and not reading.pasted and "and" in reading.features:
            clauses = joined_questions(reading.text)
            if len(clauses) > 1:
                each = [self.matcher.read(part, today, follows=follows) for part in clauses]
                if _ask_apart(each):
                    return each[:_MOST_QUESTIONS], memory
        if len(parts) == 1 or reading.pasted:
            return [reading], memory
        if not (memory.selected or memory.earlier) and self._is_one(parts, today, follows):
            return [reading], memory
        read = [(part, self.matcher.read(part, today, follows=follows)) for part in parts]
        if _one_question(reading, [r for _, r in read]):
            return [reading], memory
        asking = [r for part, r in read if _asks(part, r)]
        if (
            len(asking) == 1
            and any(
                r is not asking[0] and (r.groups or r.times or r.kind) and r.topic != "off_topic"
                for _, r in read
            )
            and not asking[0].mentions
        ):
            return [reading], memory
        long = len(reading.text.split()) > _FRAGMENT
        goes_on = follows and any(_goes_on(r) for r in asking)
        if long and reading.topic == "off_topic" and not goes_on:
            if all(r.evidence < ENOUGH for _, r in read):
                return [reading], memory
        elsewhere = any(r.trace.get("rule") in _ELSEWHERE for _, r in read)
        if elsewhere and not goes_on and all(r.evidence < SURE for _, r in read):
            return [reading], memory
        points_back = asking and all(
            r.bare if r.mentions else r.has("it") and not r.has("sign", "cover", "aeo")
            for r in asking
        )
        if elsewhere and reading.topic == "off_topic" and points_back and not goes_on:
            return [reading], memory  # "Telecom MRA with Israel - is it phase II"
        brief = len(reading.text.split()) <= _BRIEF and len(asking) == 1
        if (
            memory.topic
            and ":" in reading.text
            and brief
            and len(asking[0].text.split()) <= _FRAGMENT
        ):
            return [reading], memory  # "just the US side: korea?"
        who = any(r.has("signatory", "who") for r in asking)  # other attributes are read as one
        if who and (memory.selected or memory.earlier):
            pointed = self._singled_out(asking, read, memory, today)
            if pointed is not memory:
                return asking[:_MOST_QUESTIONS], pointed
        if not asking or all(len(r.text.split()) <= _FRAGMENT and not r.mentions for r in asking):
            return [reading], memory
        if amended := _amended(asking[0], [r for _, r in read]):
            return [amended], memory
        if len(asking) == 1 and _at_that_time(asking[0]):
            days = [r.times[0].day for _, r in read if r is not asking[0] and r.times]
            if days:
                memory = memory._replace(topic=memory.topic or "status", day=days[0])
        if memory.topic == "pair" and reading.home:
            memory = memory._replace(topic="status")  # "I meant the US list - is Australia on it"
        if not any(len(m.codes) == 1 for m in asking[0].mentions):
            named = tuple(
                dict.fromkeys(
                    m.codes[0]
                    for _, r in read
                    if r is not asking[0]
                    and (r.trace.get("rule") not in _ELSEWHERE or asking[0].has("turning"))
                    for m in r.mentions
                    if len(m.codes) == 1
                )
            )
            if named:
                memory = memory._replace(topic=memory.topic or "status", partners=named)
        return asking[:_MOST_QUESTIONS], memory

    def _is_one(self, parts: tuple[str, ...], today: datetime.date, follows: bool) -> bool:
        """Whether surely no sentence asks by itself, told without reading most of them.

        A fragment that names nobody goes with the others: "Argentine exporter. any luck?".
        """
        asking = [part for part in parts if part.endswith(("?", "\uff1f"))]
        if any(len(part.split()) > _FRAGMENT for part in asking):
            return False
        asking += [part for part in parts if part not in asking and self.matcher.may_open(part)]
        if any(len(part.split()) > _FRAGMENT for part in asking):
            return False
        read = (self.matcher.read(part, today, follows=follows) for part in asking)
        return not any(r.mentions or len(r.text.split()) > _FRAGMENT for r in read)

    def _singled_out(
        self,
        asking: list[Reading],
        read: list[tuple[str, Reading]],
        memory: Memory,
        today: datetime.date,
    ) -> Memory:
        """The memory with the one that a fragment beside the question points to.

        "last one on that list - who signed for them", "signed by whom? the first one".
        """
        for part, r in read:
            if r not in asking and r.place and len(part.split()) <= _POINTING and not r.mentions:
                pointed = self._turn(r, memory, today).said
                assert isinstance(pointed, Answer)
                if 0 < len(one := pointed.selected or pointed.partners) <= 2:  # who tie on a day
                    return memory._replace(partners=one, topic="status", selected=())
        return memory

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
            return memory._replace(astray=memory.astray or went_astray(asked, reading))
        also = tuple([q.topic for q in asked.also if q.partners]) if asked.also else ()
        kept = remembered(question, answer.selected, memory, asked.rule, also)
        if answer.topic == "ambiguous":
            return memory._replace(
                asked=answer.choices,
                astray=memory.astray or went_astray(asked, reading),
                topic=question.wanted or memory.topic,
                filters=kept.filters if question.wanted else memory.filters,
            )
        return kept


def _asks(part: str, reading: Reading) -> bool:
    """Whether a sentence asks the bot something, rather than telling a story."""
    if reading.topic in ("", "off_topic", "stop"):
        return (
            bool(reading.mentions)
            and (part.rstrip().endswith(("?", "\uff1f")) or reading.opens)
            and (reading.topic == "")
        )
    if part.rstrip().endswith(("?", "\uff1f")):
        return True
    return reading.opens


# What is asked of no partner, whoever is named beside it.
_OF_NOBODY = frozenset(("list", "count", "order", "world", "page", "term", "definition"))
_EXPLAINED = frozenset(("page", "term", "definition"))


def _ask_apart(read: list[Reading]) -> bool:
    """Whether each clause asks for itself: "is Oman in, and how many are there in all?".

    "Who runs it, and since when?" asks of the same, and stays one question.
    """
    for r in read:
        if r.topic in ("", "off_topic", "stop", "ambiguous") or r.doubts:
            return False
        if not r.mentions and (r.topic not in _OF_NOBODY or r.has("it", "among", "another")):
            return False
    named = [r for r in read if r.mentions]
    if not named:
        explained = sum(r.topic in _EXPLAINED for r in read)
        return 0 < explained < len(read)
    if len(named) < len(read):
        return True
    apart = len({r.mentions[0].codes for r in read}) == len(read)
    return apart and (len({r.topic for r in read}) > 1 or all(r.times for r in read))


def _at_that_time(reading: Reading) -> bool:
    """Whether the day of another sentence is meant: "imported in March 2018. Was Peru in then?"."""
    if reading.times:
        return False
    return reading.has("thatday") or reading.text.rstrip(" ?.!").endswith((" then", " already"))


def _goes_on(reading: Reading) -> bool:
    """Whether a sentence takes up the thread with another name: "and Singapore?"."""
    return bool(reading.mentions) and reading.has("and") and not reading.unknown


def _one_question(reading: Reading, read: list[Reading]) -> bool:
    """Whether a mark inside parts no questions: "EU - China?", "in 2017 - did Peru have one"."""
    named = [r for r in read if r.mentions]
    if len(named) > 1 and all(r.bare for r in read):
        return True
    listed = len(reading.mentions) >= _LISTED and reading.topic in ("", "status", "detail")
    if listed and any(len(r.mentions) == len(reading.mentions) and r.bare for r in read):
        return True  # "list from purchasing, check each: Japan; Brazil; Israel"
    if reading.topic == "pair" and len(named) > 1:
        return True  # "Kenya - Chile mutual recognition?"
    if read[0].mentions and read[0].bare and any(r.has("pair") for r in read[1:]):
        return True  # "US and EU - do they recognise each other?"
    if any(r.times and not r.mentions and not r.unknown and r.topic in _TIMED for r in read):
        return len(named) == 1 and reading.topic == next(r for r in read if r.mentions).topic
    chooses = reading.topic in ("order", "compare") and len(reading.mentions) > 1
    return chooses and any(len(r.mentions) == len(reading.mentions) and r.bare for r in read)


_LISTED = 3  # names that make a list
_TIMED = ("", "list")  # a day by itself, however it is read


def _amended(asked: Reading, read: list[Reading]) -> Reading | None:
    """A question with whom a later sentence puts in place of the name: "sorry, Australia!"."""
    after = read[read.index(asked) + 1 :]
    at = next((i for i, r in enumerate(after) if r.has("mend") and not r.has("and")), None)
    if at is None or not asked.mentions:
        return None
    meant = [r for r in after[at:] if r.mentions]
    return asked._replace(mentions=meant[0].mentions) if meant else None
