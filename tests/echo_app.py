"""A tiny Bolt app that answers whatever it hears: what the stand-in workspace is tried with."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import StandInWorkspace

BUTTON = {
    "type": "actions",
    "elements": [
        {
            "type": "button",
            "action_id": "more",
            "text": {"type": "plain_text", "text": "More"},
            "value": "more of it",
        },
        {"type": "external_select", "action_id": "partner", "min_query_length": 1},
    ],
}
FEEDBACK = {
    "type": "context_actions",
    "elements": [
        {
            "type": "feedback_buttons",
            "action_id": "feedback",
            "positive_button": {"text": {"type": "plain_text", "text": "Good"}, "value": "good"},
            "negative_button": {"text": {"type": "plain_text", "text": "Bad"}, "value": "bad"},
        }
    ],
}
MODAL = {
    "type": "modal",
    "callback_id": "find",
    "notify_on_close": True,
    "title": {"type": "plain_text", "text": "Find"},
    "submit": {"type": "plain_text", "text": "Go"},
    "blocks": [
        {
            "type": "input",
            "block_id": "who",
            "label": {"type": "plain_text", "text": "Partner"},
            "element": {"type": "external_select", "action_id": "partner"},
        },
        {
            "type": "input",
            "block_id": "why",
            "optional": True,
            "label": {"type": "plain_text", "text": "Reason"},
            "element": {"type": "plain_text_input", "action_id": "reason"},
        },
    ],
}


class Echo:
    """The app, and what it heard: its `heard` lists each payload under its kind."""

    def __init__(self, workspace: StandInWorkspace) -> None:
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.retries: list[str] = []  # number and reason of what came again
        self.failing = 0  # so many events are answered with an error
        self.slow = 0.0  # seconds before anything is acknowledged
        logger = logging.getLogger("echo")
        logger.setLevel(logging.CRITICAL)  # its failures are wanted
        self.bolt = AsyncApp(
            signing_secret=workspace.signing_secret,
            client=AsyncWebClient(workspace.bot_token, base_url=workspace.api_url),
            process_before_response=True,
            logger=logger,
        )
        self._listen()

    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.heard]

    def last(self, kind: str) -> dict[str, Any]:
        return [payload for name, payload in self.heard if name == kind][-1]

    def _listen(self) -> None:
        app = self.bolt

        @app.middleware
        async def listen(request: Any, body: dict[str, Any], next: Any) -> None:
            event = body.get("event", body)
            if number := request.headers.get("x-slack-retry-num"):
                self.retries.append(f"{number[0]} {request.headers['x-slack-retry-reason'][0]}")
            self.heard.append((event.get("type") or event.get("command"), body))
            await asyncio.sleep(self.slow)
            if "event" in body and self.failing:
                self.failing -= 1
                raise RuntimeError("failing as asked")
            await next()

        @app.event("app_mention")
        async def mention(event: dict[str, Any], say: Any) -> None:
            text = f"heard: {event['text']}"
            thread = event.get("thread_ts", event["ts"])
            blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": text}}]
            await say(text=text, blocks=[*blocks, BUTTON, FEEDBACK], thread_ts=thread)

        @app.event("message")
        async def message(event: dict[str, Any], say: Any) -> None:
            if event.get("channel_type") == "im" and "subtype" not in event:
                await say(f"heard: {event['text']}")

        @app.event("app_home_opened")
        async def home(event: dict[str, Any], client: AsyncWebClient) -> None:
            view = {"type": "home", "blocks": [{"type": "divider"}, BUTTON]}
            await client.views_publish(user_id=event["user"], view=view)

        @app.command("/echo")
        async def command(ack: Any, respond: Any, command: dict[str, Any]) -> None:
            await ack(command["text"])
            if command["text"] == "later":
                await respond("here it is")

        @app.action("more")
        async def more(ack: Any, respond: Any, action: dict[str, Any]) -> None:
            await ack()
            await respond(text=action["value"], replace_original=True)

        @app.action("feedback")
        @app.action("partner")
        async def noted(ack: Any) -> None:
            await ack()

        @app.options("partner")
        async def options(ack: Any, payload: dict[str, Any]) -> None:
            option = {"text": {"type": "plain_text", "text": payload["value"]}, "value": "KR"}
            await ack(options=[option])

        @app.shortcut("find")
        @app.shortcut("find_in_message")
        async def find(ack: Any, client: AsyncWebClient, body: dict[str, Any]) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

        @app.view("find")
        async def submitted(ack: Any, view: dict[str, Any]) -> None:
            why = view["state"]["values"]["why"]["reason"]["value"]
            if why == "none":
                await ack(response_action="errors", errors={"why": "Give a reason"})
            else:
                await ack()

        @app.view_closed("find")
        async def closed(ack: Any) -> None:
            await ack()

        for name in (
            "app_uninstalled",
            "member_joined_channel",
            "reaction_added",
            "tokens_revoked",
        ):
            app.event(name)(nothing)

        @app.function("look_up")
        async def step(inputs: dict[str, Any], complete: Any) -> None:
            await complete({"status": f"{inputs['country']}: yes"})


async def nothing() -> None:
    """Heard, and that is all."""


async def answer(client: AsyncWebClient, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """What the Web API answers to a call, refusals too."""
    try:
        response = await client.api_call(method, json=arguments)
    except SlackApiError as error:
        response = error.response
    assert isinstance(response.data, dict)
    return response.data


@asynccontextmanager
async def serving(echo: Echo) -> AsyncIterator[str]:
    """Serves the app over HTTP; gives the address that events go to."""
    runner = web.AppRunner(echo.bolt.web_app("/slack/events"), handle_signals=False)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    finally:
        await runner.cleanup()
