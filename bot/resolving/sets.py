"""Going on from a list, a count or an order: narrowed, moved in time, one picked out of it."""

from __future__ import annotations

from dataclasses import replace

from bot.question import Filters
from bot.resolving.asking import attribute
from bot.resolving.case import ATTRIBUTES, MOST_COMPARED, ONE_DAY, SETS, Asked, Case, made
from bot.resolving.days import filters, set_day
from bot.resolving.picking import spoken_of
from bot.resolving.places import placed
from knowledge.dates import When


def from_set(case: Case, topic: str) -> Asked | None:
    """What a message means that goes on from the last set; None where it does not."""
    r, m = case.r, case.m
    before = Filters.from_pairs(m.filters)
    last_was_set = m.topic in SETS
    if r.has("firstset", "lastset") and (one_of_two := _one_set(case, topic)):
        return one_of_two
    if last_was_set and r.has("sorted") and m.selected and not (r.times or r.groups):
        return made(case, "list", "in another order", among=m.selected, filters=before, day=m.day)
    if last_was_set and before.since and r.has("yearafter", "yearbefore"):
        return next_year(case, before)
    elsewhere = r.signed_at and before.signed_at
    if last_was_set and (r.times or r.groups or r.kind or r.aeo or elsewhere):
        if topic in ("", "list", "count", "order") or r.has("and", "only"):
            return narrowed(case, topic, before)
    if last_was_set and m.day and r.has("now") and r.bare and topic == "":
        return made(case, m.topic, "the same as of the present", filters=before)
    moves = r.has("earlier", "later") and not r.has("list", "who", "among")
    if last_was_set and moves:
        if r.has("it", "and", "which") and (moved := beside(case, before)):
            return moved
    if r.has("compare") and r.take and r.place == "first" and len(spoken_of(case)) >= r.take:
        those = spoken_of(case)[: r.take]
        return made(case, "compare", "compares so many of them", partners=those, day=m.day)
    tallied = r.has("count", "tally") and r.has("it") and r.place in ("first", "last")
    if last_was_set and tallied and m.selected:  # "count of that last lot"
        return made(case, "count", "counts what was listed", among=m.selected, day=m.day)
    several = m.selected or len(m.partners) > 1 or (m.earlier and _of_them(case))
    if r.place and several and topic not in ATTRIBUTES:
        if topic in ("order", "", "list") or r.has("it", "list", "who"):
            return placed(case)
    if topic == "count" and m.selected and (r.has("among") or not r.has(*_OF_ALL)):
        kept = before if last_was_set else Filters()
        return made(
            case, "count", "counts what was listed", among=m.selected, filters=kept, day=m.day
        )
    apart = (r.negated and r.has("which")) or (r.has("another", "which") and _the_others(case))
    if last_was_set and apart and topic in ("", "list") and m.selected:
        if before.group or before.aeo is not None or before.agency or before.has or before.lacks:
            turned = replace(before, negated=not before.negated)
            return made(case, "list", "those the last filter left out", filters=turned, day=m.day)
    if m.topic == "count" and topic in ("", "list") and not r.unknown and not r.times:
        if r.has("which", "nameq") and len(r.text.split()) <= _BRIEF and not r.has("program"):
            return made(
                case, "list", "lists what was counted", among=m.selected, filters=before, day=m.day
            )
    if m.selected and topic == "" and (r.bare or r.has("tally")):
        if r.has("tally") and len(r.text.split()) <= _BARE_WORDS:
            return made(case, "count", "counts what was listed", among=m.selected, day=m.day)
    if topic == "list" and m.selected and not r.groups and not r.times:
        if r.has("it") or not r.has("mra", "cover", "domain", "sign"):
            return made(
                case, "list", "lists what was counted", among=m.selected, filters=before, day=m.day
            )
    return None


_BRIEF = 4  # words: "name them", "and which ones?"
_BARE_WORDS = 2  # "count?", "and count?"
_OF_ALL = (
    "mra",
    "cover",
    "places",
    "plural",
    "sign",
    "domain",
    "program",
)  # speak of all there are


def _one_set(case: Case, topic: str) -> Asked | None:
    """ "how many in that second group?", of the two sets told last."""
    r, m = case.r, case.m
    among = m.set_before if r.has("firstset") else m.selected
    if not among:
        return None
    if topic in ATTRIBUTES:
        return attribute(case, topic, among[:MOST_COMPARED], "of one of the two sets")
    wanted = topic if topic == "count" else "list"
    return made(case, wanted, "one of the two sets", among=among, day=m.day)


def _the_others(case: Case) -> bool:
    """ "and the others?", of a list as a whole: those that its filter left out."""
    r = case.r
    brief = len(r.text.split()) <= _BRIEF and not r.unknown
    return r.has("another") and brief and not case.r.numbers and len(case.m.selected) > 1


