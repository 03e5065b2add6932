"""Reading a message: `Matcher(knowledge).read(text, today) -> Reading`."""

from __future__ import annotations

import datetime
from dataclasses import replace

from bot.matching import doubts
from bot.matching.clauses import attributes_in
from bot.matching.cleaning import cleaned
from bot.matching.lexicon import Who, build_lexicon
from bot.matching.mentions import distinct, left_out, mention_of, stands_between, sure_ones
from bot.matching.pages import build_page_index
from bot.matching.pasted import is_list, pasted_rows
from bot.matching.reading import Mention, Reading
from bot.matching.spotting import Span, Spotted, spot
from bot.matching.times import Time, read_times
from bot.matching.tokens import words
from bot.matching.topics import topic_of
from knowledge.model import Knowledge
from knowledge.text import normalise

_TIMELY = ("first", "last", "earlier", "later", "when", "howlong", "now", "and", "claim")
_LONGEST_COMPLETION = 10  # words; a longer message names whom it means
# Words that speak of many: "the European partners" are a region's, not the union.
_OF_MANY = ("places", "plural", "all", "count", "list", "first", "last")
_NUMBERING = frozenset(("number", "nr", "nummer", "numero", "num"))
_WEAK = "an ordinary word here"
_OLDEST = 1995  # a year before any trusted-trader program: the question is about something else
# Words that open an order to the bot; questions open with the words of the feature "ask".
_OPENERS = frozenset(
    [
        "list",
        "show",
        "give",
        "tell",
        "compare",
        "name",
        "find",
        "look",
        "check",
        "explain",
        "define",
    ]
)
ATTRIBUTES = frozenset(("signed_date", "claim", "benefits", "agency", "program"))


