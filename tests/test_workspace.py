"""The stand-in workspace delivers to an app as Slack does, over HTTP and really signed."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.playground import Channel, StandInWorkspace, User
from tests.echo_app import Echo, serving

# slack_sdk 3.47 still uses what aiohttp 3.14 is about to drop
SDK_WARNS = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


class Clock:
    """Stands still until it is moved."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def ws() -> AsyncIterator[StandInWorkspace]:
    async with StandInWorkspace() as workspace:
        yield workspace


@pytest.fixture
async def echo(ws: StandInWorkspace) -> AsyncIterator[Echo]:
    app = Echo(ws)
    async with serving(app) as url:
        ws.deliver_to(url)
        yield app
        await ws.settled()


@pytest.fixture
def ana(ws: StandInWorkspace) -> User:
    return ws.user("Ana", locale="es-ES")


@pytest.fixture
def compliance(ws: StandInWorkspace, ana: User) -> Channel:
    return ws.channel("compliance")


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


# Commands, buttons, menus


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


# Views, shortcuts, steps, files


async def test_a_shortcut_opens_a_modal_that_is_filled_in_and_submitted(
    ws: StandInWorkspace, echo: Echo, ana: User
) -> None:
    await ws.shortcut(ana, "find")
    modal = ws.modal(ana)
    assert modal is not None
    assert (modal.title, modal.callback_id) == ("Find", "find")

    [korea] = await ws.suggest(ana, modal, "Partner", "kor")
    refused = await ws.submit_view(ana, {"Partner": korea, "Reason": "none"})
    assert refused.errors == {"why": "Give a reason"}
    assert ws.modal(ana) is not None

    await ws.submit_view(ana, {"Partner": korea})
    values = echo.last("view_submission")["view"]["state"]["values"]
    assert values["who"]["partner"]["selected_option"] == korea
    assert values["why"]["reason"] == {"type": "plain_text_input", "value": None}
    assert ws.modal(ana) is None


async def test_a_message_shortcut_carries_the_message(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    said = await ws.say(compliance, ana, "our plants in Korea and Laos")
    await ws.message_shortcut(ana, said, "find_in_message")
    assert echo.last("message_action")["message"]["text"] == said.text
    await ws.close_view(ana)
    assert echo.last("view_closed")["view"]["callback_id"] == "find"


async def test_the_home_tab_is_published_when_it_is_opened(
    ws: StandInWorkspace, echo: Echo, ana: User
) -> None:
    assert ws.home(ana) is None
    home = await ws.open_home(ana)
    assert home is not None
    assert home.buttons == ["More"]
    again = await ws.open_home(ana)
    assert echo.last("app_home_opened")["event"]["view"]["id"] == home.id
    assert again is not None
    assert (again.id, again.hash != home.hash) == (home.id, True)


async def test_a_workflow_step_is_run_with_a_token_of_its_own(
    ws: StandInWorkspace, echo: Echo
) -> None:
    ended = await ws.run_step("look_up", {"country": "Korea"}, ["status"])
    assert ended == {"outputs": {"status": "Korea: yes"}}
    assert ws.calls_of("functions.completeSuccess")[0].token.startswith("xwfp-")


async def test_a_file_is_uploaded_and_shared(
    ws: StandInWorkspace, echo: Echo, compliance: Channel
) -> None:
    await echo.bolt.client.files_upload_v2(
        channel=compliance.id, filename="partners.csv", content="a,b\n", initial_comment="all"
    )
    [message] = ws.messages(compliance)
    assert (message.text, message.files[0]["name"]) == ("all", "partners.csv")
    assert ws.workspace.files[message.files[0]["id"]].content == b"a,b\n"


# Coming and going


@SDK_WARNS
async def test_installing_with_oauth_gives_a_token_once(ws: StandInWorkspace) -> None:
    other = ws.neighbour("Forwarder")
    assert other.bot_token is None
    code = other.install_code(other.user("Cleo"))
    client = AsyncWebClient(base_url=ws.api_url)
    credentials = {"client_id": "client-id", "client_secret": "client-secret"}

    granted = await client.oauth_v2_access(code=code, **credentials)
    who = await client.auth_test(token=granted["access_token"])
    assert granted["team"] == {"id": other.team_id, "name": "Forwarder"}
    assert (who["team_id"], who["user_id"]) == (other.team_id, other.bot.id)
    with pytest.raises(Exception, match="invalid_code"):
        await client.oauth_v2_access(code=code, **credentials)


@SDK_WARNS
async def test_a_rotated_token_ends_after_twelve_hours_and_is_renewed_once() -> None:
    clock = Clock()
    async with StandInWorkspace(clock=clock, rotate_tokens=True, bot_token=None) as ws:
        client = AsyncWebClient(base_url=ws.api_url)
        credentials = {"client_id": "client-id", "client_secret": "client-secret"}
        code = ws.install_code(ws.user("Ana"))
        first = await client.oauth_v2_access(code=code, **credentials)
        clock.now += 43_201
        with pytest.raises(Exception, match="token_expired"):
            await client.auth_test(token=first["access_token"])
        renewal = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
        second = await client.oauth_v2_access(**credentials, **renewal)
        assert (await client.auth_test(token=second["access_token"]))["ok"]
        with pytest.raises(Exception, match="invalid_refresh_token"):
            await client.oauth_v2_access(**credentials, **renewal)


async def test_a_removed_app_is_told_and_hears_nothing_more(
    ws: StandInWorkspace, echo: Echo, ana: User, compliance: Channel
) -> None:
    await ws.uninstall()
    assert sorted(echo.kinds()) == ["app_uninstalled", "tokens_revoked"]
    await ws.mention(compliance, ana, "korea?")
    assert len(echo.heard) == 2


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
