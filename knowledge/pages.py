"""What is written for readers, as frozen records: pages, glossary terms, kinds of question."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from knowledge.prose import Block


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry."""

    id: str  # MID
    stands_for: str
    says: str  # one or two sentences
    names: tuple[str, ...] = ()  # other spellings
    page: str | None = None
    sources: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page of knowledge/faq: an answer in prose."""

    id: str  # the file's name
    title: str
    topic: str  # the contract's topic it answers
    asks: tuple[str, ...]  # phrasings it answers
    cues: tuple[str, ...]  # words and short phrases that point to it
    sources: tuple[str, ...]
    reviewed: datetime.date
    blocks: tuple[Block, ...]  # the answer first, then detail
    about: tuple[str, ...] = ()  # the economies it speaks of, where it speaks of some only
    line: int = field(default=0, compare=False)  # in its file, for messages
    file: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Intent:
    """A kind of question the register answers."""

    topic: str
    title: str
    example: str
    phrasings: tuple[str, ...]
