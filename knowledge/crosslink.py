"""What only the whole of the data can tell: ids that lead nowhere, names that collide, dates
after the evidence day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.dates import written
from knowledge.files import DataError
from knowledge.kinds import Reading
from knowledge.text import normalise

_ONE_OF = {
    "sources": "source",
    "economies": "economy",
    "administrations": "administration",
    "programs": "program",
    "pages": "page",
}


def dangling(seen: Reading, english: Mapping[str, str]) -> Iterator[DataError]:
    """The ids that no record has. `english` are the names of economies by code.

    A table of which nothing could be read is passed over: its own mistake is told.
    """
    economies = seen.ids.get("economies", set()) | english.keys() if english else set()
    known = seen.ids | {"economies": economies}
    for use in seen.ids_used:
        ids = known.get(use.what)
        if ids and use.value not in ids:
            one = _ONE_OF[use.what]
            yield DataError(
                use.file,
                use.line,
                f"there is no {one} {use.value}",
                f"correct it, or add the {one}",
            )


def too_late(seen: Reading) -> Iterator[DataError]:
    """The dates after the evidence day of their list. A month counts from its last day."""
    for use in seen.dates:
        day = seen.evidence.get(use.what)
        if day and use.value.last > day:
            counts = "" if use.value.day else f" (counted from {written(use.value.last)})"
            why = f"{use.value.iso}{counts} is after the evidence day, {written(day)}"
            yield DataError(
                use.file,
                use.line,
                why,
                f"correct it, or move `evidence: {use.what}` with its source",
            )


def colliding(seen: Reading, english: Mapping[str, str]) -> Iterator[DataError]:
    """The names that records of two owners bear without being declared shared, each once."""
    bearer = {normalise(name): code for code, name in english.items()}
    told = set(map(normalise, seen.shared))
    for use in seen.names:
        text = normalise(use.value)
        first = bearer.setdefault(text, use.what)
        if first != use.what and text not in told:
            told.add(text)
            why = f"`{use.value}` of {use.what} is also a name of {first}"
            yield use.error(why, "rename one, or add it to `shared_names`")
