"""What every command works with: the register and the day that were asked for."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Mapping
from pathlib import Path

from bot.conversation import Conversation
from knowledge.load import load_knowledge
from knowledge.model import Knowledge

WRONG_USAGE = 2  # exit code
DATA_ERROR = 1


class Usage(Exception):
    """Wrong usage that the parser could not see."""


def register_path_of(arguments: argparse.Namespace, environ: Mapping[str, str]) -> Path | None:
    """A register of one's own, or None for the one that comes with the program."""
    return arguments.data or (Path(environ["MRA_DATA"]) if environ.get("MRA_DATA") else None)


def knowledge_of(arguments: argparse.Namespace, environ: Mapping[str, str]) -> Knowledge:
    """The register, loaded; raises DataErrors."""
    return load_knowledge(register_path_of(arguments, environ))


def conversation_of(arguments: argparse.Namespace, environ: Mapping[str, str]) -> Conversation:
    """A conversation over the register, for the day given or today; raises DataErrors."""
    return Conversation(
        knowledge_of(arguments, environ),
        today=datetime.date.today,
        as_of=getattr(arguments, "as_of", None),
    )
