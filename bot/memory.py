"""What a thread remembers between turns: never its text, only what it was about."""

from __future__ import annotations

import datetime
import json
from typing import NamedTuple

from bot.answer import Choice


class Memory(NamedTuple):
    """The state of a conversation after a turn. The default is that of a new one."""

    topic: str = ""  # the last answer's topic
    partners: tuple[str, ...] = ()  # who the last question was about, in order
    earlier: tuple[str, ...] = ()  # everyone named before, newest first
    selected: tuple[str, ...] = ()  # the last answer's ordered set
    set_before: tuple[str, ...] = ()  # the ordered set before that one
    filters: tuple[tuple[str, str], ...] = ()  # the last question's, as the matcher writes them
    day: datetime.date | None = None  # the day the thread speaks for, where it named one
    day_before: datetime.date | None = None  # another day it spoke for before that one
    asked: tuple[Choice, ...] = ()  # what was asked back and is not answered yet
    astray: bool = False  # somebody was named whom it did not understand; "they" may mean them
    stopped: bool = False  # told to keep out until mentioned again

    def to_json(self) -> str:
        """Compact JSON, for the store."""
        return json.dumps(
            {
                "t": self.topic,
                "p": self.partners,
                "e": self.earlier,
                "s": self.selected,
                "o": self.set_before,
                "f": self.filters,
                "d": self.day.isoformat() if self.day else None,
                "b": self.day_before.isoformat() if self.day_before else None,
                "a": [(c.label, c.say) for c in self.asked],
                "x": self.stopped,
                "l": self.astray,
            },
            separators=(",", ":"),
        )

    @staticmethod
    def from_json(text: str) -> Memory:
        """The memory that `to_json` wrote; raises ValueError or KeyError for anything else."""
        raw = json.loads(text)
        return Memory(
            topic=raw["t"],
            partners=tuple(raw["p"]),
            earlier=tuple(raw["e"]),
            selected=tuple(raw["s"]),
            set_before=tuple(raw.get("o", ())),
            filters=tuple((k, v) for k, v in raw["f"]),
            day=datetime.date.fromisoformat(raw["d"]) if raw["d"] else None,
            day_before=datetime.date.fromisoformat(raw["b"]) if raw.get("b") else None,
            asked=tuple(Choice(label, say) for label, say in raw["a"]),
            stopped=raw["x"],
            astray=raw.get("l", False),
        )
