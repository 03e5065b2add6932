"""Who may read the metrics: who has the token; where there is none, this machine alone."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Iterable
from typing import NamedTuple

# What proxies say of whom they pass on.
_FORWARDED_FAMILY = b"x-forwarded"
_FORWARDED = (b"forwarded", b"via", b"x-real-ip", b"x-client-ip", b"x-cluster-client-ip",
              b"true-client-ip", b"cf-connecting-ip", b"fastly-client-ip")  # fmt: skip


class Refusal(NamedTuple):
    """An HTTP status, and why."""

    status: int
    why: str


def refusal(host: str, headers: Iterable[tuple[bytes, bytes]], token: str) -> Refusal | None:
    """Why the metrics are not shown to whoever asks from this host, or None.

    `token` is the operator's; with an empty one only this machine's own requests are let in,
    and none that a proxy on it has passed on from elsewhere.
    """
    headers = list(headers)
    if token:
        given = [value for name, value in headers if name == b"authorization"]
        if len(given) == 1 and hmac.compare_digest(given[0], b"Bearer " + token.encode()):
            return None
        return Refusal(401, "the metrics need their token")
    forwarded = any(name.startswith(_FORWARDED_FAMILY) or name in _FORWARDED for name, _ in headers)
    if not forwarded and _is_loopback(host):
        return None
    return Refusal(403, "the metrics are for this machine alone; set METRICS_TOKEN")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
