"""A register that is exchanged while it answers: an edit that is sound replaces it at once and
whole; one that is not is refused, and the register before it goes on answering."""

from __future__ import annotations

import gc
import hashlib
import logging
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Literal

from bot import metrics
from bot.answer import Answer
from bot.catalogue import Catalogue
from bot.conversation import Conversation, Turn
from bot.memory import Memory
from bot.question import Question
from knowledge.files import DataErrors
from knowledge.model import Knowledge

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 0.5  # between two looks at the files; about a millisecond of work each
_MOST_ERRORS = 20  # logged of a refused edit; `mra-bot check` shows all
_READ = frozenset({".yaml", ".md", ".json", ".txt"})  # what a register is loaded from


class Reloading:
    """Answers from the register loaded last. Each turn is of one register from end to end."""

    def __init__(self, load: Callable[[], Conversation]) -> None:
        """Raises what `load` raises: without a first register there is nothing to answer."""
        self._load = load
        with _beside_answering():
            self._current = load()
            _ = self._current.catalogue  # made on first use, which nobody's question shall wait for
        _count(self._current.knowledge)

    @property
    def knowledge(self) -> Knowledge:
        """The register that answers now."""
        return self._current.knowledge

    @property
    def catalogue(self) -> Catalogue:
        """As Conversation.catalogue."""
        return self._current.catalogue

    def ask(self, text: str, memory: Memory | None = None, addressed: bool = True) -> Turn:
        """As Conversation.ask."""
        return self._current.ask(text, memory, addressed)

    def answer(self, questions: Sequence[Question]) -> Answer:
        """As Conversation.answer."""
        return self._current.answer(questions)

    def offering(self, answer: Answer) -> Answer:
        """As Conversation.offering."""
        return self._current.offering(answer)

    def reload(self) -> bool:
        """Loads again, and answers from that from now on; False where it was refused."""
        with _beside_answering():
            return self._replaced()

    def _replaced(self) -> bool:
        try:
            found = self._load()
            _ = found.catalogue
        except DataErrors as refused:
            _log.error(
                "the edited register is refused for %d errors; the one before it goes on answering",
                len(refused.errors),
            )
            for error in refused.errors[:_MOST_ERRORS]:
                _log.error("%s", error, extra={"file": error.file, "line": error.line})
            metrics.register_refused()
            return False
        except Exception:  # whatever a file may hold or lack, who asks is answered
            _log.exception("the register can't be loaded; the one before it goes on answering")
            metrics.register_refused()
            return False
        self._current = found
        _count(found.knowledge)
        _log.info("loaded the register again", extra={"evidence": found.knowledge.us_evidence})
        return True


def _count(knowledge: Knowledge) -> None:
    metrics.register_loaded({"us": knowledge.us_evidence, "world": knowledge.world_evidence})


@contextmanager
def _beside_answering() -> Iterator[None]:
    """Loads without keeping those waiting who are answered meanwhile.

    A register is some 400,000 objects. Python would look through all of them for garbage several
    times while another is loaded, and again now and then for ever: each time everybody waits 0.1
    seconds. So it looks once, at the end, and leaves the rest alone after that. And the thread
    that answers is let in ten times as often as usual.
    """
    interval = sys.getswitchinterval()
    sys.setswitchinterval(interval / 10)
    gc.disable()
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        gc.unfreeze()
        gc.collect()  # the register before
        gc.freeze()
        gc.enable()


class Watch:
    """Reloads in a thread of its own: when told to, and when files change if it looks at any.

    `files` gives the files to look at, anew with every look; without it none are.
    """

    def __init__(
        self,
        reloading: Reloading,
        files: Callable[[], Iterable[Path]] | None = None,
        *,
        look_seconds: float = _LOOK_SECONDS,
    ) -> None:
        self._reloading = reloading
        self._files = files
        self._look_seconds = look_seconds if files else None
        self._loaded = self._state()
        # A signal may come while the one before it is noted: only this queue bears that.
        self._told: SimpleQueue[Literal["reload", "end"]] = SimpleQueue()

    def reload_soon(self) -> None:
        """Asks for a reload; safe to call from a signal's handler."""
        self._told.put("reload")

    @contextmanager
    def running(self) -> Iterator[None]:
        """Watches while what is inside goes on."""
        thread = threading.Thread(target=self._run, name="register", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._told.put("end")
            thread.join()

    def _run(self) -> None:
        seen = self._loaded
        while True:
            try:
                if self._told.get(timeout=self._look_seconds) == "end":
                    return
                self._loaded = seen = self._state()
                self._reloading.reload()
            except Empty:
                before, seen = seen, self._state()
                # Looked at twice alike: nobody is in the midst of writing.
                if before == seen != self._loaded:
                    self._loaded = seen
                    self._reloading.reload()

    def _state(self) -> str:
        """Tells one state of the files from another, without reading them."""
        state = hashlib.sha256()
        for path in self._files() if self._files else ():
            try:
                found = path.stat()
            except OSError:
                continue
            state.update(f"{path}\0{found.st_mtime_ns}\0{found.st_size}\0{found.st_ino}\n".encode())
        return state.hexdigest()


def files_of(register: Path, folder: Path) -> list[Path]:
    """What a register is loaded from: its own file, and what lies in the folder beside it."""
    beside = (path for path in folder.rglob("*") if path.suffix in _READ)
    return [register, *sorted(path for path in beside if path != register)]
