"""Names as spans of words, and those of which it is not sure that all of the name was seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.matching.lexicon import Lexicon, Meanings, Who
from bot.matching.repairing import Typed

_FAR = 2  # edits from which a longer name is doubted where a shorter one is typed right
_MOST_WORDS = 4  # of a name looked for around a shorter one
_BEFORE, _AFTER = 2, 3  # words looked at before and after it


class Span(NamedTuple):
    """Words `start` to `end` (exclusive) name somebody or something."""

    start: int
    end: int
    entry: Meanings
    distance: int = 0  # edits away from what was typed

    @property
    def who(self) -> Who | None:
        return self.entry.who


def asked_about(spans: list[Span], typed: Typed, lexicon: Lexicon) -> list[Span]:
    """The spans, those that may be part of a misspelled longer name with both economies, so that
    it is asked which was meant: "Nortel Korea", "PapuaNew Guinea"."""
    if not (typed.torn or any([span.distance >= _FAR for span in spans])):
        return spans  # nearly always
    return [
        span._replace(entry=Meanings(who=Who(codes, "name")), distance=span.distance or 1)
        if (span.distance >= _FAR or (typed.torn and _unknown_near(span, typed)))
        and span.who
        and span.who.how in ("name", "demonym")
        and (codes := _either(span, span.who, typed, lexicon)) != span.who.codes
        else span
        for span in spans
    ]


def _either(span: Span, who: Who, typed: Typed, lexicon: Lexicon) -> tuple[str, ...]:
    """The economies of a span, and of what it may be a part of, or have for a part."""
    codes = list(who.codes)
    norm = typed.words.norm
    if span.distance >= _FAR and span.end - span.start > 1:
        shorter = lexicon.entry(tuple(norm[span.start + 1 : span.end]))
        if shorter and shorter.who:
            codes += shorter.who.codes
    for start, end in _around(span, len(norm)) if _unknown_near(span, typed) else ():
        beside = [*range(start, span.start), *range(span.end, end)]
        if typed.torn.isdisjoint(beside) or any(norm[i] in lexicon.filler for i in beside):
            continue
        _, targets = lexicon.typos.repairs("".join(norm[start:end]))
        for longer in (lexicon.entry(lexicon.joined.get(t, ())) for t in targets):
            if longer and longer.who:
                codes += longer.who.codes
    return tuple(dict.fromkeys(codes))


def _unknown_near(span: Span, typed: Typed) -> bool:
    """Whether a word that nobody knows is among those looked at around a span."""
    return any(
        span.start - _BEFORE <= i < span.start or span.end <= i < span.end + _AFTER
        for i in typed.torn
    )


def _around(span: Span, size: int) -> Iterator[tuple[int, int]]:
    """The runs of words that have a span among them."""
    for start in range(max(0, span.start - _BEFORE), span.start + 1):
        for end in range(span.end, min(size, span.end + _AFTER) + 1):
            if span.end - span.start < end - start <= _MOST_WORDS:
                yield start, end
