"""The manifest: as Slack wants it, and what the code listens to and calls, no more and no less."""

from __future__ import annotations

import ast
import copy
import dataclasses
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from jsonschema import Draft7Validator
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli import main
from bot.in_process_store import InProcessStore
from bot.installs import Installs
from bot.manifest import manifest
from bot.playground import StandInWorkspace
from bot.playground.methods import METHODS
from bot.slack import build_app
from bot.slack.app import _SURFACES
from bot.slack.installing import register as register_removal
from bot.slack.shortcuts import SHORTCUTS
from bot.slack.steps import COUNTRY, DATE, Outcome
from bot.web import REDIRECT
from tests.manifest_rules import RULES
from tests.slack_app import Echoing, settings_for

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
URL = "https://mra.example.com"
MANIFEST = manifest()
SCOPES = set(MANIFEST["oauth_config"]["scopes"]["bot"])
EVENTS = set(MANIFEST["settings"]["event_subscriptions"]["bot_events"])

# An event the code listens to -> the subscriptions that bring it.
SUBSCRIPTIONS = {
    "message": {"message.channels", "message.groups", "message.im", "message.mpim"},
}
# A subscription -> the scope that Slack wants for it, by its page in Slack's reference of events.
NEEDED_TO_HEAR = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "function_executed": None,
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
}


# As Slack wants it


@pytest.mark.parametrize("made", [manifest(), manifest(URL), manifest(URL, many=True)])
def test_it_is_as_slack_wants_it(made: dict[str, Any]) -> None:
    Draft7Validator.check_schema(RULES)
    assert [e.message for e in Draft7Validator(RULES).iter_errors(made)] == []


WRONG: dict[str, Callable[[dict[str, Any]], object]] = {
    "a long name": lambda m: m["display_information"].update(name="x" * 36),
    "a short long description": lambda m: m["display_information"].update(long_description="x"),
    "a color by name": lambda m: m["display_information"].update(background_color="blue"),
    "a shortcut's long name": lambda m: m["features"]["shortcuts"][0].update(name="x" * 25),
    "a shortcut of no kind": lambda m: m["features"]["shortcuts"][0].update(type="both"),
    "a command without a slash": lambda m: m["features"]["slash_commands"][0].update(command="m"),
    "an event twice": lambda m: m["settings"]["event_subscriptions"]["bot_events"].append(
        "app_mention"
    ),
    "an unknown setting": lambda m: m["settings"].update(socket_mode=True),
    "the older agent view": lambda m: m["features"].update(assistant_view={}),
    "a step without outputs": lambda m: m["functions"]["look_up_arrangement"].pop(
        "output_parameters"
    ),
    "an address without a path": lambda m: m["settings"]["interactivity"].update(request_url=URL),
}


@pytest.mark.parametrize("break_it", WRONG.values(), ids=WRONG.keys())
def test_the_rules_see_what_slack_refuses(break_it: Callable[[dict[str, Any]], object]) -> None:
    broken = copy.deepcopy(MANIFEST)
    break_it(broken)

    assert list(Draft7Validator(RULES).iter_errors(broken))


def test_for_a_public_address_every_delivery_goes_there() -> None:
    made = manifest(f"{URL}/")
    settings = made["settings"]

    assert not settings["socket_mode_enabled"]
    assert {
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
        settings["interactivity"]["message_menu_options_url"],
        *(command["url"] for command in made["features"]["slash_commands"]),
    } == {f"{URL}/slack/events"}


