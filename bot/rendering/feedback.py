"""Thumbs under an answer: whether it helped.

Where everybody sees the answer they are Slack's feedback buttons. Slack documents none for
messages that only one person sees: there plain buttons stand in.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.answer import Answer
from bot.rendering.blocks import Json, plain_text
from bot.rendering.buttons import value_of
from bot.rendering.characters import cut, size
from bot.rendering.limits import limit

FEEDBACK = "feedback"  # the action of both kinds; plain buttons add which one they are
_UNRATED = frozenset({"help", "smalltalk"})  # nothing in them can be right or wrong
_QUESTION = 300  # characters; a longer one is a pasted text, which says no more whole
_PARTNERS = 20  # of a pasted list of a hundred
_BUTTONS = (
    # key of the feedback element, label, what screen readers say
    ("positive_button", "Helpful", "This answer was helpful"),
    ("negative_button", "Not helpful", "This answer was not helpful: say what was wrong"),
)


def feedback(answer: Answer, question: str, *, private: bool) -> Json | None:
    """The block with both thumbs; None for an answer that nobody rates.

    `private` is for a message that only one person sees.
    """
    if answer.topic in _UNRATED:
        return None
    element: Json = {"type": "feedback_buttons", "action_id": FEEDBACK}
    for key, label, spoken in _BUTTONS:
        element[key] = {
            "text": plain_text(label, limit("button.text")),
            "accessibility_label": spoken,
            "value": "",
        }
    element["positive_button"]["value"] = value_of({"say": "", "carry": "", "helped": True})
    element["negative_button"]["value"] = _about(answer, question)
    block: Json = {"type": "context_actions", "elements": [element]}
    return _plain(block) if private else block


def in_private(made: Iterable[Json]) -> list[Json]:
    """The blocks for a message that only one person sees: plain buttons for the thumbs."""
    return [_plain(block) if block["type"] == "context_actions" else block for block in made]


def _about(answer: Answer, question: str) -> str:
    """What is known of an answer that did not help, as a button's value."""
    about: Json = {
        "carry": "",
        "topic": answer.topic,
        "partners": answer.partners[:_PARTNERS],
        "helped": False,
    }
    whole = value_of({"say": cut(question, _QUESTION), **about})
    return whole if size(whole) <= limit("button.value") else value_of({"say": "", **about})


def _plain(block: Json) -> Json:
    [element] = block["elements"]
    return {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": f"{FEEDBACK}:{key}", **element[key]}
            for key, *_ in _BUTTONS
        ],
    }
