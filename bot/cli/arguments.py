"""What can be typed after `mra-bot`."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NoReturn

from bot.cli import asking, operating
from bot.cli.given import WRONG_USAGE


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"{self.prog}: {message}; try {self.prog} --help\n")
        raise SystemExit(WRONG_USAGE)


def parser() -> argparse.ArgumentParser:
    """The parser; what it parses holds `run`, the command's function."""
    parsed = _Parser(
        prog="mra-bot",
        description="Answers questions about CTPAT mutual recognition arrangements, "
        "with sources and dates.",
    )
    parsed.add_argument("--version", action="version", version=f"mra-bot {_version()}")
    commands = parsed.add_subparsers(
        dest="command", required=True, metavar="COMMAND", parser_class=_Parser
    )
    data = _Parser(add_help=False)
    data.add_argument("--data", type=Path, metavar="FILE",
                      help="a register of your own (or MRA_DATA)")  # fmt: skip
    day = _Parser(add_help=False)
    day.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="answer for that day")

    ask = commands.add_parser("ask", parents=[data, day], help="answer one question")
    ask.add_argument("question", nargs="*", metavar="QUESTION")
    form = ask.add_mutually_exclusive_group()
    form.add_argument("--json", dest="form", action="store_const", const="json",
                      help="the answer as one JSON object")  # fmt: skip
    form.add_argument("--explain", dest="form", action="store_const", const="explain",
                      help="also say how the question was read")  # fmt: skip
    form.add_argument("--jsonl", dest="form", action="store_const", const="jsonl",
                      help="conversations from standard input, one a line")  # fmt: skip
    ask.set_defaults(run=asking.ask, form="text")

    talk = commands.add_parser("chat", parents=[data, day], help="a conversation, with memory")
    talk.set_defaults(run=asking.chat)

    check = commands.add_parser("check", parents=[data], help="check the register and the pages")
    check.add_argument("--strict", action="store_true", help="warnings count as errors")
    check.add_argument("--links", action="store_true", help="also try the addresses shown")
    check.set_defaults(run=asking.check)

    register = commands.add_parser("register", parents=[data, day], help="show the register")
    register.add_argument("--format", choices=("table", "csv", "json", "md"), default="table")
    register.add_argument("--partner", metavar="NAME", help="one partner only")
    register.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="signed since then")
    register.set_defaults(run=asking.register)
    views = register.add_subparsers(dest="view", parser_class=_Parser, metavar="diff")
    diff = views.add_parser("diff", parents=[data], help="what changed between two days")
    diff.add_argument("--from", dest="start", type=_day, required=True, metavar="DATE")
    diff.add_argument("--to", dest="end", type=_day, required=True, metavar="DATE")
    diff.set_defaults(run=asking.diff)

    slack = commands.add_parser("slack", parents=[data], help="run the Slack app")
    transport = slack.add_mutually_exclusive_group(required=True)
    transport.add_argument("--http", dest="transport", action="store_const", const="http",
                           help="Slack calls this machine")  # fmt: skip
    transport.add_argument("--socket", dest="transport", action="store_const", const="socket",
                           help="this machine calls Slack (Socket Mode)")  # fmt: skip
    transport.add_argument("--validate-blocks", dest="transport", action="store_const",
                           const="validate", help="ask Slack whether it takes each kind of "
                           "answer; needs the internet and no token")  # fmt: skip
    slack.add_argument(
        "--port",
        type=_port,
        metavar="N",
        help="default: $PORT, else 3000; with --socket, for health alone",
    )
    slack.add_argument("--watch", action="store_true",
                       help="load a changed register (SIGHUP: at once)")  # fmt: skip
    slack.set_defaults(run=operating.slack)

    described = commands.add_parser(
        "manifest", help="print the manifest to create the Slack app from"
    )
    where = described.add_mutually_exclusive_group()
    where.add_argument("--url", type=_host, metavar="https://YOUR-HOST",
                       help="the app's public address; without one: Socket Mode")  # fmt: skip
    where.add_argument("--many", type=_host, metavar="https://YOUR-HOST",
                       help="the same, for an app that many workspaces install")  # fmt: skip
    described.set_defaults(run=operating.manifest)

    gaps = commands.add_parser(
        "gaps", help="what to write next: questions without a good answer, most wanted first"
    )
    gaps.add_argument("--format", choices=("table", "csv"), default="table")
    gaps.set_defaults(run=operating.gaps)

    installs = commands.add_parser("installs", help="workspaces that have installed the app")
    installs.set_defaults(run=operating.installs, revoke=None)
    acts = installs.add_subparsers(dest="act", parser_class=_Parser, metavar="revoke")
    revoke = acts.add_parser("revoke", help="remove the app from one")
    revoke.add_argument("revoke", metavar="ID", help="of a workspace (T…) or organization (E…)")
    revoke.set_defaults(run=operating.installs)

    play = commands.add_parser(
        "playground", parents=[data, day], help="try the Slack app in a browser, without Slack"
    )
    play.add_argument("--port", type=_port, default=8080, metavar="N")
    play.set_defaults(run=operating.playground)
    return parsed


def _version() -> str:
    try:
        return version("mra-bot")
    except PackageNotFoundError:
        return "(not installed)"


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write 2014-12-31") from None


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port; write a number from 1 to 65535")


def _host(text: str) -> str:
    if re.fullmatch(r"https://[\w.-]+(?::\d+)?/?", text):
        return text
    raise argparse.ArgumentTypeError(f"{text!r} is no address; write https://mra.example.com")