def _of_them(case: Case) -> bool:
    """Whether an order is asked of those spoken of one by one, rather than of all there are."""
    r, m = case.r, case.m
    asked = r.has("state", "it") or (r.has("which") and not r.has("who"))
    apart = m.topic not in SETS and r.has("which", "who") and asked
    all_there_are = r.has("mra", "cover", "plural", "places", "beside")
    if r.place in ("earlier", "later") and m.topic not in SETS and not all_there_are:
        return True
    if (
        m.topic in ATTRIBUTES
        and r.place in ("first", "last")
        and not (all_there_are or r.has("ever"))
    ):
        if r.has("who") and r.has("sign") and not m.selected:
            return True  # "who signed first?", after two were asked when they did
    if r.bare and r.place in ("first", "last") and m.topic in ATTRIBUTES and not r.has("ever"):
        return True
    if m.topic in ("status", "detail") and r.bare and r.has("it") and not all_there_are:
        return True  # "the first one", after two were asked about one by one
    return r.has("among") or (apart and not all_there_are)


def narrowed(case: Case, topic: str, before: Filters) -> Asked:
    """The last list, count or order, with another time or region."""
    r, m = case.r, case.m
    now = _kept(filters(case), before) if r.has("dropping") else filters(case)
    only = r.has("only") or (r.has("it") and not r.has("and"))
    merged = Filters(
        since=now.since if r.times else before.since,
        until=now.until if r.times else before.until,
        month=now.month if r.times else before.month,
        last_month=now.last_month if r.times else before.last_month,
        group=now.group or (None if r.has("overall") else before.group),
        aeo=now.aeo if now.aeo is not None else before.aeo,
        agency=now.agency or before.agency,
        has=now.has or before.has,
        lacks=now.lacks or before.lacks,
        signed_at=now.signed_at or before.signed_at,
        signer=now.signer or before.signer,
        uncovered=now.uncovered or (before.uncovered and not now.group),
        negated=now.negated or (before.negated and not now.group),
    )
    if r.has("only") and r.times and before.group is None and before.since and now.since:
        merged = replace(merged, since=max(before.since, now.since))
    told = r.has("list", "places", "all") or (r.has("which") and not r.has("it"))
    wanted = topic if topic in SETS and (told or topic != "list") else m.topic
    if wanted == "count" and topic != "count":
        if r.has("only", "among") or ("listed", "1") in m.filters:
            wanted = "list"  # "and before 2010?", of a list that was counted in between
    place = dict(m.filters).get("place", "first")
    if wanted == "order" and not r.place and place in ("before", "after"):
        wanted = "list"  # "2022?", once the one just before Taiwan was told: beside whom is left
    of_a_state = m.day or (m.topic == "count" and not r.has("sign", "join", "only", "among"))
    if (
        of_a_state
        and r.times
        and not before.since
        and not before.until
        and not before.month
        and (r.times[0].relation in ("in", "asof"))
        and not (r.times[0].month and not r.times[0].since)
    ):
        return made(
            case,
            wanted,
            "the same as of another day",
            day=r.times[0].day,
            filters=replace(merged, since=None, until=None, month=None, last_month=None),
        )
    more: dict[str, object] = {}
    if wanted == "order" and not r.place and r.has("among"):
        return made(case, "list", "those before, narrowed", filters=merged, among=m.selected)
    if wanted == "order":
        more = {"place": r.place or place}
    of_those = r.has("among") and not (before.since or before.until or before.month)
    if m.selected and m.topic == "list" and ((only and not r.times) or of_those):
        more["among"] = m.selected
    return made(
        case,
        wanted,
        "the last question, narrowed anew",
        filters=merged,
        day=set_day(case) or (m.day if not r.times else None),
        **more,
    )


def _kept(dropped: Filters, before: Filters) -> Filters:
    """What is left once some are dropped: "drop everything after 2012", "leave out the asians"."""
    if dropped.since and not dropped.until:
        return replace(dropped, since=before.since, until=dropped.since - ONE_DAY)
    if dropped.until and not dropped.since:
        return replace(dropped, since=dropped.until + ONE_DAY, until=before.until)
    return replace(dropped, negated=bool(dropped.group or dropped.agency))


def beside(case: Case, before: Filters) -> Asked | None:
    """ "and before that?" """
    r, m = case.r, case.m
    earlier = r.has("earlier")
    if m.topic == "order" and m.selected and m.partners:
        place = "before" if earlier else "after"
        return made(case, "order", "beside the last winner", around=m.partners, place=place)
    if earlier and before.since:
        moved = replace(before, since=None, until=before.since - ONE_DAY)
    elif not earlier and before.until:
        moved = replace(before, since=before.until + ONE_DAY, until=None)
    else:
        return None
    return made(case, "list", "before or after the last time", filters=moved)


def next_year(case: Case, before: Filters) -> Asked:
    """The list of the year after, or before, the one listed last."""
    step = 1 if case.r.has("yearafter") else -1
    assert before.since is not None
    year = (before.until or before.since).year + step if step > 0 else before.since.year - 1
    moved = replace(before, since=When(year).first, until=When(year).last, month=None)
    return made(case, "list", "the year beside the last one", filters=moved)
