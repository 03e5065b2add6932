"""A message as words, each with its spelling, its normal form and what stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowledge.text import normalise

# Marks written over or after a letter belong to its word; Python's \w leaves some of them out.
_MARK = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0dff\u0e31-\u0e4e"
_LETTERS = rf"(?:[^\W_][{_MARK}]*)+"
_WORD = re.compile(
    rf"([^\w]*+)((?:[^\W\d_]\.)+[^\W\d_](?!\w)\.?|\d+(?:[-/.]\d+)+|{_LETTERS}(?:['\u2019]{_LETTERS})*|_+)"
)
_ASCII_WORD = re.compile(  # the same, far faster: no letter has marks, most words no sign inside
    r"(\W*+)([A-Za-z0-9]++(?![-'./]\w)|"
    r"(?:[A-Za-z]\.)+[A-Za-z](?!\w)\.?|\d+(?:[-/.]\d+)+|[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*|_+)",
    re.A,
)
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f]"
)
_TORN = re.compile(
    rf"(?<!{_UNSPACED.pattern}){_UNSPACED.pattern}+(?:[\s()\uff08\uff09\u30fb\u00b7-]+{_UNSPACED.pattern}+)+[)\uff09]?"
)
_SIGNS = re.compile(r"\W*")
_CLOSING = 16  # signs after the last letter that may belong to its word: marks, full stops
_LONG = 300  # characters; in a shorter text any search is quick
MOST = 1_200  # words read of one message: a pasted list of a hundred names is far below


@dataclass(slots=True)
class Words:
    """Parallel lists, one entry a word; `tail` is what follows the last."""

    raw: list[str]
    norm: list[str]
    before: list[str]  # punctuation and space in front
    tail: str
    lettered: bool = False  # of letters only: no word is a number or holds one

    def __len__(self) -> int:
        return len(self.norm)


_ELIDED = frozenset(("dell", "dall", "all", "nell", "sull", "quell"))  # Italian, before a vowel
_ASKING = frozenset(("what", "who", "where", "when", "how", "which"))


def _dotted(raw: str) -> bool:
    return "." in raw and not raw[0].isdecimal()


def _apart(word: str) -> Iterator[str]:
    """A word with apostrophes as the words it stands for: Canada's, don't, d'Ivoire."""
    head, *rest = re.split("['\u2019]", word)
    tail = rest[-1].lower()
    if tail == "s" and len(rest) == 1:
        yield head
        if head.lower() in _ASKING:  # "what's" is "what is"; another 's is no word
            yield "is"
    elif head[-1:].lower() == "n" and tail == "t":
        yield head + tail
    else:
        if head.lower() not in _ELIDED:
            yield head
        yield from rest


def _pieces(run: str, known: Mapping[str, object], longest: int) -> Iterator[str]:
    """A run of text without spaces, cut at the words known in it, longest first."""
    start = at = 0
    size = len(run)
    while at < size:
        for length in range(min(longest, size - at), 0, -1):
            piece = run[at : at + length]
            if piece in known:
                if start < at:
                    yield run[start:at]
                yield piece
                at += length
                start = at
                break
        else:
            at += 1
    if start < size:
        yield run[start:]


def _whole(text: str, known: Mapping[str, object]) -> str:
    """A name with marks inside without them, where it is known so: アンティグア・バーブーダ."""
    whole = normalise(text).replace(" ", "")
    return whole if whole in known else text


def _reach(text: str) -> int:
    """Where the last word surely has ended: to look for one in a long tail takes time squared."""
    if len(text) < _LONG:
        return len(text)
    tail = _SIGNS.match(text[::-1])
    return len(text) - (tail.end() if tail else 0) + _CLOSING


def words(text: str, unspaced: Mapping[str, object], longest: int) -> Words:
    """Cut a cleaned message into words.

    `unspaced` holds the known words of scripts written without spaces, of at most `longest`
    characters; text in those scripts is cut at them.
    """
    if text.isascii():
        body = text.rstrip(" ?!.")
        run = body.replace(" ", "")
        if run.isalnum() and len(run) < MOST and body[0] != " " and "  " not in body:
            plain = body.split(" ")  # words, spaces and a mark at the end: most questions
            signs = ["", *[" "] * (len(plain) - 1)]
            return Words(plain, body.lower().split(" "), signs, text[len(body) :], run.isalpha())
        found = _ASCII_WORD.findall(text, 0, _reach(text))
        plain = [word for _, word in found]
        run = "".join(plain)
        if len(plain) <= MOST and run.isalnum():  # nearly always
            signs = [before for before, _ in found]
            end = text.rfind(plain[-1]) + len(plain[-1])
            return Words(plain, list(map(str.lower, plain)), signs, text[end:], run.isalpha())
    else:
        text = _TORN.sub(lambda torn: _whole(torn[0], unspaced), text)
        found = _WORD.findall(text, 0, _reach(text))
    raws: list[str] = []
    norms: list[str] = []
    befores: list[str] = []
    end = 0
    for before, word in found:
        end += len(before) + len(word)
        if word.isascii():
            if word.isalnum():
                raws.append(word)
                norms.append(word.lower())
                befores.append(before)
            elif word[0] == "_":
                continue
            elif "'" in word:
                for part in _apart(word):
                    raws.append(part)
                    norms.append(part.lower())
                    befores.append(before)
                    before = ""
            elif _dotted(word):
                raws.append(word.replace(".", ""))
                norms.append(raws[-1].lower())
                befores.append(before)
            else:
                raws.append(word)
                norms.append(word)
                befores.append(before)
        elif _UNSPACED.search(word):
            for piece in _pieces(normalise(word).replace(" ", ""), unspaced, longest):
                raws.append(piece)
                norms.append(piece)
                befores.append(before)
                before = ""
        else:
            for part in _apart(word) if "\u2019" in word or "'" in word else (word,):
                for norm in normalise(part).split():
                    raws.append(part)
                    norms.append(norm)
                    befores.append(before)
                    before = ""
        if len(norms) > MOST:
            break
    return Words(raws, norms, befores, text[end:], all(map(str.isalpha, norms)))
