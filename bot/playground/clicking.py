"""What people click in a workspace: buttons, menus, modals, shortcuts, the Home tab."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.playground import events, interactions
from bot.playground.blocks import validate_options
from bot.playground.deliveries import Delivery
from bot.playground.filling_in import chosen, find_element, state_of
from bot.playground.records import Message, User, View
from bot.playground.refusal import Json, Refusal
from bot.playground.talking import Talking


class Clicking(Talking):
    """A workspace in which people click."""

    async def click(self, user: User, on: Message | View, what: str) -> Delivery:
        """Clicks the button with this text (or action_id) in a message or a view.

        Raises LookupError that names the buttons there are.
        """
        return await self.choose(user, on, what, what)

    async def choose(self, user: User, on: Message | View, menu: str, option: Any) -> Delivery:
        """Picks an option (by its text, its value, or as it was suggested) from a menu.

        `menu` is its action_id or placeholder; for a picker `option` is what it picks.
        """
        on = self._current(user, on)
        block, element = find_element(on.blocks, menu)
        action = {
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            **chosen(element, option),
        }
        delivery = Delivery("interaction", "block_actions", {})
        url = self._response_url(delivery, user, on)
        state = state_of(on.blocks, {element["action_id"]: option})
        ws = self.workspace
        delivery.payload = interactions.block_actions(ws, user, on, action, state, url)
        return await self.installation.bring_again(delivery)

    def _response_url(self, delivery: Delivery, user: User, on: Message | View) -> str:
        if isinstance(on, View):
            return ""
        urls = self.installation.response_urls
        return self.response_url(urls.new(delivery, user.id, on.channel, on))

    def _current(self, user: User, on: Message | View) -> Message | View:
        """The thing as it stands now; raises LookupError where this user can't see it."""
        if isinstance(on, View):
            view = self.installation.views.find(view_id=on.id)
            if view.user != user.id:
                raise LookupError(f"{user.name} does not see this view")
            return view
        if on.seen_by not in ("", user.id):
            raise LookupError(f"{user.name} does not see this message")
        ws = self.workspace
        return next((m for m in ws.messages if (m.channel, m.ts) == (on.channel, on.ts)), on)

    async def suggest(self, user: User, on: Message | View, menu: str, typed: str) -> list[Json]:
        """Types into a menu whose options the app serves; returns what it was offered."""
        return (await self.suggestion(user, on, menu, typed)).options

    async def suggestion(self, user: User, on: Message | View, menu: str, typed: str) -> Delivery:
        """The same, with all that came of it."""
        on = self._current(user, on)
        block, element = find_element(on.blocks, menu)
        payload = interactions.block_suggestion(
            self.workspace, user, on, block["block_id"], element["action_id"], typed
        )
        delivery = await self.installation.bring("options", "block_suggestion", payload)
        if delivery.acknowledged:
            answer = _object(delivery.body)
            try:
                validate_options(answer)
            except Refusal as refusal:
                delivery.error = refusal.error
                return delivery
            groups = answer.get("option_groups") or [{"options": answer.get("options") or []}]
            delivery.options = [option for group in groups for option in group["options"]]
        return delivery

    async def submit_view(self, user: User, values: Mapping[str, Any] | None = None) -> Delivery:
        """Submits the modal before the user, filled in, and does what the app answers.

        `values` are keyed by block_id, action_id or label; for a menu the option's text, value
        or the option itself. The delivery's `errors` are those the app showed.
        """
        view = self.modal(user)
        if view is None:
            raise LookupError(f"{user.name} has no modal open")
        state = state_of(view.blocks, values or {}, strict=True)
        payload = interactions.view_submission(self.workspace, user, view, state)
        delivery = await self.installation.bring("interaction", "view_submission", payload)
        if delivery.acknowledged:
            self._answer_submission(user, view, delivery)
        else:
            delivery.error = "dispatch_failed"
        return delivery

    def _answer_submission(self, user: User, view: View, delivery: Delivery) -> None:
        views = self.installation.views
        answer = _object(delivery.body)
        action = answer.get("response_action")
        try:
            if action == "errors":
                delivery.errors = dict(answer["errors"])
            elif action == "update":
                views.update(answer["view"], view_id=view.id)
            elif action == "push":
                views.push(user.id, answer["view"])
            else:
                views.close(user.id, all_of_them=action == "clear")
        except Refusal as refusal:
            delivery.error = refusal.error

    async def close_view(self, user: User, *, all_of_them: bool = False) -> Delivery | None:
        """Closes the modal; the app hears of it only where the modal says so."""
        view = self.modal(user)
        if view is None:
            raise LookupError(f"{user.name} has no modal open")
        self.installation.views.close(user.id, all_of_them=all_of_them)
        if not view.body["notify_on_close"]:
            return None
        payload = interactions.view_closed(self.workspace, user, view, all_of_them)
        return await self.installation.bring("interaction", "view_closed", payload)

    async def shortcut(self, user: User, callback_id: str) -> Delivery:
        """Runs a global shortcut."""
        payload = interactions.shortcut(self.workspace, user, callback_id)
        return await self.installation.bring("interaction", "shortcut", payload)

    async def message_shortcut(self, user: User, on: Message, callback_id: str) -> Delivery:
        """Runs a shortcut on a message."""
        delivery = Delivery("interaction", "message_action", {})
        url = self._response_url(delivery, user, on)
        ws = self.workspace
        delivery.payload = interactions.message_action(ws, user, on, callback_id, url)
        return await self.installation.bring_again(delivery)

    async def open_home(self, user: User, tab: str = "home") -> View | None:
        """Opens the app's Home tab ("home") or its messages ("messages"); returns the Home
        tab as it was published by then."""
        event = events.app_home_opened(self.workspace, user, tab, self.home(user))
        await self.installation.tell(event)
        return self.home(user)

    async def run_step(
        self, callback_id: str, inputs: Mapping[str, object], outputs: Sequence[str] = ()
    ) -> Json:
        """Runs a workflow step of the app; returns {"outputs": …} or {"error": …}."""
        ws = self.workspace
        execution = ws.ids.next("Fx")
        token = self.installation.tokens.add(f"xwfp-{execution}", "function")
        step = self.installation.functions.setdefault(execution, {})
        event = events.function_executed(ws, callback_id, inputs, outputs, execution, token.value)
        await self.installation.tell(event)
        await self.until(lambda: step)
        token.revoked = True
        return step


def _object(body: str) -> Json:
    answer = json.loads(body) if body.strip() else {}
    return answer if isinstance(answer, dict) else {}
