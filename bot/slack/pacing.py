"""One message a second in each channel, as Slack asks, with some at once after a quiet time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

_PER_SECOND = 1.0  # Slack's limit for a channel
_BURST = 8.0  # Slack tolerates short bursts; a busy thread seldom needs more
_CHANNELS = 10_000  # a channel forgotten only has its burst again


@dataclass(slots=True)
class _Channel:
    left: float
    at: float


class Pace:
    """When the next message may go to a channel."""

    def __init__(self, seconds: Callable[[], float] = monotonic) -> None:
        self._seconds = seconds
        self._channels: OrderedDict[tuple[str, str], _Channel] = OrderedDict()

    def pause(self, team: str, channel: str) -> float:
        """0.0 where a message may go now, which counts it; else how long to wait."""
        known = self._channel(team, channel)
        if known.left >= 1:
            known.left -= 1
            return 0.0
        return (1 - known.left) / _PER_SECOND

    def hold(self, team: str, channel: str, seconds: float) -> None:
        """Slack has asked for a pause; after it messages go one by one."""
        known = self._channel(team, channel)
        known.left = min(known.left, 1 - seconds * _PER_SECOND)

    def _channel(self, team: str, channel: str) -> _Channel:
        now = self._seconds()
        known = self._channels.setdefault((team, channel), _Channel(_BURST, now))
        self._channels.move_to_end((team, channel))
        known.left = min(_BURST, known.left + (now - known.at) * _PER_SECOND)
        known.at = now
        while len(self._channels) > _CHANNELS:
            self._channels.popitem(last=False)
        return known
