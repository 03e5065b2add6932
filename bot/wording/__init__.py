"""All sentences built from records: one function per topic, `(Question, Knowledge) -> Answer`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.answer import Answer
from bot.question import Question
from bot.wording.attributes import agency, program, signed_date
from bot.wording.coming_about import process
from bot.wording.comparing import compare
from bot.wording.facts import benefits, claim, eligibility
from bot.wording.listing import count, listing, order
from bot.wording.pages import page, term
from bot.wording.pairs import pair
from bot.wording.replies import ambiguous, feedback, help_, off_topic, smalltalk
from bot.wording.status import status
from bot.wording.world import world_count
from knowledge.model import Knowledge

WORDING: Mapping[str, Callable[[Question, Knowledge], Answer]] = {
    "status": status,
    "detail": status,
    "signed_date": signed_date,
    "program": program,
    "agency": agency,
    "claim": claim,
    "benefits": benefits,
    "eligibility": eligibility,
    "list": listing,
    "count": lambda q, k: world_count(q, k) if q.subject == "world" else count(q, k),
    "order": order,
    "compare": compare,
    "pair": pair,
    "definition": page,
    "page": page,
    "process": process,
    "wco_safe": page,
    "taiwan_note": page,
    "term": term,
    "feedback": feedback,
    "help": help_,
    "smalltalk": smalltalk,
    "off_topic": off_topic,
    "ambiguous": ambiguous,
}
