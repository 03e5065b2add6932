"""The commands of whoever runs the Slack app."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from bot.cli.given import DATA_ERROR, Usage, conversation_of, register_path_of
from bot.gaps import Noted
from knowledge.load import HERE, register_path

_UNREADABLE = "the database of DATABASE_URL can't be read"
_NOWHERE = "No workspace has installed the app."


def slack(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    from bot.reloading import Reloading, Watch, files_of
    from bot.serving import serve_http, serve_socket
    from bot.settings import Settings, SettingsError

    path = register_path_of(arguments, environ)
    files = partial(files_of, path or register_path(), HERE) if arguments.watch else None
    try:
        if arguments.transport == "validate":
            return _validate(arguments, environ)
        settings = Settings.from_mapping(environ, arguments.transport)
        if arguments.port:
            settings = replace(settings, port=arguments.port)
        reloading = Reloading(partial(conversation_of, arguments, environ))
        watch = Watch(reloading, files)
        if hasattr(signal, "SIGHUP"):  # not on Windows
            signal.signal(signal.SIGHUP, lambda *_: watch.reload_soon())
        serve = serve_http if arguments.transport == "http" else serve_socket
        with watch.running():
            serve(settings, reloading, clock=time.time)
    except SettingsError as error:
        raise Usage(str(error)) from None
    return 0


def _validate(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    from bot.settings import api_url_of
    from bot.slack.validating import Unreachable, verdicts

    refused = 0
    try:
        for name, errors in verdicts(conversation_of(arguments, environ), api_url_of(environ)):
            print(
                f"{name}: {'taken' if not errors else 'refused'}", *errors, sep="\n  ", flush=True
            )
            refused += bool(errors)
    except Unreachable as error:
        sys.stderr.write(f"mra-bot slack: {error}\n")
        return DATA_ERROR
    return DATA_ERROR if refused else 0


def manifest(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    from bot.manifest import manifest as described

    made = described(arguments.many or arguments.url or "", many=bool(arguments.many))
    print(json.dumps(made, indent=2))
    return 0


def gaps(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    from bot.database import Database, is_there
    from bot.gaps import FORMATS, most_wanted, noted_gaps
    from bot.settings import SettingsError, database_url_of
    from bot.sql_store import SqlStore
    from bot.store import StoreUnreachable

    async def noted() -> Sequence[Noted]:
        url = database_url_of(environ)
        if not is_there(url):  # and is not made by looking
            return ()
        database = Database(url)
        try:
            return await noted_gaps(SqlStore(database), time.time())
        finally:
            await database.close()

    try:
        wanted = most_wanted(asyncio.run(noted()))
    except SettingsError as error:
        raise Usage(str(error)) from None
    except StoreUnreachable as error:
        raise Usage(f"{_UNREADABLE}: {error}") from None
    if not wanted:
        sys.stderr.write("mra-bot gaps: nothing is kept yet\n")
    if wanted or arguments.format == "csv":
        sys.stdout.write(FORMATS[arguments.format](wanted))
    return 0


def installs(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    from slack_sdk.errors import SlackApiError

    from bot.database import Database, is_there
    from bot.installs import Installs
    from bot.leaving import installed, removed
    from bot.settings import Settings, SettingsError
    from bot.store import StoreUnreachable

    async def run() -> list[str]:
        if not is_there(settings.database_url):  # and is not made by looking
            if arguments.revoke:
                raise Usage(f"the app is not installed in {arguments.revoke!r}")
            return [_NOWHERE]
        database = Database(settings.database_url)
        try:
            installs = Installs(database, settings.client_id, settings.token_keys)
            if not arguments.revoke:
                return await installed(installs) or [_NOWHERE]
            said = await removed(installs, arguments.revoke, settings.api_url)
        finally:
            await database.close()
        if said is None:
            raise Usage(f"the app is not installed in {arguments.revoke!r}; see mra-bot installs")
        return [said]

    if not environ.get("SLACK_CLIENT_ID"):
        raise Usage("SLACK_CLIENT_ID is not set: without it there is one workspace only")
    try:
        settings = Settings.from_mapping(environ, "http")
        print("\n".join(asyncio.run(run())))
    except SettingsError as error:
        raise Usage(str(error)) from None
    except StoreUnreachable as error:
        raise Usage(f"{_UNREADABLE}: {error}") from None
    except SlackApiError as error:
        raise Usage(f"Slack refused it: {error.response['error']}") from None
    return 0


def playground(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    from bot.demonstration import run_playground

    try:
        run_playground(conversation_of(arguments, environ), port=arguments.port, clock=time.time)
    except OSError as error:
        raise Usage(f"port {arguments.port} can't be used: {error.strerror}") from None
    return 0
