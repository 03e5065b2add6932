"""What people say in a workspace: messages, edits, commands, reactions."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from bot.playground import events, interactions
from bot.playground.bench import Bench
from bot.playground.deliveries import Delivery
from bot.playground.formatting import typed_blocks
from bot.playground.records import Channel, Message, User

_BOT = "<@BOT>"  # in what is said: the bot, whatever its id is


class Talking(Bench):
    """A workspace in which people talk."""

    async def say(
        self,
        channel: Channel,
        user: User,
        text: str,
        *,
        thread: Message | str | None = None,
        order: Sequence[str] | None = None,
    ) -> Message:
        """Posts what a person says; returns it once the app has acknowledged it.

        `text` is as Slack delivers it; `<@BOT>` mentions the bot. `thread` is a message of the
        thread, or its ts. A mention comes to the app as app_mention and as message, both at
        once; with `order` one after the other, and only those named.
        """
        ws = self.workspace
        text = text.replace(_BOT, f"<@{self.bot.id}>")
        said = ws.post(
            channel.id,
            user.id,
            text,
            blocks=tuple(typed_blocks(text, ws.ids)),
            thread_ts=thread.root if isinstance(thread, Message) else thread,
            client_msg_id=ws.new_client_msg_id(),
        )
        await self._tell_said(said, order)
        return said

    async def _tell_said(self, said: Message, order: Sequence[str] | None) -> None:
        ws = self.workspace
        if not self.installation.hears(said.channel):
            return
        shapes = {"message": events.message(ws, said)}
        # In a direct message a mention is a message like any other.
        if ws.channels[said.channel].kind != "im" and self._mentions_bot(said.text):
            shapes = {"app_mention": events.app_mention(ws, said)} | shapes
        if order is None:
            await asyncio.gather(*(self.installation.tell(event) for event in shapes.values()))
        else:
            for name in order:
                await self.installation.tell(shapes[name])

    def _mentions_bot(self, text: str) -> bool:
        return re.search(rf"<@{self.bot.id}(\||>)", text) is not None

    async def mention(
        self,
        channel: Channel,
        user: User,
        text: str,
        *,
        thread: Message | str | None = None,
        order: Sequence[str] | None = None,
    ) -> Message:
        """Says it to the bot: where the text doesn't mention it, the mention goes in front."""
        if _BOT not in text and not self._mentions_bot(text):
            text = f"{_BOT} {text}"
        return await self.say(channel, user, text, thread=thread, order=order)

    async def direct_message(
        self, user: User, text: str, *, thread: Message | str | None = None
    ) -> Message:
        """Says something to the bot alone."""
        return await self.say(self.im(user), user, text, thread=thread)

    async def edit(self, message: Message, text: str) -> Message:
        """Its author changes a message; mentions that were not there before count as new."""
        ws = self.workspace
        text = text.replace(_BOT, f"<@{self.bot.id}>")
        after = ws.change(
            ws.message(message.channel, message.ts),
            text=text,
            blocks=tuple(typed_blocks(text, ws.ids)),
            edited=ws.new_ts(),
        )
        if self.installation.hears(message.channel):
            told = [events.message_changed(ws, message, after)]
            if self._mentions_bot(text) and not self._mentions_bot(message.text):
                told.append(events.app_mention(ws, after))
            await asyncio.gather(*(self.installation.tell(event) for event in told))
        return after

    async def delete(self, message: Message) -> None:
        """Its author deletes a message."""
        ws = self.workspace
        gone = ws.message(message.channel, message.ts)
        ws.remove(gone)
        if self.installation.hears(gone.channel):
            await self.installation.tell(events.message_deleted(ws, gone))

    async def react(self, user: User, message: Message, name: str) -> Message:
        """Puts an emoji under a message."""
        ws = self.workspace
        before = ws.message(message.channel, message.ts)
        after = ws.change(before, reactions=(*before.reactions, (name, user.id)))
        if self.installation.hears(message.channel):
            await self.installation.tell(events.reaction(ws, "reaction_added", user, name, after))
        return after

    async def command(self, channel: Channel, user: User, name: str, text: str = "") -> Delivery:
        """Types a slash command; returns it with what the user was shown for an answer.

        `name` is "/mra"; the app need not be in the channel.
        """
        ws = self.workspace
        delivery = Delivery("command", name, {})
        response = self.installation.response_urls.new(delivery, user.id, channel.id)
        url = self.response_url(response)
        delivery.payload = interactions.command(ws, channel, user, name, text, url)
        await self.installation.bring_again(delivery)
        self.installation.show_answer(delivery, user.id, channel.id, response)
        return delivery

    async def invite(self, channel: Channel, user: User) -> None:
        """Somebody brings the bot into a channel."""
        self.workspace.members[channel.id].add(self.bot.id)
        self.workspace.changed()
        event = events.member_joined(self.workspace, channel, self.bot.id, user)
        await self.installation.tell(event)

    async def event(self, type_: str, **fields: object) -> Delivery | None:
        """Sends any other event; None where the app has not subscribed to it."""
        event = {"type": type_, "event_ts": self.workspace.new_ts(), **fields}
        return await self.installation.tell(event)
