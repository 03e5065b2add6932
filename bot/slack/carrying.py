"""What buttons carry of a conversation: written with an answer, read when one is clicked."""

from __future__ import annotations

from typing import NamedTuple

from bot.answer import Answer
from bot.conversation import Turn
from bot.memory import Memory
from bot.question import Question
from bot.rendering import Shared
from bot.rendering.buttons import carried_by
from bot.slack.payloads import Malformed

_SHORT = 300  # characters; a text and a memory like this fit into a button, whatever is in them


class Reply(NamedTuple):
    """An answer, what is remembered after it, and how to ask for it once more."""

    said: Answer
    after: Memory
    again: Shared

    @property
    def carry(self) -> str:
        """The memory after it, as a button carries it."""
        return carried(self.after)


class Asking(NamedTuple):
    """What a button asks: a text in a conversation, or what one was understood as."""

    say: str
    memory: Memory | None = None  # before the text, or after what it was understood as
    read_as: tuple[Question, ...] = ()

    @property
    def again(self) -> Shared:
        """The same for a further button."""
        if not self.read_as:
            return Shared(self.say, carried(self.memory))
        read_as = tuple(question.to_json() for question in self.read_as)
        return Shared(self.say, "", read_as, carried(self.memory), cut=True)


def carried(memory: Memory | None) -> str:
    """A memory as a button carries it; "" for that of a new conversation."""
    return memory.to_json() if memory and memory != Memory() else ""


def reply_of(turn: Turn, text: str, before: Memory | None) -> Reply:
    """What a turn that answers a text says, with what asks that text once more."""
    assert isinstance(turn.said, Answer), "what was asked is answered"
    carry = carried(before)
    if len(text) + len(carry) <= _SHORT:
        return Reply(turn.said, turn.memory, Shared(text, carry))
    read_as = tuple(question.to_json() for question in turn.questions)
    return Reply(turn.said, turn.memory, Shared(text, carry, read_as, carried(turn.memory)))


def read_value(value: str) -> tuple[Asking, int]:
    """What a button asks, and the place in the answer to go on from.

    Raises Malformed for the value of an older version's button.
    """
    try:
        read = carried_by(value)
        carry, start = read["carry"], int(read.get("start", 0))
        asking = Asking(
            str(read["say"]),
            Memory.from_json(carry) if carry else None,
            tuple(Question.from_json(each) for each in read.get("read_as", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Malformed("the button's value cannot be read") from None
    return asking, start
