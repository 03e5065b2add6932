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


def _heads(text: str) -> bool:
    """Whether words before a colon name the subject ("korea: date?"), not that one asks again."""
    words = text.lower().split()
    return len(words) <= _HEADING and _ANNOUNCES.isdisjoint(words)
