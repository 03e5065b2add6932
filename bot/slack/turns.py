"""One turn of a conversation in Slack: read, answer, post, remember; once for each message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from slack_bolt import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.answer import Silence
from bot.memory import Memory
from bot.rendering import Asked, Message, to_slack
from bot.slack.failures import apology
from bot.slack.payloads import Incoming
from bot.slack.posting import Refused, post
from bot.slack.services import Services, accepted, later
from bot.store import Claim, Thread

# From a thread's memory: what to say, None for silence, and what to remember after.
Speech = Callable[[Memory | None], tuple[Message | None, Memory | None]]


async def answer(
    services: Services,
    client: AsyncWebClient,
    incoming: Incoming,
    thread: Thread,
    *,
    addressed: bool = True,
    speech: Speech | None = None,
) -> BoltResponse:
    """Answers a message in its thread, once however often it is delivered.

    `speech` says something of Slack's own making; else the conversation is asked. The response
    is what Slack is told: 200 once the answer was posted, or silence decided. Raises
    posting.Unavailable where Slack should deliver again.
    """
    if incoming.external and not services.settings.answer_external:
        return accepted()
    async with services.lock(thread):
        memory = await services.store.memory(thread, services.clock())
        if not addressed and (memory is None or memory.stopped):
            return accepted()
        key = f"message:{incoming.team}:{incoming.channel}:{incoming.ts}"
        claim = await services.store.claim(key, services.clock())
        if claim is not Claim.WON:
            return accepted() if claim is Claim.DONE else later()
        done = False
        try:
            if speech:
                message, after = speech(memory)
            else:
                message, after = _speech(services, incoming.text, memory, addressed)
            posted = False
            if message:
                posted = await _posted(client, incoming, thread, message)
                done = True
            if after and (posted or after != memory):
                await services.remember(thread, after)
        finally:
            # Silence is not noted: the message may still be edited into a mention.
            if done:
                await services.store.done(key, services.clock())
            else:
                await services.store.release(key)
    return accepted()


def _speech(
    services: Services, text: str, memory: Memory | None, addressed: bool
) -> tuple[Message | None, Memory | None]:
    """What the conversation says. Its failure is told to those who asked, not to others."""
    try:
        if addressed:
            said, after = services.ask(text, replace(memory or Memory(), stopped=False))
            return to_slack(said), after
        turn = services.turn(text, memory, False)
        if isinstance(turn.said, Silence):
            return None, turn.memory
        services.note_question(text)
        return to_slack(turn.said), turn.memory
    except Exception as error:
        reference = services.report(error, "answering a message")
        return (apology(reference) if addressed else None), memory


async def _posted(
    client: AsyncWebClient, incoming: Incoming, thread: Thread, message: Message
) -> bool:
    """Posts; False where Slack will never take it: it is logged then, with what to do."""
    try:
        await post(client, incoming.channel, message, thread_ts=thread.ts, asker=incoming.user)
    except Refused:
        return False
    return True


async def answer_click(
    services: Services,
    client: AsyncWebClient,
    thread: Thread,
    say: str,
    carried: Memory | None,
    asked: Asked | None,
) -> None:
    """Answers a click on a button of a message, in that message's thread.

    Raises posting.NotPosted where it can't be posted there.
    """
    async with services.lock(thread):
        memory = await services.store.memory(thread, services.clock()) or carried or Memory()
        said, after = services.ask(say, replace(memory, stopped=False))
        await post(client, thread.channel, to_slack(said, asked=asked), thread_ts=thread.ts)
        await services.remember(thread, after)
