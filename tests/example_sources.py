"""Sources made up for the tests of rendering: dated by a month, of a past year, undated."""

from __future__ import annotations

import datetime

from knowledge.dates import When
from knowledge.facts import Source

CBP = Source(
    id="cbp-2023",
    publisher="U.S. Customs and Border Protection",
    title="Mutual Recognition <Arrangements> & more",
    grade="A",
    read=datetime.date(2023, 5, 2),
    published=When(2023, 4),
    url="https://www.cbp.example/mra?a=1&b=<2>|3",
)
KCS = Source(
    id="kcs",
    publisher="Korea Customs Service",
    title="AEO MRA status",
    grade="B",
    read=datetime.date(2023, 5, 3),
    speaks_for=When(2022),
    copy="https://mirror.example/never-shown",
)
UNDATED = Source(
    id="leaflet", publisher="Somebody", title="A leaflet", grade="C", read=datetime.date(2023, 5, 4)
)
