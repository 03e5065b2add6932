"""Commands, response URLs, buttons and menus of the stand-in workspace."""

from __future__ import annotations

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.playground import Channel, StandInWorkspace, User
from tests.echo_app import Echo, serving
from tests.workspace.conftest import Clock


async def test_a_command_is_answered_only_to_the_asker(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    delivery = await ws.command(compliance, ana, "/echo", "korea & japan")

    assert delivery.shown == "korea & japan"
    assert delivery.messages == ws.ephemeral(ana)
    assert ws.ephemeral(ws.user("Ben")) == []
    assert ws.messages(compliance) == []


async def test_a_command_works_where_the_bot_is_no_member(
    ws: StandInWorkspace, echo: Echo, ana: User
) -> None:
    elsewhere = ws.channel("secret", private=True, bot=False)
    assert (await ws.command(elsewhere, ana, "/echo", "korea")).shown == "korea"
    assert echo.last("/echo")["channel_name"] == "privategroup"


async def test_an_answer_may_come_later_by_the_response_url(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    delivery = await ws.command(compliance, ana, "/echo", "later")
    await ws.settled()
    assert {m.text for m in delivery.messages} == {"later", "here it is"}


async def test_a_command_that_is_too_slow_tells_the_asker() -> None:
    async with StandInWorkspace(ack_seconds=0.05) as ws:
        echo = Echo(ws)
        async with serving(echo) as url:
            ws.deliver_to(url)
            echo.slow = 0.2
            delivery = await ws.command(ws.channel("c"), ws.user("Ana"), "/echo", "korea")
        assert delivery.shown == '/echo failed with the error "operation_timeout"'
        assert len(delivery.attempts) == 1


async def test_a_response_url_works_five_times(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    delivery = await ws.command(compliance, ana, "/echo", "korea")
    client = AsyncWebhookClient(delivery.payload["response_url"])
    answers = [await client.send(text=str(n), response_type="in_channel") for n in range(6)]

    assert [a.status_code for a in answers] == [200] * 5 + [404]
    assert "used_url" in answers[-1].body
    assert [m.text for m in ws.messages(compliance)] == ["0", "1", "2", "3", "4"]


async def test_a_response_url_works_for_half_an_hour() -> None:
    clock = Clock()
    async with StandInWorkspace(clock=clock) as ws:
        echo = Echo(ws)
        ws.deliver_to("http://127.0.0.1:1/")
        delivery = await ws.command(ws.channel("c"), ws.user("Ana"), "/echo", "korea")
        client = AsyncWebhookClient(delivery.payload["response_url"])
        clock.now += 1_799
        assert (await client.send(text="in time")).status_code == 200
        clock.now += 2
        assert "expired_url" in (await client.send(text="too late")).body
        assert echo.heard == []


async def test_a_response_url_refuses_what_slack_can_not_show(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    delivery = await ws.command(compliance, ana, "/echo", "korea")
    answer = await AsyncWebhookClient(delivery.payload["response_url"]).send(
        blocks=[{"type": "banner"}]
    )
    assert (answer.status_code, "invalid_blocks" in answer.body) == (400, True)


async def test_a_button_is_clicked_by_its_text(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    asked = await ws.mention(compliance, ana, "korea?")
    answer = await ws.answer_to(asked)
    await ws.click(ana, answer, "More")
    await ws.settled()

    payload = echo.last("block_actions")
    assert payload["message"]["ts"] == payload["container"]["message_ts"] == answer.ts
    assert payload["container"]["thread_ts"] == asked.ts
    assert payload["actions"][0]["value"] == "more of it"
    assert ws.thread(compliance, asked)[1].text == "more of it"  # replaced by the response URL


async def test_of_an_ephemeral_message_only_the_place_is_told(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    client = echo.bolt.client
    blocks = [{"type": "actions", "elements": [{**_more(), "action_id": "more"}]}]
    await client.chat_postEphemeral(channel=compliance.id, user=ana.id, text="psst", blocks=blocks)
    shown = ws.ephemeral(ana)[0]
    await ws.click(ana, shown, "more")
    await ws.settled()

    payload = echo.last("block_actions")
    assert "message" not in payload
    assert payload["container"]["is_ephemeral"] is True
    assert ws.ephemeral(ana)[0].text == "v"
    with pytest.raises(LookupError, match="does not see"):
        await ws.click(ws.user("Ben"), shown, "more")


def _more() -> dict[str, object]:
    return {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "value": "v"}


async def test_feedback_buttons_report_which_of_the_two(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    answer = await ws.answer_to(await ws.mention(compliance, ana, "korea?"))
    await ws.click(ana, answer, "Bad")
    assert echo.last("block_actions")["actions"][0]["value"] == "bad"


async def test_a_click_on_what_is_not_there_names_what_is(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    answer = await ws.answer_to(await ws.mention(compliance, ana, "korea?"))
    with pytest.raises(LookupError, match="there is: More, Good, Bad"):
        await ws.click(ana, answer, "Less")


async def test_a_menu_asks_the_app_for_its_options(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    answer = await ws.answer_to(await ws.mention(compliance, ana, "korea?"))
    options = await ws.suggest(ana, answer, "partner", "kor")
    await ws.choose(ana, answer, "partner", options[0])

    assert [o["text"]["text"] for o in options] == ["kor"]
    payload = echo.last("block_actions")
    assert payload["actions"][0]["selected_option"]["value"] == "KR"
    [block] = payload["state"]["values"].values()
    assert block["partner"]["selected_option"]["value"] == "KR"


async def test_a_response_url_deletes_what_was_clicked(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    asked = await ws.mention(compliance, ana, "korea?")
    await ws.click(ana, await ws.answer_to(asked), "Good")
    url = echo.last("block_actions")["response_url"]
    await AsyncWebhookClient(url).send(delete_original=True)
    assert ws.thread(compliance, asked) == [asked]
