"""Reading a message: `Matcher(knowledge).read(text, today) -> Reading`."""

from __future__ import annotations

import datetime

from bot.matching import doubts
from bot.matching.clauses import attributes_in
from bot.matching.cleaning import cleaned
from bot.matching.compiling import build_lexicon
from bot.matching.contrasts import meant_ones
from bot.matching.elsewhere import why_elsewhere
from bot.matching.idle import (
    forget_times,
    pass_over_idle,
    pass_over_jokes,
    pass_over_subordinate,
    pass_over_there,
    pass_over_what_is_put_aside,
)
from bot.matching.lexicon import Who
from bot.matching.mentions import (
    asks_whether_in,
    distinct,
    follows_name,
    leads_to_name,
    left_out,
    mention_of,
    stands_beside,
    stands_between,
    sure_ones,
    told_by_a_city,
)
from bot.matching.numbers import place_in_order, read_values
from bot.matching.openings import OPENERS, opens
from bot.matching.pages import build_page_index
from bot.matching.pasted import is_list, pasted_rows
from bot.matching.people import person
from bot.matching.pieces import piece
from bot.matching.reading import Mention, Reading
from bot.matching.regions import OF_MANY, of_its_members
from bot.matching.repairing import is_settled
from bot.matching.signing import signing_asked
from bot.matching.spans import Span
from bot.matching.spotting import Spotted, spot
from bot.matching.strangers import stranger
from bot.matching.subject import ENOUGH, SURE, evidence
from bot.matching.times import Time
from bot.matching.timing import read_times
from bot.matching.tokens import words
from bot.matching.topics import topic_of
from knowledge.model import Knowledge

_OF_A_KIND = ("cover", "eligible", "benefit", "claim")
_ANYBODY = ("anything", "anyone", "anybody", "any", "everyone", "everybody")
_WEAK = "an ordinary word here"
ATTRIBUTES = frozenset(("signed_date", "claim", "benefits", "agency", "program"))


