"""The views of a workspace: each user's Home tab and stack of modals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.playground.blocks import validate_view
from bot.playground.formatting import accepted_blocks, plain
from bot.playground.limits import limit
from bot.playground.records import View
from bot.playground.refusal import Json, Refusal
from bot.playground.workspace import Workspace

_KEPT = ("private_metadata", "callback_id", "external_id")


class Views:
    """Opens, updates and closes views as Slack does."""

    def __init__(self, workspace: Workspace, changed: Callable[[], None]) -> None:
        self._workspace = workspace
        self._changed = changed
        self.homes: dict[str, View] = {}
        self.modals: dict[str, list[View]] = {}  # of each user, the topmost last

    def open(self, user: str, body: Json) -> View:
        """A first modal, in place of any that was open."""
        view = self._new(user, body, "modal")
        self.modals[user] = [view]
        self._changed()
        return view

    def push(self, user: str, body: Json) -> View:
        """A modal on top of the one that is open."""
        stack = self.modals.get(user)
        if not stack:
            raise Refusal("not_found")
        if len(stack) >= limit("view.stack"):
            raise Refusal("push_limit_reached")
        below = stack[-1]
        view = replace(self._new(user, body, "modal"), root=below.root, previous=below.id)
        stack.append(view)
        self._changed()
        return view

    def publish(self, user: str, body: Json, hash: str | None = None) -> View:
        """The Home tab of a user; keeps its id from the first one on."""
        before = self.homes.get(user)
        if hash and (before is None or before.hash != hash):
            raise Refusal("hash_conflict")
        view = self._new(user, body, "home")
        self.homes[user] = replace(view, id=before.id, root=before.id) if before else view
        self._changed()
        return self.homes[user]

    def update(
        self, body: Json, *, view_id: str = "", external_id: str = "", hash: str | None = None
    ) -> View:
        """Another content for a view that is open."""
        old = self.find(view_id=view_id, external_id=external_id)
        if hash and old.hash != hash:
            raise Refusal("hash_conflict")
        new = self._new(old.user, body, old.type, replacing=old)
        new = replace(new, id=old.id, root=old.root, previous=old.previous)
        if old.type == "home":
            self.homes[old.user] = new
        else:
            stack = self.modals[old.user]
            stack[stack.index(old)] = new
        self._changed()
        return new

    def find(self, *, view_id: str = "", external_id: str = "") -> View:
        everyone = [*self.homes.values(), *(v for stack in self.modals.values() for v in stack)]
        for view in everyone:
            if view_id == view.id or (external_id and view.body["external_id"] == external_id):
                return view
        raise Refusal("not_found")

    def top(self, user: str) -> View | None:
        """The modal that the user has before them."""
        stack = self.modals.get(user)
        return stack[-1] if stack else None

    def close(self, user: str, *, all_of_them: bool = False) -> None:
        stack = self.modals.get(user, [])
        del stack[0 if all_of_them else -1 :]
        self._changed()

    def _new(self, user: str, body: Json, type_: str, replacing: View | None = None) -> View:
        validate_view(body)
        if body["type"] != type_:
            raise Refusal("invalid_arguments", [f"must be a {type_} [json-pointer:/view/type]"])
        external = body.get("external_id")
        taken = [*self.homes.values(), *(v for stack in self.modals.values() for v in stack)]
        if external and any(v.body["external_id"] == external and v != replacing for v in taken):
            raise Refusal("duplicate_external_id")
        kept = {key: body.get(key) or "" for key in _KEPT}
        shown: Json = {
            "type": type_,
            "blocks": accepted_blocks(body["blocks"], self._workspace.ids),
            "clear_on_close": bool(body.get("clear_on_close")),
            "notify_on_close": bool(body.get("notify_on_close")),
            "title": plain(body.get("title") or {"text": "View Title"}),
            "close": plain(body["close"]) if body.get("close") else None,
            "submit": plain(body["submit"]) if body.get("submit") else None,
            **kept,
        }
        view_id = self._workspace.ids.next("V")
        return View(view_id, user, shown, f"{self._workspace.new_ts()}.v", root=view_id)
