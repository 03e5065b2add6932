"""The Slack app, running against a stand-in workspace, with an easy conversation."""

from __future__ import annotations

import asyncio
import datetime
import html
import re
import socket
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import uvicorn

from bot.answer import Answer, Choice, Silence
from bot.catalogue import Catalogue
from bot.conversation import Conversation, Turn
from bot.in_process_store import InProcessStore
from bot.memory import Memory
from bot.playground import Message, StandInWorkspace
from bot.question import Question
from bot.settings import Settings
from bot.slack import SlackApp, build_app
from bot.slack.services import Conversing
from bot.slack.socket_mode import run_socket
from bot.web import build_web
from tests.talking import conversation

# The surfaces do not know how a delivery came; what depends on it is tried both ways.
over_both = pytest.mark.parametrize("app", ["http", "socket"], indirect=True)
DAY = datetime.date(2023, 4, 30)
HELP = Answer(
    topic="help",
    headline="Ask me about arrangements.",
    as_of=DAY,
    next_steps=tuple(Choice(f"Try {name}", name) for name in ("korea", "japan", "laos", "who")),
)


def real_conversation() -> Conversation:
    """The conversation as it is served: the register and all."""
    return conversation(today=DAY)


@dataclass
class Echoing:
    """Knows four countries; what it says names the turn, so that tests can follow its memory.

    "boom" makes it fail, "islands" makes it ask back, "why" is asked of the last country. What
    it offers to ask about is the register's.
    """

    asked: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def catalogue(self) -> Catalogue:
        return real_conversation().catalogue

    def ask(self, text: str, memory: Memory | None = None, addressed: bool = True) -> Turn:
        memory = memory or Memory()
        text = re.sub(r"<@\w+>", "", text).strip()
        self.asked.append((text, addressed))
        if "boom" in text:
            raise RuntimeError(f"no answer to {text}")
        known = re.findall("korea|japan|laos|fiji|samoa", text.lower())
        if "islands" in text:
            choices = (Choice("Fiji", "fiji"), Choice("Samoa & more", "samoa"))
            said = Answer("ambiguous", "Which island?", DAY, choices=choices)
            return Turn(said, memory._replace(asked=choices))
        if not known and "why" in text:
            known = list(memory.partners)
        if not known:
            return Turn(HELP if addressed else Silence("chatter"), memory)
        before = "".join(f" after {name}" for name in memory.partners)
        verdict = "No" if "laos" in known else "Yes"
        steps = (Choice("Why is that?", "why"),)
        text = f"{verdict}: {' and '.join(known)}{before}."
        said = Answer("status", text, DAY, partners=tuple(known), next_steps=steps)
        return Turn(said, memory._replace(topic="status", partners=tuple(known)))

    def answer(self, questions: Sequence[Question]) -> Answer:
        partners = questions[0].partners
        return Answer("status", f"Yes: {' and '.join(partners)}.", DAY, partners, verdict="yes")

    def offering(self, answer: Answer) -> Answer:
        return answer


class Failing(Echoing):
    """Has no answer to anything."""

    def ask(self, text: str, memory: Memory | None = None, addressed: bool = True) -> Turn:
        raise RuntimeError("failing as asked")

    def answer(self, questions: Sequence[Question]) -> Answer:
        raise RuntimeError("failing as asked")


def settings_for(ws: StandInWorkspace, **more: Any) -> Settings:
    settings = Settings(
        bot_token=ws.bot_token or "",
        signing_secret=ws.signing_secret,
        app_token="xapp-stand-in",
        api_url=ws.api_url,
    )
    return replace(settings, **more)


@asynccontextmanager
async def over_http(
    app: SlackApp, settings: Settings, clock: Callable[[], float] = time.time
) -> AsyncIterator[str]:
    """Serves the app as it is served in production; gives the address that events go to."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        web = build_web(app, settings, clock=clock)
        server = uvicorn.Server(
            uvicorn.Config(web, lifespan="on", ws="none", log_config=None, access_log=False)
        )
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:
            await asyncio.sleep(0.001)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events"
        finally:
            server.should_exit = True
            await serving


@asynccontextmanager
async def over_socket(
    app: SlackApp, settings: Settings, ws: StandInWorkspace
) -> AsyncIterator[None]:
    stop = asyncio.Event()
    serving = asyncio.create_task(run_socket(app, settings, stop, 5))
    await ws.connected()
    try:
        yield
    finally:
        stop.set()
        await serving


@asynccontextmanager
async def running(
    ws: StandInWorkspace,
    conversation: Conversing,
    transport: str = "http",
    *,
    clock: Callable[[], float] = time.time,
    **more: Any,
) -> AsyncIterator[SlackApp]:
    """The app, reached over "http" or by "socket"; `more` are settings."""
    settings = settings_for(ws, **more)
    app = build_app(conversation, InProcessStore(), settings, clock=clock)
    if transport == "http":
        async with over_http(app, settings) as url:
            ws.deliver_to(url)
            yield app
            await ws.settled()
    else:
        async with over_socket(app, settings, ws):
            yield app
            await ws.settled()


def lines(message: Message) -> list[str]:
    """What a message shows, line by line, without bold."""
    return [html.unescape(line).strip("*") for line in message.shown.splitlines()]


def said(messages: list[Message]) -> list[str]:
    """The first line of each message of the bot."""
    return [lines(m)[0] for m in messages if m.from_app]


async def replies(ws: StandInWorkspace, message: Message) -> list[str]:
    await ws.settled()
    return said(ws.workspace.thread(message.channel, message.root))


async def nothing_waits(app: SlackApp, seconds: float = 10.0) -> None:
    """Returns once every answer that waited has been sent."""
    async with asyncio.timeout(seconds):
        while await app.services.store.waiting():
            await asyncio.sleep(0.02)
