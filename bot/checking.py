"""What `mra-bot check` finds: in the register and pages, and in how phrasings are read."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from bot.answer import Silence
from bot.conversation import Conversation
from bot.matching.matcher import Matcher
from knowledge.checks import find_problems
from knowledge.links import check_links
from knowledge.model import Knowledge

_SAME = {"status": {"detail"}, "detail": {"status"}}


def check_lines(
    knowledge: Knowledge, today: datetime.date, *, strict: bool, links: bool
) -> Iterator[tuple[str, bool]]:
    """Lines to print, each with whether it fails the check; the last one sums up."""
    errors = warnings = 0
    for problem in find_problems(knowledge, today):
        bad = problem.severity == "error" or strict
        errors += bad
        warnings += not bad
        yield str(problem), bad
    for misread in misread_phrasings(knowledge, today):
        errors += 1
        yield misread, True
    if links:
        for tried in check_links(knowledge):
            yield str(tried), False
    yield (
        f"{len(knowledge.arrangements)} arrangements, {len(knowledge.pairs)} other pairs, "
        f"{len(knowledge.pages)} pages, {len(knowledge.sources)} sources: "
        f"{errors} error{'' if errors == 1 else 's'}, "
        f"{warnings} warning{'' if warnings == 1 else 's'}.",
        False,
    )


def misread_phrasings(knowledge: Knowledge, today: datetime.date) -> Iterator[str]:
    """Phrasings and page questions that the matcher reads as something else."""
    conversation = Conversation(knowledge, today=lambda: today)
    for intent in knowledge.intents.values():
        for phrasing in (intent.example, *intent.phrasings):
            said = conversation.ask(phrasing).said
            topic = said.topic if not isinstance(said, Silence) else "silence"
            if topic != intent.topic and topic not in _SAME.get(intent.topic, ()):
                yield (
                    f"knowledge/intents.yaml: {phrasing!r} is read as {topic}, not "
                    f"{intent.topic}; add a cue to knowledge/cues.yaml or change the phrasing"
                )
    for page in knowledge.pages.values():
        for phrasing in page.asks:
            turn = conversation.ask(phrasing)
            topic = turn.said.topic if not isinstance(turn.said, Silence) else "silence"
            if topic != page.topic:
                yield (
                    f"knowledge/faq/{page.id}.md: {phrasing!r} is read as {topic}, not "
                    f"{page.topic}; add a cue to the page or change the phrasing"
                )


def one_partner(knowledge: Knowledge, text: str) -> str | None:
    """The economy a text names; None where it is none or several."""
    reading = Matcher(knowledge).read(text, knowledge.us_evidence)
    codes = [m.codes for m in reading.mentions]
    return codes[0][0] if len(codes) == 1 and len(codes[0]) == 1 else None
