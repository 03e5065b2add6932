"""The playground's page, used over HTTP as a browser would, and how it starts and stops."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.playground import StandInWorkspace
from bot.playground import browser as page_module
from bot.playground.browser import Browser
from bot.playground.server import AsgiApp, Playground, Slack
from bot.playground.snapshot import Offer, Shown
from tests.echo_app import Echo, serving

PAGE = Path(page_module.__file__).parent / "page"
SHOWN = Shown(
    commands=[("/echo", "[text]")],
    shortcuts=[("find", "Look up", "global"), ("find_in_message", "Look in here", "message")],
    offers=[Offer("@mra-bot korea?")],
)


class Page:
    """A browser's view: the newest state, and what can be done."""

    def __init__(self, ws: StandInWorkspace, http: aiohttp.ClientSession) -> None:
        self.url = f"http://127.0.0.1:{ws.site.port}/"
        self.http = http
        self.state: dict[str, Any] = {}

    async def follow(self) -> None:
        async with self.http.get(f"{self.url}page/state") as stream:
            async for line in stream.content:
                if line.startswith(b"data: "):
                    self.state = json.loads(line[6:])

    async def until(self, condition: Callable[[dict[str, Any]], object]) -> None:
        async with asyncio.timeout(5):
            while not (self.state and condition(self.state)):
                await asyncio.sleep(0.01)

    async def do(self, name: str, **given: Any) -> dict[str, Any]:
        body = {"as": self.state["me"], **given}
        async with self.http.post(f"{self.url}page/{name}", json=body) as answer:
            told: dict[str, Any] = await answer.json()
            return told

    def place(self, kind: str) -> dict[str, Any]:
        [channel] = [c for c in self.state["channels"] if c["kind"] == kind]
        return dict(channel)

    def messages(self, kind: str = "public") -> list[dict[str, Any]]:
        return list(self.place(kind)["messages"])


@pytest.fixture
async def ws() -> AsyncIterator[StandInWorkspace]:
    workspace = StandInWorkspace()
    Browser(workspace, SHOWN).add_routes(workspace.site.app)
    workspace.user("Ana")
    workspace.channel("compliance")
    async with workspace:
        echo = Echo(workspace)
        async with serving(echo) as url:
            workspace.deliver_to(url)
            yield workspace
            await workspace.settled()


@pytest.fixture
async def page(ws: StandInWorkspace) -> AsyncIterator[Page]:
    timeout = aiohttp.ClientTimeout(total=None)
    async with aiohttp.ClientSession(timeout=timeout) as http:
        shown = Page(ws, http)
        following = asyncio.ensure_future(shown.follow())
        await shown.until(lambda state: state["channels"])
        yield shown
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def test_the_page_is_served_and_loads_nothing_from_elsewhere(page: Page) -> None:
    async with page.http.get(page.url) as answer:
        html = await answer.text()
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    for name in re.findall(r'(?:src|href)="(/[^"]+)"', html):
        async with page.http.get(page.url + name[1:]) as answer:
            assert answer.status == 200
    named = [path.read_text(encoding="utf-8") for path in PAGE.iterdir()]
    assert not any(re.search(r"(?:src|href|import|url\()\W*https?:", text) for text in named)


async def test_what_is_said_by_name_is_a_mention_and_the_answer_shows(
    page: Page, ws: StandInWorkspace
) -> None:
    await page.do("say", channel=page.place("public")["id"], text="@mra-bot korea & <japan>?")
    await page.until(lambda _: len(page.messages()) == 2)
    said, answer = page.messages()
    assert said["text"] == f"<@{ws.bot.id}> korea &amp; &lt;japan&gt;?"
    assert answer["thread_ts"] == said["ts"]


async def test_a_command_is_typed_like_a_message_and_answered_in_private(page: Page) -> None:
    await page.do("say", channel=page.place("public")["id"], text="/echo korea")
    await page.until(lambda _: page.messages())
    [answer] = page.messages()
    assert (answer["text"], answer["only_you"]) == ("korea", True)


