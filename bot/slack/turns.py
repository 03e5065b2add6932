"""One turn of a conversation in Slack: read, answer, post, remember; once for each message."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from slack_bolt import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.answer import Silence
from bot.memory import Memory
from bot.rendering import Message, to_slack
from bot.slack.carrying import reply_of
from bot.slack.failures import apology
from bot.slack.noting import note_unanswered
from bot.slack.outbox import letter_body
from bot.slack.payloads import Incoming
from bot.slack.posting import Refused, Unavailable
from bot.slack.services import Services, accepted, later
from bot.store import Claim, Letter, StoreUnreachable, Thread

CLAIMED = (Claim.WON, Claim.TAKEN)

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
    if services.ignores(incoming.external):
        return accepted()
    key = f"message:{incoming.team}:{incoming.channel}:{incoming.ts}"
    if key in services.in_flight or services.outbox.is_untold(key):
        return later()
    services.in_flight.add(key)
    try:
        return await _answer_once(services, client, incoming, thread, key, addressed, speech)
    finally:
        services.in_flight.discard(key)


async def _answer_once(
    services: Services,
    client: AsyncWebClient,
    incoming: Incoming,
    thread: Thread,
    key: str,
    addressed: bool,
    speech: Speech | None,
) -> BoltResponse:
    async with services.lock(thread):
        store, now = services.store, services.clock()
        claim, memory = await store.begin(key, thread, now, unasked=not addressed)
        if claim not in CLAIMED:
            return later() if claim is Claim.IN_FLIGHT else accepted()
        async with releasing(services, key):
            if speech:
                message, after = speech(memory)
            else:
                message, after = _speech(services, incoming, memory, addressed)
            if message:
                letter = Letter(
                    key,
                    incoming.team,
                    incoming.channel,
                    letter_body(message),
                    enterprise=incoming.enterprise,
                    thread_ts=thread.ts,
                    after_ts=incoming.ts,
                    asker=incoming.user,
                )
                with suppress(Refused):  # it is logged then, with what to do
                    await services.outbox.send(
                        client, letter, thread=thread, memory=after, unsure=claim is Claim.TAKEN
                    )
                return accepted()
        # Silence is not noted: the message may still be edited into a mention.
        await store.release(key)
        if after and after != memory:
            await services.remember(thread, after)
    return accepted()


@asynccontextmanager
async def releasing(services: Services, key: str) -> AsyncIterator[None]:
    """Gives a claim back where what is done inside fails and surely posted nothing.

    What may have been posted stays claimed, until its lease ends: whoever takes it over then
    looks for the answer first.
    """
    try:
        yield
    except Exception as error:
        if not (isinstance(error, Unavailable) and error.unsure):
            with suppress(StoreUnreachable):
                await services.store.release(key)
        raise


def _speech(
    services: Services, incoming: Incoming, memory: Memory | None, addressed: bool
) -> tuple[Message | None, Memory | None]:
    """What the conversation says. Its failure is told to those who asked, not to others."""
    text = incoming.text
    before = (memory or Memory())._replace(stopped=False)
    try:
        if addressed:
            said, after, again = services.ask(text, before)
            asked = f"{incoming.channel} {incoming.ts}"
            note_unanswered(services, incoming.team, asked, text, said)
            return to_slack(said, again=again), after
        turn = services.turn(text, memory, False)
        if isinstance(turn.said, Silence):
            return None, turn.memory
        services.note_question(text)
        said, after, again = reply_of(turn, text, before)
        return to_slack(said, again=again), after
    except Exception as error:
        reference = services.report(error, "answering a message")
        return (apology(reference) if addressed else None), memory
