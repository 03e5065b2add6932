"""The Web API over HTTP: arguments, tokens, faults and errors as Slack has them."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.playground.activity import Activity
from bot.playground.faults import Fault, Faults
from bot.playground.installation import Installation
from bot.playground.methods import METHODS
from bot.playground.methods.call import Call, Method
from bot.playground.refusal import Json, Refusal
from bot.playground.tokens import Token

# Arguments that are structures; in a form they come as JSON.
_STRUCTURES = {
    "attachments", "blocks", "files", "loading_messages", "message", "metadata", "outputs",
    "prompts", "unfurls", "view",
}  # fmt: skip
_BROKEN = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}
_NOBODY = Token("", "bot", ())


@dataclass(slots=True)
class WebCall:
    """A call as it was made, and what came back."""

    method: str
    arguments: Json
    token: str
    status: int | None = None  # None where the answer was never given
    answer: Json = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.answer.get("ok") is True

    @property
    def error(self) -> str:
        return str(self.answer.get("error", ""))


class WebApi:
    """All methods, for all workspaces of one Slack."""

    def __init__(self, client: tuple[str, str], activity: Activity) -> None:
        self.installations: list[Installation] = []
        self.faults = Faults()
        self.calls: list[WebCall] = []
        self._client = client
        self._activity = activity

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answers one call."""
        name = request.match_info["method"]
        call = WebCall(name, {}, _bearer(request))
        self.calls.append(call)
        self._activity.log.append(call)
        fault = self.faults.take(name)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.drop_connection:
            return cut(request)
        headers: dict[str, str] = {}
        try:
            call.arguments = await _arguments(request)
            call.token = call.token or str(call.arguments.pop("token", ""))
            refused = refusal(fault)
            if refused is not None:
                call.status, call.answer = refused.status, _recorded(refused)
                return refused
            call.answer = {"ok": True, **self._run(request, name, call, headers)}
        except Refusal as refused_by_method:
            call.answer = refused_by_method.answer()
        if fault.lost_answer:
            return cut(request)
        call.status = 200
        return web.json_response(call.answer, headers=headers)

    def _run(self, request: web.Request, name: str, call: WebCall, headers: dict[str, str]) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise Refusal("unknown_method", req_method=name)
        installation, token = self._caller(call.token, method)
        headers["x-oauth-scopes"] = ",".join(token.scopes)
        headers["x-accepted-oauth-scopes"] = ",".join(method.scopes)
        _refuse_unless_allowed(token, method)
        address = request.host
        return method.run(
            Call(call.arguments, self.installations, installation, token, address, self._client)
        )

    def _caller(self, value: str, method: Method) -> tuple[Installation, Token]:
        """Whose token it is; of methods that need none, anybody's."""
        if not method.tokens:
            return self.installations[0], _NOBODY
        if not value:
            raise Refusal("not_authed")
        for installation in self.installations:
            if value in installation.tokens.known:
                return installation, installation.tokens.check(value)
        raise Refusal("invalid_auth")


def _refuse_unless_allowed(token: Token, method: Method) -> None:
    if method.tokens and token.kind not in method.tokens:
        raise Refusal("not_allowed_token_type")
    if method.scopes and not set(method.scopes) & set(token.scopes):
        raise Refusal("missing_scope", needed=method.scopes[0], provided=",".join(token.scopes))


def refusal(fault: Fault) -> web.Response | None:
    """The answer by which a fault refuses; None where it does not."""
    if fault.retry_after is not None:
        body = {"ok": False, "error": "ratelimited"}
        return web.json_response(body, status=429, headers={"Retry-After": str(fault.retry_after)})
    if fault.status is not None:
        return web.Response(text="<html>upstream error</html>", status=fault.status)
    if fault.error is not None:
        return web.json_response(Refusal(fault.error, **fault.details).answer())
    return None


def cut(request: web.Request) -> web.Response:
    """Breaks the connection; what is returned reaches nobody."""
    if isinstance(request.transport, asyncio.WriteTransport):
        request.transport.abort()
    return web.Response()


def _recorded(response: web.Response) -> Json:
    if response.content_type != "application/json":
        return {}
    recorded: Json = json.loads(response.text or "{}")
    return recorded


def _bearer(request: web.Request) -> str:
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    return value if kind == "Bearer" else ""


async def _arguments(request: web.Request) -> Json:
    """The arguments, from the address, a form or JSON."""
    arguments: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            given = json.loads(await request.text() or "{}")
        except ValueError:
            raise Refusal("invalid_json") from None
        if not isinstance(given, dict):
            raise Refusal("json_not_object")
        arguments |= given
    elif request.can_read_body:
        arguments |= {k: v for k, v in (await request.post()).items() if isinstance(v, str)}
    for name in _STRUCTURES & arguments.keys():
        arguments[name] = _structure(name, arguments[name])
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    if kind == "Basic":
        client_id, _, secret = base64.b64decode(value).decode().partition(":")
        arguments |= {"client_id": client_id, "client_secret": secret}
    return arguments


def _structure(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refusal(_BROKEN.get(name, "invalid_arguments")) from None
