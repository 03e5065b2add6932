"""What the Home tab shows, and the list of sources that it opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.answer import Choice
from bot.catalogue import Catalogue
from bot.rendering import blocks
from bot.rendering.blocks import Json, plain_text
from bot.rendering.buttons import ask_button
from bot.rendering.limits import limit
from bot.slack.menus import PARTNER as _PARTNER
from bot.slack.menus import option, partner_menu
from bot.slack.services import HELP
from bot.slack.views import ASK, modal

SEARCH = "home_search"
PARTNER = f"home_{_PARTNER}"
YEAR = "home_year"
REGION = "home_region"
KEEP, ERASE, STOP = "home_keep", "home_erase", "home_stop"
SOURCES = "home_sources"
_NEWEST = 5  # arrangements; more is a list, which the years and regions give
_SOURCES = 3  # shown on the tab itself
_NOT_KEPT = (
    "Your questions are not kept. If you like, the last ten are, for thirty days, for you alone."
)
_NONE_YET = "None yet. What you ask from now on is kept here, for you alone, for thirty days."


def home_view(catalogue: Catalogue, recent: Sequence[str] | None, lang: str) -> Json:
    """The tab for somebody; `recent` are their questions, None where those are not kept."""
    shown = [
        *_looking_up(),
        *_browsing(catalogue),
        *_newest(catalogue, lang),
        *_recent(recent),
        *_register(catalogue),
    ]
    return {"type": "home", "blocks": shown}


def _looking_up() -> Iterator[Json]:
    yield _header("Look up an arrangement")
    yield {
        "type": "input",
        "block_id": SEARCH,
        "dispatch_action": True,
        "label": plain_text("Ask a question, or name a country", limit("placeholder")),
        "element": {
            "type": "plain_text_input",
            "action_id": SEARCH,
            "placeholder": plain_text("Then press Enter", limit("placeholder")),
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
        },
    }
    asks = ask_button(Choice("What can I ask?", HELP), f"{ASK}_help")
    yield from _row([asks])


def _browsing(catalogue: Catalogue) -> Iterator[Json]:
    yield _header("Browse")
    menus = [
        _menu(YEAR, "By year", catalogue.years),
        _menu(REGION, "By region", catalogue.regions),
    ]
    yield from _row([partner_menu(PARTNER, "By country or program"), *menus])


def _newest(catalogue: Catalogue, lang: str) -> Iterator[Json]:
    newest = catalogue.newest(_NEWEST, lang)
    if newest:
        yield _header("Newest arrangements")
    for number, signed in enumerate(newest):
        name = blocks.bold(signed.choice.label, limit("option.text"))
        said = blocks.section(f"{name}\nsigned {signed.on}" if signed.on else name)
        shows = Choice("Details", signed.choice.say)
        label = f"Details about {signed.choice.label}"
        if button := ask_button(shows, f"{ASK}_new_{number}"):
            button["accessibility_label"] = label[: limit("button.accessibility_label")]
            said["accessory"] = button
        yield said


def _recent(recent: Sequence[str] | None) -> Iterator[Json]:
    yield _header("Your recent questions")
    if recent is None:
        yield blocks.section(_NOT_KEPT)
        yield from _row([_button("Keep my questions", KEEP)])
        return
    asked = [
        ask_button(Choice(question, question), f"{ASK}_again_{number}")
        for number, question in enumerate(recent)
    ]
    if recent:
        yield from _row(asked)
    else:
        yield blocks.section(_NONE_YET)
    erases = [_button("Erase them", ERASE)] if recent else []
    yield from _row([*erases, _button("Stop keeping them", STOP)])


def _register(catalogue: Catalogue) -> Iterator[Json]:
    yield _header("The register")
    yield blocks.section("\n".join(catalogue.dates))
    sources = catalogue.sources
    if sources:
        yield blocks.context([blocks.source_line(source) for source in sources[:_SOURCES]])
        yield from _row([_button(f"All {len(sources)} sources", SOURCES)])


def sources_view(catalogue: Catalogue) -> Json:
    """Every source, those that date most signatures first; what fits into one modal."""
    shown: list[Json] = []
    part = ""
    for source in catalogue.sources:
        line = blocks.source_line(source)
        if len(part) + len(line) + 1 > limit("section.text"):
            shown.append(blocks.section(part))
            part = ""
        part = f"{part}\n{line}" if part else line
    return modal("Sources", [*shown, blocks.section(part)] if part else shown)


def _header(text: str) -> Json:
    return blocks.header(text, limit("header.text"))


def _menu(action_id: str, placeholder: str, choices: Sequence[Choice]) -> Json | None:
    """A menu of questions; None where there are none, since Slack takes no empty one."""
    short = [c for c in choices if len(c.say) <= limit("option.value")]
    if not short:
        return None
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain_text(placeholder, limit("placeholder")),
        "options": [option(c.label, c.say) for c in short[: limit("select.options")]],
    }


def _button(label: str, action_id: str) -> Json:
    text = plain_text(label, limit("button.text"))
    return {"type": "button", "action_id": action_id, "text": text}


def _row(elements: Sequence[Json | None]) -> Iterator[Json]:
    if there := [element for element in elements if element]:
        yield {"type": "actions", "elements": there}