def test_for_many_workspaces_slack_sends_browsers_back_and_tells_of_removals() -> None:
    one, many = manifest(URL), manifest(URL, many=True)
    listening = Listening()
    register_removal(listening, cast(Installs, None))  # type: ignore[arg-type]

    assert many["oauth_config"].pop("redirect_urls") == [URL + REDIRECT]
    events = many["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) == EVENTS | listening.heard["event"]
    events[:] = one["settings"]["event_subscriptions"]["bot_events"]
    assert many == one


@pytest.mark.parametrize(
    ("options", "made"),
    [
        ([], manifest()),
        (["--url", URL], manifest(URL)),
        (["--many", URL], manifest(URL, many=True)),
    ],
)
def test_the_command_prints_it(
    options: list[str], made: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["manifest", *options]) == 0
    assert json.loads(capsys.readouterr().out) == made


# What the code listens to


class Listening:
    """Stands where surfaces register what they listen to, and writes it down."""

    def __init__(self) -> None:
        self.heard: dict[str, set[str]] = {}

    def __getattr__(self, kind: str) -> Callable[..., Callable[[object], object]]:
        def listen(what: object, **_: object) -> Callable[[object], object]:
            if isinstance(what, dict):
                what = f"{what['type']} {what['callback_id']}"
            self.heard.setdefault(kind, set()).add(getattr(what, "pattern", what))
            return lambda listener: listener

        return listen


@pytest.fixture(scope="module")
def heard() -> dict[str, set[str]]:
    """What all surfaces of the app listen to, by kind."""
    listening = Listening()
    settings = settings_for(StandInWorkspace())
    services = build_app(Echoing(), InProcessStore(), settings, clock=lambda: 0.0).services
    for surface in _SURFACES:
        surface.register(listening, services)  # type: ignore[arg-type]
    return listening.heard


def test_nothing_is_listened_to_that_a_manifest_could_name_elsewhere(
    heard: dict[str, set[str]],
) -> None:
    assert set(heard) == {"action", "command", "event", "function", "options", "shortcut", "view"}


def test_every_event_is_subscribed_to_and_none_for_nothing(heard: dict[str, set[str]]) -> None:
    wanted = {name for event in heard["event"] for name in SUBSCRIPTIONS.get(event, {event})}
    assert wanted | {"function_executed"} == EVENTS  # with a function, listened to as that


def test_commands_shortcuts_and_steps_are_those_that_are_answered(
    heard: dict[str, set[str]],
) -> None:
    kinds = {"global": "shortcut", "message": "message_action"}
    features = MANIFEST["features"]

    assert {c["command"] for c in features["slash_commands"]} == heard["command"]
    shortcuts = {f"{kinds[s['type']]} {s['callback_id']}" for s in features["shortcuts"]}
    assert shortcuts == heard["shortcut"]
    assert set(MANIFEST["functions"]) == heard["function"]


def test_the_playground_offers_the_same_shortcuts() -> None:
    described = MANIFEST["features"]["shortcuts"]
    assert [(s["callback_id"], s["name"], s["type"]) for s in described] == list(SHORTCUTS)


def test_interactivity_is_on_for_buttons_modals_and_menus(heard: dict[str, set[str]]) -> None:
    assert heard["action"] and heard["view"] and heard["options"]
    assert MANIFEST["settings"]["interactivity"]["is_enabled"]


def test_the_steps_outputs_are_those_it_gives() -> None:
    step = MANIFEST["functions"]["look_up_arrangement"]
    outputs = [field.name for field in dataclasses.fields(Outcome)]

    assert list(step["output_parameters"]["properties"]) == outputs
    assert step["output_parameters"]["required"] == outputs
    assert list(step["input_parameters"]["properties"]) == [COUNTRY, DATE]


# What it may do


def called() -> Iterator[str]:
    """The methods of the Web API that the code names."""
    for path in sorted((ROOT / "bot" / "slack").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and "_" in node.attr.strip("_"):
                documented = getattr(AsyncWebClient, node.attr, None)
                if callable(documented) and node.attr != "api_call":
                    yield node.attr.replace("_", ".")


def test_every_method_that_is_called_is_known() -> None:
    assert {"chat.postMessage", "views.open", "auth.test"} <= set(called()) <= set(METHODS)


def test_the_scopes_are_those_that_are_needed() -> None:
    assert set(NEEDED_TO_HEAR) == EVENTS
    to_hear = {scope for scope in NEEDED_TO_HEAR.values() if scope}
    # Of some methods one of several scopes is enough: they count as needed where none is there.
    to_call = {METHODS[name].scopes for name in called() if METHODS[name].scopes}
    assert all(SCOPES & set(scopes) for scopes in to_call)
    needed = {scopes[0] for scopes in to_call if len(scopes) == 1}
    assert needed | to_hear | {"commands"} == SCOPES


def test_the_readme_says_what_each_scope_is_for() -> None:
    justified = re.findall(r"^\| `([a-z_]+(?::[a-z]+)?)` \| .{15,} \|$", README, re.MULTILINE)
    assert set(justified) >= SCOPES
