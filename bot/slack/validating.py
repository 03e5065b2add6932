"""Asks Slack's own check, `blocks.validate`, about samples of every kind of answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.web.client import WebClient

from bot.answer import Answer, Choice
from bot.conversation import Conversation
from bot.rendering import Asked, Message, Shared, to_sheet, to_slack
from bot.rendering.limits import limit
from bot.slack.carrying import carried

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_NOT_THE_REGISTERS = ("thanks", "what is for lunch?", "when was it signed?")  # kinds it answers too
_FAULTS = frozenset({"invalid_blocks", "invalid_message", "invalid_view"})
_SECONDS = 10  # for one call


class Unreachable(Exception):
    """Slack gave no verdict; the message says why, and what to do."""


def verdicts(conversation: Conversation, api_url: str) -> Iterator[tuple[str, list[str]]]:
    """Each sample's name, and what Slack finds wrong with it. Raises Unreachable."""
    client = WebClient(
        base_url=api_url,
        timeout=_SECONDS,
        retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=5)],
    )
    if urlsplit(api_url).hostname in _LOOPBACK:
        client.proxy = None  # a proxy of the environment could not reach this machine
    for name, message in samples(conversation):
        yield name, _faults(client, message)


def samples(conversation: Conversation) -> Iterator[tuple[str, Message]]:
    """Messages of every kind of answer, as the asker sees them, with all their buttons."""
    knowledge = conversation.knowledge
    partners = [knowledge.economy(knowledge.partner(a)).name for a in knowledge.arrangements]
    examples = [intent.example for intent in knowledge.intents.values()]
    for question in (*examples, *_NOT_THE_REGISTERS, "\n".join(partners)):
        turn = conversation.ask(question)
        assert isinstance(turn.said, Answer), "what is addressed to the bot is answered"
        yield from _sample(conversation.offering(turn.said), question, carried(turn.memory))
    choices = tuple(Choice(name, name) for name in partners[: limit("actions.elements")])
    asked_back = Answer("ambiguous", "Which do you mean?", knowledge.us_evidence, choices=choices)
    yield "ambiguous, with choices", to_slack(asked_back)


def _sample(answer: Answer, question: str, carry: str) -> Iterator[tuple[str, Message]]:
    again = Shared(question)
    name = f"{answer.topic}: {' '.join(question.split())[:60]}"
    yield name, to_slack(answer, shares=again, carry=carry)
    yield f"{name} (shared)", to_slack(answer, again=again, asked=Asked("U1", question, "shared"))
    if sheet := to_sheet(answer, again):
        yield f"{name} (CSV)", sheet


def _faults(client: WebClient, message: Message) -> list[str]:
    """What Slack finds wrong with a message."""
    sent = {"text": message.text, "blocks": list(message.blocks)}
    try:
        # In the body: the client's own method puts it into the address, which has less room.
        client.api_call("blocks.validate", data={"message": json.dumps(sent)})
    except SlackApiError as error:
        answer = error.response
        if answer.get("error") not in _FAULTS:
            raise Unreachable(
                f"Slack did not check the blocks: {answer.get('error')}; try again later"
            ) from None
        found = answer.get("errors") or [{}]
        return [f"{fault.get('pointer', '')}: {fault.get('message', '')}" for fault in found]
    except (OSError, SlackRequestError) as error:
        raise Unreachable(
            f"Slack could not be reached at {client.base_url} ({type(error).__name__}); "
            "this check needs the internet"
        ) from None
    return []
