"""Thumbs under answers: a thumb down is kept as a gap, and a modal asks what was wrong.

A person's last word on an answer counts, once. Kept are the topic, the partners and the reason;
the question and a remark only where the operator wants that. Never who it was.
"""

from __future__ import annotations

import json
import logging
import re
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.gaps import COMPLAINTS, UNSAID, Gap
from bot.rendering import Message
from bot.rendering.blocks import Json, context, plain_text, section
from bot.rendering.buttons import carried_by
from bot.rendering.characters import cut, one_line
from bot.rendering.feedback import FEEDBACK
from bot.rendering.limits import limit
from bot.slack.clicks import read_click, tell
from bot.slack.noting import digest, note, readable
from bot.slack.payloads import Payload
from bot.slack.services import Services, accepted
from bot.slack.views import modal, opened

_log = logging.getLogger(__name__)
_WHY, _REMARK = "why", "remark"  # what the modal asks for
_LONGEST = 500  # characters of a remark: it is read in a list
_THANKS = "Thank you. Your feedback says what to improve."
_LATER = "Thank you. It is noted that this answer did not help."
_KEPT = "Kept: the topic, the countries and your choice. Not your question, and not who you are."
_KEPT_WITH_TEXT = "Kept: your question and what you enter here. Not who you are."


def register(app: AsyncApp, services: Services) -> None:
    async def rated(
        body: Payload, context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        click = read_click(body, context.team_id)
        if click is None or services.ignores(click.external):
            return accepted()
        about = _about(body["actions"][0]["value"])
        # A person's thumbs on one answer have one key: the last one replaces the one before.
        view = body.get("view") or {}  # where the answer is in one, which says when it changed
        where = (click.channel, click.message_ts, str(view.get("id")), str(view.get("hash")))
        key = digest(*where, click.user)
        await note(services, click.team, key, about)
        if about and await opened(client, body, _modal(services, click.team, key, about)):
            return accepted()
        said = _LATER if about else _THANKS
        if view:
            await opened(client, body, modal("Thank you", [section(said)]))
        else:
            await tell(client, click, Message(said, (section(said),)))
        return accepted()

    async def explained(body: Payload) -> BoltResponse:
        if read := _explained(body):
            await note(services, *read)
        return accepted()

    app.action(re.compile(rf"^{FEEDBACK}(?::\w+)?$"))(rated)
    app.view(FEEDBACK)(explained)


def _about(value: str) -> Gap | None:
    """What a thumb down is about; None for a thumb up. Its value has been read before."""
    carried = carried_by(value)
    if carried.get("helped", True) is not False:
        return None
    partners = carried.get("partners")
    return Gap(
        why=UNSAID,
        topic=str(carried.get("topic") or ""),
        partners=tuple(map(str, partners)) if isinstance(partners, list) else (),
        question=readable(str(carried.get("say") or "")),
    )


def _modal(services: Services, team: str, key: str, gap: Gap) -> Json:
    """Asks what was wrong; in words only where those are kept."""
    reasons = [
        {"text": plain_text(label, limit("option.text")), "value": why}
        for why, label in COMPLAINTS.items()
    ]
    asked = [
        _input(_WHY, "What was wrong?", {"type": "radio_buttons", "options": reasons}),
    ]
    with_text = services.settings.store_questions
    if with_text:
        typed = {"type": "plain_text_input", "multiline": True, "max_length": _LONGEST}
        asked.append(_input(_REMARK, "What should it have said?", typed))
    carried = {
        "team": team,
        "key": key,
        "topic": gap.topic,
        "partners": gap.partners,
        "question": gap.question if with_text else "",
    }
    return modal(
        "Not helpful",
        [*asked, context([_KEPT_WITH_TEXT if with_text else _KEPT])],
        callback_id=FEEDBACK,
        submit=plain_text("Send", limit("modal.submit")),
        close=plain_text("Skip", limit("modal.close")),
        private_metadata=json.dumps(carried),
    )


def _input(name: str, label: str, element: Json) -> Json:
    return {
        "type": "input",
        "block_id": name,
        "optional": True,
        "label": plain_text(label, limit("option.text")),
        "element": {"action_id": name, **element},
    }


def _explained(body: Payload) -> tuple[str, str, Gap] | None:
    """The team, key and gap of a submitted modal; None where it is none of this version's."""
    try:
        view: Any = body["view"]
        carried, values = json.loads(view["private_metadata"]), view["state"]["values"]
        chosen = values[_WHY][_WHY].get("selected_option")
        remark = values.get(_REMARK, {}).get(_REMARK, {}).get("value") or ""
        gap = Gap(
            why=str(chosen["value"]) if chosen else UNSAID,
            topic=str(carried["topic"]),
            partners=tuple(map(str, carried["partners"])),
            question=str(carried["question"]),
            remark=cut(one_line(str(remark)), _LONGEST),
        )
        return str(carried["team"]), str(carried["key"]), gap
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
