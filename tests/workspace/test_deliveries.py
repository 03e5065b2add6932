"""The stand-in workspace delivers to an app as Slack does, over HTTP and really signed."""

from __future__ import annotations

import pytest

from bot.playground import Channel, StandInWorkspace, User
from tests.echo_app import Echo, serving

# What is said


async def test_a_mention_comes_as_app_mention_and_as_message(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    asked = await ws.mention(compliance, ana, "korea?")
    mention, message = echo.last("app_mention"), echo.heard[1][1]

    assert sorted(echo.kinds()[:2]) == ["app_mention", "message"]
    assert mention["event"]["ts"] == asked.ts == mention["event"]["event_ts"]
    assert mention["event"]["text"] == f"<@{ws.bot.id}> korea?"
    assert mention["event_id"] != message["event_id"]
    assert [d.status for d in ws.deliveries[:2]] == [200, 200]


async def test_an_answer_is_a_reply_in_the_thread_of_the_mention(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    asked = await ws.mention(compliance, ana, "korea?")
    answer = await ws.answer_to(asked)

    assert ws.thread(compliance, asked) == [asked, answer]
    assert ws.messages(compliance) == [asked]
    assert answer.shown.startswith(f"heard: <@{ws.bot.id}> korea?")
    assert answer.buttons == ["More", "Good", "Bad"]


async def test_a_reply_carries_its_thread_and_whose_it_is(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    asked = await ws.say(compliance, ana, "hello all")
    await ws.say(compliance, ws.user("Ben"), "and japan?", thread=asked)

    event = echo.last("message")["event"]
    assert (event["thread_ts"], event["parent_user_id"]) == (asked.ts, ana.id)
    assert event["channel_type"] == "channel"


async def test_the_apps_own_messages_come_back_to_it(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    answer = await ws.answer_to(await ws.mention(compliance, ana, "korea?"))
    await ws.settled()

    own = [d.payload["event"] for d in ws.deliveries if "bot_id" in d.payload["event"]]
    assert [event["ts"] for event in own] == [answer.ts]


async def test_a_direct_message_is_no_mention(ws: StandInWorkspace, echo: Echo, ana: User) -> None:
    asked = await ws.direct_message(ana, "<@BOT> korea?")
    answer = await ws.answer_to(asked)

    assert "app_mention" not in echo.kinds()
    assert echo.heard[0][1]["event"]["channel_type"] == "im"
    assert answer.thread_ts is None


async def test_what_is_said_where_the_bot_is_no_member_does_not_reach_it(
    ws: StandInWorkspace, echo: Echo, ana: User
) -> None:
    await ws.mention(ws.channel("elsewhere", bot=False), ana, "korea?")
    assert echo.heard == []


async def test_an_invitation_is_told(ws: StandInWorkspace, echo: Echo, ana: User) -> None:
    elsewhere = ws.channel("elsewhere", bot=False)
    await ws.invite(elsewhere, ana)

    event = echo.last("member_joined_channel")["event"]
    assert (event["user"], event["inviter"]) == (ws.bot.id, ana.id)


async def test_edits_deletions_and_reactions_are_told(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    said = await ws.say(compliance, ana, "koera")
    edited = await ws.edit(said, "korea")
    await ws.react(ana, edited, "eyes")
    await ws.delete(edited)

    changed, deleted = [p["event"] for _, p in echo.heard if "subtype" in p.get("event", {})]
    assert changed["previous_message"]["text"] == "koera"
    assert changed["message"]["text"] == "korea"
    assert deleted["deleted_ts"] == said.ts
    assert echo.last("reaction_added")["event"]["reaction"] == "eyes"
    assert ws.messages(compliance) == []


async def test_an_edit_that_adds_a_mention_is_a_mention(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    said = await ws.say(compliance, ana, "korea?")
    await ws.edit(said, "<@BOT> korea?")
    assert echo.last("app_mention")["event"]["edited"]["user"] == ana.id


async def test_only_what_the_app_subscribed_to_is_told() -> None:
    async with StandInWorkspace(events={"app_mention", "message.im"}) as ws:
        echo = Echo(ws)
        async with serving(echo) as url:
            ws.deliver_to(url)
            await ws.mention(ws.channel("compliance"), ws.user("Ana"), "korea?")
            await ws.direct_message(ws.user("Ana"), "japan?")
            await ws.settled()
        assert echo.kinds() == ["app_mention", "message"]


async def test_the_address_is_verified(ws: StandInWorkspace, echo: Echo) -> None:
    assert "challenge-accepted" in (await ws.verify_url()).body


# Signatures and second deliveries


async def test_what_is_not_signed_with_the_secret_is_refused(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    async with StandInWorkspace(signing_secret="another one") as stranger:
        url = ws.installation.http.url  # type: ignore[union-attr]
        stranger.deliver_to(url)
        delivery = await stranger.command(stranger.channel("c"), stranger.user("Eve"), "/echo", "x")

    assert delivery.status == 401
    assert delivery.shown == '/echo failed with the error "dispatch_failed"'
    assert echo.heard == []


async def test_an_event_that_failed_comes_again_with_the_reason(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    echo.failing = 2
    await ws.say(compliance, ana, "korea?")

    delivery = ws.deliveries[0]
    assert echo.retries == ["1 http_error", "2 http_error"]
    assert [a.status for a in delivery.attempts] == [500, 500, 200]
    assert [a.reason for a in delivery.attempts] == ["http_error", "http_error", ""]
    assert len({p["event_id"] for _, p in echo.heard}) == 1


async def test_an_event_comes_four_times_and_then_no_more(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    echo.failing = 9
    await ws.say(compliance, ana, "korea?")
    assert len(ws.deliveries[0].attempts) == 4


async def test_an_event_comes_again_when_the_app_was_too_slow() -> None:
    async with StandInWorkspace(ack_seconds=0.05) as ws:
        echo = Echo(ws)
        async with serving(echo) as url:
            ws.deliver_to(url)
            echo.slow = 0.2
            await ws.say(ws.channel("c"), ws.user("Ana"), "korea?")
            assert {a.reason for a in ws.deliveries[0].attempts} == {"http_timeout"}


async def test_an_event_comes_again_when_nobody_is_there(
    ws: StandInWorkspace, ana: User, compliance: Channel
) -> None:
    ws.deliver_to("http://127.0.0.1:1/slack/events")
    await ws.say(compliance, ana, "korea?")
    assert {a.reason for a in ws.deliveries[0].attempts} == {"connection_failed"}


async def test_the_same_event_can_be_delivered_again(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    await ws.say(compliance, ana, "korea?")
    await ws.deliver_again(ws.deliveries[0])
    assert echo.heard[0] == echo.heard[1]


# Waiting


async def test_waiting_ends_with_the_name_of_what_is_still_under_way(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    ws.fail_next("chat.postMessage", delay=0.3)
    ws.site.activity.run(ws.mention(compliance, ana, "korea?"), "asking")
    with pytest.raises(TimeoutError, match=r"chat\.postMessage"):
        await ws.settled(seconds=0.2)
    await ws.settled()


async def test_waiting_for_an_answer_that_never_comes_ends(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    said = await ws.say(compliance, ana, "korea?")
    with pytest.raises(TimeoutError, match="in vain"):
        await ws.answer_to(said, seconds=0.1)


async def test_what_is_typed_comes_as_rich_text_too(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    await ws.say(compliance, ana, "<@BOT> :flag-kr: S&amp;P <https://a.example|here>")
    [block] = echo.last("message")["event"]["blocks"]
    assert block["elements"][0]["elements"] == [
        {"type": "user", "user_id": ws.bot.id},
        {"type": "text", "text": " "},
        {"type": "emoji", "name": "flag-kr"},
        {"type": "text", "text": " S&P "},
        {"type": "link", "url": "https://a.example", "text": "here"},
    ]
