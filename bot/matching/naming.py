"""The names in a message: the longest at each place, typed right or nearly so."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from bot.matching.codes import code_at, code_run
from bot.matching.lexicon import UNKNOWN, Branch, Lexicon, Meanings, Phrases, Reach, Who
from bot.matching.repairing import Typed
from bot.matching.spans import Span
from bot.matching.tokens import Words
from bot.matching.typos import SHORTEST_NAME, TWO_EDITS_FROM, allowed

_MOST_EDITS = 2  # in one word of a name
_MOST_PARTS = 4  # words that one name may be torn into


def names(typed: Typed, lexicon: Lexicon) -> Iterator[Span]:
    """Names from left to right, the longest at each place, the nearest of equally long."""
    words, known, repairs = typed.words, typed.known, typed.repairs
    raw, exact_first = words.raw, lexicon.exact_first
    codes = code_run(words, lexicon)
    odd = typed.torn.union(repairs) if typed.torn or repairs else None
    # Of most words it is told at a glance that no name begins with them.
    apt = [i for i, w in enumerate(known) if w.starts]
    seconds = [i - 1 for i, w in enumerate(known) if w.firsts and i and not known[i - 1].filler]
    if odd:
        apt = sorted({*apt, *seconds, *repairs, *(i - 1 for i in odd if i)})
    elif seconds:
        apt = sorted({*apt, *seconds})
    if codes:
        apt = sorted({*apt, *codes})
    end = 0
    for i in apt:
        if i < end:
            continue
        slip = odd and (i in repairs or i + 1 in odd)
        if slip or raw[i] in exact_first or _goes_on(typed, i):
            best = _longest(typed, i, lexicon)
        else:
            best = _alone(typed, i, lexicon)
        if codes and i in codes and (best is None or (best.end == i + 1 and _weak_code(best))):
            best = Span(i, i + 1, Meanings(who=Who(lexicon.codes[words.norm[i]], "code")))
        if best:
            yield best
            end = best.end


def _weak_code(span: Span) -> bool:
    """Whether a span is a code that is believed only among others."""
    return span.who is not None and span.who.how == "code" and span.who.weak


def _goes_on(typed: Typed, i: int) -> bool:
    """Whether a name of several words may begin at word `i`."""
    known = typed.known
    if i + 1 == len(known):
        return False
    branch = known[i].names
    if branch and branch.longer and _meant(branch, typed, i + 1):
        return True
    firsts = known[i + 1].firsts
    if not firsts or known[i].filler:
        return False
    return bool(_near(typed.words.norm[i], firsts, i in typed.unknown))


def _alone(typed: Typed, i: int, lexicon: Lexicon) -> Span | None:
    """The name or code that word `i` is by itself."""
    branch = typed.known[i].names
    if branch and branch.alone:
        return Span(i, i + 1, branch.alone)
    entry = code_at(typed.words, i, lexicon)
    return Span(i, i + 1, entry) if entry else None


def _longest(typed: Typed, i: int, lexicon: Lexicon) -> Span | None:
    """The longest name that begins at word `i`, the nearest of equally long ones."""
    words, repairs = typed.words, typed.repairs
    norm = words.norm
    word = norm[i]
    found: list[Span] = []
    if words.raw[i] in lexicon.exact_first and (exact := _exact(words, i, lexicon)):
        found.append(exact)
    starts = _starts(typed, i, lexicon)
    english = i in repairs and not lexicon.english.isdisjoint(starts)
    for first, distance in starts.items():
        # A known word is bent only inside a longer name. Of names equally near, the English one
        # is meant; others tie only among themselves.
        bent = i in repairs and (first in lexicon.english or not english)
        if bent and first in lexicon.joined:
            entry = lexicon.entry(lexicon.joined[first])
            if entry and entry.is_name:
                found.append(Span(i, i + 1, entry, distance))
        branch = lexicon.known(first).names
        if branch is None:
            continue
        for rest, entry in _nearby(branch, typed, i + 1):
            if first != word and i not in repairs and _is_body_of_others(entry, word, lexicon):
                continue  # "Dominica customs" is not the Dominican ones
            more = _tail_distance(typed, i + 1, (first, *rest), lexicon)
            end = i + 1 + len(rest)
            if more and entry.refused and UNKNOWN not in typed.known[i + 1 : end]:
                continue  # "India are" is no misspelt singer
            if more is not None:
                found.append(Span(i, end, entry, distance + more))
        if branch.alone and (first == word or bent):
            found.append(Span(i, i + 1, branch.alone, distance))
    if i in repairs or i + 1 in repairs or i + 1 in typed.unknown:
        found += _glued(typed, i, lexicon)
    if not found:
        return _alone(typed, i, lexicon)
    if len(found) == 1:
        return found[0]
    longest = max(s.end for s in found)
    nearest = min(s.distance for s in found if s.end == longest)
    best = [s for s in found if s.end == longest and s.distance == nearest]
    return best[0] if len(best) == 1 else _tied(best)


def _starts(typed: Typed, i: int, lexicon: Lexicon) -> dict[str, int]:
    """The words that word `i` may stand for, with how far each is from it."""
    norm, repairs = typed.words.norm, typed.repairs
    word = norm[i]
    nearest, targets = repairs.get(i, (0, (word,)))
    starts = dict.fromkeys(targets, nearest)
    if i + 1 == len(norm) or word in lexicon.filler:
        return starts
    seconds = (norm[i + 1], *repairs[i + 1][1]) if i + 1 in repairs else (norm[i + 1],)
    for second in seconds:
        firsts = lexicon.known(second).firsts
        unknown = i in typed.unknown
        for first in _near(word, firsts, unknown) if firsts else ():
            if first in starts:
                continue
            distance = OSA.distance(word, first)
            limit = _reach(unknown, first, len(first) + len(second))
            if second in lexicon.telling:
                limit = max(limit, 1)
            # "jorsan aeo" is nearer to Jordan by itself than to the Korean AEO.
            rivals = nearest and first in lexicon.named and nearest < distance
            if distance <= limit and not rivals and not _of_others(word, first, lexicon):
                starts[first] = distance
    return starts


def _reach(unknown: bool, wanted: str, letters: int) -> int:
    """How many edits a word may be away from one in a name of so many letters.

    A word that nobody knows ("norrth") may be as far as the whole name allows; one that is a word
    of its own ("sir") only as far as the wanted one does.
    """
    return min(allowed(letters), len(wanted) // 2) if unknown else allowed(len(wanted))


def _of_others(word: str, first: str, lexicon: Lexicon) -> bool:
    """Whether two words name different economies: "Malawian AEO" is not the Malaysian one."""
    one, two = _named_by(word, lexicon), _named_by(first, lexicon)
    return bool(one and two) and set(one).isdisjoint(two)


def _is_body_of_others(entry: Meanings, word: str, lexicon: Lexicon) -> bool:
    """Whether a program or agency is of other economies than those a word names by itself."""
    who = entry.who
    if not who or who.how == "name":
        return False
    named = _named_by(word, lexicon)
    return bool(named) and set(named).isdisjoint(who.codes)


def _named_by(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The economies that a word names by itself."""
    entry = lexicon.entry((word,))
    return entry.who.codes if entry and entry.who else ()


