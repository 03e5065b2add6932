"""Lists, counts and orders of the arrangements, narrowed as asked."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from bot.answer import Answer, Verdict
from bot.question import Filters, Question
from bot.wording.common import (
    as_of,
    capital,
    cited,
    dated,
    day_of,
    horizon,
    number,
    partners_of,
    reach,
    said,
    signed_on,
    via_of,
)  # fmt: skip
from bot.wording.narrowing import chosen, filter_words
from bot.wording.uncovered import uncovered
from bot.wording.verdicts import verdicts_of
from knowledge.arrangements import Arrangement
from knowledge.model import Knowledge
from knowledge.prose import Block, Table, paragraph


def table(arrangements: Sequence[Arrangement], knowledge: Knowledge, day: datetime.date) -> Table:
    rows = []
    for arrangement in arrangements:
        code, economy, program = knowledge.partner_in(arrangement)
        rows.append((
            f"{economy.name} ({code})" if code in knowledge.groups else economy.name,
            arrangement.signed.written if arrangement.signed else "not sourced",
            program.names_on(day)[-1].full if program else "not sourced",
        ))  # fmt: skip
    return Table(("Partner", "Signed", "Program"), tuple(rows))


def _names(arrangements: Sequence[Arrangement], knowledge: Knowledge) -> str:
    return said([knowledge.economy(c).in_sentence for c in knowledge.partners(arrangements)])


def _sources(
    arrangements: Sequence[Arrangement], knowledge: Knowledge, question: Question
) -> list[str]:
    if not arrangements or not question.filters or len(arrangements) > 6:
        return list(knowledge.list_sources(day_of(question, knowledge)))
    ids: list[str] = []
    for arrangement in arrangements:
        event = arrangement.signing
        ids += list(event.sources[:2] if event else arrangement.sources[:2])
    return ids


def listing(question: Question, knowledge: Knowledge) -> Answer:
    """The arrangements asked for, as a table."""
    if question.filters.uncovered:
        return uncovered(question, knowledge)
    found = chosen(question, knowledge)
    words = filter_words(question, knowledge)
    many = len(found)
    if many:
        noun = "arrangement" if many == 1 else "arrangements"
        text = f"{capital(number(many))} {noun}{words}, {as_of(question, knowledge)}"
        text += f": {_names(found, knowledge)}." if many <= 6 else "."
    else:
        text = f"None: no arrangement{words} is on record, {as_of(question, knowledge)}."
    answer = _answer(question, knowledge, found, text)
    return _with_members(answer, question, knowledge)


_MOST_MEMBERS = 20  # of a grouping whose members are each told; a continent's are not


def _with_members(answer: Answer, question: Question, knowledge: Knowledge) -> Answer:
    """A list of a small grouping with where each of its members stands: "the Nordics"."""
    filters = question.filters
    group = knowledge.groups.get(filters.group or "")
    if not group or group.union or filters.negated or filters != Filters(group=filters.group):
        return answer
    day = day_of(question, knowledge)
    members = [c for c in group.members_on(day) if c != knowledge.home]
    if not 0 < len(members) <= _MOST_MEMBERS:
        return answer
    reaches = [reach(knowledge, code, day) for code in members]
    lines = []
    for union in dict.fromkeys(r.party for r in reaches if r.union):
        through = said([r.economy.name for r in reaches if r.union and r.party == union])
        lines.append(f"Through {knowledge.economy(union).in_sentence}: {through}.")
    if without := [r.economy.name for r in reaches if not r.covered]:
        lines.append(f"No arrangement on record: {said(without)}.")
    return answer._replace(
        verdicts=verdicts_of(reaches), body=(*answer.body, *(paragraph(line) for line in lines))
    )


def count(question: Question, knowledge: Knowledge) -> Answer:
    """How many arrangements there are, and which."""
    if question.filters.uncovered:
        return uncovered(question, knowledge)
    found = chosen(question, knowledge)
    words = filter_words(question, knowledge)
    noun = "arrangement" if len(found) == 1 else "arrangements"
    if found:
        verb = "is" if len(found) == 1 else "are"
        text = (
            f"{capital(number(len(found)))} {noun}{words} {verb} on record, "
            f"{as_of(question, knowledge)}."
        )
    else:
        text = f"None (0): no arrangement{words} is on record, {as_of(question, knowledge)}."
    return _answer(question, knowledge, found, text)


def _answer(
    question: Question,
    knowledge: Knowledge,
    found: Sequence[Arrangement],
    text: str,
    *,
    shown: Sequence[Arrangement] | None = None,
    partners: Sequence[str] = (),
    verdict: Verdict = "n/a",
) -> Answer:
    day = day_of(question, knowledge)
    shown = found if shown is None else shown
    body: tuple[Block, ...] = ()
    if shown:
        body = (table(shown, knowledge, horizon(question, knowledge)),)
    reaches = [reach(knowledge, code, day) for code in partners]
    return Answer(
        topic=question.topic,
        headline=text,
        as_of=day,
        partners=partners_of(reaches),
        via=via_of(reaches),
        selected=knowledge.partners(found),
        verdict=verdict,
        body=body,
        citations=cited(knowledge, _sources(shown, knowledge, question)),
        dated=dated(question, knowledge),
    )


def order(question: Question, knowledge: Knowledge) -> Answer:
    """First, latest, the third, which came before: the winner, or all who tie on a day."""
    day = day_of(question, knowledge)
    place = question.place or "first"
    if (question.partners or question.around) and place in ("before", "after"):
        return _beside(question, knowledge, place)
    if len(question.partners) == 1:
        return _its_place(question, knowledge, place)
    if question.partners:
        reaches = [reach(knowledge, code, day) for code in question.partners]
        missing = [r for r in reaches if not r.covered]
        parties = {r.party for r in reaches if r.covered}
        held = tuple(a for a in knowledge.held_on(day) if knowledge.partner(a) in parties)
    else:
        missing = []
        held = chosen(question, knowledge)
    held = tuple(a for a in held if a.signed)
    words = filter_words(question, knowledge)
    if not held:
        text = f"None: no arrangement{words} is on record, {as_of(question, knowledge)}."
        return _answer(question, knowledge, (), text, partners=question.partners)
    winners = _winners(held, place, question.take)
    if not winners:
        text = (
            f"There is no such place: {number(len(held))} arrangements{words} are on record, "
            f"{as_of(question, knowledge)}."
        )
        return _answer(question, knowledge, (), text, partners=question.partners)
    when = winners[0].signed
    assert when is not None  # only signed ones were kept
    if len(winners) == 1 or question.take:
        dates = [
            f"{knowledge.economy(knowledge.partner(w)).in_sentence}, signed "
            f"{signed_on(w.signed) if w.signed else ''}"
            for w in winners
        ]
        text = f"{_place_words(place, len(winners), words)}: {said(dates)}"
    else:
        text = (
            f"{_place_words(place, len(winners), words)}: {_names(winners, knowledge)}, all signed "
            f"{signed_on(when)}"
        )
        if len(winners) == 2:
            text = text.replace("all signed", "both signed")
    text += f" ({as_of(question, knowledge)})."
    for found in missing:
        text += f" No arrangement with {found.economy.in_sentence} is on record."
    shown = held if question.partners else winners
    return _answer(question, knowledge, winners, text, shown=shown, partners=question.partners)


def _its_place(question: Question, knowledge: Knowledge, place: str) -> Answer:
    """Whether one partner is the first, the latest or the third; and who is."""
    day = day_of(question, knowledge)
    found = reach(knowledge, question.partners[0], day)
    held = tuple(a for a in chosen(question, knowledge) if a.signed)
    if not found.covered or found.arrangement not in held:  # nor in the region asked about
        held = tuple(a for a in knowledge.held_on(day) if a.signed)
        question = question._replace(filters=Filters())
    of = filter_words(question, knowledge)
    winners = _winners(held, place, 0)
    name = found.economy.in_sentence
    if not found.covered or found.arrangement not in held:
        text = f"No arrangement with {name} is on record, {as_of(question, knowledge)}."
        return _answer(question, knowledge, (), text, partners=question.partners)
    index = held.index(found.arrangement) + 1
    signed = found.arrangement.signed
    assert signed is not None
    words = _place_words(place, len(winners), "").lower() + of
    if found.arrangement in winners:
        text = f"Yes: {name} is {words if words.startswith('the') else f'the {words}'}"
    else:
        text = (
            f"No: {_names(winners, knowledge)} "
            f"{'is' if len(winners) == 1 else 'are'} "
            f"{words if words.startswith(('the', 'number')) else f'the {words}'}; {name} is number "
            f"{index} of {len(held)}"
        )
    text += f", signed {signed_on(signed)} ({as_of(question, knowledge)})."
    return _answer(question, knowledge, winners, text, partners=question.partners)


def _winners(held: tuple[Arrangement, ...], place: str, take: int) -> tuple[Arrangement, ...]:
    """Those at a place in the order signed. A day shared by more than one is shared by all."""
    ranked = sorted(held, key=lambda a: a.signed.last if a.signed else datetime.date.max)
    if place in ("last", "later") and take > 1:
        return tuple(ranked[-take:])
    if place in ("first", "earlier") and take > 1:
        return tuple(ranked[:take])
    if place in ("last", "later"):
        final = ranked[-1].signed
        return tuple(a for a in ranked if a.signed == final)
    if place in ("first", "earlier"):
        start = ranked[0].signed
        return tuple(a for a in ranked if a.signed == start)
    index = int(place)
    if index > 0:
        return (ranked[index - 1],) if index <= len(ranked) else ()
    return (ranked[index],) if -index <= len(ranked) else ()


def _place_words(place: str, many: int, words: str) -> str:
    if place in ("first", "earlier"):
        text = "First" if many == 1 else "The first"
    elif place in ("last", "later"):
        text = "Latest" if many == 1 else "The latest"
    else:
        text = (
            f"Number {place}" if not place.startswith("-") else f"Number {place[1:]} from the end"
        )
    return f"{text}{words}"


def _beside(question: Question, knowledge: Knowledge, place: str) -> Answer:
    """Who signed just before or just after somebody."""
    day = day_of(question, knowledge)
    held = [a for a in chosen(question, knowledge) if a.signed]
    anchors = question.partners or question.around
    parties = {reach(knowledge, c, day).party for c in anchors}
    indexes = [i for i, a in enumerate(held) if knowledge.partner(a) in parties]
    if not indexes:
        names = said([knowledge.economy(c).in_sentence for c in anchors])
        text = f"No arrangement with {names} is on record, {as_of(question, knowledge)}."
        return _answer(question, knowledge, (), text, partners=question.partners)
    at = indexes[0] - 1 if place == "before" else indexes[-1] + 1
    anchor = held[indexes[0]]
    name = knowledge.economy(knowledge.partner(anchor)).in_sentence
    if not 0 <= at < len(held):
        edge = "first" if place == "before" else "latest"
        text = f"None: {name} is the {edge} on record, {as_of(question, knowledge)}."
        return _answer(question, knowledge, (), text, partners=question.partners)
    when = held[at].signed
    found = [a for a in held if a.signed == when and a not in (held[i] for i in indexes)]
    word = "Just before" if place == "before" else "Just after"
    assert when is not None and anchor.signed is not None
    text = (
        f"{word} {name} (signed {signed_on(anchor.signed)}): {_names(found, knowledge)}, signed "
        f"{signed_on(when)} ({as_of(question, knowledge)})."
    )
    return _answer(
        question, knowledge, found, text, shown=[*found, anchor], partners=question.partners
    )
