"""The stand-in workspace's Web API accepts and refuses as Slack does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Channel, StandInWorkspace, User
from tests.echo_app import answer

_CASES = Path(__file__).parent / "cases"
CALL_CASES = yaml.safe_load((_CASES / "calls.yaml").read_text(encoding="utf-8"))
BUTTON = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Go"}}
MODAL: dict[str, Any] = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Find"},
    "blocks": [{"type": "divider"}],
}


@pytest.fixture
def options() -> dict[str, Any]:
    return {"events": ()}  # nobody listens


@pytest.mark.parametrize("case", CALL_CASES, ids=lambda case: case["name"])
async def test_call(case: dict[str, Any], ws: StandInWorkspace, ana: User) -> None:
    channel = ws.channel("compliance")
    other = ws.channel("public", bot=False)
    secret = ws.channel("secret", private=True, bot=False)
    theirs = await ws.say(channel, ana, "hello")
    mine = ws.workspace.post(channel.id, ws.bot.id, "hi", from_app=True, thread_ts=theirs.ts)
    names = {
        "CHANNEL": channel.id, "OTHER": other.id, "SECRET": secret.id, "ANA": ana.id,
        "THEIRS": theirs.ts, "MINE": mine.ts, "DM": ws.im(ana).id,
    }  # fmt: skip
    arguments = {k: names.get(v, v) if isinstance(v, str) else v for k, v in case["with"].items()}
    client = AsyncWebClient(case.get("token", ws.bot_token), base_url=ws.api_url)
    got = await answer(client, case["call"], arguments)

    assert got.get("error") == case.get("error")
    for key, value in case.get("gives", {}).items():
        assert got[key] == names.get(value, value)


async def test_a_message_comes_back_with_what_slack_adds(
    client: AsyncWebClient, compliance: Channel, ws: StandInWorkspace
) -> None:
    blocks = [{"type": "actions", "elements": [BUTTON]}]
    got = await client.chat_postMessage(channel=compliance.id, text="hi", blocks=blocks)

    message = got["message"]
    assert (got["channel"], got["ts"], message["ts"]) == (compliance.id, message["ts"], got["ts"])
    assert (message["user"], message["bot_profile"]["app_id"]) == (
        ws.bot.id,
        ws.workspace.app_id,
    )
    assert message["blocks"][0]["block_id"]
    assert message["blocks"][0]["elements"][0]["text"]["emoji"] is True


async def test_a_call_may_be_a_form_or_json_with_the_token_inside_or_outside(
    ws: StandInWorkspace, compliance: Channel
) -> None:
    blocks = [{"type": "divider"}]
    arguments = {"channel": compliance.id, "text": "hi"}
    url = ws.api_url + "chat.postMessage"
    bearer = {"Authorization": f"Bearer {ws.bot_token}"}
    async with aiohttp.ClientSession() as http:
        form = {**arguments, "blocks": json.dumps(blocks), "token": str(ws.bot_token)}
        assert (await (await http.post(url, data=form)).json())["ok"]
        body = {**arguments, "blocks": blocks}
        assert (await (await http.post(url, json=body, headers=bearer)).json())["ok"]
        broken = {**arguments, "blocks": "[{", "token": str(ws.bot_token)}
        refused = await (await http.post(url, data=broken)).json()
        assert refused["error"] == "invalid_blocks_format"
    assert [m.blocks[0]["type"] for m in ws.messages(compliance)] == ["divider", "divider"]


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("", "auth.test", "not_authed"),
        ("xoxb-unknown", "auth.test", "invalid_auth"),
        ("xapp-stand-in", "chat.postMessage", "not_allowed_token_type"),
        ("xoxb-stand-in", "apps.connections.open", "not_allowed_token_type"),
        ("xoxb-stand-in", "no.such.method", "unknown_method"),
    ],
)
async def test_tokens(ws: StandInWorkspace, token: str, method: str, error: str) -> None:
    got = await answer(AsyncWebClient(token, base_url=ws.api_url), method, {})
    assert got["error"] == error


async def test_a_revoked_token_is_refused(ws: StandInWorkspace, client: AsyncWebClient) -> None:
    ws.revoke_tokens()
    assert (await answer(client, "auth.test", {}))["error"] == "token_revoked"


async def test_a_scope_that_was_not_granted_is_named(compliance: Channel) -> None:
    async with StandInWorkspace(scopes=["commands", "chat:write"]) as ws:
        client = AsyncWebClient(ws.bot_token, base_url=ws.api_url)
        got = await answer(client, "users.info", {"user": ws.user("Ana").id})
        assert (got["error"], got["needed"]) == ("missing_scope", "users:read")
        assert got["provided"] == "commands,chat:write"


# Threads, direct messages, views, prompts


async def test_a_long_thread_comes_in_pages(
    ws: StandInWorkspace, client: AsyncWebClient, ana: User, compliance: Channel
) -> None:
    root = await ws.say(compliance, ana, "korea?")
    for n in range(5):
        await client.chat_postMessage(channel=compliance.id, text=str(n), thread_ts=root.ts)
    read: list[str] = []
    async for page in await client.conversations_replies(
        channel=compliance.id, ts=root.ts, limit=2
    ):
        read += [message["text"] for message in page["messages"]]
    assert read == ["korea?", "0", "1", "2", "3", "4"]

    history = await client.conversations_history(channel=compliance.id)
    assert [m["reply_count"] for m in history["messages"]] == [5]


async def test_a_deleted_root_leaves_a_tombstone_that_takes_no_replies(
    ws: StandInWorkspace, client: AsyncWebClient, ana: User, compliance: Channel
) -> None:
    root = await ws.say(compliance, ana, "korea?")
    await client.chat_postMessage(channel=compliance.id, text="yes", thread_ts=root.ts)
    await ws.delete(root)
    late = {"channel": compliance.id, "text": "more", "thread_ts": root.ts}
    assert (await answer(client, "chat.postMessage", late))["error"] == "cannot_reply_to_message"


async def test_a_direct_message_is_opened_once(
    ws: StandInWorkspace, client: AsyncWebClient, ana: User
) -> None:
    first = await client.conversations_open(users=ana.id)
    second = await client.conversations_open(users=[ana.id])
    assert first["channel"]["id"] == second["channel"]["id"] == ws.im(ana).id
    await client.chat_postMessage(channel=ana.id, text="hello")
    assert [m.text for m in ws.messages(ws.im(ana))] == ["hello"]


async def test_the_locale_is_given_where_it_is_asked_for(client: AsyncWebClient, ana: User) -> None:
    asked = await client.users_info(user=ana.id, include_locale=True)
    assert asked["user"]["locale"] == "es-ES"
    assert "locale" not in (await client.users_info(user=ana.id))["user"]


async def test_a_trigger_opens_one_modal_and_only_for_three_seconds(ana: User) -> None:
    now = [1_800_000_000.0]
    async with StandInWorkspace(clock=lambda: now[0]) as ws:
        client = AsyncWebClient(ws.bot_token, base_url=ws.api_url)
        trigger, late = (ws.workspace.new_trigger(ws.user("Ana").id) for _ in range(2))
        outcomes = [
            await answer(client, "views.open", {"trigger_id": id_, "view": MODAL})
            for id_ in (trigger, trigger, "made up")
        ]
        now[0] += 4
        outcomes.append(await answer(client, "views.open", {"trigger_id": late, "view": MODAL}))
    assert [o.get("error") for o in outcomes] == [
        None, "exchanged_trigger_id", "invalid_trigger_id", "expired_trigger_id",
    ]  # fmt: skip


async def test_a_view_that_changed_meanwhile_is_not_overwritten(
    ws: StandInWorkspace, client: AsyncWebClient, ana: User
) -> None:
    trigger = ws.workspace.new_trigger(ana.id)
    opened = (await client.views_open(trigger_id=trigger, view=MODAL))["view"]
    await client.views_update(view_id=opened["id"], hash=opened["hash"], view=MODAL)
    stale = {"view_id": opened["id"], "hash": opened["hash"], "view": MODAL}
    assert (await answer(client, "views.update", stale))["error"] == "hash_conflict"
    unknown = {"view_id": "V0", "view": MODAL}
    assert (await answer(client, "views.update", unknown))["error"] == "not_found"


async def test_three_modals_lie_on_each_other_at_most(
    ws: StandInWorkspace, client: AsyncWebClient, ana: User
) -> None:
    await client.views_open(trigger_id=ws.workspace.new_trigger(ana.id), view=MODAL)
    outcomes = [
        await answer(
            client,
            "views.push",
            {"trigger_id": ws.workspace.new_trigger(ana.id), "view": MODAL},
        )
        for _ in range(3)
    ]
    assert [o.get("error") for o in outcomes] == [None, None, "push_limit_reached"]


async def test_prompts_and_status_are_shown(
    ws: StandInWorkspace, client: AsyncWebClient, ana: User
) -> None:
    im = ws.im(ana)
    said = await ws.direct_message(ana, "hello")
    prompts = [{"title": "Korea", "message": "korea?"}]
    await client.assistant_threads_setSuggestedPrompts(channel_id=im.id, prompts=prompts)
    await client.assistant_threads_setStatus(
        channel_id=im.id, thread_ts=said.ts, status="is looking it up"
    )
    assert ws.prompts(ana) == prompts
    assert ws.status(im, said) == "is looking it up"
    await client.chat_postMessage(channel=im.id, thread_ts=said.ts, text="here")
    assert ws.status(im, said) == ""


async def test_prompts_for_a_thread_are_taken_and_not_shown(
    ws: StandInWorkspace, client: AsyncWebClient, ana: User
) -> None:
    said = await ws.direct_message(ana, "hello")
    await client.assistant_threads_setSuggestedPrompts(
        channel_id=ws.im(ana).id,
        thread_ts=said.ts,
        prompts=[{"title": "Korea", "message": "korea?"}],
    )
    assert ws.prompts(ana) == []


async def test_blocks_are_validated_without_a_token(ws: StandInWorkspace) -> None:
    client = AsyncWebClient(base_url=ws.api_url)
    good = await answer(client, "blocks.validate", {"blocks": [{"type": "divider"}]})
    bad = await answer(client, "blocks.validate", {"blocks": [{"type": "section"}]})
    assert good["ok"]
    assert bad["errors"][0]["pointer"] == "/blocks/0/type"


async def test_no_two_have_the_same_id(ws: StandInWorkspace) -> None:
    people = [ws.user(f"Person {n}").id for n in range(1_000)]
    assert len({ws.bot.id, *people}) == 1_001
