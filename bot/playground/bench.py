"""A workspace to work with: looking things up, waiting, and letting things go wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bot.playground import payloads
from bot.playground.deliveries import Delivery, Http
from bot.playground.faults import Fault
from bot.playground.installation import Installation
from bot.playground.records import Channel, Message, User, View
from bot.playground.refusal import Json
from bot.playground.site import Site
from bot.playground.web_api import WebCall

WAIT_SECONDS = 5.0  # far above what an answer takes, so that only a real failure ends here
_QUIET_SECONDS = 0.05  # an app that goes on working shows it sooner than this


class Bench:
    """What tests look at. Everybody is a member of every channel unless it is said otherwise."""

    def __init__(
        self, site: Site, installation: Installation, *, signing_secret: str, ack_seconds: float
    ) -> None:
        self.site = site
        self.installation = installation
        self.workspace = installation.workspace
        self.signing_secret = signing_secret
        self.ack_seconds = ack_seconds

    # Places and people

    @property
    def api_url(self) -> str:
        """The Web API's address, ending with `/api/`."""
        return f"http://127.0.0.1:{self.site.port}/api/"

    @property
    def bot(self) -> User:
        return self.workspace.bot

    @property
    def team_id(self) -> str:
        return self.workspace.team.id

    def user(self, name: str, *, locale: str = "en-US") -> User:
        """The person of this name; comes into the workspace, and its channels, if new."""
        ws = self.workspace
        for user in ws.users.values():
            if user.name == name:
                return user
        user = ws.add_user(name, locale)
        for channel in ws.channels.values():
            if channel.kind == "public":
                ws.members[channel.id].add(user.id)
        return user

    def channel(
        self,
        name: str,
        *,
        private: bool = False,
        bot: bool = True,
        members: Iterable[User] | None = None,
    ) -> Channel:
        """The channel of this name; made if new, with `members` (or everybody) in it.

        `bot` says whether the bot is a member.
        """
        ws = self.workspace
        for channel in ws.channels.values():
            if channel.name == name and channel.kind != "im":
                return channel
        people = ws.users.values() if members is None else members
        ids = {user.id for user in people if not user.is_bot}
        ids |= {self.bot.id} if bot else set()
        return ws.add_channel(name, private=private, members=ids)

    def im(self, user: User, other: User | None = None) -> Channel:
        """The direct message of a user with the bot, or with somebody else."""
        return self.workspace.im(user.id, (other or self.bot).id)

    # What is seen

    def messages(self, channel: Channel) -> list[Message]:
        """What stands in the channel itself, oldest first, threads closed."""
        return self.workspace.top_level(channel.id)

    def thread(self, channel: Channel, ts: Message | str) -> list[Message]:
        """A thread: the message that opens it, then its replies."""
        return self.workspace.thread(channel.id, ts.root if isinstance(ts, Message) else ts)

    def ephemeral(self, user: User) -> list[Message]:
        """What only this user was shown, oldest first."""
        return self.workspace.ephemeral(user.id)

    def home(self, user: User) -> View | None:
        """The user's Home tab, if the app has published one."""
        return self.installation.views.homes.get(user.id)

    def modal(self, user: User) -> View | None:
        """The modal that the user has before them."""
        return self.installation.views.top(user.id)

    def prompts(self, user: User) -> list[Json]:
        """The prompts suggested in the user's direct message."""
        return list(self.workspace.assistance_for(self.im(user).id, "").prompts)

    def status(self, channel: Channel, thread: Message | str) -> str:
        """The status line shown in a thread."""
        ts = thread.root if isinstance(thread, Message) else thread
        return self.workspace.assistance_for(channel.id, ts).status

    @property
    def deliveries(self) -> list[Delivery]:
        """Everything that was brought to the app, in order."""
        return self.installation.deliveries

    @property
    def calls(self) -> list[WebCall]:
        """Every call of the Web API, with its arguments and what was answered."""
        return self.site.api.calls

    def calls_of(self, method: str) -> list[WebCall]:
        return [call for call in self.calls if call.method == method]

    # Ways to the app

    def deliver_to(self, url: str) -> None:
        """From now on everything goes to this address, signed."""
        self.installation.http = Http(
            url, self.signing_secret, self.site.session, self.ack_seconds, self.workspace.clock
        )

    def response_url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.site.port}/commands/{self.team_id}/{name}"

    async def connected(self, times: int = 1, *, seconds: float = WAIT_SECONDS) -> None:
        """Waits until the app has connected by Socket Mode, `times` times in all."""
        socket = self.installation.socket_mode
        await self.until(lambda: socket.connected >= times and socket.connections, seconds=seconds)

    async def verify_url(self) -> Delivery:
        """Asks the app to prove that it is there, as Slack does when its address is entered."""
        challenge = {"type": "url_verification", "challenge": "challenge-accepted"}
        challenge["token"] = payloads.VERIFICATION
        return await self.installation.bring("challenge", "url_verification", challenge)

    async def deliver_again(self, delivery: Delivery, reason: str = "http_timeout") -> Delivery:
        """Brings the same thing once more, as Slack does when it missed the answer."""
        carrier = self.installation.http or self.installation.socket_mode
        with self.site.activity.under_way(f"{delivery.kind} {delivery.name} again"):
            attempt = await carrier.carry(delivery, len(delivery.attempts), reason)
        delivery.attempts.append(attempt)
        return delivery

    # Waiting

    async def until(
        self, condition: Callable[[], object], *, seconds: float = WAIT_SECONDS
    ) -> None:
        """Waits until the condition holds, looked at with every change in the workspace.

        Raises TimeoutError that names what is still under way.
        """
        await self.site.activity.until(condition, seconds, "the condition")

    async def settled(
        self, *, seconds: float = WAIT_SECONDS, quiet: float = _QUIET_SECONDS
    ) -> None:
        """Waits until no delivery and no call is open, and none begins for a moment."""
        await self.site.activity.settled(seconds, quiet)

    async def answer_to(self, message: Message, *, seconds: float = WAIT_SECONDS) -> Message:
        """Waits for the bot's next message after this one, where an answer to it would stand:
        in its thread, or at the top level of a direct message."""
        await self.until(lambda: self._answers(message), seconds=seconds)
        return self._answers(message)[0]

    def _answers(self, message: Message) -> Sequence[Message]:
        ws = self.workspace
        within = ws.thread(message.channel, message.root)
        if ws.channels[message.channel].kind == "im" and message.thread_ts is None:
            within = within + ws.top_level(message.channel)
        after = [m for m in within if m.from_app and float(m.ts) > float(message.ts)]
        return sorted(after, key=lambda m: float(m.ts))

    # Letting things go wrong

    def fail_next(self, method: str, *, times: int = 1, **how: Any) -> None:
        """Lets the next calls of a method go wrong; see Fault for the ways.

        `method` may be "*", "response_url" or "upload".
        """
        self.site.api.faults.add(Fault(method, times=times, **how))

    async def refresh_connection(self, reason: str = "refresh_requested") -> None:
        """Asks the app to replace its Socket Mode connection, and waits until it has."""
        socket = self.installation.socket_mode
        before = socket.connected
        await socket.disconnect(reason)
        await self.until(lambda: socket.connected > before)

    def cut_connection(self) -> None:
        """Breaks the app's Socket Mode connections without a word."""
        self.installation.socket_mode.cut()
