"""What can be asked next: the questions that fit an answer about one partner, or about several."""

from __future__ import annotations

from bot.answer import Answer, Choice
from knowledge.model import Arrangement, Knowledge

_ABOUT_ONE = frozenset(
    ["status", "detail", "signed_date", "program", "agency", "claim", "benefits", "eligibility"]
)
_ABOUT_SEVERAL = frozenset(["list", "count", "order", "compare"])
_ALL = Choice("Show all", "List all arrangements")


def with_next_steps(answer: Answer, knowledge: Knowledge) -> Answer:
    """The answer with the questions that follow from it; others keep those they came with."""
    held = knowledge.held_on(answer.as_of)
    if answer.topic in _ABOUT_ONE and len(answer.partners) == 1:
        places = (i for i, a in enumerate(held) if answer.partners[0] in a.parties)
        if (place := next(places, None)) is not None:
            return answer._replace(next_steps=_about(answer.topic, place, held, knowledge))
    if answer.topic in _ABOUT_SEVERAL and not answer.next_steps:
        return answer._replace(next_steps=_among(answer, held, knowledge))
    return answer


def _about(
    topic: str, place: int, held: tuple[Arrangement, ...], knowledge: Knowledge
) -> tuple[Choice, ...]:
    name = knowledge.economy(knowledge.partner(held[place])).in_sentence
    steps = []
    if topic != "signed_date":
        steps.append(Choice("When signed", f"When was the arrangement with {name} signed?"))
    if topic != "claim":
        claimed = f"How is the arrangement with {name} claimed on an entry?"
        steps.append(Choice("How to claim it", claimed))
    if compared := _compared(name, place, held, knowledge):
        steps.append(compared)
    return (*steps, _ALL)


def _compared(
    name: str, place: int, held: tuple[Arrangement, ...], knowledge: Knowledge
) -> Choice | None:
    """With the one signed right before it, or for the first with the one right after."""
    if len(held) < 2:
        return None
    other = held[place - 1 if place else 1]
    with_name = knowledge.economy(knowledge.partner(other)).in_sentence
    return Choice(f"Compare with {with_name}", f"Compare {name} and {with_name}")


def _among(
    answer: Answer, held: tuple[Arrangement, ...], knowledge: Knowledge
) -> tuple[Choice, ...]:
    """The first two of them side by side, and all where these are some."""
    steps = []
    if answer.topic != "compare" and len(answer.selected) > 1:
        first, second = (knowledge.economy(code).in_sentence for code in answer.selected[:2])
        steps.append(Choice(f"Compare {first} and {second}", f"Compare {first} and {second}"))
    if answer.topic == "compare" or len(answer.selected) < len(held):
        steps.append(_ALL)
    return tuple(steps)
