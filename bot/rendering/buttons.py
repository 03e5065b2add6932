"""Buttons that ask: what each carries, and how that is read when it comes back with a click."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import dataclass

from bot.answer import Choice
from bot.rendering.blocks import Json, plain_text
from bot.rendering.characters import cut, one_line, size
from bot.rendering.limits import limit

_LONG = 1_200  # characters of a value; four such beside each other leave a page its room
_QUESTION = 150  # of a question that is carried as it was understood: to be shown, not read
_DEFLATED = "z"  # how a deflated value begins; JSON begins with {
_MOST = 100_000  # characters that a value is inflated to; no message of Slack's is as long


@dataclass(frozen=True, slots=True)
class Shared:
    """A question and the carried memory that it was read with: asks the same once more.

    `read_as` are the questions it was understood as, as JSON, and `after` the carried memory
    after them: for a text that is too long for a button, or of which only the beginning is left.
    """

    question: str
    carry: str = ""
    read_as: tuple[str, ...] = ()
    after: str = ""
    cut: bool = False

    def button(
        self, label: str, action: str, *, start: int | None = None, style: str = ""
    ) -> Json | None:
        """A button that asks it once more, from the place `start` in its answer on; None where
        Slack could not hold it."""
        place = {} if start is None else {"start": start}
        value = value_of({"say": self.question, "carry": self.carry} | place)
        if self.cut or (size(value) > _LONG and self.read_as):
            shown = {"say": cut(self.question, _QUESTION), "read_as": self.read_as}
            value = value_of(shown | {"carry": self.after} | place)
        return _button(label, action, value, style)


def ask_button(choice: Choice, action: str, *, carry: str = "") -> Json | None:
    """A button that asks a question; None where Slack could not hold its text or value.

    `carry` comes back with the click: what a message that no thread remembers needs.
    """
    return _button(choice.label, action, value_of({"say": choice.say, "carry": carry}))


def _button(label: str, action: str, value: str, style: str = "") -> Json | None:
    label = one_line(label)
    if not label or size(value) > limit("button.value"):
        return None
    made: Json = {
        "type": "button",
        "action_id": action,
        "text": plain_text(label, limit("button.text")),
        "value": value,
    }
    return made | ({"style": style} if style else {})


def value_of(carried: Json) -> str:
    """What a button carries, as its value; deflated where it is long."""
    value = json.dumps(carried, ensure_ascii=False)
    for character in "&<>":  # Slack may escape these on the way, JSON's escapes stay
        value = value.replace(character, f"\\u{ord(character):04x}")
    data = value.encode("utf-8", "replace")  # lone surrogates
    value = data.decode()
    if size(value) <= _LONG:
        return value
    return _DEFLATED + base64.urlsafe_b64encode(zlib.compress(data, 9)).decode()


def carried_by(value: str) -> Json:
    """What `value_of` wrote; raises ValueError for anything else."""
    try:
        if value.startswith(_DEFLATED):
            data = base64.b64decode(value.removeprefix(_DEFLATED), b"-_", validate=True)
            value = zlib.decompressobj().decompress(data, _MOST).decode()
        carried = json.loads(value)
    except (binascii.Error, zlib.error, RecursionError):
        raise ValueError("no value of a button") from None
    if not isinstance(carried, dict):
        raise ValueError("no value of a button")
    return carried
