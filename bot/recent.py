"""A person's recent questions, kept only for those who agreed to it, and erasable."""

from __future__ import annotations

import json

from bot.store import DAY, Person, Store

RECENT = 10  # questions of a person; more is a history, not a shortcut
AGREED = 30 * DAY  # from the consent, or from the last question after it
_KIND = "recent"


async def recent(store: Store, person: Person, now: float) -> tuple[str, ...] | None:
    """Their recent questions, newest first; None where they have not agreed (any more)."""
    kept = await store.note_of(_KIND, _key(person), now)
    return None if kept is None else tuple(json.loads(kept))


async def keep_recent(store: Store, person: Person, agreed: bool, now: float) -> None:
    """Begins to keep a person's questions, or ends it; those kept before are erased."""
    if agreed:
        await store.note(_KIND, _key(person), "[]", now, AGREED)
    else:
        await store.forget(_KIND, _key(person))


async def add_recent(store: Store, person: Person, question: str, now: float) -> None:
    """Keeps a question as the newest of at most `RECENT`, each once; nothing where the person
    has not agreed."""

    def added(kept: str | None) -> str | None:
        if kept is None:
            return None
        others = [q for q in json.loads(kept) if q != question]
        return json.dumps([question, *others][:RECENT], ensure_ascii=False)

    await store.revise(_KIND, _key(person), added, now, AGREED)


def _key(person: Person) -> str:
    return f"{person.team} {person.user}"