class Matcher:
    """Reads messages against one register. Built once; keeps nothing between messages."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.home = knowledge.home
        self.members = {
            group.id: frozenset(group.members_on(datetime.date.max))
            for group in knowledge.groups.values()
            if group.union
        }
        self.lexicon = build_lexicon(knowledge)
        self.page_index = build_page_index(knowledge.pages, self.lexicon.filler)

    def read(self, text: str, today: datetime.date, *, follows: bool = False) -> Reading:
        """What a message says on its own; never raises for any text.

        `follows`: it goes on in a thread about arrangements, so that a name needs less around it.
        """
        lexicon = self.lexicon
        text = cleaned(text)
        tokens = words(text, lexicon.unspaced, lexicon.longest_unspaced)
        if not tokens.norm:
            return Reading(text=text, empty=True)
        spotted = spot(tokens, lexicon)
        times, asks = read_times(spotted, today, lexicon.eras)
        forget_times(spotted, times)
        pass_over_idle(spotted)
        pass_over_what_is_put_aside(spotted)
        pass_over_jokes(spotted)
        pass_over_there(spotted)
        pass_over_subordinate(spotted)
        return self._reading(text, spotted, times, asks, follows)

    def may_open(self, text: str) -> bool:
        """Whether a text may open as a question or an order does; told without reading it.

        It does not where each word is known, or an ordinary one, and none of them asks.
        """
        lexicon = self.lexicon
        norm = words(cleaned(text), lexicon.unspaced, lexicon.longest_unspaced).norm
        if any(w in lexicon.asking or w[:-1] in lexicon.asking or w in OPENERS for w in norm):
            return True
        return not all(is_settled(w, lexicon) for w in norm)

    def _reading(
        self,
        text: str,
        spotted: Spotted,
        times: tuple[Time, ...],
        asks: tuple[tuple[str, str], ...],
        follows: bool,
    ) -> Reading:
        features = spotted.features
        first, numbers, ordinals = read_values(spotted, times)
        home = bodied = False  # `bodied`: by a program or an administration
        mentions: list[Mention] = []
        why: list[str] = []
        weak: list[Mention] = []
        refused: list[str] = []
        groups: list[str] = []
        terms: list[str] = []
        total, strongest = evidence(spotted, self.lexicon, bool(times))
        if asks_whether_in(spotted, self.lexicon):
            features.setdefault("cover", [len(spotted.words) - 1])
            total, strongest = total + SURE, max(strongest, SURE)
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
                    bodied = bodied or entry.who.how in ("program", "agency")
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
                if entry.group and of_its_members(span, spotted):
                    groups.append(entry.group)
                    continue
                mentions.append(mention_of(span, entry.who, spotted))
            elif entry.group:
                groups.append(entry.group)
        if weak or len(mentions) > 1:
            mentions = sure_ones(told_by_a_city(mentions), weak, spotted, follows)
            mentions = meant_ones(distinct(mentions), spotted, self.members)
        if terms and spotted.has(*_OF_A_KIND) and all(m.how == "shared" for m in mentions):
            if not (follows or spotted.has("agency", "which")):
                mentions = []  # "does AEOC count": the kind is asked about, wherever it is
        signed_at, signer = signing_asked(spotted, first, follows)
        if (
            signed_at and "sign" in features
        ) or "wco" in features:  # a place of signing, the WCO's seat: no partner
            mentions = [m for m in mentions if m.how != "city"]
        excluded: list[Mention] = []
        if "except" in features and (
            times
            or spotted.has(*OF_MANY, "signatory", "another")
            or {"who", "sign"} <= features.keys()
            or spotted.words.norm[0] in _ANYBODY
        ):
            excluded = [m for m in mentions if left_out(m.start, spotted)]
            mentions = [m for m in mentions if m not in excluded]
        if bodied or any(m.how in ("program", "agency") for m in mentions):
            strongest = max(strongest, SURE)
            total += SURE
        off = why_elsewhere(
            spotted, self.lexicon, text, mentions=mentions, times=times, groups=groups,
            refused=refused, doubted=bool(why),
            town=bool(why) and any(w.endswith("U.S. town") for w in why), total=total,
            strongest=strongest, follows=follows, listed=listed,
        )  # fmt: skip
        negated = False
        if "not" in features:
            ruled_out = features.get("except", ()) if excluded else ()
            negated = not {*ruled_out}.issuperset(features["not"])
        if "except" in features and not negated:
            negated = any(s.entry.group and left_out(s.start, spotted) for s in spotted.spans)
        pages: tuple[tuple[str, float], ...] = ()
        if not mentions or spotted.pages:
            pages = self.page_index.best(spotted.words.norm, spotted.pages)
        between = len(mentions) == 2 and stands_between(spotted, mentions)
        kind, aeo, attribute = (
            first.get("kind", ""),
            first.get("aeo", ""),
            first.get("attribute", ""),
        )
        place, take = place_in_order(features, ordinals, numbers)
        if off:
            topic, rule = "off_topic", off
        else:
            topic, rule = topic_of(
                spotted, len(mentions), home=home, times=times, groups=bool(groups),
                terms=bool(terms), signing=bool(signed_at or signer), kind=kind, aeo=aeo,
                attribute=attribute, pages=pages,
                named_by=mentions[0].how if mentions else "", between=between,
                numbers=len(numbers), take=take,
                neighbour=stands_beside(("earlier", "later"), spotted, mentions),
                qualifies=follows_name("eligible", spotted, mentions)
                or leads_to_name("eligible", spotted, mentions),
                excluding=bool(excluded),
            )  # fmt: skip
        unmet = "" if mentions or groups or off or why else stranger(spotted, self.lexicon)
        rows = pasted_rows(spotted, mentions) if mentions and len(spotted.words) > 3 else ()
        return Reading(
            text=text,
            opens=opens(spotted, mentions),
            mentions=tuple(mentions),
            excluded=tuple([m.codes[0] for m in excluded]) if excluded else (),
            topic=topic,
            features=frozenset(features),
            times=times,
            asks=asks,
            groups=tuple(dict.fromkeys(groups)) if groups else (),
            kind=kind,
            aeo=aeo,
            attribute=attribute,
            signed_at=signed_at,
            signer=signer,
            terms=tuple(dict.fromkeys(terms)) if terms else (),
            attributes=attributes_in(spotted) if topic in ATTRIBUTES else (),
            pages=pages,
            place=place,
            take=take,
            numbers=tuple([n for _, n in numbers]) if numbers else (),
            home=home,
            negated=negated,
            bare=not spotted.unknown and not fitting,
            pasted=bool(rows),
            unknown=tuple([spotted.words.raw[i] for i in spotted.unknown])
            if spotted.unknown
            else (),
            stranger=unmet,
            doubts=tuple(why),
            refused=tuple(refused),
            evidence=ENOUGH if _plain(spotted, mentions, topic, bool(times)) else strongest,
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
        if doubts.told_to_be_a_country(span, spotted):
            return ""
        people = who.how == "demonym"
        if person(span, spotted, self.lexicon):
            return "a person's name"
        if not follows and doubts.first_name(span, spotted, self.lexicon, total):
            return _WEAK
        if doubts.town(span, spotted, self.lexicon):
            return "a U.S. town"
        if who.weak and doubts.weak_word(span, spotted, total, strongest):
            return _WEAK
        if not follows and doubts.errand(span, spotted, strongest):
            return "a thing of somebody's work"
        if spotted.unknown and not follows and doubts.letters(span, spotted, strongest):
            return "letters that others bear too"
        if piece(span, spotted, self.lexicon):
            return "a piece of a longer name, it may be"
        if people and doubts.language(span, spotted):
            return "a language"
        if people and not follows and doubts.thing(span, spotted, strongest):
            return "a thing called after a people"
        return ""


def _plain(spotted: Spotted, mentions: list[Mention], topic: str, timed: bool) -> bool:
    """Whether something is asked of somebody in known words only: it can mean nothing else."""
    known = not spotted.unknown and not spotted.scraps and not spotted.has("aside", "chat", "off")
    asked = topic not in ("", "off_topic", "stop") or (not topic and timed)
    return bool(mentions) and known and asked
