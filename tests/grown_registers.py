"""Registers of any size: with so many arrangements, and names so long."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from string import ascii_uppercase

from bot.conversation import Conversation
from knowledge.arrangements import Arrangement, Event
from knowledge.dates import When
from knowledge.facts import Fact
from knowledge.parties import Administration, Economy, Name, Program
from tests.register_copies import known
from tests.talking import TODAY


def grown(arrangements: int, letters: int) -> Conversation:
    """A register with so many arrangements, whose names have so many letters, to be asked."""
    codes = [a + b for a, b in product(ascii_uppercase, repeat=2)]
    codes = [code for code in codes if code not in ("US", "EU")][:arrangements]
    source = next(iter(known().sources))
    facts = (Fact(_named("Recognized as such, and no other way", "", letters), (source,)),)
    register = replace(
        known(),
        economies={
            **known().economies,
            **{c: Economy(c, _named(f"Land {c}", "ia", letters)) for c in codes},
        },
        administrations={
            c: Administration(c, c, _named(f"Customs of {c}", "", letters), ("customs",))
            for c in codes
        },
        programs={
            c: Program(c, c, (Name(_named(f"Secure {c}", "", letters), f"S{c}"),), administration=c)
            for c in codes
        },
        arrangements=tuple(
            Arrangement(
                c,
                (known().home, c),
                (Event(When(2000 + n % 20, 1 + n % 12), "signed", (source,)),),
                (c,),
                {"scope": facts, "claim": facts, "benefits": facts, "eligible": facts},
            )
            for n, c in enumerate(codes)
        ),
        pairs=(),
        conflicts=(),
        contacts={},
    )
    return Conversation(register, today=lambda: TODAY)


def _named(start: str, end: str, letters: int) -> str:
    filled = start + " and the isles" * (letters // 14 + 1)
    return filled[: letters - len(end)].rstrip() + end
