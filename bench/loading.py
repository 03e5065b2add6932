"""What loading everything costs, over an interpreter that has imported yaml.

Run `python bench/loading.py`. Each run is a fresh interpreter; the best of several counts, as
anything else on the machine only adds. Exits 1 where loading is over the bar; what importing
the code costs (most of it markdown-it and dataclasses) is shown beside it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

RUNS = 15
CPU_MS = 60  # a terminal answer should not wait longer for data than for Python itself to start
MEMORY_MIB = 12  # several workers share a small host

# Peak memory counts, so what is only needed while reading is not hidden.
_MEASURE = """
import json, resource, time, yaml

def now():
    return time.process_time() * 1e3, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

start = now()
from knowledge.load import load_knowledge
imported = now()
knowledge = load_knowledge()
loaded = now()
print(json.dumps([start, imported, loaded]))
"""


def measured() -> list[tuple[float, float, float, float]]:
    """Import and load, each in ms of CPU and MiB, for each run."""
    runs = []
    for _ in range(RUNS):
        done = subprocess.run(
            [sys.executable, "-c", _MEASURE],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            cwd=Path(__file__).parent.parent,
        )
        start, imported, loaded = json.loads(done.stdout)
        runs.append(
            (
                imported[0] - start[0],
                imported[1] - start[1],
                loaded[0] - imported[0],
                loaded[1] - imported[1],
            )
        )
    return runs


def main() -> int:
    """Prints the figures; 1 where a bar is passed."""
    import_ms, import_mib, load_ms, load_mib = (
        min(column) for column in zip(*measured(), strict=True)
    )
    print(f"importing: {import_ms:5.1f} ms CPU, {import_mib:4.1f} MiB")
    print(f"loading:   {load_ms:5.1f} ms CPU, {load_mib:4.1f} MiB")
    print(f"bar:       {CPU_MS:5.1f} ms CPU, {MEMORY_MIB:4.1f} MiB")
    return int(load_ms > CPU_MS or load_mib > MEMORY_MIB)


if __name__ == "__main__":
    raise SystemExit(main())
