"""What Slack says when it does not do what it was asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]


class Refusal(Exception):
    """An error by Slack's name, with the details Slack gives beside it."""

    def __init__(self, error: str, messages: Sequence[str] = (), **details: Any) -> None:
        super().__init__(": ".join([error, *messages]))
        self.error = error
        self.messages = tuple(messages)
        self.details = details

    def answer(self) -> Json:
        """The body of the Web API's answer."""
        body: Json = {"ok": False, "error": self.error, **self.details}
        if self.messages:
            body["errors"] = list(self.messages)
            body["response_metadata"] = {"messages": [f"[ERROR] {m}" for m in self.messages]}
        return body