def _exact(words: Words, i: int, lexicon: Lexicon) -> Span | None:
    """A name believed only as it is spelled, capitals and accents included."""
    for length in range(min(lexicon.longest_exact, len(words) - i), 0, -1):
        text = words.raw[i] if length == 1 else " ".join(words.raw[i : i + length])
        if text in lexicon.exact:
            return Span(i, i + length, Meanings(who=Who(lexicon.exact[text], "name")))
    return None


def _nearby(branch: Branch, typed: Typed, at: int) -> Phrases:
    """The phrases of a branch whose second word may be meant by word `at`."""
    if not branch.longer or at == len(typed.words.norm):
        return []
    meant = _meant(branch, typed, at)
    if len(meant) > 1:  # longest first again
        return [phrase for phrase in branch.phrases if phrase[0] and phrase[0][0] in meant]
    return branch.longer[meant[0]] if meant else []


def _meant(branch: Branch, typed: Typed, at: int) -> list[str]:
    """The second words of a branch's phrases that word `at` may stand for."""
    word, longer = typed.words.norm[at], branch.longer
    meant = [word] if word in longer else []
    if at in typed.repairs:
        meant += [s for s in typed.repairs[at][1] if s in longer and s != word]
    near = _near(word, branch.within_reach, at in typed.unknown)
    return meant + [second for second in near if second not in meant] if near else meant


def _near(word: str, others: Reach, unknown: bool) -> list[str]:
    """The words that a word may be a slip of, before `_reach` has its say."""
    near = others[unknown].get(len(word))
    if not near:
        return []
    # A short word that is known is near no word that may be two edits away.
    if unknown or len(word) >= TWO_EDITS_FROM - _MOST_EDITS:
        most = _MOST_EDITS
        return [o for o in near if OSA.distance(word, o, score_cutoff=most) <= most]
    first, last = word[0], word[-1]  # of one of them a single edit keeps the place
    return [o for o in near if (o[0] == first or o[-1] == last) and OSA.distance(word, o) <= 1]


def _tail_distance(typed: Typed, at: int, name: tuple[str, ...], lexicon: Lexicon) -> int | None:
    """How far the words from `at` on are from those of a name after its first; None if out of
    reach."""
    norm, repairs = typed.words.norm, typed.repairs
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
        if wanted == f"{word}s" and word in lexicon.named:
            return None  # "both Korea and Laos": these are not both Koreas
        limit = _reach(j in typed.unknown, wanted, sum(map(len, name)))
        if len(wanted) < SHORTEST_NAME and len(name) > 2:
            limit = 1  # "Turks ad Caicos Islands", "Isle if Man": the others tell it
        elif not limit or len(word) < SHORTEST_NAME - 1:
            return None
        distance = OSA.distance(word, wanted, score_cutoff=limit)
        if distance > limit:
            return None
        total += distance
    return total


def _glued(typed: Typed, i: int, lexicon: Lexicon) -> list[Span]:
    """A name with a space in the wrong place, or none: "sing apore", "ne wzealand"."""
    norm, repairs = typed.words.norm, typed.repairs
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
        entry = lexicon.entry(lexicon.joined.get(glued, (glued,)))
        if entry and entry.who and len(glued) >= SHORTEST_NAME:
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
