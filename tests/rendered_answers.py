"""The messages that answers of every kind are pinned as in tests/renderings.

`python -m tests.rendered_answers` pins them anew: read the difference before you keep it.
"""

from __future__ import annotations

import json
from pathlib import Path

from bot.answer import Answer
from bot.rendering import Asked, Message, Shared, to_sheet, to_slack, to_text
from knowledge.prose import Table
from tests.example_answers import ANSWERS, DATED, DAY
from tests.example_sources import CBP

RENDERINGS = Path(__file__).parent / "renderings"

MANY = Answer(
    topic="list",
    headline="120 arrangements are on record.",
    as_of=DAY,
    body=(
        Table(("Partner", "Signed"), tuple((f"Partner {n}", "June 2010") for n in range(1, 121))),
    ),
    citations=(CBP,),
    dated=DATED,
)
QUESTION = Shared("<@UBOT> which ones?")


def _csv(answer: Answer) -> Message:
    message = to_sheet(answer, QUESTION)
    assert message
    return message


# What a thread shows; then what else is made of an answer.
MESSAGES: dict[str, Message] = {
    **{name: to_slack(answer, again=QUESTION) for name, answer in ANSWERS.items()},
    "to the asker alone": to_slack(ANSWERS["status yes"], shares=Shared("korea"), carry="{}"),
    "shared": to_slack(
        ANSWERS["status yes"], asked=Asked("U1", "is korea in?", "shared"), again=QUESTION
    ),
    "long list": to_slack(MANY, again=QUESTION),
    "long list, next page": to_slack(MANY, again=QUESTION, start=99),
    "long list, next page in place": to_slack(MANY, shares=QUESTION, start=99),
    "as CSV": _csv(ANSWERS["list"]),
}


if __name__ == "__main__":
    for path in RENDERINGS.iterdir():
        path.unlink()
    for name, message in MESSAGES.items():
        made = json.dumps(list(message.blocks), ensure_ascii=False, indent=1)
        (RENDERINGS / f"{name}.json").write_text(made + "\n", encoding="utf-8")
        text = to_text(ANSWERS[name]) if name in ANSWERS else message.text
        (RENDERINGS / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
