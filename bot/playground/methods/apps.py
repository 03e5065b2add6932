"""auth.*, oauth.*, apps.*: who calls, and how an app comes in and goes."""

from __future__ import annotations

from collections.abc import Mapping

from bot.playground.installation import Installation
from bot.playground.methods.call import Call, Method
from bot.playground.refusal import Json, Refusal


def _who_am_i(call: Call) -> Json:
    ws = call.workspace
    who: Json = {
        "url": f"https://{ws.team.domain}.slack.com/",
        "team": ws.team.name,
        "team_id": ws.team.id,
        "is_enterprise_install": False,
    }
    if call.token.kind == "app":
        return who | {"app_id": ws.app_id, "app_name": ws.bot.name}
    return who | {"user": ws.bot.handle, "user_id": ws.bot.id, "bot_id": ws.bot_id}


def _revoke(call: Call) -> Json:
    if not call.truth("test"):
        call.installation.uninstall()
    return {"revoked": not call.truth("test")}


def _connect(call: Call) -> Json:
    ticket = call.installation.socket_mode.ticket()
    app = call.workspace.app_id
    return {
        "url": f"ws://{call.address}/link/{call.workspace.team.id}/?ticket={ticket}&app_id={app}"
    }


def _access(call: Call) -> Json:
    client_id, secret = call.client
    if call.text("client_id") != client_id:
        raise Refusal("invalid_client_id")
    if call.text("client_secret") != secret:
        raise Refusal("bad_client_secret")
    refreshing = call.text("grant_type") == "refresh_token"
    given = call.argument("refresh_token" if refreshing else "code")
    for installation in call.installations:
        tokens = installation.tokens
        if refreshing and given in tokens.refresh:
            return _granted(installation, installation.workspace.bot.id, tokens.renew(given))
        if not refreshing and given in tokens.codes:
            user, granted = tokens.exchange(given)
            return _granted(installation, user, granted)
    raise Refusal("invalid_refresh_token" if refreshing else "invalid_code")


def _granted(installation: Installation, user: str, granted: Json) -> Json:
    ws = installation.workspace
    return {
        "app_id": ws.app_id,
        "authed_user": {"id": user},
        **granted,
        "bot_user_id": ws.bot.id,
        "team": {"id": ws.team.id, "name": ws.team.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _test(call: Call) -> Json:
    return {"args": call.arguments} if call.arguments else {}


METHODS: Mapping[str, Method] = {
    "api.test": Method(_test, tokens=()),
    "auth.test": Method(_who_am_i, tokens=("bot", "app", "function")),
    "auth.revoke": Method(_revoke),
    "apps.connections.open": Method(_connect, ("connections:write",), ("app",)),
    "oauth.v2.access": Method(_access, tokens=()),
}