class Matcher:
    """Reads messages against one register. Built once; keeps nothing between messages."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.home = knowledge.home
        self.lexicon = build_lexicon(knowledge)
        self.page_index = build_page_index(knowledge.pages, self.lexicon.filler)

    def read(self, text: str, today: datetime.date, *, follows: bool = False) -> Reading:
        """What a message says on its own; never raises for any text.

        `follows`: it goes on in a thread about arrangements, so that a name needs less around it.
        """
        lexicon = self.lexicon
        text = cleaned(text)
        tokens = words(text, lexicon.unspaced, lexicon.longest_unspaced)
        if not len(tokens):
            return Reading(text=text, empty=True)
        spotted = spot(tokens, lexicon)
        times, asks = read_times(spotted, today, lexicon.eras)
        _forget(spotted, times)
        return self._reading(text, spotted, times, asks, follows)

    def completed(self, reading: Reading, names: tuple[str, ...]) -> Reading:
        """A reading whose words complete the name of somebody just spoken of.

        After Korea, "north" is North Korea; after Guinea, "the Bissau one" is Guinea-Bissau.
        """
        typed = normalise(reading.text).split()
        if len(typed) > _LONGEST_COMPLETION:
            return reading
        for i, word in enumerate(typed):
            own = self.lexicon.found(word)
            if own and own.term:  # "AEO" asks for the term, not for the program "AEO Korea"
                continue
            for name in names:
                for phrase in (f"{word} {name}", f"{name} {word}", f"{word} {name.split()[-1]}"):
                    entry = self.lexicon.found(phrase)
                    if (
                        entry
                        and entry.who
                        and entry.who.how == "name"
                        and (word not in self.lexicon.filler)
                    ):
                        mention = Mention(entry.who.codes, "name", word, i, i + 1)
                        unknown = tuple(u for u in reading.unknown if normalise(u) != word)
                        topic = "" if reading.topic == "off_topic" else reading.topic
                        return replace(reading, mentions=(mention,), unknown=unknown, topic=topic)
        return reading

    def _reading(
        self,
        text: str,
        spotted: Spotted,
        times: tuple[Time, ...],
        asks: tuple[tuple[str, str], ...],
        follows: bool,
    ) -> Reading:
        features = spotted.features
        first: dict[str, str] = {}
        ordinals: list[str] = []
        numbers: list[int] = []
        at: list[tuple[int, int]] = []  # where the numbers stand
        named = {i for s in spotted.spans for i in range(s.start, s.end)}
        for start, _, kind, value in spotted.values:
            if any(t.start <= start < t.end for t in times) or (
                kind in ("number", "ordinal") and start in named
            ):
                continue
            if (
                kind == "number" and start and spotted.words.norm[start - 1] in _NUMBERING
            ) or kind == "ordinal":
                ordinals.append(value)
                features.setdefault("ordinal", []).append(start)
            elif kind == "number":
                if int(value) > 1:
                    numbers.append(int(value))
                    at.append((start, int(value)))
            else:
                first.setdefault(kind, value)
        for i, word in enumerate(spotted.words.norm):
            if (
                word.isdigit()
                and len(word) <= 2
                and i not in named
                and not any(t.start <= i < t.end for t in times)
            ):
                numbers.append(int(word))
                at.append((i, int(word)))
        for i, word in enumerate(spotted.words.norm):
            if not any(t.start <= i < t.end for t in times) and (
                place := _numbered(word, i, spotted)
            ):
                ordinals.append(place)
                features.setdefault("ordinal", []).append(i)
        if "ordinal" in features and first.get("attribute") == "signatories":
            del first["attribute"]  # "the fifth signatory" is a partner
        home = False
        mentions: list[Mention] = []
        why: list[str] = []
        weak: list[Mention] = []
        refused: list[str] = []
        groups: list[str] = []
        terms: list[str] = []
        total, strongest = doubts.evidence(spotted, self.lexicon, bool(times))
        if "deal" in features:
            features.setdefault("mra", features["deal"])
        fitting = total >= 1
        listed = is_list(spotted)
        for span in spotted.spans:
            entry = span.entry
            if entry.term:
                terms.append(entry.term)
            if entry.refused:
                refused.append(entry.refused)
            elif entry.who:
                if entry.who.codes == (self.home,):
                    home = True
                    continue
                doubt = (
                    ""
                    if listed
                    else self._doubt(span, entry.who, spotted, total, strongest, follows)
                )
                if doubt == _WEAK:
                    weak.append(mention_of(span, entry.who, spotted))
                if doubt:
                    why.append(f"{' '.join(spotted.words.raw[span.start : span.end])}: {doubt}")
                    continue
                if entry.group and any(f in features for f in _OF_MANY):
                    groups.append(entry.group)
                    continue
                mentions.append(mention_of(span, entry.who, spotted))
            elif entry.group:
                groups.append(entry.group)
        mentions = sure_ones(mentions, weak, spotted, follows)
        mentions = distinct(mentions)
        if "wco" in features:  # its seat is no partner
            mentions = [m for m in mentions if m.how != "city"]
        excluded: list[Mention] = []
        if "except" in features and any(f in features for f in _OF_MANY):
            excluded = [m for m in mentions if left_out(m.start, spotted)]
            mentions = [m for m in mentions if m not in excluded]
        if any(m.how in ("program", "agency") for m in mentions):
            strongest = max(strongest, doubts.SURE)
            total += doubts.SURE
        off = self._off(
            spotted, total, strongest, mentions, refused, why, times, text, follows, groups
        )
        negated = "not" in features
        pages: tuple[tuple[str, float], ...] = ()
        if not mentions or spotted.pages:
            pages = self.page_index.best(spotted.words.norm, spotted.pages)
        between = stands_between(spotted, mentions)
        kind, aeo, attribute = (
            first.get("kind", ""),
            first.get("aeo", ""),
            first.get("attribute", ""),
        )
        if off:
            topic, rule = "off_topic", off
        else:
            topic, rule = topic_of(
                spotted, len(mentions), home=home, times=times, groups=bool(groups),
                terms=bool(terms), kind=kind, aeo=aeo, attribute=attribute, pages=pages,
                named_by=mentions[0].how if mentions else "", between=between,
                numbers=len(numbers),
                excluding=bool(excluded),
            )  # fmt: skip
        rows = pasted_rows(spotted, mentions) if len(spotted.words) > 3 else ()
        place, take = _place(features, ordinals, at)
        return Reading(
            text=text,
            opens=bool(
                spotted.words.norm[0] in _OPENERS
                or ("ask" in features and min(features["ask"]) == 0)
            ),
            mentions=tuple(mentions),
            excluded=tuple(m.codes[0] for m in excluded),
            topic=topic,
            features=frozenset(features),
            times=times,
            asks=asks,
            groups=tuple(dict.fromkeys(groups)),
            kind=kind,
            aeo=aeo,
            attribute=attribute,
            terms=tuple(dict.fromkeys(terms)),
            attributes=attributes_in(spotted) if topic in ATTRIBUTES else (),
            pages=pages,
            place=place,
            take=take,
            numbers=tuple(numbers),
            home=home,
            negated=negated,
            bare=not spotted.unknown and not fitting,
            pasted=bool(rows),
            unknown=tuple(spotted.words.raw[i] for i in spotted.unknown),
            doubts=tuple(why),
            refused=tuple(refused),
            evidence=strongest,
            rows=rows,
            trace={"rule": rule, "repaired": dict(spotted.repaired), "spans": spotted.spans},
        )

    def _doubt(
        self,
        span: Span,
        who: Who,
        spotted: Spotted,
        total: float,
        strongest: float,
        follows: bool,
    ) -> str:
        """Why a name is not taken for an economy; "" where it is."""
        if doubts.person(span, spotted, self.lexicon):
            return "a person's name"
        if not follows and doubts.first_name(span, spotted, self.lexicon, total):
            return _WEAK
        if doubts.town(span, spotted, self.lexicon):
            return "a U.S. town"
        if doubts.weak_word(span, spotted, total, strongest):
            return _WEAK
        if doubts.language(span, spotted):
            return "a language"
        if not follows and doubts.thing(span, spotted, strongest):
            return "a thing called after a people"
        return ""

    def _off(
        self,
        spotted: Spotted,
        total: float,
        strongest: float,
        mentions: list[Mention],
        refused: list[str],
        why: list[str],
        times: tuple[Time, ...],
        text: str,
        follows: bool,
        groups: list[str],
    ) -> str:
        """Why a message is about something else; "" where it may be a question for the bot."""
        features = spotted.features
        explicit = "aeo" in features
        if "off" in features and not explicit:
            return "another subject"
        if ("other_mra" in refused and not explicit) or ("medical" in features and not explicit):
            return "another kind of MRA"
        if not explicit and doubts.another_kind(spotted):
            return "an agreement on something else"
        if times and any(t.day.year < _OLDEST for t in times):
            return "before any such program"
        if (
            "chat" in features
            and "thanks" not in features
            and not mentions
            and strongest < doubts.ENOUGH
        ):
            return "chat"
        if (
            (refused or why)
            and not mentions
            and strongest < doubts.SURE
            and ("help" not in features)
        ):
            return "sounds like a partner, is none"
        if len(mentions) == 1 and groups and total < 1:
            return "membership of something else"
        if (
            mentions
            and not is_list(spotted)
            and not doubts.believed(
                spotted, self.lexicon, total, strongest, text, len(mentions), follows
            )
        ):
            return "a name among words of another subject"
        if (
            "aside" in features
            and "thanks" not in features
            and strongest < doubts.SURE
            and not mentions
        ):
            return "an aside"
        return ""


def _forget(spotted: Spotted, times: tuple[Time, ...]) -> None:
    """Words that belong to a time are known, and show nothing else."""
    if not times:
        return
    taken = {i for t in times for i in range(t.start, t.end)}
    spotted.unknown = [i for i in spotted.unknown if i not in taken]
    for feature in _TIMELY:
        at = spotted.features.get(feature)
        if at:
            rest = [i for i in at if i not in taken]
            if rest:
                spotted.features[feature] = rest
            else:
                del spotted.features[feature]


def _numbered(word: str, i: int, spotted: Spotted) -> str:
    """ "11th", "number 14", "#3"."""
    if not word[0].isdigit():
        return ""
    if word[-2:] in ("st", "nd", "rd", "th") and word[:-2].isdigit():
        return str(int(word[:-2][:3]))
    if word.isdigit() and len(word) <= 2:
        before = spotted.words.norm[i - 1] if i else ""
        if (
            spotted.words.before[i].endswith("#")
            or before in _NUMBERING
            or (before == "no" and "." in spotted.words.before[i])
        ):
            return str(int(word))
    return ""


def _place(
    features: dict[str, list[int]], ordinals: list[str], at: list[tuple[int, int]]
) -> tuple[str, int]:
    """The place in an order, and how many ("the last three")."""
    if ordinals and not ("among" in features and {"first", "last"} & features.keys()):
        return ordinals[-1 if "mend" in features else 0], 0
    for place in ("last", "first", "earlier", "later"):
        if place in features:
            take = next(
                (
                    n
                    for i, n in at
                    if 2 <= n <= 20 and any(abs(i - f) <= 1 for f in features[place])
                ),
                0,
            )
            return place, take if place in ("first", "last") else 0
    return "", 0
