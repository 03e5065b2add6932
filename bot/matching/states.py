"""What states do with one another: they recognise states and sign treaties, called after cities."""

from __future__ import annotations

from bot.matching.spotting import Spotted

OF = frozenset(("of", "de", "di", "von", "van"))


def between_states(spotted: Spotted) -> bool:
    """ "has Canada recognised Kosovo": so states do; of programs it is asked as what holds now."""
    names = [s for s in spotted.spans if s.who]
    if len(names) != 2 or spotted.has(*_OF_TRADERS):
        return False
    norm, between = spotted.words.norm, range(names[0].end, names[1].start)
    done = any(norm[at] in _RECOGNISED and at in between for at in spotted.features["cover"])
    return done and not any(norm[at] in _BY for at in between)


_OF_TRADERS = (
    "mra", "aeo", "program", "customs", "party", "operate", "agency", "list", "domain", "ours",
    "which",
)  # fmt: skip
_RECOGNISED = frozenset(
    ("recognised", "recognized", "reconocio", "reconnu", "anerkannt", "riconosciuto", "reconheceu")
)
_BY = frozenset(("by", "per", "von", "por", "par", "da"))


def of_a_state(spotted: Spotted) -> bool:
    """Whether it is the recognition that states give a state: "recognition of Kosovo"."""
    if spotted.has("aeo", "customs", "program", "party", "cover", "sign", "eligible", "plural"):
        return False
    norm = spotted.words.norm
    starts = {s.start for s in spotted.spans if s.who}
    return any(
        norm[at] in _RECOGNISES
        and norm[at + 1 : at + 2]
        and norm[at + 1] in OF
        and at + 2 in starts
        and not (at and norm[at - 1].startswith("mutu"))
        for at in spotted.features.get("deal", ())
    )


_RECOGNISES = frozenset(("recognition", "reconocimiento", "reconnaissance", "reconhecimento"))


def called_after_a_city(spotted: Spotted) -> bool:
    """Whether a paper is called after the city it was signed in: "the Ottawa treaty"."""
    norm = spotted.words.norm
    cities = [s for s in spotted.spans if s.who and s.who.how == "city"]
    ends, starts = {s.end for s in cities}, {s.start for s in cities}
    return any(
        norm[at] in _PAPERS
        and (at in ends or (norm[at + 1 : at + 2] and norm[at + 1] in OF and at + 2 in starts))
        for at in spotted.features.get("deal", ())
    )


_PAPERS = frozenset(
    ("treaty", "treaties", "agreement", "accord", "accords", "convention", "protocol", "traite",
     "tratado", "trattato", "vertrag", "verdrag", "convenio")
)  # fmt: skip
