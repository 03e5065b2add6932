"""Whether a name that people bear is a person's: "Jordan said", "ask Israel", "Maria Canada"."""

from __future__ import annotations

from bot.matching.lexicon import Lexicon
from bot.matching.spans import Span
from bot.matching.spotting import Spotted

_GOVERNING = frozenset(("of", "in", "for", "with", "from"))
_WAS = frozenset(("was", "were", "been", "am", "im", "are", "being", "got"))
_PLEASE = (["pls"], ["plz"], ["please"], ["thx"], ["thanks"])
_JOINS = (["join", "the"], ["joined", "the"], ["join", "our"], ["join", "us"], ["joins", "us"])
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "sr", "sra", "mme"))


def person(span: Span, spotted: Spotted, lexicon: Lexicon) -> bool:
    """Whether a name that is also a first name is a person's here.

    So it is next to what people do ("Jordan said", "ask Jordan"), before or after another
    capitalised word that is no known word ("Jordan Peele"), after "@", and as a sign-off.
    """
    words = spotted.words
    if span.end - span.start != 1 or span.distance:
        return False
    name = words.norm[span.start]
    if span.start and words.norm[span.start - 1] in _TITLES and words.raw[span.start].istitle():
        return True
    if name not in lexicon.first_names:
        return _surname(span, spotted)
    joins = words.norm[span.end : span.end + 2] in _JOINS and name in lexicon.usual_people
    if joins and not spotted.has("mra", "aeo", "program", "list", "cover"):
        return True  # "when did Chad join the compliance team?"
    for start, end, kind, value in spotted.values:
        if kind != "person":
            continue
        if value == "after" and span.start and words.norm[span.start - 1] in _GOVERNING:
            continue  # "what is the program of Jordan called?"
        if words.norm[start:end] == ["in", "yet"] and name not in lexicon.usual_people:
            continue  # "is India in yet?"
        dated = words.norm[start + 1 : start + 3][-1:]
        if value == "after" and words.norm[start] in ("signed", "joined") and _of_year(dated):
            continue  # "Jordan signed in 2007"
        if value == "after" and span.start and words.norm[start:] in _PLEASE:
            continue  # "signing date Israel pls"
        if (
            value == "after"
            and words.norm[start] == "is"
            and spotted.has("listed")
            and not spotted.unknown
        ):
            continue  # "Jordan is on the list"
        called = not span.start and words.norm[start + 1 : start + 2] == [
            "you"
        ]  # "Jordan, can you"
        between = words.before[start].strip(" ,'\u2019(" if called else " '\u2019(")
        if value == "after" and start == span.end and not between:
            return True
        if start and words.norm[start - 1] in _WAS:
            continue  # "I was told Jordan is in"
        if value == "before" and end == span.start:
            if words.norm[end - 1] == "is" or not spotted.has("listed", "mra"):
                return True  # "my name is Israel and I need to know …"
    before = words.before[span.start]
    if before.endswith("@"):
        return True
    following = words.before[span.end] if span.end < len(words) else words.tail
    if span.end < len(words) and following[:1] == ".":
        return not following[1:2].isspace()
    if span.end == len(words) and "\n" in before and span.start:
        names = sum(s.end - s.start for s in spotted.spans if s.who)
        return names < len(words)  # the sign-off, where not each line is a name
    return _surname(span, spotted)


def _of_year(words: list[str]) -> bool:
    return bool(words) and len(words[0]) == 4 and words[0].isdecimal()


def _surname(span: Span, spotted: Spotted) -> bool:
    """Part of a full name: "Maria Canada", "Jordan Peele", "Korea Zinc"."""
    words = spotted.words
    raw = words.raw[span.start]
    if not raw[:1].isupper() or raw.isupper():
        return False
    if span.start > 1 and "." in words.before[span.start]:
        initial = words.raw[span.start - 1]
        if len(initial) == 1 and initial.isupper():
            return True  # "Jordan R. Kenya"
    following = words.raw[span.end] if span.end < len(words.norm) else ""
    if len(following) == 1 and following.isupper():
        after = words.before[span.end + 1] if span.end + 1 < len(words) else words.tail
        if after[:1] == ".":
            return True  # "Jordan R. …"
    if not spotted.unknown and not spotted.has("aside", "signatory"):
        return False
    odd = {*spotted.unknown, *spotted.features.get("aside", ())}
    if "signatory" in spotted.features and not spotted.has("sign", "who"):
        odd.update(spotted.features["signatory"])  # a signatory's name, which others bear too
    for at in (span.start - 1, span.end):
        if at not in odd:
            continue
        between = words.before[span.start] if at < span.start else words.before[at]
        if (
            words.raw[at][:1].isupper()
            and words.raw[at][1:].islower()
            and not between.strip()
            and ("\n" not in between)
        ):
            return at > span.start or at > 0 or spotted.words.raw[at].istitle()
    return False
