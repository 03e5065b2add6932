"""What the tests of stores keep, and when."""

from __future__ import annotations

import datetime

from bot.answer import Choice
from bot.memory import Memory
from bot.store import Thread

NOW = 1_800_000_000.0
THREAD = Thread("T1", "C1", "1.000001")
MEMORY = Memory(
    topic="status",
    partners=("KR", "JP"),
    filters=(("since", "2014-01-01"),),
    day=datetime.date(2014, 12, 31),
    asked=(Choice("Korea", "korea"),),
)
