"""Characters: which can be shown, how Slack wants them written, how long they count."""

from __future__ import annotations

import re

NONE = "\u2013"  # for a value that is not given

# Control characters, and those that turn the direction of what follows.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_MARKUP = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def clean(text: str) -> str:
    """The text without what no screen can show; line ends as newlines."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return _SURROGATES.sub("\ufffd", _UNSHOWABLE.sub("", text))


def one_line(text: str) -> str:
    """The cleaned text with every run of white space as one space."""
    return " ".join(clean(text).split())


def escape(text: str) -> str:
    """The cleaned text with Slack's three control characters escaped: for text objects."""
    text = clean(text)
    for character, written in _ESCAPES.items():  # & comes first, or it would be escaped twice
        text = text.replace(character, written)
    return text


def literal(text: str) -> str:
    """The cleaned text for places that Slack shows as they are (rich text, table cells).

    Nothing is parsed there; still nothing that reads as a command to Slack goes out.
    """
    return re.sub("<(?=[!@#])", "\u2039", clean(text))


def size(text: str) -> int:
    """How many characters Slack counts: UTF-16 units, so that it is never more than ours."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int, *, escaped: bool = False) -> str:
    """The text, ended with an ellipsis where it would be longer than `most`.

    With `escaped` the result is escaped, and `most` counts it so; no escape is cut in two.
    """
    whole = clean(text)
    head = whole[: most + 1]  # no character counts for less than one
    written = escape(head) if escaped else head
    if len(whole) <= most and size(written) <= most:
        return written
    kept: list[str] = []
    left = most - 1  # for the ellipsis
    for character in head:
        written = _ESCAPES.get(character, character) if escaped else character
        left -= size(written)
        if left < 0:
            break
        kept.append(written)
    return "".join(kept).rstrip() + "…"


def plain(text: str) -> str:
    """A message as Slack delivers it, as a person reads it: no markup, no escapes."""
    text = _MARKUP.sub(lambda m: m[2] or m[1].lstrip("@#!"), text)
    for character, written in reversed(_ESCAPES.items()):
        text = text.replace(written, character)
    return one_line(text)
