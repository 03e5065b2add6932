"""The command `mra-bot`: the only place that reads the environment, the clock and the arguments."""

from __future__ import annotations

import argparse
import asyncio
import datetime
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NoReturn

from bot.conversation import Conversation
from bot.terminal import answered, chat, conversations
from knowledge.files import DataErrors
from knowledge.load import HERE, load_knowledge, register_path
from knowledge.model import Knowledge

WRONG_USAGE = 2  # exit code
DATA_ERROR = 1


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"{self.prog}: {message}; try {self.prog} --help\n")
        raise SystemExit(WRONG_USAGE)


class _Usage(Exception):
    """Wrong usage that the parser could not see."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = _parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return int(arguments.run(arguments, os.environ))
    except DataErrors as errors:
        sys.stderr.write(f"{errors}\n")
        return DATA_ERROR
    except _Usage as error:
        sys.stderr.write(f"mra-bot {arguments.command}: {error}\n")
        return WRONG_USAGE
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader has gone; nothing more can be said, and Python must not try at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="mra-bot",
        description="Answers questions about CTPAT mutual recognition arrangements, "
        "with sources and dates.",
    )
    parser.add_argument("--version", action="version", version=f"mra-bot {_version()}")
    commands = parser.add_subparsers(
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
    ask.set_defaults(run=_ask, form="text")

    talk = commands.add_parser("chat", parents=[data, day], help="a conversation, with memory")
    talk.set_defaults(run=_chat)

    check = commands.add_parser("check", parents=[data], help="check the register and the pages")
    check.add_argument("--strict", action="store_true", help="warnings count as errors")
    check.add_argument("--links", action="store_true", help="also try the addresses shown")
    check.set_defaults(run=_check)

    register = commands.add_parser("register", parents=[data, day], help="show the register")
    register.add_argument("--format", choices=("table", "csv", "json", "md"), default="table")
    register.add_argument("--partner", metavar="NAME", help="one partner only")
    register.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="signed since then")
    register.set_defaults(run=_register)
    views = register.add_subparsers(dest="view", parser_class=_Parser, metavar="diff")
    diff = views.add_parser("diff", parents=[data], help="what changed between two days")
    diff.add_argument("--from", dest="start", type=_day, required=True, metavar="DATE")
    diff.add_argument("--to", dest="end", type=_day, required=True, metavar="DATE")
    diff.set_defaults(run=_diff)

    slack = commands.add_parser("slack", parents=[data], help="run the Slack app")
    transport = slack.add_mutually_exclusive_group(required=True)
    transport.add_argument("--http", dest="transport", action="store_const", const="http",
                           help="Slack calls this machine")  # fmt: skip
    transport.add_argument("--socket", dest="transport", action="store_const", const="socket",
                           help="this machine calls Slack (Socket Mode)")  # fmt: skip
    slack.add_argument("--port", type=_port, metavar="N", help="default: $PORT, else 3000")
    slack.add_argument("--watch", action="store_true",
                       help="load a changed register (SIGHUP: at once)")  # fmt: skip
    slack.set_defaults(run=_slack)

    installs = commands.add_parser("installs", help="workspaces that have installed the app")
    installs.set_defaults(run=_installs, revoke=None)
    acts = installs.add_subparsers(dest="act", parser_class=_Parser, metavar="revoke")
    revoke = acts.add_parser("revoke", help="remove the app from one")
    revoke.add_argument("revoke", metavar="ID", help="of a workspace (T…) or organization (E…)")
    revoke.set_defaults(run=_installs)

    play = commands.add_parser(
        "playground", parents=[data, day], help="try the Slack app in a browser, without Slack"
    )
    play.add_argument("--port", type=_port, default=8080, metavar="N")
    play.set_defaults(run=_playground)
    return parser


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


def _register_path(arguments: argparse.Namespace, environ: Mapping[str, str]) -> Path | None:
    """A register of one's own, or None for the one that comes with the program."""
    return arguments.data or (Path(environ["MRA_DATA"]) if environ.get("MRA_DATA") else None)


def _knowledge(arguments: argparse.Namespace, environ: Mapping[str, str]) -> Knowledge:
    return load_knowledge(_register_path(arguments, environ))


def _conversation(arguments: argparse.Namespace, environ: Mapping[str, str]) -> Conversation:
    return Conversation(
        _knowledge(arguments, environ),
        today=datetime.date.today,
        as_of=getattr(arguments, "as_of", None),
    )


