"""Slack's markup out of a message: what the person sees is what is read."""

from __future__ import annotations

import html
import re

_MARKUP = re.compile(r"<([^<>]*)>")
_MARKED = re.compile(
    r"[<&:~`*_\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U0001f1e6-\U0001f3f4年년]"
)
_FLAG_CODE = re.compile(
    r":flag[-_]([a-z]{2})(?:[-_]?[a-z]*)?:"
    r"|:(?!(?:ab|cl|id|ng|ok|on|sa|tm|vs|up|wc|cd|tv|om|mm|io):)([a-z]{2}):"  # other emoji
)
_BRITISH_FLAG = re.compile(
    r":(?:flag-)?(?:england|scotland|wales):|\U0001f3f4[\U000e0061-\U000e007f]+"
)
_FLAG = re.compile(r"([\U0001f1e6-\U0001f1ff])([\U0001f1e6-\U0001f1ff])")
_EMOJI_CODE = re.compile(r":[a-z0-9_+'-]*[a-z][a-z0-9_+'-]*:(?::skin-tone-\d:)?")
_STRUCK = re.compile(r"(?<!\w)~[^~\n]+~(?!\w)")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_STYLE = re.compile(r"(?<!\w)[*_`]+|[*_`]+(?!\w)")
_CJK_DATE = re.compile(r"(\d{4})\s*[年년]\s*(?:(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日일])?)?")
_A = 0x1F1E6
_SIGNATURE = 5  # lines; what is longer under a closing is no signature
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.S)
_SIMPLE = re.compile(r"(?!.*\w_\w)[\w\s?'-]*", re.S)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>|]+", re.I)
_QUOTED = re.compile(r"^\s*>+\s?", re.M)
_NUMBER = re.compile(r"\d[.)]\s")  # one of those stands in every numbered list
_NUMBERED = re.compile(r"(?:^|(?<=\s))\(?\d{1,2}[.)]\s+(?=\w)")
_CHANNEL = re.compile(r"(?<![\w#])#[a-z]\w*-[\w-]+")  # "#uk-imports": its name is no country
_CLOSING = re.compile(
    r"^[^\S\n]*(?:(?:(?:kind|best|warm|many)[^\S\n]+)?(?:regards|wishes)|best|br|"
    r"sincerely(?: yours)?|yours|"
    r"cheers|thanks|thank you|thx|rgds|saludos|cordialement|mvg|mit freundlichen gr\S+|"
    r"atenciosamente|cordiali saluti)[^\S\n]*[,!.]*[^\S\n]*(?:$|\n|,[^\S\n]*\w+[^\S\n]*$)",
    re.I | re.M,
)
_CODE_LINE = re.compile(r"(?:^|\n)[^\S\n]*[A-Z]{2}[^\S\n]*\n\Z")
LONGEST = 8_000  # characters read of one message; a question is never longer, junk is


def _markup(match: re.Match[str]) -> str:
    inside = match[1]
    target, bar, label = inside.partition("|")
    if target[:1] in ("@", "!", "#"):
        # A user, a group or a broadcast is somebody addressed; a channel's name is no country.
        return " "
    if "://" in target or target.startswith(("mailto:", "tel:")):
        return f" {label} " if bar and label not in target else " "
    return f" {inside} "


def _flag(match: re.Match[str]) -> str:
    return f" flag{chr(ord(match[1]) - _A + 97)}{chr(ord(match[2]) - _A + 97)} "


def _cjk_date(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return " " + "-".join([year, *(p.zfill(2) for p in (month, day) if p)]) + " "


def _unsigned(text: str) -> str:
    """A message without the closing and the names under it."""
    closings = list(_CLOSING.finditer(text))
    closing = closings[-1] if closings else None
    if closing and closing[0].strip() == "BR" and _CODE_LINE.search(text, 0, closing.start()):
        return text  # Brazil, in a list of codes
    if closing and closing.start() and text.count("\n", closing.start()) <= _SIGNATURE:
        return text[: closing.start()]
    return text


def cleaned(text: str) -> str:
    """The words of a message as a person sees them.

    Mentions, addresses and link targets go, labels stay; entities are unescaped (twice, since
    pasted text is escaped again); flags, as emoji or `:flag-kr:`, become words `flagkr`; other
    emoji, struck-through text, invisible marks and emphasis go. Reads at most `LONGEST` characters.
    """
    text = text[:LONGEST]
    if "\n" in text:
        text = _unsigned(text)
    if ("." in text or ")" in text) and _NUMBER.search(text) and len(_NUMBERED.findall(text)) > 1:
        text = _NUMBERED.sub("\n", text).lstrip("\n")
    if "#" in text:
        text = text.replace("# of ", "number of ")
        text = _CHANNEL.sub(" ", text)
    if not _MARKED.search(text) and "www." not in text:
        return text
    if "`" in text:
        text = _CODE.sub(lambda m: m[0] if _SIMPLE.fullmatch(m[0].strip("`")) else " ", text)
    if "<" in text:
        text = _MARKUP.sub(_markup, text)
    text = _ADDRESS.sub(" ", text)
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if ">" in text:
        text = _QUOTED.sub("", text)
    text = _INVISIBLE.sub("", text)
    if ":" in text:
        text = _FLAG_CODE.sub(lambda m: f" flag{m[1] or m[2]} ", text)
        text = _BRITISH_FLAG.sub(" flaggb ", text)
        text = _EMOJI_CODE.sub(" ", text)
    else:
        text = _BRITISH_FLAG.sub(" flaggb ", text)
    text = _FLAG.sub(_flag, text)
    if "~" in text:
        text = _STRUCK.sub(" ", text)
    text = _STYLE.sub(" ", text)
    return _CJK_DATE.sub(_cjk_date, text)


_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


def mentioned(text: str) -> tuple[str, ...]:
    """The ids of the people a message names."""
    return tuple(_MENTION.findall(text))
