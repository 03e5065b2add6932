"""The answer as a neutral document, before any rendering.

Whatever is in Slack is on the terminal and in JSON too: all of them render this.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from knowledge.facts import Source
from knowledge.prose import Block

Verdict = Literal["yes", "no", "n/a"]


class Choice(NamedTuple):
    """Something that can be asked next, as a button's label and the question it stands for."""

    label: str
    say: str


class Answer(NamedTuple):
    """One answer. The order of the fields from `headline` on is the order of reading."""

    topic: str
    headline: str  # the answer in one sentence
    as_of: datetime.date  # the day it speaks for
    partners: tuple[str, ...] = ()  # who the question is about, in the order asked
    via: Mapping[str, str] = {}  # reached through a union: DE -> EU
    selected: tuple[str, ...] = ()  # what a list, count, order or comparison picks
    verdict: Verdict = "n/a"
    verdicts: Mapping[str, Verdict] = {}
    fields: tuple[tuple[str, str], ...] = ()  # label and value
    body: tuple[Block, ...] = ()  # paragraphs, bullets, at most one table
    note: str | None = None  # at most one
    citations: tuple[Source, ...] = ()
    dated: str | None = None  # "As of April 2023, the newest statement on record."
    choices: tuple[Choice, ...] = ()  # when it asks back: what can be chosen
    next_steps: tuple[Choice, ...] = ()  # questions that follow naturally; the last field

    def followed_by(self, steps: tuple[Choice, ...]) -> Answer:
        """The same with other next steps; every answer gets them, so it is no `_replace`."""
        return Answer(*self[:-1], steps)


@dataclass(frozen=True, slots=True)
class Silence:
    """Why nothing is said: the message was not for the bot, or not sure to be."""

    reason: str
