"""ISO codes in a message: in a row, before a word of the field, in capitals or alone."""

from __future__ import annotations

from bot.matching.lexicon import Lexicon, Meanings, Who
from bot.matching.tokens import Words

_JOINERS = frozenset(("and", "or", "vs", "versus", "v", "plus", "y", "und", "et", "e", "en"))
_AGAINST = frozenset(("vs", "versus"))
_NOWHERE: frozenset[int] = frozenset()
_PARTED = frozenset((",", "/", "&", "+", ";", "\n", "|"))


def code_run(words: Words, lexicon: Lexicon) -> frozenset[int]:
    """Positions of codes in a row ("gt, br, uy"): one that is no word vouches for the others."""
    if lexicon.telling_codes.isdisjoint(words.norm):
        return _all_codes(words, lexicon)
    found: list[int] = []
    runs: list[list[int]] = [[]]
    for i, word in enumerate(words.norm):
        if word in _JOINERS and not words.raw[i].isupper():
            continue
        if 2 <= len(word) <= 3 and word in lexicon.codes:
            run = runs[-1]
            if run and words.raw[run[-1]].isupper() != words.raw[i].isupper():
                runs.append([])
            runs[-1].append(i)
        elif runs[-1]:
            runs.append([])
    if len(runs) == 1 and len(runs[0]) < 2:
        return _NOWHERE
    for run in runs:
        if len(run) < 2:
            continue
        separated = (
            all(words.before[j].strip(" ") in _PARTED for j in run[1:])
            or all(words.raw[j].isupper() for j in run)
            or all(words.norm[j] in lexicon.telling_codes for j in run)
            or all(words.norm[j - 1] in _AGAINST for j in run[1:])
        )
        if separated and any(words.norm[j] in lexicon.telling_codes for j in run):
            found += run
    if found:  # beside these, other runs in capitals are codes too: "NZ and SG: in. AU and MY: out"
        for run in runs:
            if len(run) > 1 and all(words.raw[j].isupper() for j in run):
                found += run
    return frozenset(found)


def _all_codes(words: Words, lexicon: Lexicon) -> frozenset[int]:
    """The codes of a message of nothing else, though each may be a word: "IT; ES; PT; MA"."""
    if not words.raw[0].isupper() or len(words) < _MANY:
        return _NOWHERE
    if not all(word in lexicon.codes for word in words.norm):
        return _NOWHERE
    if all(2 <= len(raw) <= 3 and raw.isupper() for raw in words.raw):
        return frozenset(range(len(words)))
    return _NOWHERE


_LONG = 3  # letters; such a code is seldom jargon
_BRIEF = 2  # words: the code and what is asked of it
_MANY = 3  # codes; so many in capitals are no words


def code_at(words: Words, i: int, lexicon: Lexicon) -> Meanings | None:
    """An ISO code: in capitals, or alone, or in small letters where it is no word."""
    word, raw = words.norm[i], words.raw[i]
    if word not in lexicon.plain_codes and not (raw.isupper() or len(words) == 1):
        return None
    if word.upper() in lexicon.exact and word not in lexicon.denied_codes:
        return Meanings(who=Who(lexicon.exact[word.upper()], "name", weak=True))
    if not 2 <= len(word) <= 3 or word not in lexicon.codes:
        return None
    alone = len(words) == 1 or (len(words) == _BRIEF and i == 1 and words.norm[0] in _JOINERS)
    ordinary = word in lexicon.filler or word in lexicon.typos.ordinary
    denied = word in lexicon.denied_codes or word in lexicon.filler
    if denied and not (alone and not ordinary):
        if not (raw.isupper() and (alone or _of_the_field(words, i, lexicon))):
            return None
    if (
        not raw.isupper()
        and (not alone or len(word) > 2)
        and (word in lexicon.words or word in lexicon.typos.ordinary)
    ):
        return None
    return Meanings(who=Who(lexicon.codes[word], "code", weak=not raw.isupper() and not alone))


_FIELD = frozenset({"aeo", "agency", "program", "party", "mra", "claim", "customs"})


def _of_the_field(words: Words, i: int, lexicon: Lexicon) -> bool:
    """Whether a code that is jargon too stands before a word of the field: "GB AEO"."""
    word, after = words.norm[i], words.norm[i + 1] if i + 1 < len(words) else ""
    odd = word in lexicon.filler or word in lexicon.typos.ordinary or words.raw[i] in lexicon.states
    if not after or odd or words.before[i + 1].strip(" :"):
        return False
    cue = lexicon.entry((after,))
    if cue is None:
        return False
    if "cover" in cue.features and (len(words) == _BRIEF or len(word) == _LONG):
        return True  # "GT: covered?", but not "HR: signed the form"
    body = cue.who and cue.who.how in ("program", "shared")
    return bool(cue.features & _FIELD or cue.term or body)
