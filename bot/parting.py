"""A message of several sentences: which of them ask, and what the others tell.

People explain first and ask then; they name whom they mean in one sentence and ask in the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.answer import Answer
from bot.matching.reading import Reading
from bot.matching.sentences import joined_questions, sentences
from bot.matching.subject import ENOUGH, SURE
from bot.memory import Memory

# Why a sentence is about something else altogether; whom it names is not asked about.
_ELSEWHERE = frozenset(
    {"another subject", "another kind of MRA", "before any such program", "an aside"}
)
_OF_ANOTHER_KIND = frozenset({"another kind of MRA", "an agreement on something else"})
_FRAGMENT = 3  # words; "meaning?" asks of what the sentence before it said
_BRIEF = 8  # words; what stands before the colon belongs to the question
_POINTING = 6  # words; "last one on that list"
_MOST_QUESTIONS = 4  # answered in one reply


class Means(NamedTuple):
    """What reads a part of a message, and answers it."""

    read: Callable[[str], Reading]
    may_open: Callable[[str], bool]  # whether a part may begin as a question does
    answer: Callable[[Reading, Memory], Answer]


def questions_of(reading: Reading, memory: Memory, by: Means) -> tuple[list[Reading], Memory]:
    """The questions of a message, and the memory with what its other sentences tell."""
    if reading.pasted:
        return [reading], memory
    parts = sentences(reading.text)
    if len(parts) == 1:
        return _of_clauses(reading, by), memory
    if not (memory.selected or memory.earlier) and _is_one(reading, parts, by):
        return [reading], memory
    read = [by.read(part) for part in parts]
    asking = [r for part, r in zip(parts, read, strict=True) if _asks(part, r)]
    goes_on = bool(memory.topic) and any(_goes_on(r) for r in asking)
    if _one_question(reading, read) or _narrows_the_next(read, asking):
        return [reading], memory
    if not goes_on and (elsewhere := _elsewhere(reading, read, asking)):
        return [elsewhere], memory
    brief = len(reading.text.split()) <= _BRIEF and len(asking) == 1
    if memory.topic and ":" in reading.text and brief and _is_fragment(asking[0]):
        return [reading], memory  # "just the US side: korea?"
    if pointed := _pointed_to(read, asking, memory, by):
        return asking[:_MOST_QUESTIONS], pointed
    if not asking or all(_is_fragment(r) and not r.mentions for r in asking):
        return [reading], memory
    if amended := _amended(asking[0], read):
        return [amended], memory
    return asking[:_MOST_QUESTIONS], _told(reading, read, asking[0], memory)


def _of_clauses(reading: Reading, by: Means) -> list[Reading]:
    """The questions that an "and" joins, where each asks for itself."""
    clauses = joined_questions(reading.text) if reading.has("and") else ()
    if len(clauses) > 1:
        each = [by.read(clause) for clause in clauses]
        if _ask_apart(each):
            return each[:_MOST_QUESTIONS]
    return [reading]


def _is_one(reading: Reading, parts: tuple[str, ...], by: Means) -> bool:
    """Whether surely no sentence asks by itself, told without reading most of them.

    A fragment that names nobody goes with the others: "Argentine exporter. any luck?".
    """
    if len(parts) == 2 and _only_names(parts[0], reading):
        return True  # "NEEC - whose program is it?"
    asking = [part for part in parts if part.endswith(("?", "\uff1f"))]
    if any(len(part.split()) > _FRAGMENT for part in asking):
        return False
    asking += [part for part in parts if part not in asking and by.may_open(part)]
    if any(len(part.split()) > _FRAGMENT for part in asking):
        return False
    if reading.doubts or reading.has("mend"):  # read by itself, a name may be believed
        return not any(r.mentions for r in map(by.read, asking))
    return not any(m.typed in part for m in reading.mentions for part in asking)


def _only_names(part: str, reading: Reading) -> bool:
    """Whether a sentence is whom the message is about, and no more: "UK and South Africa"."""
    for mention in reading.mentions:
        before, found, after = part.partition(mention.typed)
        if not found:
            return False
        part = before + after
    return bool(reading.mentions) and _BETWEEN_NAMES.issuperset(part.lower().split())


_BETWEEN_NAMES = frozenset(("and", "or", "&", ",", ",,", "the", "vs", "/", "+"))


def _is_fragment(reading: Reading) -> bool:
    return len(reading.text.split()) <= _FRAGMENT


def _narrows_the_next(read: Sequence[Reading], asking: Sequence[Reading]) -> bool:
    """Whether one sentence narrows what the other asks: "Asia only. How many are there?"."""
    if len(asking) != 1 or asking[0].mentions:
        return False
    others = (r for r in read if r is not asking[0] and r.topic != "off_topic")
    return any(r.groups or r.times or r.kind for r in others)


def _elsewhere(
    reading: Reading, read: Sequence[Reading], asking: Sequence[Reading]
) -> Reading | None:
    """The reading that tells what a message is about, where that is something else."""
    if reading.topic == "off_topic" and not _is_fragment(reading):
        if all(r.evidence < ENOUGH for r in read):
            return reading
    if any(_about_something_else(r) for r in read):
        if all(r.evidence < SURE for r in read):
            return reading
        points_back = asking and all(
            r.bare if r.mentions else r.has("it") and not r.has("sign", "cover", "aeo")
            for r in asking
        )
        if reading.topic == "off_topic" and points_back:
            return reading  # "Telecom MRA with Israel - is it phase II"
    first = read[0]
    if not asking:
        return None
    if _is_fragment(first) and _about_something_else(first):
        if all(r.evidence < SURE for r in asking):
            return first  # "MDSAP - do Australia and Japan take the same audit?"
    if _heads(first, reading) and not any(r.has("mra", "aeo", "program") for r in asking):
        return first  # "MDSAP - do Australia and Japan take the same audit report?"
    another = first.trace.get("rule") in _OF_ANOTHER_KIND
    if another and not any(r.has("mra", "aeo") for r in asking):
        return first  # "FDA-EMA recognition: is Malta included?"
    return None


def _heads(first: Reading, reading: Reading) -> bool:
    """Whether a few words of another subject stand before a colon or a dash, as a heading."""
    mark = reading.text[reading.text.find(first.text) + len(first.text) :].lstrip()[:1]
    brief = len(first.text.split()) <= _HEADING and not first.has("not")
    return brief and mark in _HEADS and _about_something_else(first)


_HEADING = 5  # words
_HEADS = frozenset(":-\u2013\u2014")


def _about_something_else(reading: Reading) -> bool:
    return reading.trace.get("rule") in _ELSEWHERE


def _pointed_to(
    read: Sequence[Reading], asking: Sequence[Reading], memory: Memory, by: Means
) -> Memory | None:
    """The memory with the one that a fragment beside the question points to.

    "last one on that list - who signed for them", "signed by whom? the first one". Of other
    attributes such a message is read as one.
    """
    if not (memory.selected or memory.earlier):
        return None
    if not any(r.has("signatory", "who") or (r.topic == "claim" and r.has("it")) for r in asking):
        return None
    for r in read:
        if r in asking or not r.place or r.mentions or len(r.text.split()) > _POINTING:
            continue
        pointed = by.answer(r, memory)
        if 0 < len(one := pointed.selected or pointed.partners) <= 2:  # who tie on a day
            return memory._replace(partners=one, topic="status", selected=())
    return None


def _told(reading: Reading, read: Sequence[Reading], asked: Reading, memory: Memory) -> Memory:
    """The memory with the day and the names that the sentences beside a question tell."""
    others = [r for r in read if r is not asked]
    if _at_that_time(asked) and (days := [r.times[0].day for r in others if r.times]):
        memory = memory._replace(topic=memory.topic or "status", day=days[0])
    if memory.topic == "pair" and reading.home:
        memory = memory._replace(topic="status")  # "I meant the US list - is Australia on it"
    if any(len(m.codes) == 1 for m in asked.mentions):
        return memory
    sure = asked.has("turning") or asked.evidence >= ENOUGH  # "not the bird: do they have an MRA?"
    telling = (r for r in others if sure or not _about_something_else(r))
    told = [m for r in telling for m in r.mentions] or (list(reading.mentions) if sure else [])
    named = dict.fromkeys(m.codes[0] for m in told if len(m.codes) == 1)
    if named:
        memory = memory._replace(topic=memory.topic or "status", partners=tuple(named))
    return memory


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


def _ask_apart(read: Sequence[Reading]) -> bool:
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


def _one_question(reading: Reading, read: Sequence[Reading]) -> bool:
    """Whether a mark inside parts no questions: "EU - China?", "in 2017 - did Peru have one"."""
    named = [r for r in read if r.mentions]
    if len(named) > 1 and all(r.bare for r in read):
        return True
    listed = sum(len(r.mentions) for r in read if r.bare)
    if listed >= _LISTED and reading.topic in ("", "status", "detail"):
        return True  # "list from purchasing, check each: Japan; Brazil; Israel"
    asked_apart = read[0].text.endswith("?") and not read[0].bare
    if reading.topic == "pair" and len(named) > 1 and not asked_apart:
        return True  # "Kenya - Chile mutual recognition?"
    if read[0].mentions and read[0].bare and any(r.has("pair") for r in read[1:]):
        return True  # "US and EU - do they recognise each other?"
    if any(r.times and not r.mentions and not r.unknown and r.topic in _TIMED for r in read):
        return len(named) == 1 and reading.topic == next(r for r in read if r.mentions).topic
    chooses = reading.topic in ("order", "compare") and len(reading.mentions) > 1
    both = [r for r in read if len(r.mentions) == len(reading.mentions)]
    return chooses and any(r.bare or r.topic in ("", "off_topic", "compare") for r in both)


_LISTED = 3  # names that make a list
_TIMED = ("", "list")  # a day by itself, however it is read


def _amended(asked: Reading, read: Sequence[Reading]) -> Reading | None:
    """A question with whom a later sentence puts in place of the name: "sorry, Australia!"."""
    after = read[read.index(asked) + 1 :]
    at = next((i for i, r in enumerate(after) if r.has("mend") and not r.has("and")), None)
    if at is None or not asked.mentions:
        return None
    meant = [r for r in after[at:] if r.mentions]
    return asked._replace(mentions=meant[0].mentions) if meant else None
