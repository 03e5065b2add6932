"""The same questions in eleven ways of writing, about every partner by its name there."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.rendering import to_object
from tests.register_copies import known
from tests.talking import conversation

SAYINGS: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "sayings" / "languages.yaml").read_text("utf-8")
)
ASKED = [
    (lang, topic, saying)
    for lang, topics in SAYINGS.items()
    for topic, sayings in topics.items()
    for saying in sayings
]
SAME = {"detail": "status"}  # all about one says whether there is one


@pytest.mark.parametrize(("lang", "topic", "saying"), ASKED)
def test_a_question_about_every_partner(lang: str, topic: str, saying: str) -> None:
    register, names = known(), known().names.display[lang]
    wrong = []
    for arrangement in register.held_on(register.us_evidence):
        partner = register.partner(arrangement)
        asked = saying.format(names[partner])
        said = to_object(conversation().ask(asked).said)
        if (SAME.get(said["topic"], said["topic"]), said["partners"]) != (topic, [partner]):
            wrong.append((asked, said["topic"], said["partners"]))
    assert wrong == []
