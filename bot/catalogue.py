"""The register to browse: whom to ask about, by name, year and region, each as a question.

Nothing is answered here. What is chosen becomes a question, and the conversation answers it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from bot.answer import Choice
from bot.matching.matcher import Matcher
from bot.matching.typeahead import ENGLISH, Typeahead, full_name, program_name
from bot.question import Question
from knowledge.arrangements import Arrangement
from knowledge.dates import When
from knowledge.facts import Source
from knowledge.model import Knowledge
from knowledge.text import normalise

_WHETHER = "Does the U.S. have an arrangement with {}?"
_IN_A_SENTENCE = 4  # names; more are counted, and in a table
_BACK = 3  # years before the newest signature that a suggested list goes back to


@dataclass(frozen=True, slots=True)
class Signed:
    """An arrangement as it is offered: whom it is with, the question about it, and when."""

    choice: Choice
    on: str  # "17 April 2023"; "" where its signature is not dated


class Catalogue:
    """What there is to ask about. Names come in the reader's language, questions in English.

    `as_of` is the day to show (default: the evidence day of the U.S. list); `lang` is always one
    that `typeahead.language` gives.
    """

    def __init__(
        self, knowledge: Knowledge, matcher: Matcher, as_of: datetime.date | None = None
    ) -> None:
        self._knowledge = knowledge
        self._matcher = matcher
        self._as_of = as_of
        self._day = as_of or knowledge.us_evidence
        self._held = knowledge.held_on(self._day)
        self.typeahead = Typeahead(knowledge)

    # Browsing

    def partners(self, lang: str = ENGLISH) -> tuple[Choice, ...]:
        """Everybody with an arrangement, in the order of their names."""
        made = [self._signed(a, lang).choice for a in self._held]
        return tuple(sorted(made, key=lambda choice: normalise(choice.label)))

    def newest(self, most: int, lang: str = ENGLISH) -> tuple[Signed, ...]:
        """The arrangements signed last, newest first."""
        return tuple(self._signed(a, lang) for a in reversed(self._held[-most:]))

    @property
    def years(self) -> tuple[Choice, ...]:
        """The years in which one was signed, newest first."""
        years = {a.signed.year for a in self._held if a.signed}
        return tuple(
            Choice(str(year), f"Which arrangements were signed in {year}?")
            for year in sorted(years, reverse=True)
        )

    @property
    def regions(self) -> tuple[Choice, ...]:
        """The parts of the world with a partner in them, in the order of their names."""
        partners = {self._knowledge.partner(a) for a in self._held}
        made = [
            Choice(_title(group.name), f"Which arrangements are there in {group.name}?")
            for group in self._knowledge.groups.values()
            if group.region and not partners.isdisjoint(group.members_on(self._day))
        ]
        return tuple(sorted(made, key=lambda choice: normalise(choice.label)))

    def _signed(self, arrangement: Arrangement, lang: str) -> Signed:
        code = self._knowledge.partner(arrangement)
        on = arrangement.signed
        choice = Choice(self.typeahead.name(code, lang), self._about(code))
        return Signed(choice, on.written if on else "")

    # Asking

    @property
    def prompts(self) -> tuple[Choice, ...]:
        """Questions to begin with, about what the register holds now; none for an empty one."""
        if not self._held:
            return ()
        newest = self._knowledge.economy(self._knowledge.partner(self._held[-1]))
        first = self._knowledge.economy(self._knowledge.partner(self._held[0]))
        made = [Choice(f"Is {newest.name} covered?", self._about(newest.code))]
        if signed := self._held[-1].signed:
            since = signed.year - _BACK
            made.append(Choice(f"What is new since {since}?", f"What changed since {since}?"))
        if first is not newest:
            compare = f"Compare {first.in_sentence} and {newest.in_sentence}"
            made.append(Choice(f"Compare {first.name} and {newest.name}", compare))
        claim = f"How do I claim the arrangement with {first.in_sentence} on the entry?"
        made.append(Choice(f"How is {first.name} claimed on an entry?", claim))
        return tuple(made)

    def question(self, ident: str) -> str | None:
        """The question about what was chosen of the suggestions; None where it is not there."""
        program = self._knowledge.programs.get(ident)
        if program:
            economy = self._knowledge.economy(program.economy)
            return f"Tell me about {program_name(program)} of {economy.in_sentence}"
        if ident in self._knowledge.names.display[ENGLISH]:
            return self._about(ident)
        return None

    def whether(self, *codes: str, day: datetime.date | None = None) -> Question:
        """Whether there was an arrangement with some economies on a day, by default the
        register's; many are asked about as a pasted list is."""
        horizon = max(self._as_of, day) if self._as_of and day else self._as_of
        pasted = len(codes) > _IN_A_SENTENCE
        return Question("status", day, horizon, partners=codes, pasted=pasted)

    def program(self, party: str, day: datetime.date) -> str:
        """What a partner's program in its arrangement was called on a day; "" where none is
        named."""
        idents = [i for a in self._knowledge.held_on(day) if party in a.parties for i in a.programs]
        programs = (self._knowledge.programs[ident] for ident in idents)
        own = next((program for program in programs if program.economy == party), None)
        return full_name(own.names_on(day)[-1]) if own else ""

    def named(self, text: str) -> tuple[str, ...]:
        """The economies a text names, in its order; all that share a name. Never raises."""
        mentions = self._matcher.read(text, self._day).mentions
        return tuple(dict.fromkeys(code for mention in mentions for code in mention.codes))

    def _about(self, code: str) -> str:
        return _WHETHER.format(self._spelled(code))

    def _spelled(self, code: str) -> str:
        """An English name of an economy that is read as this one and no other, if there is one."""
        economy = self._knowledge.economy(code)
        names = (economy.in_sentence, economy.name.replace("&", "and"), *economy.names)
        read = (name for name in names if self.named(_WHETHER.format(name)) == (code,))
        return next(read, economy.name)

    # What it rests on

    @property
    def dates(self) -> tuple[str, ...]:
        """What the register holds and for which day it speaks, in a sentence each."""
        known = self._knowledge
        if self._as_of:
            return (f"{len(self._held)} U.S. arrangements, as of {When.of(self._as_of).written}.",)
        us, world = (When(d.year, d.month).written for d in (self._day, known.world_evidence))
        return (
            f"{len(self._held)} U.S. arrangements, as of {us}, the newest statement on record.",
            f"{len(known.pairs)} arrangements between others, as of {world}.",
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source, those that date most signatures first."""
        covering = self._knowledge.covering
        return tuple(sorted(self._knowledge.sources.values(), key=lambda s: -covering.get(s.id, 0)))


def _title(name: str) -> str:
    """A name as a label: without the article, with a capital."""
    bare = name.removeprefix("the ")
    return bare[:1].upper() + bare[1:]