async def test_a_click_and_a_menu_reach_the_app(page: Page) -> None:
    channel = page.place("public")["id"]
    await page.do("say", channel=channel, text="@mra-bot korea?")
    await page.until(lambda _: len(page.messages()) == 2)
    answer = page.messages()[1]
    actions = next(b for b in answer["blocks"] if b["type"] == "actions")
    on = {"channel": channel, "ts": answer["ts"]}
    menu = f"{actions['block_id']}/partner"
    offered = await page.do("suggest", **on, element=menu, typed="kor")
    assert [option["value"] for option in offered["options"]] == ["KR"]
    await page.do("act", **on, element=menu, option=offered["options"][0])
    await page.do("act", **on, element=f"{actions['block_id']}/more", option="more of it")
    await page.until(lambda _: page.messages()[1]["text"] == "more of it")


async def test_a_modal_is_filled_in_and_its_errors_come_back(page: Page) -> None:
    await page.do("shortcut", callback_id="find")
    await page.until(lambda state: state["modal"])
    offered = await page.do(
        "suggest", view=page.state["modal"]["id"], element="who/partner", typed="kor"
    )
    values = {"who/partner": offered["options"][0], "why/reason": "none"}
    assert (await page.do("submit", values=values))["errors"] == {"why": "Give a reason"}
    await page.do("submit", values={**values, "why/reason": "a plant there"})
    await page.until(lambda state: not state["modal"])


async def test_the_home_tab_opens(page: Page) -> None:
    await page.do("open", tab="home")
    await page.until(lambda state: state["home"])
    assert page.state["home"]["type"] == "home"


async def test_what_went_over_the_wire_can_be_read(page: Page) -> None:
    await page.do("say", channel=page.place("public")["id"], text="@mra-bot korea?")
    await page.until(lambda _: len(page.messages()) == 2)
    entry = next(t for t in page.state["traffic"] if t["name"] == "chat.postMessage")
    async with page.http.get(f"{page.url}page/traffic/{entry['number']}") as answer:
        whole = await answer.json()
    assert whole["answered"]["ok"] is True
    assert "Authorization" not in json.dumps(whole)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "rebound.example"}, 403),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Content-Type": "text/plain"}, 415),
    ],
)
async def test_only_this_page_may_act(page: Page, headers: dict[str, str], status: int) -> None:
    body = json.dumps({"as": page.state["me"], "tab": "home"})
    sent = {"Content-Type": "application/json", **headers}
    async with page.http.post(f"{page.url}page/open", data=body, headers=sent) as answer:
        assert answer.status == status


async def test_what_is_not_there_is_said(page: Page) -> None:
    told = await page.do("act", channel="C0", ts="1.0", element="x", option="x")
    assert told == {"error": "this message is not there any more"}


# Starting and stopping


def slow_app(slack: Slack, heard: list[str]) -> AsgiApp:
    """An app that takes its time with everything, its end included."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            heard.append("ended")
            await send({"type": "lifespan.shutdown.complete"})
            return
        await asyncio.sleep(0.3)
        heard.append("answered")
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    return app


async def test_stopping_lets_what_is_under_way_come_to_its_end() -> None:
    heard: list[str] = []
    addresses: asyncio.Queue[str] = asyncio.Queue()
    stop = asyncio.Event()
    playground = Playground(
        lambda slack: slow_app(slack, heard), "127.0.0.1", 0, "/events", "mra-bot", SHOWN
    )
    running = asyncio.ensure_future(playground.serve(addresses.put_nowait, stop))
    url = await addresses.get()
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{url}page/state") as stream:
            line = await stream.content.readline()
            state = json.loads(line[6:])
        said = {"as": state["me"], "channel": state["channels"][0]["id"], "text": "hello"}
        await (await http.post(f"{url}page/say", json=said)).json()
    stop.set()
    await asyncio.wait_for(running, 5)
    assert heard == ["answered", "ended"]


PROGRAM = """
from bot.playground.server import serve_playground
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        print("ended", flush=True)
        await send({"type": "lifespan.shutdown.complete"})
serve_playground(lambda slack: app, 0)
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_ends_it_in_order(name: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        process.send_signal(getattr(signal, name))
        assert process.stdout.read() == "ended\n"
        assert process.wait(10) == 0
