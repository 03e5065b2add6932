"""Work that goes on beside the answering of requests, and is finished before leaving."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from time import monotonic
from typing import Any

_log = logging.getLogger(__name__)


class Tasks:
    """Tasks that are kept from being collected until they are done."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        """Starts work under a name for the log; an exception in it is logged, not raised."""
        task = asyncio.create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._finish)
        return task

    async def idle(self, seconds: float) -> None:
        """Returns once no work is under way, or after so many seconds."""
        end = monotonic() + seconds
        while self._running and (left := end - monotonic()) > 0:
            await asyncio.wait(set(self._running), timeout=left)

    async def drain(self, seconds: float) -> int:
        """Waits until all work is done, then cancels what is not; how much that was."""
        await self.idle(seconds)
        late = set(self._running)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return len(late)

    def _finish(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _log.error("%s failed: %s", task.get_name(), type(error).__name__)
