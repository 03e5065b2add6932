"""Whether the advisory service can be asked: `make audit` has nothing to say where it can't.

Run `python -m tests.reachable`. Exits 0 where it can, else 1 and says so.
"""

from __future__ import annotations

import http.client
import json
import sys
import urllib.request

# What pip-audit asks of every package; this old one is known to have advisories. A mirror that
# serves packages alone has none, and there the audit could only fail for every package.
KNOWN = "https://pypi.org/pypi/pip/9.0.1/json"


def tells_advisories(address: str = KNOWN, seconds: float = 10) -> bool:
    """Whether an address answers with advisories; by the proxy of the environment, if any."""
    try:
        # The address is the one above, or a test's.
        with urllib.request.urlopen(address, timeout=seconds) as answer:
            return bool(json.load(answer)["vulnerabilities"])
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return False


if __name__ == "__main__":
    if not tells_advisories():
        print("the advisory service is out of reach: nothing was looked up", file=sys.stderr)
        raise SystemExit(1)
