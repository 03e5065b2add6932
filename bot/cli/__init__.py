"""The command `mra-bot`: the only place that reads the environment, the clock and the arguments."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from bot.cli.arguments import parser
from bot.cli.given import DATA_ERROR, WRONG_USAGE, Usage
from knowledge.files import DataErrors

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return int(arguments.run(arguments, os.environ))
    except DataErrors as errors:
        sys.stderr.write(f"{errors}\n")
        return DATA_ERROR
    except Usage as error:
        sys.stderr.write(f"mra-bot {arguments.command}: {error}\n")
        return WRONG_USAGE
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader has gone; nothing more can be said, and Python must not try at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
