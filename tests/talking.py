"""Conversations over the register as it comes, which share what reads messages."""

from __future__ import annotations

import datetime
from functools import cache

from bot.conversation import Conversation
from bot.matching.matcher import Matcher
from tests.register_copies import known

TODAY = datetime.date(2026, 11, 24)


@cache
def _matcher() -> Matcher:
    return Matcher(known())


@cache
def conversation(
    as_of: datetime.date | None = None, *, today: datetime.date = TODAY
) -> Conversation:
    """One for a day, or for now, whenever that is."""
    return Conversation(known(), today=lambda: today, as_of=as_of, matcher=_matcher())
