"""The sentences of a message: people explain first and ask then."""

from __future__ import annotations

import re

_END = re.compile(
    r"(?<=[?!])\s+|(?<=[a-z0-9)\"'\u201d]{2}[.;])\s+(?=\S)|[\u3002\uff1f\uff01]+|\n+|\s[-\u2013\u2014]{1,2}\s|(?<=[a-z]):\s+(?=\S{2})|\s\.\.+\s*|(?<=[a-z])\.\.+\s+"
)
_MARK = re.compile(r"[?!.;:\n\u3002\uff1f\uff01\u2013\u2014-]")  # each end above has one of them
_GOES_ON = re.compile(
    r"(?:like|such as|say|namely|e\.?g\.?|i\.?e\.?|for example|for instance)\b", re.I
)
_AND = re.compile(
    r",?\s+(?:and|plus|also|&|y|e|et|und|en)\s+(?:also\s+|then\s+)?"
    r"(?=(?:how|whats?|what's|whos?|who's|when|which|is|are|does|do|did|can|where|why|has|have"
    r"|cu\w+|qui[eé]n\w*|qu[eé]|combien|quand|qui|quel\w*|wann|wer|wie|welche\w*)\b)",
    re.IGNORECASE,
)
_MOST = 8  # sentences; a longer text is no question
_HEADING = 3  # words before a colon; so few name what the question is about
_ANNOUNCES = frozenset(
    ("q", "question", "more", "thing", "next", "again", "so", "btw", "also", "unrelated")
)


def sentences(text: str) -> tuple[str, ...]:
    """A message cut where a sentence ends; the whole of it where nothing ends inside."""
    if not _MARK.search(text.rstrip()[:-1]):
        return (text,)  # nearly always: told much faster so
    parts: list[str] = []
    at = 0
    for match in _END.finditer(text):
        if _GOES_ON.match(text, match.end()):
            continue
        if text[match.start() - 1 : match.start()] == "." and _abbreviated(text[: match.start()]):
            continue
        if match[0][0] == ":" and _heads(text[at : match.start()]):
            continue
        piece = text[at : match.start()] + ("?" if match[0].strip() in ("\uff1f",) else "")
        if piece.strip():
            parts.append(piece.strip())
        at = match.end()
    if text[at:].strip():
        parts.append(text[at:].strip())
    if not 1 < len(parts) <= _MOST:
        return (text,)
    return tuple(parts)


def joined_questions(text: str) -> tuple[str, ...]:
    """What stands on either side of an "and" that a word of asking follows.

    "who runs it and since when" is cut too: whether each part is a question by itself is for
    whoever reads them to see.
    """
    parts = tuple(part.strip() for part in _AND.split(text) if part.strip())
    return parts if 1 < len(parts) <= _MOST else (text,)


# What a full stop only shortens.
_SHORT = frozenset(
    ("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "no",
     "nr", "vs", "approx", "dept", "govt", "intl", "ltd", "inc", "corp", "st", "mr", "mrs", "ms",
     "dr", "rep", "dom", "fed", "bros", "incl", "excl", "resp", "ca", "cf", "abt")
)  # fmt: skip


def _abbreviated(before: str) -> bool:
    """Whether the full stop that a text ends with is of a shortened word: "Sept. 2018"."""
    return before[:-1].rpartition(" ")[2].strip().lower() in _SHORT


def _heads(text: str) -> bool:
    """Whether words before a colon name the subject ("korea: date?"), not that one asks again."""
    words = text.lower().split()
    return len(words) <= _HEADING and _ANNOUNCES.isdisjoint(words)
