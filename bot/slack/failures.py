"""What users and operators are told when something breaks: one reference id joins both."""

from __future__ import annotations

import logging
import secrets
import traceback

from bot import metrics
from bot.rendering import Message
from bot.rendering.blocks import section
from bot.slack.posting import NotPosted
from bot.store import StoreUnreachable

_log = logging.getLogger(__name__)


def report(error: BaseException, doing: str, *, with_message: bool) -> str:
    """Logs an error and returns the reference id that its line begins with.

    The error's own message may repeat what a user typed: it is left out of the log unless
    `with_message` says otherwise.
    """
    reference = secrets.token_hex(4)
    frames = ""
    if not isinstance(error, NotPosted | StoreUnreachable):  # where these come from tells nothing
        frames = "\n" + "".join(traceback.format_tb(error.__traceback__)).rstrip()
    said = f": {error}" if with_message else ""
    _log.error(
        "reference %s: %s failed with %s%s%s",
        reference,
        doing,
        type(error).__name__,
        said,
        frames,
        extra={"reference": reference},
    )
    metrics.failure(doing)
    return reference


def apology(reference: str) -> Message:
    """One sentence for the user; it names no cause, for that is not theirs to mend."""
    text = (
        "Something went wrong on my side, so I have no answer. Please ask again; if it happens "
        f"once more, tell the people who run this app the reference {reference}."
    )
    return Message(text, (section(text),))
