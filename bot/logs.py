"""The log: one JSON object a line on standard error, as hosts collect it.

Everything logged while a delivery is handled carries that delivery's request id, team and
channel. Tokens and response URLs are taken out of every line, wherever they came from.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from structlog.typing import EventDict, WrappedLogger

# What opens something at Slack: tokens of all kinds, response URLs, webhooks; and what the
# database's address has between its colon and its at sign.
_SECRETS = re.compile(
    r"xox[a-z]+[.-][\w.%-]+|xapp-[\w.%-]+|(?<=hooks\.slack\.com/)[^\s\"'\\]+"
    r"|(?<=://)[^\s\"'/@:]*:[^\s\"'/@]+(?=@)|(?<=Bearer )[\w.~+/=-]+"
)
_HIDDEN = "[hidden]"


def log_as_json(level: str, *, with_messages: bool) -> None:
    """Sets up logging; where it is set up already, that stands.

    An exception's message may repeat what a user typed: it is left out unless `with_messages`.
    """

    def error(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        info = event.pop("exc_info", None)
        if isinstance(info, tuple) and info[1] is not None:
            found = info[1]
            event["error"] = (
                f"{type(found).__name__}: {found}" if with_messages else (type(found).__name__)
            )
            event["traceback"] = "".join(traceback.format_tb(found.__traceback__))
        event.pop("color_message", None)  # uvicorn's, for terminals
        return event

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(),
                structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                error,
                structlog.processors.EventRenamer("message"),
                _rendered,
            ],
        )
    )
    logging.basicConfig(level=level, handlers=[handler])


def _rendered(_: WrappedLogger, __: str, event: EventDict) -> str:
    return _SECRETS.sub(_HIDDEN, json.dumps(event, default=repr))


@contextmanager
def request(**known: str) -> Iterator[None]:
    """Everything logged inside, and by what is started inside, carries what is known."""
    with structlog.contextvars.bound_contextvars(**{k: v for k, v in known.items() if v}):
        yield
