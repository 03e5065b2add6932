"""Questions about named partners, and questions asked back."""

from __future__ import annotations

from bot.matching.reading import Mention
from bot.resolving.case import ATTRIBUTES, Asked, Case, made
from bot.resolving.days import day_named, premise
from bot.resolving.sides import side_asked

_YES_OR_NO = ("status", "cover", "ask", "tag")
_OPEN = ("how", "which", "who", "where", "why", "list")  # what no yes or no answers


def attribute(
    case: Case, topic: str, codes: tuple[str, ...], rule: str, *, signed_by: bool = False
) -> Asked:
    """A question for an attribute of named partners."""
    r, m = case.r, case.m
    day = day_named(case, topic) if r.times or topic != "claim" else None  # it is claimed today
    more: dict[str, object] = {}
    if topic == "agency":
        more["signed_by"] = (
            signed_by
            or r.has("signatory")
            or (r.has("who") and r.has("sign"))
            or (rule == "inherits the attribute" and ("signed_by", "1") in m.filters)
        )
    if topic == "signed_date":
        more["ago"] = r.has("howlong") or (
            rule == "inherits the attribute" and ("ago", "1") in m.filters
        )
        more |= premise(case)
    if topic in ("benefits", "eligibility") and r.has("party") and r.mentions:
        more["subject"] = _page_of_a_party(case)
    if topic == "process":
        return made(case, "process", rule, partners=codes)
    if topic == "benefits":
        asked = r.has("benefit") and r.has(*_YES_OR_NO) and not r.has(*_OPEN)
        more["whether"] = bool(r.mentions) and asked
    return made(case, topic, rule, partners=codes, day=day, **more)


def _page_of_a_party(case: Case) -> str:
    """The page on a kind of company, where it is asked of that: "do customs brokers gain?"."""
    pages = (case.k.pages[page] for page, _ in case.r.pages)
    return next((p.id for p in pages if p.topic == "eligibility"), "")


def status(case: Case, topic: str, codes: tuple[str, ...], rule: str) -> Asked:
    day = day_named(case, topic)
    return made(case, topic, rule, partners=codes, day=day, side=side_asked(case), **premise(case))


def terms(case: Case, rule: str) -> Asked:
    """The terms asked for, the first one first."""
    first, *rest = (made(case, "term", rule, subject=t) for t in case.r.terms[:4])
    return first._replace(also=tuple(a.question for a in rest))


def ask_back(case: Case, choices: tuple[tuple[str, str], ...], reason: str) -> Asked:
    asked = tuple(choices)
    if reason == "which time":
        asked = tuple(
            (label, f"which arrangements were signed since {start}?") for label, start in choices
        )
    return made(case, "ambiguous", reason, choices=asked, reason=reason)


def ask_whom(case: Case, topic: str) -> Asked:
    """An attribute asked of nobody: what was asked waits for the name."""
    waiting = attribute(case, topic, (), "of whom?").question
    return Asked(waiting._replace(topic="ambiguous", reason="who", wanted=topic), "of whom?")


def ask_who(case: Case, mention: Mention) -> Asked:
    """Which of several a name means; the others named beside it are asked about with it."""
    names = [case.k.economy(code).name for code in mention.codes]
    beside = "".join(f"{case.k.economy(code).name} and " for code in case.codes)
    return _which(case, names, f"{mention.typed} may be any of {mention.codes}", beside)


def ask_again(case: Case) -> Asked | None:
    """ "and is it covered?", while which one was meant is still open."""
    open_ = [c.label for c in case.m.asked if c.say.startswith(c.label)]
    if (
        not open_
        or not case.r.has("it")
        or case.r.topic not in ATTRIBUTES | {"", "status", "detail"}
    ):
        return None
    return _which(case, open_, "which one was not said yet")


def _which(case: Case, names: list[str], rule: str, beside: str = "") -> Asked:
    suffix = {
        "signed_date": " signed when?",
        "program": " program?",
        "agency": " agency?",
        "status": " covered?",
    }.get(case.r.topic or "detail", "?")
    choices = tuple((name, f"{beside}{name}{suffix}") for name in names)
    return made(case, "ambiguous", rule, choices=choices, reason="which partner")


def pasted(case: Case) -> Asked:
    codes: list[str] = []
    typed: dict[str, str] = {}
    unknown: list[str] = []
    for text, options in case.r.rows:
        option = options
        if len(option) == 1:
            codes.append(option[0])
            typed.setdefault(option[0], text)
        else:
            unknown.append(text)
    return made(
        case,
        "status", "a pasted list", partners=tuple(dict.fromkeys(codes)), typed=typed,
        unknown=tuple(unknown), pasted=True, day=day_named(case),
    )  # fmt: skip
