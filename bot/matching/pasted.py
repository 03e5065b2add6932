"""A pasted list of countries: one question, a row for each entry as typed."""

from __future__ import annotations

from bot.matching.reading import Mention
from bot.matching.spotting import Spotted

_SEPARATORS = frozenset(",;|/\n\t\u2022\u00b7\u3001\uff0c\uff1b")
FEWEST = 6  # entries; fewer are an ordinary question about several partners
_FEWEST_LINES = 3  # entries where each has a line of its own
_LONGEST = 6  # words of one entry; a longer piece is a sentence


def is_list(spotted: Spotted) -> bool:
    """Whether a message is a list of names and little else; then none of them is doubted."""
    if len(spotted.spans) < FEWEST:
        return False
    named = [span for span in spotted.spans if span.who]
    if len(named) < FEWEST:
        return False
    words = spotted.words
    separated = sum(1 for before in words.before[1:] if not _SEPARATORS.isdisjoint(before))
    covered = sum(span.end - span.start for span in named)
    return separated >= FEWEST - 1 and covered * 2 >= len(words)


def pasted_rows(
    spotted: Spotted, mentions: list[Mention]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The entries of a list, each as typed with the codes it may mean (() if not understood).

    () where the message is no list. A sentence in front, up to a colon or a line's end, is
    no entry.
    """
    if len(mentions) < FEWEST // 2:
        return ()
    words = spotted.words
    at = {i: m for m in mentions for i in range(m.start, m.end)}
    pieces: list[list[int]] = [[]]
    separated = lines = 0
    for i, before in enumerate(words.before):
        lines += "\n" in before or "|" in before
        colon = ":" in before
        if i and (colon or any(c in _SEPARATORS for c in before)):
            separated += 1
            if colon and not any(j in at for j in pieces[-1]):
                pieces[-1] = []
            else:
                pieces.append([])
        pieces[-1].append(i)
    rows: list[tuple[str, tuple[str, ...]]] = []
    unknown = set(spotted.unknown)
    for piece in pieces:
        named = list(dict.fromkeys(at[i] for i in piece if i in at))
        if not named:
            entry = [i for i in piece if i in unknown]
            if entry and len(piece) <= _LONGEST:
                rows.append((_typed(spotted, piece), ()))
            continue
        rows += [(m.typed, m.codes) for m in named]
    understood = sum(1 for _, codes in rows if codes)
    lined = understood >= _FEWEST_LINES and lines >= understood - 1
    if (
        understood < FEWEST
        and not lined
        and not (understood >= FEWEST // 2 and understood < len(rows) and separated >= FEWEST - 1)
    ):
        return ()
    if understood * 2 < len(rows):
        return ()
    return tuple(rows)


def _typed(spotted: Spotted, piece: list[int]) -> str:
    words = spotted.words
    while len(piece) > 1 and (words.norm[piece[0]].isdecimal() or words.norm[piece[0]] == "and"):
        piece = piece[1:]
    return " ".join(words.raw[i] for i in piece)