def _ask(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    question = " ".join(arguments.question)
    if arguments.form == "jsonl":
        if question:
            raise _Usage("--jsonl reads standard input and takes no question")
        conversation = _conversation(arguments, environ)
        for line in conversations(conversation, sys.stdin.buffer):
            print(line, flush=True)
        return 0
    if not arguments.question:
        raise _Usage('what is the question? Type: mra-bot ask "is korea covered?"')
    print(answered(_conversation(arguments, environ), question, form=arguments.form))
    return 0


def _chat(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    conversation = _conversation(arguments, environ)
    for said in chat(conversation, _typed()):
        print(f"\n{said}\n", flush=True)
    return 0


def _typed() -> Iterator[str]:
    """Lines typed, with history where the terminal has it; ends on Ctrl-D."""
    if sys.stdin.isatty():
        import readline  # noqa: F401  # importing it gives input() its history

        print('Ask about an arrangement; "help" shows what can be asked, Ctrl-D ends.')
    prompt = "> " if sys.stdin.isatty() else ""
    while True:
        try:
            yield input(prompt)
        except EOFError:
            return
        except UnicodeDecodeError:
            print("That was not UTF-8; please type it again.", file=sys.stderr)


def _check(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    from bot.checking import check_lines

    knowledge = _knowledge(arguments, environ)
    failed = False
    for line, is_error in check_lines(
        knowledge, datetime.date.today(), strict=arguments.strict, links=arguments.links
    ):
        print(line)
        failed = failed or is_error
    return DATA_ERROR if failed else 0


def _register(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    from bot.checking import one_partner
    from bot.register_view import register_text

    knowledge = _knowledge(arguments, environ)
    partner = None
    if arguments.partner:
        partner = one_partner(knowledge, arguments.partner)
        if partner is None:
            raise _Usage(f"{arguments.partner!r} is no single country; write KR or Korea")
    text = register_text(
        knowledge, arguments.format, as_of=arguments.as_of, partner=partner, since=arguments.since
    )
    sys.stdout.write(text)
    return 0


def _diff(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    from bot.register_view import diff

    if arguments.start > arguments.end:
        raise _Usage("diff: --from is later than --to")
    lines = diff(_knowledge(arguments, environ), arguments.start, arguments.end)
    print("\n".join(lines) if lines else "Nothing changed.")
    return 0


def _slack(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    from bot.reloading import Reloading, Watch, files_of
    from bot.settings import Settings, SettingsError
    from bot.web import serve_http, serve_socket

    path = _register_path(arguments, environ)
    files = partial(files_of, path or register_path(), HERE) if arguments.watch else None
    try:
        settings = Settings.from_mapping(environ, arguments.transport)
        if arguments.port:
            settings = replace(settings, port=arguments.port)
        reloading = Reloading(partial(_conversation, arguments, environ))
        watch = Watch(reloading, files)
        if hasattr(signal, "SIGHUP"):  # not on Windows
            signal.signal(signal.SIGHUP, lambda *_: watch.reload_soon())
        serve = serve_http if arguments.transport == "http" else serve_socket
        with watch.running():
            serve(settings, reloading, clock=time.time)
    except SettingsError as error:
        raise _Usage(str(error)) from None
    return 0


def _installs(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    from slack_sdk.errors import SlackApiError

    from bot.installs import Installs
    from bot.leaving import installed, removed
    from bot.settings import Settings, SettingsError
    from bot.store import StoreUnreachable
    from bot.web import open_database

    async def run() -> list[str]:
        database = open_database(settings)
        try:
            installs = Installs(database, settings.client_id, settings.token_keys)
            if not arguments.revoke:
                return await installed(installs) or ["No workspace has installed the app."]
            said = await removed(installs, arguments.revoke, settings.api_url)
        finally:
            await database.close()
        if said is None:
            raise _Usage(f"the app is not installed in {arguments.revoke!r}; see mra-bot installs")
        return [said]

    try:
        settings = Settings.from_mapping(environ, "http")
        if not settings.client_id:
            raise _Usage("SLACK_CLIENT_ID is not set: without it there is one workspace only")
        print("\n".join(asyncio.run(run())))
    except (SettingsError, StoreUnreachable) as error:
        raise _Usage(str(error)) from None
    except SlackApiError as error:
        raise _Usage(f"Slack refused it: {error.response['error']}") from None
    return 0


def _playground(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    from bot.demonstration import run_playground

    try:
        run_playground(_conversation(arguments, environ), port=arguments.port, clock=time.time)
    except OSError as error:
        raise _Usage(f"port {arguments.port} can't be used: {error.strerror}") from None
    return 0
