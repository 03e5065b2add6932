"""What is under way in a workspace, and waiting until nothing is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any


class Activity:
    """Counts what is open, wakes those who wait, keeps the tasks it was given."""

    def __init__(self) -> None:
        self.version = 0  # goes up with every change
        self.closed = False
        self.log: list[object] = []  # deliveries and calls, in the order they began
        self._open: dict[int, str] = {}
        self._next = 0
        self._changed = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._failed: list[BaseException] = []

    def note(self) -> None:
        """Something changed: wakes everybody who waits."""
        self.version += 1
        self._changed.set()
        self._changed = asyncio.Event()

    @contextmanager
    def under_way(self, what: str) -> Iterator[None]:
        """Holds `what` open for as long as the block runs."""
        self._next += 1
        key = self._next
        self._open[key] = what
        self.note()
        try:
            yield
        finally:
            del self._open[key]
            self.note()

    def run(self, work: Coroutine[Any, Any, Any], what: str) -> None:
        """Runs `work` beside everything else, held open until it is done."""

        async def held() -> None:
            with self.under_way(what):
                await work

        task = asyncio.ensure_future(held())
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self._failed.append(error)
            self.note()

    async def changed(self) -> None:
        """Returns at the next change."""
        await self._changed.wait()

    async def until(
        self, condition: Callable[[], object], seconds: float, what: str = "it"
    ) -> None:
        """Waits until the condition holds; raises TimeoutError naming what is still open."""
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    self._raise_failed()
                    await self._changed.wait()
        except TimeoutError:
            still = ", ".join(sorted(self._open.values())) or "nothing"
            raise TimeoutError(
                f"waited {seconds} s for {what} in vain; under way: {still}"
            ) from None

    async def settled(self, seconds: float, quiet: float) -> None:
        """Waits until nothing has been under way for `quiet` seconds on end.

        Raises TimeoutError after `seconds`, and what a task of the workspace's own raised.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while True:
            left = end - loop.time()
            await self.until(lambda: not self._open, left, "the workspace to settle")
            version = self.version
            try:
                async with asyncio.timeout(quiet):
                    await self._changed.wait()
            except TimeoutError:
                if version == self.version:
                    self._raise_failed()
                    return

    def _raise_failed(self) -> None:
        if self._failed:
            raise self._failed.pop()

    async def close(self) -> None:
        """Ends the tasks that are still running."""
        self.closed = True
        self.note()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
