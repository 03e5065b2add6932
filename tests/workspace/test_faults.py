"""What can be made to go wrong with the stand-in workspace's Web API."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.playground import Channel, StandInWorkspace
from tests.echo_app import answer


@pytest.fixture
def options() -> dict[str, Any]:
    return {"events": ()}  # nobody listens


async def test_a_rate_limit_says_when_to_come_back(
    ws: StandInWorkspace, client: AsyncWebClient, compliance: Channel
) -> None:
    ws.fail_next("chat.postMessage", retry_after=2)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=compliance.id, text="hi")
    response = caught.value.response
    assert (response.status_code, response["error"]) == (429, "ratelimited")
    assert response.headers["Retry-After"] == "2"
    assert (await client.chat_postMessage(channel=compliance.id, text="hi"))["ok"]


async def test_a_client_that_waits_gets_through_a_rate_limit(
    ws: StandInWorkspace, client: AsyncWebClient, compliance: Channel
) -> None:
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
    ws.fail_next("chat.postMessage", retry_after=0, times=2)
    await client.chat_postMessage(channel=compliance.id, text="hi")
    assert [call.status for call in ws.calls] == [429, 429, 200]


async def test_an_error_of_the_server(
    ws: StandInWorkspace, client: AsyncWebClient, compliance: Channel
) -> None:
    client.retry_handlers.append(AsyncServerErrorRetryHandler())
    ws.fail_next("chat.postMessage", status=503)
    await client.chat_postMessage(channel=compliance.id, text="hi")
    assert [call.status for call in ws.calls] == [503, 200]


async def test_an_error_by_name(
    ws: StandInWorkspace, client: AsyncWebClient, compliance: Channel
) -> None:
    ws.fail_next("*", error="internal_error")
    got = await answer(client, "chat.postMessage", {"channel": compliance.id, "text": "hi"})
    assert got == {"ok": False, "error": "internal_error"}
    assert ws.calls[0].error == "internal_error"


@pytest.mark.parametrize(("fault", "posted"), [("drop_connection", 0), ("lost_answer", 1)])
async def test_a_connection_breaks_before_or_after_the_work(
    ws: StandInWorkspace, compliance: Channel, fault: str, posted: int
) -> None:
    client = AsyncWebClient(ws.bot_token, base_url=ws.api_url, retry_handlers=[])
    ws.fail_next("chat.postMessage", **{fault: True})
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=compliance.id, text="hi")
    assert len(ws.messages(compliance)) == posted
    assert ws.calls[0].status is None


async def test_a_response_url_can_fail_too(ws: StandInWorkspace, compliance: Channel) -> None:
    delivery = await ws.command(compliance, ws.user("Ana"), "/echo", "korea")
    ws.fail_next("response_url", status=500)
    client = AsyncWebhookClient(delivery.payload["response_url"])
    assert [(await client.send(text="hi")).status_code for _ in range(2)] == [500, 200]
