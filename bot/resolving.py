"""From a reading and a thread's memory to the question that is meant.

A message on its own may leave out who, what or when; the memory of the thread fills in what
its words point to, and nothing else.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.matching.reading import Mention, Reading
from bot.memory import Memory
from bot.question import Filters, Question
from knowledge.dates import When
from knowledge.model import Knowledge

ATTRIBUTES = frozenset(
    {"signed_date", "program", "agency", "claim", "benefits", "eligibility", "process"}
)
_SETS = frozenset({"list", "count", "order"})
_OPEN = frozenset({"", "status", "detail"})  # topics a bare name has; an attribute is inherited
_COURTEOUS = 3  # unknown words that a thank-you may have
_ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a message asks, and by which rule the memory was used."""

    question: Question
    rule: str
    sure: bool = True  # whether it is surely a question for the bot
    also: tuple[Question, ...] = ()  # further attributes asked for in the same sentence


def resolve(
    reading: Reading,
    memory: Memory,
    knowledge: Knowledge,
    today: datetime.date,
    as_of: datetime.date | None,
) -> Asked:
    """The question a message means in its thread."""
    return _Resolver(reading, memory, knowledge, today, as_of).asked()


class _Resolver:
    """One message being resolved; holds what every rule needs."""

    def __init__(
        self,
        reading: Reading,
        memory: Memory,
        knowledge: Knowledge,
        today: datetime.date,
        as_of: datetime.date | None,
    ) -> None:
        self.r, self.m, self.k = reading, memory, knowledge
        self.today, self.as_of = today, as_of
        self.hints: dict[str, str] = {}
        self.unclear: Mention | None = None
        self.codes = tuple(
            dict.fromkeys(code for m in reading.mentions if (code := self._one(m)))
        )

    def _one(self, mention: Mention) -> str:
        """The economy a mention means; "" where it stays open."""
        codes = mention.codes
        if mention.how == "shared":
            day = self.as_of or self.k.us_evidence
            held = tuple(c for c in codes if any(c in a.parties for a in self.k.held_on(day)))
            codes = held or codes
        if len(codes) > 1:
            known = [c for c in codes if c in self.m.partners] or [
                c for c in codes
                if self.r.topic in ATTRIBUTES and self.k.arrangement_with(c)
            ]
            if len(known) != 1:
                self.unclear = self.unclear or replace(mention, codes=codes)
                return ""
            codes = (known[0],)
        if mention.how == "city":
            self.hints[codes[0]] = mention.typed
        return codes[0]

    # -- the rules, in order --------------------------------------------------------------

    def asked(self) -> Asked:
        r, m = self.r, self.m
        if r.empty:
            return self._made("help", "nothing was said")
        if r.topic == "off_topic":
            return self._made("off_topic", "about something else", sure=False)
        if r.asks and not r.times and not r.mentions:
            return self._ask(r.asks, "which time")
        if r.pasted:
            return self._pasted()
        if self.unclear and not self.codes and self.unclear.how == "shared" and r.terms:
            return self._terms("a shared abbreviation")
        if self.unclear and not self.codes:
            return self._ask_who(self.unclear)
        if self.codes:
            return self._named()
        return self._unnamed()

    def _made(self, topic: str, rule: str, *, sure: bool = True, **more: object) -> Asked:
        """A question with the day and horizon that hold for it."""
        day = more.pop("day", None)
        day = day if day is not None else None
        horizon = self.as_of
        if horizon and day and day > horizon:  # type: ignore[operator]  # both are dates
            horizon = day  # type: ignore[assignment]
        question = Question(
            topic=topic, day=day, horizon=horizon, today=self.today, hints=self.hints,  # type: ignore[arg-type]
            **more,  # type: ignore[arg-type]
        )  # fmt: skip
        return Asked(question, rule, sure)

    def _ask(self, choices: tuple[tuple[str, str], ...], reason: str) -> Asked:
        made = tuple(choices)
        if reason == "which time":
            made = tuple((label, f"which arrangements were signed since {start}?")
                         for label, start in choices)
        return self._made("ambiguous", reason, choices=made, reason=reason)

    def _ask_who(self, mention: Mention) -> Asked:
        topic = self.r.topic or "detail"
        suffix = {"signed_date": " signed when?", "program": " program?", "agency": " agency?",
                  "status": " covered?"}.get(topic, "?")
        choices = tuple(
            (self.k.economy(c).name, f"{self.k.economy(c).name}{suffix}") for c in mention.codes
        )
        return self._made("ambiguous", f"{mention.typed} may be any of {mention.codes}",
                          choices=choices, reason="which partner")

    def _pasted(self) -> Asked:
        codes: list[str] = []
        typed: dict[str, str] = {}
        unknown: list[str] = []
        for text, options in self.r.rows:
            option = options
            if len(option) == 1:
                codes.append(option[0])
                typed.setdefault(option[0], text)
            else:
                unknown.append(text)
        return self._made(
            "status", "a pasted list", partners=tuple(dict.fromkeys(codes)), typed=typed,
            unknown=tuple(unknown), pasted=True, day=self._day_named(),
        )  # fmt: skip

    # -- somebody is named ----------------------------------------------------------------

    def _named(self) -> Asked:
        r, m, codes = self.r, self.m, self.codes
        topic = r.topic
        rule = str(r.trace.get("rule", ""))
        if topic in ("list", "count") and not r.negated:
            topic = "status"
        follows = bool(m.topic)
        if r.has("thatday") and m.day:
            return self._made("status", "on the day spoken of", partners=codes, day=m.day)
        if m.topic == "pair" and topic == "signed_date" and len(codes) == 1 and m.partners and (
            (r.has("it") or " with " in f" {r.text.lower()}") and codes[0] != m.partners[0]
        ):
            return self._made("pair", "the pair spoken of", partners=(m.partners[0], codes[0]))
        if topic in _OPEN and follows:
            inherited = self._inherited(topic)
            if inherited:
                return inherited
        if topic == "page" or topic == "term":
            topic = ""
        if topic == "note":
            return self._made("taiwan_note", rule, partners=codes)
        if topic == "pair":
            if len(codes) == 1 and follows and m.topic == "pair" and r.has("and"):
                return self._made("pair", "joins the pair", partners=(m.partners[0], codes[0]),
                                  day=self._day_named())
            return self._made("pair", rule, partners=codes[:2], day=self._day_named())
        if topic == "order":
            return self._order(rule)
        if topic == "compare":
            return self._made("compare", rule, partners=codes, day=self._day_named())
        if topic in ATTRIBUTES:
            return self._attribute(topic, codes, rule)
        if topic in ("status", "detail"):
            return self._status(topic, codes, rule)
        return self._status("detail", codes, rule or "only named")

    def _inherited(self, topic: str) -> Asked | None:
        """A bare name takes over what was asked of the last one."""
        r, m, codes = self.r, self.m, self.codes
        joined = r.has("and", "mend") or r.bare or len(r.unknown) <= 1
        if not joined or r.has("cover", "detail", "now") or (
            r.times and m.topic not in ("compare", "pair")
        ):
            return None
        if m.topic == "order" and len(m.partners) > 1 and not r.place:
            partners = tuple(dict.fromkeys(m.partners + codes))
            return self._made("order", "joins the order", partners=partners,
                              place=dict(m.filters).get("place", "first"))
        if r.has("it") and r.place and m.partners:
            return self._order("compared with the one before")
        if m.topic == "compare" and not r.has("mend", "mra"):
            partners = tuple(dict.fromkeys(m.partners + codes))
            return self._made("compare", "joins the comparison", partners=partners, day=m.day)
        if m.topic == "pair" and m.partners and not r.home:
            alone = len(codes) == 1 and not r.has("mend")
            partners = (m.partners[0], *codes) if alone else codes
            return self._made("pair", "joins the pair", partners=partners[:2], day=m.day)
        if (topic == "status" and r.has("mra")) or r.has("sign", "operate"):
            return None
        if m.topic in ATTRIBUTES and m.topic != "process":
            made = self._attribute(m.topic, codes, "inherits the attribute")
            return made
        return None

    def _attribute(self, topic: str, codes: tuple[str, ...], rule: str) -> Asked:
        r, m = self.r, self.m
        day = self._day_named(topic)
        more: dict[str, object] = {}
        if topic == "agency":
            more["signed_by"] = r.has("signatory") or (r.has("who") and r.has("sign")) or (
                rule == "inherits the attribute" and ("signed_by", "1") in m.filters
            )
        if topic == "signed_date":
            more["ago"] = r.has("howlong") or (
                rule == "inherits the attribute" and ("ago", "1") in m.filters
            )
            more |= self._premise()
        if topic == "process":
            return self._made("process", rule, partners=codes)
        return self._made(topic, rule, partners=codes, day=day, **more)

    def _status(self, topic: str, codes: tuple[str, ...], rule: str) -> Asked:
        return self._made(topic, rule, partners=codes, day=self._day_named(topic),
                          **self._premise())

    def _premise(self) -> dict[str, object]:
        """The date of signature an asker takes for granted."""
        if not self.r.times:
            return {}
        time = self.r.times[0]
        if time.relation in ("in", "since", "between") and self.r.has("sign", "join", "when", "mra"):
            return {"since": time.since, "until": time.until}
        return {}

    def _day_named(self, topic: str = "") -> datetime.date | None:
        """The day a question about the state of things speaks for."""
        r, m = self.r, self.m
        if r.times and r.times[0].month and not r.times[0].since:
            return self._month_in(m.day.year) if m.day else None
        if not r.times:
            inherits = m.day and (r.bare or r.has("and", "it")) and not r.has("now")
            return m.day if inherits else None
        time = r.times[0]
        if time.relation in ("since", "after", "last"):
            return None
        if topic == "signed_date" and time.relation != "asof":
            return None
        return time.day

    def _month_in(self, year: int) -> datetime.date:
        """The last day of a month named without its year."""
        month = self.r.times[0].month
        return When(year, month).last

    def _order(self, rule: str) -> Asked:
        r, m, codes = self.r, self.m, self.codes
        if len(codes) == 1 and r.has("plural", "places", "join", "sign") and r.has(
            "earlier", "later"
        ) and not r.has("first", "last", "when"):
            arrangement = self.k.arrangement_with(codes[0])
            signed = arrangement.signed if arrangement else None
            if signed:
                filters = (
                    Filters(until=signed.last - _ONE_DAY) if r.has("earlier")
                    else Filters(since=signed.last + _ONE_DAY)
                )
                return self._made("list", "all before or after one", filters=filters)
        place = r.place or "first"
        if r.has("earlier", "later") and len(codes) == 1:
            place = "earlier" if r.has("earlier") else "later"
        if len(codes) == 1 and m.partners and r.has("it") and codes[0] not in m.partners:
            partners = tuple(dict.fromkeys((*m.partners, *codes)))
            return self._made("order", rule, partners=partners, place=place, day=self._day_named())
        if len(codes) == 1:
            beside = {"earlier": "before", "later": "after"}.get(place)
            if beside:
                return self._made("order", rule, partners=codes, place=beside,
                                  day=self._day_named())
        return self._made("order", rule, partners=codes, place=place, day=self._day_named())

    # -- nobody is named ------------------------------------------------------------------

    def _unnamed(self) -> Asked:
        r, m = self.r, self.m
        rule = str(r.trace.get("rule", ""))
        topic = r.topic
        if topic == "stop":
            return self._made("smalltalk", "told to stop", reason="stop")
        if m.topic:
            asked = self._from_memory(topic)
            if asked:
                return asked
        if r.has("thanks", "hello") and len(r.unknown) <= _COURTEOUS and (
            r.bare or not topic or topic in ("note", "list", "signed_date")
        ) and not r.has("mra", "cover", "aeo") and "?" not in r.text:
            return self._made("smalltalk", "courtesy", sure=False,
                              reason="hello" if r.has("hello") and not r.has("thanks") else "")
        if topic == "feedback":
            return self._made("feedback", rule)
        if topic == "note":
            return self._made("taiwan_note", rule, partners=self._noted_all())
        if topic in ("count", "list"):
            return self._set(topic, rule)
        if topic == "order":
            return self._set("order", rule, place=r.place or "first", take=r.take)
        if topic == "term" and r.terms:
            return self._terms(rule)
        if topic == "compare" and len(r.terms) > 1:
            return self._terms(rule)
        if topic in ("benefits", "claim", "process", "eligibility", "wco_safe"):
            page = self._page(topic)
            return self._made(topic, rule, subject=page)
        if topic in ("page", "definition"):
            if r.pages:
                page = self.k.pages[r.pages[0][0]]
                return self._made(page.topic, rule, subject=page.id)
            return self._made("definition", rule)
        if r.has("help") or topic == "help":
            return self._made("help", "help is asked for")
        if topic in ATTRIBUTES or topic == "compare":
            return self._made("ambiguous", "of whom?", reason="who", wanted=topic, sure=False)
        if (r.unknown or r.doubts or r.refused) and not r.has("it", "another", "and", "cover", "mra"):
            return self._made("off_topic", "nothing known in it", sure=False)
        return self._made("ambiguous", "nothing to go by", sure=False)

    def _terms(self, rule: str) -> Asked:
        """The terms asked for, the first one first."""
        first, *rest = (self._made("term", rule, subject=t) for t in self.r.terms[:4])
        return replace(first, also=tuple(a.question for a in rest))

    def _page(self, topic: str) -> str:
        for page, _ in self.r.pages:
            if self.k.pages[page].topic == topic:
                return page
        return ""

    def _set(self, topic: str, rule: str, **more: object) -> Asked:
        return self._made(topic, rule, filters=self._filters(), day=self._set_day(), **more)

    def _state(self) -> bool:
        """Whether a time says when things stood so, rather than when something was signed."""
        r = self.r
        if not r.times:
            return False
        if r.times[0].relation == "asof":
            return True
        if r.times[0].relation == "in" and r.times[0].since == r.times[0].until and (
            not r.has("sign", "join")
        ):
            return True
        return r.times[0].relation in ("in", "until", "ago") and not r.has("sign", "join") and (
            r.has("state") or r.times[0].relation == "ago"
        )

    def _set_day(self) -> datetime.date | None:
        if self._state():
            return self.r.times[0].day
        return None

    def _filters(self) -> Filters:
        r = self.r
        since = until = None
        month = 0
        if r.times and not self._state():
            time = next((t for t in r.times if t.relation == "between"), r.times[0])
            since, until, month = time.since, time.until, time.month
            for more in r.times[1:]:
                if more.relation in ("before", "until"):
                    until = more.until
                elif more.relation in ("after", "since"):
                    since = more.since
                elif more.relation == "in" and time.relation == "in" and more.since and since and until and more.until:
                    since, until = min(since, more.since), max(until, more.until)
        negated = r.negated and bool(r.groups or r.kind or r.aeo == "aeo")
        has = lacks = None
        if r.attribute and r.has("lack", "not", "having"):
            if r.negated or r.has("lack"):
                lacks = r.attribute
            else:
                has = r.attribute
        return Filters(
            since=since,
            until=until,
            month=month or None,
            group="+".join(r.groups) or None,
            aeo={"aeo": True, "other": False}.get(r.aeo),
            agency=r.kind or None,
            has=has,
            lacks=lacks,
            excluding="+".join(r.excluded) or None,
            negated=negated,
        )

    # -- the memory -----------------------------------------------------------------------

    def _from_memory(self, topic: str) -> Asked | None:
        r, m = self.r, self.m
        before = Filters.from_pairs(m.filters)
        people = self._referred()
        if r.has("thanks") and not r.times and topic in ("", "smalltalk"):
            return None
        if r.has("pair") and topic not in ATTRIBUTES and (
            r.has("it", "both", "among") or len(m.partners) == 2
        ):
            pool = m.partners if len(m.partners) > 1 else (*m.earlier[:1], *m.partners)
            if len(pool) == 2:
                return self._made("pair", "between the two spoken of", partners=pool)
        if people and not r.times and not r.groups and topic not in ("count", "order") and (
            r.has("signatory") or (r.has("who") and r.has("sign"))
        ) and not r.has("cover", "mra", "all", "list"):
            return self._attribute("agency", people, "who signed for the one before")
        if topic == "" and people and r.has("customs"):
            return self._attribute("agency", people, "of the one before")
        if r.has("why") and r.home and (noted := self._noted(people)):
            return self._made("taiwan_note", "why so", partners=noted)
        if r.has("yearafter", "yearbefore") and before.since and m.topic in _SETS:
            return self._next_year(before)
        if people and r.has("who") and r.has("it") and r.has("earlier", "later") and (
            topic in ("", "status", "order", "list")
        ):
            place = "before" if r.has("earlier") else "after"
            return self._made("order", "beside the one before", partners=people, place=place)
        if r.has("thatday") and r.has("dateword") and topic in ("", "signed_date") and not r.times:
            pool = m.partners if len(m.partners) > 1 else (*m.earlier[:1], *m.partners)
            return self._attribute("signed_date", tuple(pool), "of those before")
        if topic == "term" and people and not r.has("define") and r.has("claim"):
            return self._attribute("claim", people, "of the one before")
        if topic == "term" and people and not r.has("define") and r.has("mra"):
            return self._status("status", people, "of the one before")
        if topic == "page" and people and r.has("it") and r.pages:
            of = self.k.pages[r.pages[0][0]].topic
            if of in ATTRIBUTES and of != "process":
                return self._attribute(of, people, "of the one before")
        if r.has("source", "sure") and not r.times and topic not in ("count", "order", "compare"):
            if m.partners or m.selected:
                return self._again("repeats itself with its sources")
        if r.times and not r.groups and topic in ("", "list", "status", "signed_date", "count") and (
            m.topic in ("status", "detail", "pair", "signed_date") and people
            and not r.has("list", "count", "who")
        ):
            time = r.times[0]
            if time.month and not time.since:
                day = self._month_in(m.day.year if m.day else self.today.year)
                return self._made("status", "in another month", partners=people, day=day)
            if m.topic == "pair":
                return self._made("pair", "the same on another day", partners=m.partners,
                                  day=r.times[0].day)
            return self._status("status", people, "the same on another day")
        if (r.times or r.groups or r.kind or r.aeo) and m.topic in _SETS and (
            topic in ("", "list", "count", "order") or r.has("and", "only")
        ):
            return self._narrowed(topic, before)
        if r.has("earlier", "later") and m.topic in _SETS and r.has("it", "and", "which") and (
            not r.has("list", "who")
        ):
            return self._beside(before)
        if r.has("among") and r.numbers and not r.place and topic not in ATTRIBUTES:
            pool = self._pool()
            if len(pool) > 1:
                return self._status("status", pool, "those spoken of")
        if r.place and (m.selected or len(m.partners) > 1 or (r.has("among") and m.earlier)) and (
            topic in ("order", "") or r.has("it", "list", "who")
        ) and topic not in ATTRIBUTES:
            return self._placed(people)
        if topic == "count" and (r.has("it") or r.bare) and m.selected and not r.has("mra", "cover"):
            return self._made("count", "counts what was listed", among=m.selected,
                              filters=before if m.topic in _SETS else Filters(), day=m.day)
        if topic == "list" and m.selected and (
            r.has("it") or not r.has("mra", "cover", "domain", "sign")
        ):
            return self._made("list", "lists what was counted", among=m.selected, filters=before,
                              day=m.day)
        if r.has("compare") and (len(m.partners) > 1 or len(m.selected) > 1):
            partners = m.partners if len(m.partners) > 1 else m.selected
            if topic in ("compare", "") and len(partners) <= 6:
                return self._made("compare", "compares those before", partners=partners)
        if topic in ATTRIBUTES and people and not self._general(topic) and (
            topic != "process" or r.has("it")
        ):
            return self._attribute(topic, people, "of the one before")
        if topic == "note":
            return self._made("taiwan_note", "the note", partners=self._noted_all())
        if topic == "page" and people and r.has("it") and not self._general(topic):
            return None
        if topic == "" and people and r.has("sign") and not r.has("cover", "mra"):
            return self._attribute("signed_date", people, "of the one before")
        if topic in ("", "status", "detail", "list") and people and not r.groups and (
            r.has("it", "both", "another", "why", "cover", "status", "operate", "where", "mra")
            or r.bare
        ) and not r.has("help"):
            if r.has("why") and r.has("sign") and (noted := self._noted(people)):
                return self._made("taiwan_note", "why so", partners=noted)
            if r.has("where"):
                return self._attribute("signed_date", people, "of the one before")
            if m.topic in ATTRIBUTES and r.has("both", "another") and topic == "":
                return self._attribute(m.topic, people, "of the other one")
            if not r.unknown or r.has("cover", "mra", "operate", "both", "another", "why"):
                return self._status("status" if topic != "detail" else "detail", people,
                                    "of the one before")
        return None

    def _noted(self, people: tuple[str, ...]) -> tuple[str, ...]:
        """Those of some partners that the page on a note is about."""
        about = {c for p in self.k.pages.values() if p.topic == "taiwan_note" for c in p.about}
        return tuple(c for c in people if c in about)

    def _noted_all(self) -> tuple[str, ...]:
        return tuple(
            c for p in self.k.pages.values() if p.topic == "taiwan_note" for c in p.about
        )

    def _next_year(self, before: Filters) -> Asked:
        """The list of the year after, or before, the one listed last."""
        step = 1 if self.r.has("yearafter") else -1
        assert before.since is not None
        year = (before.until or before.since).year + step if step > 0 else before.since.year - 1
        filters = replace(before, since=When(year).first, until=When(year).last, month=None)
        return self._made("list", "the year beside the last one", filters=filters)

    def _general(self, topic: str) -> bool:
        """Whether a question speaks of arrangements in general, though a partner was just named."""
        r = self.r
        if r.has("it"):
            return False
        return bool(r.pages and r.pages[0][1] >= 6.0) or r.has("plural")

    def _referred(self) -> tuple[str, ...]:
        """Whom the message points to without a name."""
        r, m = self.r, self.m
        if counted := self._pool():
            return counted
        if r.has("both"):
            if len(m.partners) >= 2:
                return m.partners
            if m.partners and m.earlier:
                return (m.earlier[0], *m.partners)
            return m.selected[:2] or m.partners
        if r.has("another"):
            rest = tuple(c for c in m.partners if c not in m.selected)
            if m.topic == "order" and rest:
                return rest
            rest = tuple(c for c in m.selected if c not in m.partners)
            if rest and len(rest) < len(m.selected):
                return rest
            if m.earlier:
                return m.earlier[:1]
        if m.topic == "order" and len(m.selected) == 1:
            return m.selected
        if m.partners:
            return m.partners
        if len(m.selected) <= 3:
            return m.selected
        return ()

    def _again(self, rule: str) -> Asked:
        m = self.m
        filters = Filters.from_pairs(m.filters)
        if m.topic in _SETS and not m.partners:
            return self._made("list", rule, filters=filters, among=m.selected, day=m.day)
        topic = m.topic if m.topic in ATTRIBUTES | {"pair", "compare"} else "status"
        return self._made(topic, rule, partners=m.partners or m.selected, day=m.day)

    def _narrowed(self, topic: str, before: Filters) -> Asked:
        """The last list, count or order, with another time or region."""
        r, m = self.r, self.m
        now = self._filters()
        only = r.has("only") or (r.has("it") and not r.has("and"))
        merged = Filters(
            since=now.since if r.times else before.since,
            until=now.until if r.times else before.until,
            month=now.month if r.times else before.month,
            group=now.group or before.group,
            aeo=now.aeo if now.aeo is not None else before.aeo,
            agency=now.agency or before.agency,
            has=now.has or before.has,
            lacks=now.lacks or before.lacks,
            negated=now.negated or (before.negated and not now.group),
        )
        if r.has("only") and r.times and before.group is None and before.since and now.since:
            merged = replace(merged, since=max(before.since, now.since))
        wanted = topic if topic in _SETS else m.topic
        if m.day and r.times and not before.since and not before.until and (
            r.times[0].relation in ("in", "asof")
        ):
            return self._made(wanted, "the same as of another day", day=r.times[0].day,
                              filters=replace(merged, since=None, until=None, month=None))
        more: dict[str, object] = {}
        if wanted == "order":
            more = {"place": r.place or dict(m.filters).get("place", "first")}
        if only and m.selected and m.topic == "list" and not r.times:
            more["among"] = m.selected
        return self._made(wanted, "the last question, narrowed anew", filters=merged,
                          day=self._set_day() or (m.day if not r.times else None), **more)

    def _beside(self, before: Filters) -> Asked | None:
        """ "and before that?" """
        r, m = self.r, self.m
        earlier = r.has("earlier")
        if m.topic == "order" and m.selected:
            place = "before" if earlier else "after"
            return self._made("order", "beside the last winner", partners=m.selected, place=place)
        if earlier and before.since:
            filters = replace(before, since=None, until=before.since - _ONE_DAY)
        elif not earlier and before.until:
            filters = replace(before, since=before.until + _ONE_DAY, until=None)
        else:
            return None
        return self._made("list", "before or after the last time", filters=filters)

    def _pool(self) -> tuple[str, ...]:
        """ "those three": the last partners spoken of, so many as are counted."""
        r, m = self.r, self.m
        wanted = max((n for n in r.numbers if n <= 6), default=0)
        if r.has("among", "it") and 0 < len(m.partners) < wanted and m.earlier:
            return (*m.earlier[: wanted - len(m.partners)][::-1], *m.partners)
        return m.partners if len(m.partners) == wanted else ()

    def _placed(self, people: tuple[str, ...]) -> Asked | None:
        """ "which was first?", "the second one"."""
        r, m = self.r, self.m
        pool = m.partners if len(m.partners) > 1 and m.topic not in ("list", "count") else m.selected
        if len(pool) < 2:
            pool = m.partners if len(m.partners) > 1 else pool
        pool = self._pool() or pool
        if len(pool) < 2 and m.partners and m.earlier:
            pool = (m.earlier[0], *m.partners)
        if len(pool) < 2 and not r.has("mra", "list", "cover"):
            return None
        asks = r.has("who", "sign", "when", "list", "operate", "among", "which") or r.place in ("earlier", "later")
        if r.has("mra", "cover") and not r.has("it") and m.topic not in ("compare", "order"):
            return None
        if m.topic == "order" and set(m.partners) == set(m.selected) and not r.has("among") and (
            r.place in ("first", "last")
        ):
            return self._made("order", "another place in the whole order", place=r.place,
                              take=r.take, filters=Filters.from_pairs(m.filters))
        if r.has("when") and r.place in ("first", "last") and not r.has("among", "who"):
            code = pool[0] if r.place == "first" else pool[-1]
            return self._attribute("signed_date", (code,), "of the one at that place")
        if asks or r.place in ("first", "last") and not r.has("it"):
            return self._made("order", "among those before", partners=pool if len(pool) <= 6 else (),
                              among=pool if len(pool) > 6 else (), place=r.place, take=r.take,
                              day=m.day)
        try:
            index = {"first": 0, "last": -1}.get(r.place)
            index = int(r.place) - 1 if index is None else index
            code = pool[index]
        except (ValueError, IndexError):
            return None
        if m.topic in ATTRIBUTES:
            return self._attribute(m.topic, (code,), "inherits the attribute")
        return self._made("detail", "the one at that place", partners=(code,))


def remembered(
    question: Question, selected: tuple[str, ...], memory: Memory, rule: str
) -> Mapping[str, object]:
    """What a turn leaves behind, as the fields of the next memory."""
    partners = question.partners
    if question.topic in ("smalltalk", "off_topic", "help", "feedback"):
        return {}
    if not partners:
        if question.topic == "order":
            partners = selected
        elif question.topic in ("list", "count") and len(selected) == 1:
            partners = selected
        else:
            partners = memory.partners
    earlier = tuple(dict.fromkeys(c for c in (*memory.partners[::-1], *memory.earlier)
                                  if c not in partners))
    filters = question.filters.pairs()
    if question.topic == "order":
        filters += (("place", question.place),)
    if question.signed_by:
        filters += (("signed_by", "1"),)
    if question.ago:
        filters += (("ago", "1"),)
    return {"partners": partners, "earlier": earlier[:12], "filters": filters}
