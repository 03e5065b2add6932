"""What a turn leaves behind for the next one."""

from __future__ import annotations

import datetime

from bot.memory import Memory
from bot.question import Filters, Question


def remembered(
    question: Question,
    selected: tuple[str, ...],
    memory: Memory,
    rule: str,
    also: tuple[str, ...] = (),
) -> Memory:
    """The next memory: what was spoken of, where nothing was asked back.

    `also`: the topics of the further questions in the same sentence.
    """
    among = question.partners or question.among
    partners = question.partners
    ordered = question.topic == "order"
    if ordered:
        partners = selected or partners  # "that one" is the one found first, not all it beat
    elif not partners:
        one = question.topic in ("list", "count") and len(selected) == 1
        partners = selected if one else memory.partners
    before = (*memory.partners[::-1], *memory.earlier)
    if ordered:
        before = (*question.partners[::-1], *before)
    earlier = tuple(dict.fromkeys([c for c in before if c not in partners]))[:12] if before else ()
    filters = question.filters.pairs()
    if ordered:
        filters += (("place", question.place),)
        if not among or question.place in ("before", "after"):
            filters += (("whole", "1"),)
    if question.signed_by:
        filters += (("signed_by", "1"),)
    if question.side:
        filters += (("side", question.side),)
    if rule == "counts what was listed":
        filters += (("listed", "1"),)
    if rule == "joins the pair":
        filters += (("joined", "1"),)
    if also:
        filters += tuple([("also", topic) for topic in also])
    if question.ago:
        filters += (("ago", "1"),)
    left = _set_left(question, selected, memory, rule)
    changed = len(memory.selected) > 1 and len(left) > 1 and left != memory.selected
    return Memory(
        topic=question.topic,
        partners=partners,
        earlier=earlier,
        selected=left,
        set_before=memory.selected if changed else memory.set_before,
        filters=filters,
        day=question.day,
        day_before=_day_before(question, memory),
        stopped=memory.stopped,
    )


def _set_left(
    question: Question, selected: tuple[str, ...], memory: Memory, rule: str
) -> tuple[str, ...]:
    """The ordered set to refer to: what an order chose from, the answer's own, the partners
    asked about, or, where one of the last set was singled out, still that set."""
    partners = question.partners
    if question.topic == "order" and question.place not in ("before", "after"):
        among = partners or question.among
        if len(among) > 1:
            return among
    if selected:
        return selected
    if rule == "those that are not" and set(partners) <= set(memory.selected):
        return memory.selected  # "the others" are those that are
    if len(partners) > 1:
        return partners
    return memory.selected if memory.selected and set(partners) <= set(memory.selected) else ()


def _day_before(question: Question, memory: Memory) -> datetime.date | None:
    """The day spoken for before this one, where a thread compares two."""
    if not (memory.day or memory.filters):
        return memory.day_before
    now = question.day or question.filters.until
    before = memory.day or Filters.from_pairs(memory.filters).until
    return before if before and before != now else memory.day_before
