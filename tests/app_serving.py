"""Serving the app as `mra-bot slack` does, with what the fault suite scales down.

This is imported once, in the process that those of the suite are forked from: so one is started
again as fast as Slack's retries come, which are scaled down too.
"""

from __future__ import annotations

import datetime
import itertools
import signal
import time
from pathlib import Path

from bot.conversation import Conversation
from bot.database import Database
from bot.reloading import Reloading, Watch
from bot.serving import serve_http, serve_socket
from bot.settings import Settings
from bot.sql_store import SqlStore
from knowledge.load import load_knowledge
from tests.app_processes import Serving


def _conversation(register: Path | None = None) -> Conversation:
    return Conversation(load_knowledge(register), today=datetime.date.today)


_SHIPPED = _conversation()
_ = _SHIPPED.catalogue


def serve(serving: Serving, skew: float, port: int) -> None:
    """Until SIGTERM; `skew` is how far the clock is ahead. SIGHUP reads the register again."""
    loads = itertools.chain(
        [lambda: _SHIPPED], itertools.repeat(lambda: _conversation(serving.register))
    )
    reloading = Reloading(lambda: next(loads)())
    watch = Watch(reloading)
    signal.signal(signal.SIGHUP, lambda *_: watch.reload_soon())
    settings = Settings(
        "xoxb-stand-in",
        "signing-secret",
        "xapp-stand-in",
        serving.api_url,
        port=port,
        log_level="WARNING",
    )
    serve_over = serve_http if serving.transport == "http" else serve_socket
    store = SqlStore(Database(serving.database_url), lease=serving.lease)
    with watch.running():
        serve_over(settings, reloading, store, clock=lambda: time.time() + skew)
