"""The commands that ask the register and check it."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Iterator, Mapping

from bot.cli.given import DATA_ERROR, Usage, conversation_of, knowledge_of
from bot.terminal import answered, conversations
from bot.terminal import chat as said_in_chat


def ask(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    question = " ".join(arguments.question)
    if arguments.form == "jsonl":
        if question:
            raise Usage("--jsonl reads standard input and takes no question")
        conversation = conversation_of(arguments, environ)
        for line in conversations(conversation, sys.stdin.buffer):
            print(line, flush=True)
        return 0
    if not arguments.question:
        raise Usage('what is the question? Type: mra-bot ask "is korea covered?"')
    print(answered(conversation_of(arguments, environ), question, form=arguments.form))
    return 0


def chat(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    conversation = conversation_of(arguments, environ)
    for said in said_in_chat(conversation, _typed()):
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


def check(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    from bot.checking import check_lines

    knowledge = knowledge_of(arguments, environ)
    failed = False
    for line, is_error in check_lines(
        knowledge, datetime.date.today(), strict=arguments.strict, links=arguments.links
    ):
        print(line)
        failed = failed or is_error
    return DATA_ERROR if failed else 0


def register(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    from bot.checking import one_partner
    from bot.register_view import register_text

    knowledge = knowledge_of(arguments, environ)
    partner = None
    if arguments.partner:
        partner = one_partner(knowledge, arguments.partner)
        if partner is None:
            raise Usage(f"{arguments.partner!r} is no single country; write KR or Korea")
    text = register_text(
        knowledge, arguments.format, as_of=arguments.as_of, partner=partner, since=arguments.since
    )
    sys.stdout.write(text)
    return 0


def diff(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    from bot.register_view import diff as changes

    if arguments.start > arguments.end:
        raise Usage("diff: --from is later than --to")
    lines = changes(knowledge_of(arguments, environ), arguments.start, arguments.end)
    print("\n".join(lines) if lines else "Nothing changed.")
    return 0
