"""Said in a thread without a mention: what is surely for the bot, and what colleagues say."""

from __future__ import annotations

import pytest

from bot.answer import Answer, Silence
from tests.talking import conversation

HEARD = [
    *("since when?", "and Japan?", "ok and Mexico", "program name pls", "same for Peru"),
    *("so Chile isn't?", "does it cover importers?", "ok what's the signing date then"),
    *("what do I need to claim it?", "are you sure?", "y Japón?", "what do they call it?"),
]
TALK = [
    *("Dave did you send the Korea PO?", "is anyone joining the Korea call at 3?"),
    *("has Korea shipped yet?", "who owns this account?", "not sure that helps us"),
    *("any update on the shipment?", "which vendor was it?", "why did we stop using them?"),
    *(
        "let's drop Vietnam",
        "is that for real?",
        "who signed off on the budget?",
        "same here",
        "ours or theirs?",
        "when is it due?",
    ),
    *("is the Mexico warehouse done?", "anyone been to Israel?", "do they have AEO?? ask them"),
    *("Priya: can you check with Japan?", "what's our exposure in Taiwan?"),
]


@pytest.mark.parametrize("text", HEARD)
def test_what_goes_on_is_heard(text: str) -> None:
    opened = conversation().ask("is Korea covered?")
    assert isinstance(conversation().ask(text, opened.memory, addressed=False).said, Answer)


@pytest.mark.parametrize("text", TALK)
def test_talk_is_left_alone(text: str) -> None:
    opened = conversation().ask("is Korea covered?")
    assert isinstance(conversation().ask(text, opened.memory, addressed=False).said, Silence)
