"""Finding what is named in a message: spans of words and what each means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from bot.matching.codes import code_at, code_run
from bot.matching.lexicon import Lexicon, Meanings, Who
from bot.matching.spans import Span, asked_about
from bot.matching.tokens import Words
from bot.matching.typos import SHORTEST_NAME, allowed
from knowledge.text import is_unspaced

# What a name shows beside naming somebody: CBP is an administration and points to the subject.
_OF_NAMES = frozenset({"aeo", "domain", "wco", "note", "claim", "mra", "customs", "process"})
_MOST_PARTS = 4  # words that one name may be torn into
_HEBREW_PREFIXES = "ובלהמכש"
_ARABIC_PREFIXES = ("وال", "بال", "لل", "ال", "و", "ب", "ل")


@dataclass(slots=True)
class Spotted:
    """Everything found in one message."""

    words: Words
    spans: list[Span]  # names, groups, terms and refusals; in order, never overlapping
    features: dict[str, list[int]] = field(default_factory=dict)  # feature -> word positions
    values: list[tuple[int, int, str, str]] = field(default_factory=list)  # start, end, kind, value
    pages: dict[str, int] = field(default_factory=dict)  # page -> how many of its cues
    unknown: list[int] = field(default_factory=list)  # positions of words nothing is known of
    scraps: list[int] = field(default_factory=list)  # the same, in scripts without spaces
    repaired: dict[int, str] = field(default_factory=dict)

    def has(self, *features: str) -> bool:
        return not self.features.keys().isdisjoint(features)


def spot(words: Words, lexicon: Lexicon) -> Spotted:
    """Everything the lexicon knows in a message, typos repaired."""
    norm = words.norm
    repairs = _repairs(norm, lexicon)
    spans = asked_about(
        list(_names(words, repairs, lexicon, code_run(words, lexicon))), norm, lexicon
    )
    taken = bytearray(len(norm))
    for span in spans:
        for i in range(span.start, span.end):
            taken[i] = 1
    spotted = Spotted(words, spans)
    _cues(spotted, repairs, taken, lexicon)
    return spotted


def _repairs(norm: list[str], lexicon: Lexicon) -> dict[int, tuple[int, tuple[str, ...]]]:
    """For each unknown word, the nearest known ones."""
    found: dict[int, tuple[int, tuple[str, ...]]] = {}
    known = lexicon.words
    phrases = lexicon.phrases
    for i, word in enumerate(norm):
        if word[0].isdecimal() or (word in known and (word in phrases or word[0] < "\u0590")):
            continue
        if word in lexicon.joined:
            found[i] = (0, (word,))
            continue
        stem = _stem(word, lexicon)
        if stem:
            found[i] = (0, (stem,))
            continue
        if word in known:
            continue
        distance, targets = lexicon.typos.repairs(word)
        if targets:
            found[i] = (
                distance,
                tuple(t for t in targets if t in phrases or t in known or t in lexicon.joined),
            )
    return found


def _stem(word: str, lexicon: Lexicon) -> str | None:
    """A word without the particle or article written onto it, where that makes it known."""
    first = word[0]
    if word[-1] == "s" and word.isascii():
        return word[:-1] if word[:-1] in lexicon.named else None
    if "\u0590" <= first <= "\u05ff":
        for cut in (1, 2):
            if (
                len(word) > cut + 1
                and all(c in _HEBREW_PREFIXES for c in word[:cut])
                and (word[cut:] in lexicon.phrases)
            ):
                return word[cut:]
    elif "\u0600" <= first <= "\u06ff":
        for prefix in _ARABIC_PREFIXES:
            if word.startswith(prefix) and word[len(prefix) :] in lexicon.phrases:
                return word[len(prefix) :]
    return None


def _names(
    words: Words,
    repairs: dict[int, tuple[int, tuple[str, ...]]],
    lexicon: Lexicon,
    codes: frozenset[int],
) -> Iterator[Span]:
    """Names from left to right, the longest at each place, the nearest of equally long."""
    i, size = 0, len(words)
    while i < size:
        best = _longest(words, i, repairs, lexicon)
        if best is None and i in codes:
            who = Who(lexicon.codes[words.norm[i]], "code")
            best = Span(i, i + 1, Meanings(who=who))
        if best:
            yield best
            i = best.end
        else:
            i += 1


def _longest(
    words: Words, i: int, repairs: dict[int, tuple[int, tuple[str, ...]]], lexicon: Lexicon
) -> Span | None:
    """The longest name that begins at word `i`, the nearest of equally long ones."""
    norm = words.norm
    word = norm[i]
    found: list[Span] = []
    if words.raw[i] in lexicon.exact_first and (exact := _exact(words, i, lexicon)):
        found.append(exact)
    torn = i in repairs or i + 1 in repairs or lexicon.unknown(norm[i + 1 : i + 2])
    if (
        not found
        and not torn
        and word not in lexicon.names
        and (i + 1 == len(norm) or norm[i + 1] not in lexicon.second)
    ):
        return _coded(words, i, lexicon)  # the common case: a word that names nothing
    starts = _starts(norm, i, repairs, lexicon)
    english = any(first in lexicon.english for first, _ in starts)
    for first, distance in starts:
        apt = first in lexicon.english or not english
        if i in repairs and apt and first in lexicon.joined:
            entry = lexicon.found(" ".join(lexicon.joined[first]))
            if entry and entry.is_name:
                found.append(Span(i, i + 1, entry, distance))
        for rest, entry in lexicon.names.get(first, ()):
            if not rest:
                # A known word is bent only inside a longer name. Of names equally near, the
                # English one is meant; others tie only among themselves.
                if first == word or (i in repairs and apt):
                    found.append(Span(i, i + 1, entry, distance))
                continue
            if first != word and i not in repairs and _is_body_of_others(entry, word, lexicon):
                continue  # "Dominica customs" is not the Dominican ones
            more = _tail_distance(norm, i + 1, (first, *rest), repairs, lexicon)
            if (
                more
                and entry.refused
                and all(w in lexicon.words for w in norm[i + 1 : i + 1 + len(rest)])
            ):
                continue  # "India are" is no misspelt singer
            if more is not None:
                found.append(Span(i, i + 1 + len(rest), entry, distance + more))
    if torn:
        found += _glued(norm, i, repairs, lexicon)
    if not found:
        return _coded(words, i, lexicon)
    if len(found) == 1:
        return found[0]
    longest = max(s.end for s in found)
    nearest = min(s.distance for s in found if s.end == longest)
    best = [s for s in found if s.end == longest and s.distance == nearest]
    return best[0] if len(best) == 1 else _tied(best)


def _coded(words: Words, i: int, lexicon: Lexicon) -> Span | None:
    entry = code_at(words, i, lexicon)
    return Span(i, i + 1, entry) if entry else None


def _starts(
    norm: list[str], i: int, repairs: dict[int, tuple[int, tuple[str, ...]]], lexicon: Lexicon
) -> list[tuple[str, int]]:
    """The words that word `i` may stand for, with how far each is from it."""
    word = norm[i]
    nearest, targets = repairs.get(i, (0, (word,)))
    starts = {target: nearest for target in targets}
    if i + 1 == len(norm) or word in lexicon.filler:
        return list(starts.items())
    for second in (norm[i + 1], *repairs.get(i + 1, (0, ()))[1]):
        for first in lexicon.second.get(second, ()):
            limit = _reach(word, first, len(first) + len(second), lexicon)
            if second in lexicon.telling:
                limit = max(limit, 1)
            if first in starts or abs(len(first) - len(word)) > limit:
                continue
            distance = OSA.distance(word, first, score_cutoff=limit)
            # "jorsan aeo" is nearer to Jordan by itself than to the Korean AEO.
            rivals = nearest and first in lexicon.named and nearest < distance
            if distance <= limit and not rivals and not _of_others(word, first, lexicon):
                starts[first] = distance
    return list(starts.items())


def _reach(word: str, wanted: str, letters: int, lexicon: Lexicon) -> int:
    """How many edits a word may be away from one in a name of so many letters.

    A word that nobody knows ("norrth") may be as far as the whole name allows; one that is a word
    of its own ("sir") only as far as the wanted one does.
    """
    if not lexicon.unknown([word]):
        return allowed(len(wanted))
    return min(allowed(letters), len(wanted) // 2)


def _of_others(word: str, first: str, lexicon: Lexicon) -> bool:
    """Whether two words name different economies: "Malawian AEO" is not the Malaysian one."""
    one, two = _named_by(word, lexicon), _named_by(first, lexicon)
    return bool(one and two) and one.isdisjoint(two)


def _is_body_of_others(entry: Meanings, word: str, lexicon: Lexicon) -> bool:
    """Whether a program or agency is of other economies than those a word names by itself."""
    named = _named_by(word, lexicon)
    who = entry.who
    return bool(named and who and who.how != "name") and named.isdisjoint(who.codes if who else ())


def _named_by(word: str, lexicon: Lexicon) -> set[str]:
    """The economies that a word names by itself."""
    alone = (e.who for rest, e in lexicon.names.get(word, ()) if not rest and e.who)
    return {code for who in alone for code in who.codes}


def _exact(words: Words, i: int, lexicon: Lexicon) -> Span | None:
    """A name believed only as it is spelled, capitals and accents included."""
    for length in range(min(lexicon.longest_exact, len(words) - i), 0, -1):
        text = words.raw[i] if length == 1 else " ".join(words.raw[i : i + length])
        if text in lexicon.exact:
            return Span(i, i + length, Meanings(who=Who(lexicon.exact[text], "name")))
    return None


def _tail_distance(
    norm: list[str],
    at: int,
    name: tuple[str, ...],
    repairs: dict[int, tuple[int, tuple[str, ...]]],
    lexicon: Lexicon,
) -> int | None:
    """How far the words from `at` on are from those of a name after its first; None if out of
    reach."""
    if at + len(name) - 1 > len(norm):
        return None
    total = 0
    for j, wanted in enumerate(name[1:], at):
        word = norm[j]
        if word == wanted:
            continue
        if j in repairs and wanted in repairs[j][1]:
            total += repairs[j][0]
            continue
        limit = _reach(word, wanted, sum(map(len, name)), lexicon)
        if len(wanted) < SHORTEST_NAME and len(name) > 2:
            limit = 1  # "Turks ad Caicos Islands", "Isle if Man": the others tell it
        elif not limit or len(word) < SHORTEST_NAME - 1:
            return None
        distance = OSA.distance(word, wanted, score_cutoff=limit)
        if distance > limit:
            return None
        total += distance
    return total


def _glued(
    norm: list[str], i: int, repairs: dict[int, tuple[int, tuple[str, ...]]], lexicon: Lexicon
) -> list[Span]:
    """A name with a space in the wrong place, or none: "sing apore", "ne wzealand"."""
    found = []
    for length in range(2, _MOST_PARTS + 1):
        if i + length > len(norm):
            break
        window = norm[i : i + length]
        if all(w in lexicon.words and j not in repairs for j, w in enumerate(window, i)):
            continue
        if not all(w.isalpha() and len(w) > 1 for w in window):
            break
        glued = "".join(window)
        parts = lexicon.joined.get(glued, (glued,))
        for rest, entry in lexicon.names.get(parts[0], ()):
            if rest == parts[1:] and entry.who and len(glued) >= SHORTEST_NAME:
                found.append(Span(i, i + length, entry, 1))
    return found


def _tied(spans: list[Span]) -> Span:
    """Several names equally near: all their economies, to be asked about; one if they agree."""
    whos = [s.who for s in spans if s.who]
    if len(whos) < len(spans):  # one of them is no name at all
        return next(s for s in spans if not s.who)
    codes = tuple(dict.fromkeys(code for who in whos for code in who.codes))
    if set(codes) == set(whos[0].codes):
        return spans[0]
    span = spans[0]
    return Span(span.start, span.end, Meanings(who=Who(codes, "name")), span.distance)


def _cues(
    spotted: Spotted,
    repairs: dict[int, tuple[int, tuple[str, ...]]],
    taken: bytearray,
    lexicon: Lexicon,
) -> None:
    """Features, values and page cues of all phrases, overlapping ones included."""
    norm = spotted.words.norm
    size = len(norm)
    known = bytearray(taken)
    phrased: set[int] = set()  # words that belong to a phrase of the subject
    features = spotted.features
    for i, word in enumerate(norm):
        starts: tuple[str, ...] = (word,)
        if i in repairs and not taken[i]:
            starts = tuple(t for t in repairs[i][1] if t not in lexicon.joined)[:1] or (word,)
            if starts[0] != word:
                spotted.repaired[i] = starts[0]
        by_second = lexicon.cues_by_second.get(starts[0])
        if by_second is not None:
            valued: set[str] = set()
            for rest, entry in _that_may_follow(by_second, i + 1, norm, repairs):
                end = i + 1 + len(rest)
                if rest and (end > size or not _same(norm, i + 1, rest, spotted.repaired, repairs)):
                    continue
                if rest and entry.features and entry.features.isdisjoint(_OF_OTHERS):
                    phrased.update(range(i, end))
                if entry.features:
                    for feature in entry.features:
                        if taken[i] and not rest and feature not in _OF_NAMES:
                            continue
                        features.setdefault(feature, []).append(i)
                if entry.values:
                    for kind, value in entry.values:
                        if kind not in valued:
                            spotted.values.append((i, end, kind, value))
                    valued.update(kind for kind, _ in entry.values)
                for page in entry.pages:
                    spotted.pages[page] = spotted.pages.get(page, 0) + 1 + len(rest)
                if entry.features and entry.features != _TOLD or entry.values or entry.pages:
                    known[i:end] = b"\1" * (end - i)
        if known[i] or word in lexicon.filler or word[0].isdecimal():
            continue
        if "\u3040" <= word[0] <= "\ud7af" or is_unspaced(word[0]):
            spotted.scraps.append(i)
        else:
            spotted.unknown.append(i)
    if phrased and "aside" in features:  # "se llama": no animal
        features["aside"] = [i for i in features["aside"] if i not in phrased]
        if not features["aside"]:
            del features["aside"]


def _that_may_follow(
    by_second: Mapping[str, Sequence[tuple[tuple[str, ...], Meanings]]],
    at: int,
    norm: list[str],
    repairs: Mapping[int, object],
) -> Iterator[tuple[tuple[str, ...], Meanings]]:
    """The phrases of a first word that the word at `at` may go on with, longest first."""
    if at in repairs:
        for second, phrases in by_second.items():
            if second:
                yield from phrases
    elif at < len(norm):
        yield from by_second.get(norm[at], ())
    yield from by_second.get("", ())


_OF_OTHERS = frozenset({"off", "aside", "medical", "chat", "tells"})
_TOLD = frozenset({"tells"})  # a word of stories is known for nothing else


def _same(
    norm: list[str],
    at: int,
    rest: tuple[str, ...],
    repaired: dict[int, str],
    repairs: dict[int, tuple[int, tuple[str, ...]]],
) -> bool:
    for offset, wanted in enumerate(rest):
        j = at + offset
        if (
            norm[j] != wanted
            and repaired.get(j) != wanted
            and (j not in repairs or wanted not in repairs[j][1])
        ):
            return False
    return True
