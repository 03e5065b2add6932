"""Modals, the Home tab, shortcuts, workflow steps and files of the stand-in workspace."""

from __future__ import annotations

from bot.playground import Channel, StandInWorkspace, User
from tests.echo_app import Echo


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
