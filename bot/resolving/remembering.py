"""What a turn leaves behind for the next one."""

from __future__ import annotations

from collections.abc import Mapping

from bot.memory import Memory
from bot.question import Question


def remembered(
    question: Question, selected: tuple[str, ...], memory: Memory, rule: str
) -> Mapping[str, object]:
    """What a turn leaves behind, as the fields of the next memory."""
    partners = question.partners
    if question.topic in ("smalltalk", "off_topic", "help", "feedback"):
        return {}
    if not partners:
        if question.topic == "order" or (
            question.topic in ("list", "count") and len(selected) == 1
        ):
            partners = selected
        else:
            partners = memory.partners
    earlier = tuple(
        dict.fromkeys(c for c in (*memory.partners[::-1], *memory.earlier) if c not in partners)
    )
    filters = question.filters.pairs()
    if question.topic == "order":
        filters += (("place", question.place),)
    if question.signed_by:
        filters += (("signed_by", "1"),)
    if question.ago:
        filters += (("ago", "1"),)
    return {"partners": partners, "earlier": earlier[:12], "filters": filters}
