"""Format of the register, part one: sources, facts, and what all other parts use."""

from __future__ import annotations

from typing import get_args

from knowledge.facts import Confidence, Fact, Grade, Side, Source
from knowledge.kinds import ADDRESS, DAY, TEXT, WHEN, described, matching, one_of, reference
from knowledge.records import by_key, list_of, record, table

CODE = "[A-Z]{2}"  # of an economy: ISO 3166, or EU
ECONOMY = reference("economies", CODE)
SOURCES = list_of(reference("sources"), least=1)
TEXTS = list_of(TEXT)
KEY = matching("[a-z][a-z0-9-]*", "id", "use lower case, digits and hyphens")
SOURCED = "name the sources it rests on"

SOURCE_TABLE = table(
    "sources",
    "source",
    Source,
    required={
        "publisher": TEXT,
        "title": TEXT,
        "grade": described(
            one_of(get_args(Grade)),
            "A official, B press or law firm, C consultancy or mirror, D visibly wrong",
        ),
        "read": described(DAY, "The day it was last read"),
    },
    optional={
        "published": WHEN,
        "speaks_for": described(WHEN, "The day its content describes, where it says so"),
        "url": described(ADDRESS, "The publisher's own public address; shown to users"),
        "copy": described(
            matching(r"https?://\S+", "web address", "write https://host/path"),
            "Where a copy was read; never shown to users",
        ),
    },
    key=KEY,
    lined=True,
)

_FACT_MAY_HAVE = {
    "side": described(one_of(get_args(Side)), "Whose goods or members it is about"),
    "since": described(WHEN, "Not true, or not known, before"),
}
FACT = by_key(
    "not_sourced",
    record(
        "fact that no source gives",
        lambda not_sourced, **rest: Fact(not_sourced, sourced=False, **rest),
        required={"not_sourced": described(TEXT, "What no published source says")},
        optional=_FACT_MAY_HAVE,
        lined=True,
    ),
    record(
        "fact",
        Fact,
        required={"text": TEXT, "sources": SOURCES},
        optional={**_FACT_MAY_HAVE, "confidence": one_of(get_args(Confidence))},
        cures={"sources": f"{SOURCED}; where none was found write `not_sourced: what`"},
        lined=True,
    ),
)
FACTS = list_of(FACT)
