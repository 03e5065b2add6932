"""Takes the README's pictures of the playground's page, with Chromium:

python docs/pictures.py /usr/bin/chromium
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

HERE = Path(__file__).parent
SIZE = (1180, 860)
# The playground's page is the only one that is opened, and nothing else is asked for.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
]
PATIENCE = 15.0  # seconds for anything to appear


@dataclass
class Page:
    """The page, as a person uses it."""

    line: aiohttp.ClientWebSocketResponse
    calls: int = 0

    async def call(self, method: str, **given: Any) -> Any:
        self.calls += 1
        await self.line.send_json({"id": self.calls, "method": method, "params": given})
        while True:
            told = await self.line.receive_json(timeout=PATIENCE)
            if told.get("id") == self.calls:
                assert "error" not in told, told
                return told["result"]

    async def run(self, code: str) -> Any:
        done = await self.call("Runtime.evaluate", expression=code, awaitPromise=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    async def until(self, code: str) -> None:
        async with asyncio.timeout(PATIENCE):
            while not await self.run(code):
                await asyncio.sleep(0.05)

    async def see(self, text: str) -> None:
        await self.until(f"document.body?.innerText.includes({json.dumps(text)})")

    async def click(self, name: str, within: str = "body") -> None:
        """Clicks the last button of that name."""
        found = (
            f"[...document.querySelector({json.dumps(within)}).querySelectorAll('button,summary')]"
            f".filter((b) => [b.innerText.trim(), b.title, b.ariaLabel].includes({json.dumps(name)}"
            ")).at(-1)"
        )
        await self.until(f"Boolean({found})")
        await self.run(f"{found}.click()")

    async def type(self, text: str, into: str, *, send: bool = True) -> None:
        await self.until(f"Boolean(document.querySelector({json.dumps(into)}))")
        await self.run(f"document.querySelector({json.dumps(into)}).focus()")
        await self.call("Input.insertText", text=text)
        if send:
            for kind in ("keyDown", "keyUp"):
                await self.call(
                    "Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", text="\r",
                    windowsVirtualKeyCode=13,
                )  # fmt: skip

    async def picture(self, name: str) -> None:
        await asyncio.sleep(0.5)  # what moves has come to rest
        shot = await self.call("Page.captureScreenshot", format="png")
        (HERE / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextlib.asynccontextmanager
async def started(*command: str) -> AsyncIterator[None]:
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


async def opened(session: aiohttp.ClientSession, debugging: int, address: str) -> Page:
    """The page, once both the browser and the playground are there."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await session.get(address)
                where = f"http://127.0.0.1:{debugging}/json/list"
                async with session.get(where) as found:
                    [tab] = [t for t in await found.json() if t["type"] == "page"]
                break
            except (aiohttp.ClientError, ValueError):
                await asyncio.sleep(0.1)
    page = Page(await session.ws_connect(tab["webSocketDebuggerUrl"], max_msg_size=0))
    await page.call("Page.enable")
    await page.call(
        "Emulation.setDeviceMetricsOverride",
        width=SIZE[0], height=SIZE[1], deviceScaleFactor=1, mobile=False,
    )  # fmt: skip
    await page.call("Page.navigate", url=address)
    await page.see("compliance")
    await page.run("document.documentElement.dataset.theme = 'light'")
    return page


async def take(page: Page) -> None:
    """One picture of each surface."""
    await page.type("@mra-bot do we have an MRA with Singapore?", "#composer")
    await page.see("Yes: Singapore")
    await page.type("when was it signed?", "#thread-composer")
    await page.see("3 replies")
    await page.run("document.getElementById('thread-list').scrollTop = 0")
    await page.picture("thread")

    await page.click("Close the thread")
    await page.type("/mra compare Japan and Singapore", "#composer")
    await page.see("Share in channel")
    await page.picture("command")

    await page.click("mra-bot")
    await page.see("Hello. I look up mutual recognition")
    await page.type("who runs Jordan's program?", "#composer")
    await page.see("Jordan Customs")
    await page.picture("direct")

    await page.click("⌂ Home tab")
    await page.see("Newest")
    await page.picture("home")

    await page.click("⚡ Look up an arrangement")
    await page.see("Country or program")
    await page.type("singapur", "dialog input", send=False)
    await page.see("Singapore")
    await page.picture("look-up")


async def main(browser: str) -> None:
    port, debugging = _free_port(), _free_port()
    address = f"http://127.0.0.1:{port}/"
    with tempfile.TemporaryDirectory() as profile:
        async with (
            started(sys.executable, "-m", "bot", "playground", "--port", str(port)),
            started(
                browser, *FLAGS, f"--user-data-dir={profile}",
                f"--remote-debugging-port={debugging}", "about:blank",
            ),
            aiohttp.ClientSession() as session,
        ):  # fmt: skip
            await take(await opened(session, debugging, address))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
