"""The table of Slack's limits, held against that of slackblocks: a reading by somebody else.

What slackblocks builds at a limit our stand-in takes, and what it refuses beyond, ours refuses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import slackblocks
from slackblocks import _limits as theirs

from bot.playground.blocks import validate_message
from bot.playground.limits import LIMITS
from bot.playground.refusal import Refusal

_KINDS = ("_MAX_LENGTH", "_MAX_ITEMS", "_MAX")
THEIRS = {
    name.removesuffix(kind).lower(): number
    for name, number in vars(theirs).items()
    for kind in _KINDS
    if name.endswith(kind) and not name.endswith("ITEM_MAX_LENGTH")
} | {"section_fields_item": theirs.SECTION_FIELDS_ITEM_MAX_LENGTH}
# Ours, where it is called otherwise there.
CALLED = {
    "button.agent_prompt": "button_agent_prompt",
    "callback_id": "view_callback_id",
    "card.body": "card_body",
    "confirm.button": "confirmation_confirm",
    "confirm.text": "confirmation_text",
    "confirm.title": "confirmation_title",
    "container.children": "container_child_blocks",
    "carousel.cards": "carousel_elements",
    "file_input.files": "file_input_max_files",
    "image.url": "image_image_url",
    "modal.close": "view_close",
    "modal.submit": "view_submit",
    "modal.title": "view_title",
    "placeholder": "select_placeholder",
    "plain_text_input.length": "plain_text_input_max_length",
    "section.field": "section_fields_item",
    "surface.blocks": "view_blocks",
    "text_object.text": "text",
}
# Where the two differ, what each says, and why ours stays.
DIFFERENT = {
    "data_table.rows": (101, 201),  # Slack's page says 100 beside the header; the app sends none
}
# Ours alone: what no library of blocks needs to know.
BEYOND_BLOCKS = (
    "message.block_text", "message.text", "message.markdown_text", "message.tables",
    "table.characters", "view.", "prompts", "status.", "ack.", "response_url.", "signature.",
    "event.", "events.", "socket.", "post.", "manifest.", "trigger.", "ticket.", "replies.",
    "token.", "file.",
)  # fmt: skip


def counterpart(name: str) -> str:
    return CALLED.get(name, name.replace(".", "_"))


SAME = [name for name in LIMITS if counterpart(name) in THEIRS and name not in DIFFERENT]


@pytest.mark.parametrize("name", SAME)
def test_the_number_is_the_same_there(name: str) -> None:
    assert LIMITS[name].number == THEIRS[counterpart(name)]


@pytest.mark.parametrize("name", DIFFERENT)
def test_where_the_two_differ_is_known(name: str) -> None:
    assert (LIMITS[name].number, THEIRS[counterpart(name)]) == DIFFERENT[name]


def test_what_has_no_counterpart_is_beyond_blocks() -> None:
    alone = [n for n in LIMITS if counterpart(n) not in THEIRS]
    assert [n for n in alone if not n.startswith(BEYOND_BLOCKS)] == []
    assert len(SAME) >= 45


# The same cases, built there and judged here

Case = Callable[[int], Any]
_IMAGE = "https://x.example/i.png"


def _button(**given: str) -> Any:
    return slackblocks.ActionsBlock(
        [slackblocks.Button(**{"text": "x", "action_id": "a", **given})]
    )


def _menu(options: int, text: str = "x", value: str = "x") -> Any:
    plain = slackblocks.Text(text, type_=slackblocks.TextType.PLAINTEXT)  # a menu knows no other
    made = [slackblocks.Option(text=plain, value=value + str(n)) for n in range(options)]
    return slackblocks.ActionsBlock([slackblocks.OverflowMenu(action_id="a", options=made)])


CASES: dict[str, tuple[str, Case]] = {
    "a header": ("header.text", lambda n: slackblocks.HeaderBlock("x" * n)),
    "a section": ("section.text", lambda n: slackblocks.SectionBlock("x" * n)),
    "fields": ("section.fields", lambda n: slackblocks.SectionBlock("x", fields=["y"] * n)),
    "a field": ("section.field", lambda n: slackblocks.SectionBlock("x", fields=["y" * n])),
    "a block's id": ("block_id", lambda n: slackblocks.DividerBlock(block_id="x" * n)),
    "markdown": ("markdown.text", lambda n: slackblocks.MarkdownBlock("x" * n)),
    "an alt text": ("image.alt_text", lambda n: slackblocks.ImageBlock(_IMAGE, alt_text="x" * n)),
    "a title": ("image.title", lambda n: slackblocks.ImageBlock(_IMAGE, "x", title="x" * n)),
    "small print": (
        "context.elements",
        lambda n: slackblocks.ContextBlock([slackblocks.Text("x") for _ in range(n)]),
    ),
    "actions": (
        "actions.elements",
        lambda n: slackblocks.ActionsBlock([slackblocks.Button("x", f"a{i}") for i in range(n)]),
    ),
    "a button": ("button.text", lambda n: _button(text="x" * n)),
    "a button's value": ("button.value", lambda n: _button(value="x" * n)),
    "an action's id": ("action_id", lambda n: _button(action_id="x" * n)),
    "a button's label": (
        "button.accessibility_label",
        lambda n: _button(accessibility_label="x" * n),
    ),
    "an overflow menu": ("overflow.options", lambda n: _menu(n)),
    "an option": ("option.text", lambda n: _menu(1, text="x" * n)),
    "a table": (
        "table.rows",
        lambda n: slackblocks.TableBlock([[slackblocks.RawText("x")] for _ in range(n)]),
    ),
    "a wide table": (
        "table.columns",
        lambda n: slackblocks.TableBlock([[slackblocks.RawText("x") for _ in range(n)]]),
    ),
}


def _judged(block: Any) -> None:
    validate_message({"text": "x", "blocks": [block]})


def _grown(value: Any, number: int) -> Any:
    """The block with what is as long as the limit longer by one."""
    if isinstance(value, str):
        return value + "x" if len(value) == number else value
    if isinstance(value, dict):
        return {key: _grown(item, number) for key, item in value.items()}
    if isinstance(value, list):
        items = [_grown(item, number) for item in value]
        if len(items) != number or number < 2:
            return items
        more = {**items[-1], "action_id": "more"} if "action_id" in items[-1] else items[-1]
        return [*items, more]
    return value


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_judged_alike(name: str) -> None:
    limit, build = CASES[name]
    most = LIMITS[limit].number
    at_the_limit = build(most)._resolve()
    _judged(at_the_limit)
    with pytest.raises(slackblocks.InvalidUsageError):
        build(most + 1)
    with pytest.raises(Refusal):
        _judged(_grown(at_the_limit, most))
