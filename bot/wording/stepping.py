"""What can be asked next: the questions that fit an answer, where any do."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answer import Answer, Choice
from bot.wording.common import capital
from knowledge.arrangements import Arrangement
from knowledge.model import Knowledge

_ABOUT_ONE = frozenset(
    ["status", "detail", "signed_date", "program", "agency", "claim", "benefits", "eligibility"]
)
_ABOUT_SEVERAL = frozenset(["list", "count", "order", "compare"])
_ALL = Choice("Show all", "List all arrangements")
_COVERED = Choice("Who is covered", "List all arrangements")
_HOW = Choice("How one comes about", "How does an arrangement come about?")
_HELP = Choice("What can be asked", "help")


def with_next_steps(answer: Answer, knowledge: Knowledge) -> Answer:
    """The answer with the questions that follow from it; others keep those they came with."""
    held = knowledge.held_on(answer.as_of)
    if answer.topic in _ABOUT_ONE and len(answer.partners) == 1:
        place = knowledge.place_on(answer.partners[0], answer.as_of)
        if place is not None:
            return answer.followed_by(_about(answer.topic, place, held, knowledge))
    if answer.next_steps or answer.choices:
        return answer
    return answer.followed_by(_otherwise(answer, held, knowledge))


def _otherwise(
    answer: Answer, held: tuple[Arrangement, ...], knowledge: Knowledge
) -> tuple[Choice, ...]:
    """The questions after an answer about nobody with an arrangement, or about several."""
    if answer.topic in _ABOUT_SEVERAL:
        return _among(answer, held, knowledge)
    if answer.topic in _ABOUT_ONE and answer.partners:
        covered = [code for code, verdict in answer.verdicts.items() if verdict == "yes"]
        if not covered:
            return (_COVERED, _HOW)
        steps = () if len(covered) < 2 else (_side_by_side(covered, knowledge),)
        return (*steps, _ALL)
    if answer.topic == "pair":
        names = [knowledge.economy(code).in_sentence for code in answer.partners[:2]]
        return tuple(
            Choice(
                f"{capital(name)} and the U.S.", f"Does the U.S. have an arrangement with {name}?"
            )
            for name in names
        )
    if answer.topic in ("off_topic", "ambiguous"):
        return (_HELP, _COVERED)
    return ()


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
        steps.append(_side_by_side(answer.selected, knowledge))
    if answer.topic == "compare" or len(answer.selected) < len(held):
        steps.append(_ALL)
    return tuple(steps)


def _side_by_side(codes: Sequence[str], knowledge: Knowledge) -> Choice:
    """The comparison of the first two."""
    first, second = (knowledge.economy(code).in_sentence for code in codes[:2])
    return Choice(f"Compare {first} and {second}", f"Compare {first} and {second}")
