"""What came of a run of the fault suite, and what of it must not be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.playground import Message, StandInWorkspace
from bot.playground.deliveries import Delivery

# While these last, whoever types a command may have nobody to answer it.
_DEAFENING = ("SIGKILL", "SIGTERM", "connections cut")
_GRACE = 3.0  # seconds: Slack's patience, and the longest that it takes to post here


@dataclass(frozen=True)
class Outage:
    """A fault with a beginning and an end, in seconds since the epoch."""

    name: str
    start: float
    end: float

    def overlaps(self, start: float, end: float) -> bool:
        return self.start <= end and start <= self.end


@dataclass(frozen=True)
class Question:
    """Something that is to be answered exactly once, in its place."""

    kind: str
    said: Message
    thread_ts: str | None  # where the answer belongs
    about: str  # in every right answer

    def __str__(self) -> str:
        return f"{self.kind}: {self.said.ts} in {self.said.channel}"


@dataclass(frozen=True)
class Command:
    """A command, answered at once or not at all."""

    delivery: Delivery
    start: float
    end: float
    about: str


@dataclass
class Outcome:
    """What came of it."""

    questions: list[Question] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    outages: list[Outage] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)  # where Slack's own answer was cut off
    doubled_for_nothing: list[str] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)  # commands, by the fault that did it
    failed_for_nothing: list[str] = field(default_factory=list)
    in_flight: dict[str, int] = field(default_factory=dict)
    tracebacks: list[str] = field(default_factory=list)
    registers_refused: int = 0
    seconds: float = 0.0

    def wrong(self) -> dict[str, Any]:
        """What must not be; nothing, where all is well."""
        untouched = self.faults["poisoned registers"] > self.registers_refused
        found = {
            "lost": self.lost,
            "doubled": self.doubled_for_nothing,
            "misplaced": self.misplaced,
            "commands failed": self.failed_for_nothing,
            "left in flight": {name: n for name, n in self.in_flight.items() if n},
            "tracebacks": self.tracebacks,
            "poisoned registers that nobody refused": untouched,
        }
        return {name: what for name, what in found.items() if what}

    def __str__(self) -> str:
        asked = Counter(question.kind for question in self.questions)
        asked["commands"] = len(self.commands)
        doubled = len(self.doubled) + len(self.doubled_for_nothing)
        return (
            f"{asked.total()} asked {dict(asked)}; {len(self.lost)} lost, {doubled} doubled "
            f"({len(self.doubled_for_nothing)} for nothing), {len(self.misplaced)} misplaced; "
            f"commands failed {dict(self.failed)} and {len(self.failed_for_nothing)} for nothing; "
            f"{len(self.tracebacks)} tracebacks; left {self.in_flight}; "
            f"faults {dict(self.faults)}; {self.seconds:.0f} s"
        )

    # Counting

    def count_answers(self, ws: StandInWorkspace) -> None:
        """Finds the answers to each question, by the key that each carries."""
        answers: dict[str, list[Message]] = {}
        for message in ws.workspace.messages:
            if message.from_app and message.metadata:
                key = message.metadata["event_payload"]["key"]
                answers.setdefault(key, []).append(message)
        cut_off = {
            call.arguments["metadata"]["event_payload"]["key"]
            for call in ws.calls_of("chat.postMessage")
            if call.ok and call.status is None
        }
        for question in self.questions:
            said = question.said
            key = f"message:{ws.team_id}:{said.channel}:{said.ts}"
            found = answers.get(key, [])
            if not found:
                self.lost.append(f"{question}, told {_told(ws, said)}")
            elif len(found) > 1:
                cut = "its reply" if key in cut_off else self._killed_beside(found[0])
                excused = len(found) == 2 and cut
                what = f"{question}, told {_told(ws, said)}: {[m.ts for m in found]}, cut: {cut}"
                (self.doubled if excused else self.doubled_for_nothing).append(what)
            if any(m.thread_ts != question.thread_ts or question.about not in m.shown
                   for m in found):  # fmt: skip
                self.misplaced.append(str(question))

    def count_commands(self) -> None:
        """Finds why commands failed."""
        for command in self.commands:
            delivery, start, end = command.delivery, command.start, command.end
            if not delivery.error:
                if command.about not in delivery.shown:
                    self.misplaced.append(f"a command: {delivery.shown!r}")
                continue
            by = [o for o in self._of(_DEAFENING) if o.overlaps(start, end)]
            if by:
                self.failed[by[0].name] += 1
            else:
                last = [o for o in self.outages if o.start <= end][-2:]
                beside = ", ".join(f"{o.name} {start - o.end:+.2f} s" for o in last)
                took = f"after {end - start:.2f} s"
                self.failed_for_nothing.append(
                    f"{delivery.error} ({delivery.attempts[-1].reason}) {took}; before: {beside}"
                )

    def count_logged(self, lines: Iterable[str]) -> None:
        """Finds tracebacks, and registers that were refused."""
        for line in lines:
            if "raceback" in line or 'File \\"' in line or line.startswith('  File "'):
                self.tracebacks.append(line[:2_000])
            self.registers_refused += "register is refused" in line

    def _killed_beside(self, answer: Message) -> str:
        """When a process was killed that may have posted this and not noted it; "" for never."""
        posted = float(answer.ts)
        kills = [kill.start for kill in self._of(["SIGKILL"])]
        return next((f"killed at {kill}" for kill in kills if abs(kill - posted) <= _GRACE), "")

    def _of(self, names: Sequence[str]) -> list[Outage]:
        return [outage for outage in self.outages if outage.name in names]


def _told(ws: StandInWorkspace, said: Message) -> list[list[object]]:
    """What Slack was told of each delivery of a message, attempt by attempt."""
    return [
        [attempt.status or attempt.reason for attempt in delivery.attempts]
        for delivery in ws.deliveries
        if delivery.payload.get("event", {}).get("ts") == said.ts
    ]
