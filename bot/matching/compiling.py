"""The lexicon compiled from the knowledge: everything it can be asked by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from bot.matching.lexicon import Branch, How, Known, Lexicon, Phrases, Who, within_reach
from bot.matching.typos import SHORTEST_NAME
from knowledge.model import Knowledge
from knowledge.text import is_unspaced, normalise

_NAME_KINDS: tuple[tuple[str, How], ...] = (
    ("name", "name"),
    ("everyday", "name"),
    ("former", "name"),
    ("demonym", "demonym"),
    ("city", "city"),
)
# A slip need never be repaired into another subject.
_OTHER_SUBJECTS = frozenset({"off", "aside", "medical", "chat", "tells"})
_SHORTEST_LOWER_CODE = 2
_ACRONYM = 6  # letters of a program or agency up to which its name may be an acronym
_KINDS_OF_PROGRAM = frozenset(("scheme", "program", "programme"))
_MANY = 3  # a program name that more economies share says nothing about which is meant


def build_lexicon(knowledge: Knowledge) -> Lexicon:
    """Compile everything the knowledge can be asked by."""
    lexicon = Lexicon()
    _add_names(lexicon, knowledge)
    _add_groups(lexicon, knowledge)
    _add_cues(lexicon, knowledge.cues)
    _add_programs(lexicon, knowledge)
    for page in knowledge.pages.values():
        for cue in page.cues:
            entry = lexicon.meanings(cue)
            entry.pages += (page.id,)
    for term in knowledge.terms:
        for text in (term.id, *term.names):
            lexicon.meanings(text).term = term.id
    for feature, subjects in knowledge.asides.items():
        for words in subjects.values():
            lexicon.point(words, feature)
    for arrangement in knowledge.arrangements:
        for event in arrangement.events:
            for signatory in event.by:
                spellings: list[object] = [signatory.name, signatory.name.split()[-1]]
                lexicon.point(spellings, "signatory")
                lexicon.value(spellings, "signer", signatory.name)
            if event.place and not lexicon.found(event.place):
                place = event.place.split(",")[0]
                lexicon.value([place], "signed at", place)
    for kind, phrases in knowledge.refusals.items():
        for phrase in phrases:
            lexicon.meanings(phrase).refused = kind
    _finish(lexicon, knowledge)
    return lexicon


def _add_names(lexicon: Lexicon, knowledge: Knowledge) -> None:
    index = knowledge.names.index
    weak = {normalise(text) for text in index.get("weak_name", {})}
    for kind, how in _NAME_KINDS:
        for text, codes in index.get(kind, {}).items():
            who = Who(tuple(codes), how, weak=normalise(text) in weak)
            lexicon.name(text, who)
            if "&" in text:  # a message's words have no "&": "South Georgia & South Sandwich …"
                lexicon.name(text.replace("&", " "), who)
    for economy in knowledge.economies.values():
        for spelled in (economy.name, economy.formal, *economy.names):
            if spelled:
                lexicon.name(spelled, Who((economy.code,), "name", weak=normalise(spelled) in weak))
    for text, codes in index.get("exact", {}).items():
        lexicon.exact[text] = tuple(codes)
        lexicon.exact_first.add(text.split()[0])
        lexicon.longest_exact = max(lexicon.longest_exact, text.count(" ") + 1)
    for kind in ("alpha2", "alpha3"):
        for text, codes in index.get(kind, {}).items():
            lexicon.codes.setdefault(text.lower(), tuple(codes))
    for code in knowledge.names.display["en"]:
        if len(code) == _SHORTEST_LOWER_CODE:
            lexicon.name(f"flag{code.lower()}", Who((code,), "flag"))
    lexicon.denied_codes = frozenset(t.lower() for t in index.get("code_deny", {}))


def _add_programs(lexicon: Lexicon, knowledge: Knowledge) -> None:
    named: dict[str, list[tuple[str, How, str]]] = {}

    def add(text: str | None, economy: str, how: How, ident: str) -> None:
        if text:
            words = normalise(text).split()
            if (
                how == "program"
                and len(words) < 4
                and any(
                    (e := lexicon.found(w)) and e.who and e.who.codes == (economy,) for w in words
                )
            ):
                how = "name"  # "Korean AEO" names the country first
            named.setdefault(normalise(text), []).append((economy, how, ident))

    for program in knowledge.programs.values():
        for name in (*program.names, *program.local):
            add(name.text, program.economy, "program", program.id)
            add(name.acronym, program.economy, "program", program.id)
        for name in program.names:  # "Secure Exports" is the Secure Exports Scheme
            *own, kind = name.text.split() or [""]
            if len(own) > 1 and normalise(kind) in _KINDS_OF_PROGRAM and "Operator" not in own:
                add(" ".join(own), program.economy, "program", program.id)
        for text in (*program.also, *program.tiers):
            add(text, program.economy, "program", program.id)
    for body in knowledge.administrations.values():
        for spelled in (body.name, body.acronym, *body.also):
            add(spelled, body.economy, "agency", body.id)
        for name in (*body.local, *body.former):
            add(name.text, body.economy, "agency", body.id)
            add(name.acronym, body.economy, "agency", body.id)
    for text, bearers in named.items():
        economies = tuple(dict.fromkeys(economy for economy, _, _ in bearers))
        if " " in text:  # what several programs are called, with a word more or less
            inside = f" {text} "
            holding = (b for other, b in named.items() if inside in f" {other} ")
            if len({economy for b in holding for economy, _, _ in b}) >= _MANY:
                lexicon.point([text], "domain")
                continue
        if len(economies) == 1:
            _, how, ident = bearers[0]
            if how == "program" and _of_any_program(text, lexicon):
                lexicon.point([text], "domain")
                continue
            lexicon.name(text, Who(economies, how, id=ident))
        elif len(economies) < _MANY:
            lexicon.name(text, Who(economies, "shared"))
        else:
            lexicon.point([text], "domain")


def _of_any_program(text: str, lexicon: Lexicon) -> bool:
    """Whether a name says no more than "the AEO program", in whatever language: it names nobody."""
    words = text.split()
    entries = [lexicon.found(word) for word in words if word not in lexicon.filler]
    return len(words) > 1 and all(e and e.features & {"program", "aeo"} for e in entries)


def _add_groups(lexicon: Lexicon, knowledge: Knowledge) -> None:
    for group in knowledge.groups.values():
        if not group.union:
            for text in (group.id, group.name.removeprefix("the "), *group.names):
                lexicon.meanings(text).group = group.id
                if text.isalpha() and len(text) >= SHORTEST_NAME:
                    lexicon.named.add(normalise(text))


def _add_cues(lexicon: Lexicon, cues: Mapping[str, object]) -> None:
    table = cast(Mapping[str, Mapping[str, list[object]]], cues)
    for feature, by_lang in cast(Mapping[str, Mapping[str, object]], table["features"]).items():
        for phrases in by_lang.values():
            lexicon.point(str(phrases).split(", "), feature)
            if feature == "ask":
                lexicon.asking |= {normalise(p).split()[0] for p in str(phrases).split(", ")}
    for kind, section in (
        ("kind", "kinds"),
        ("attribute", "attributes"),
        ("aeo", "aeo_kind"),
        ("relation", "relations"),
        ("unit", "units"),
        ("number", "numbers"),
        ("ordinal", "ordinals"),
        ("month", "months"),
        ("holiday", "holidays"),
    ):
        for value, phrases in table[section].items():
            lexicon.value(phrases, kind, str(value))
    lexicon.point(cast(list[object], table["now"]), "now")
    lexicon.value(cast(list[object], table["idle"]), "idle", "")
    lexicon.value(cast(list[object], table["of_places"]), "place", "")
    lexicon.eras = cast(Mapping[str, Mapping[str, object]], table["eras"])
    for era, entry in lexicon.eras.items():
        lexicon.value(cast(list[object], entry["names"]), "era", era)
    people = table["people"]
    lexicon.first_names = frozenset(normalise(str(n)) for n in people["names"])
    lexicon.usual_people = lexicon.first_names - {normalise(str(n)) for n in people["seldom"]}
    lexicon.value(people["after"], "person", "after")
    lexicon.value(people["before"], "person", "before")
    lexicon.value(people["things"], "thing", "noun")
    lexicon.value(people["doings"], "thing", "verb")
    lexicon.weights = {k: float(v) for k, v in cast(Mapping[str, float], table["weights"]).items()}
    for code, name in cast(Mapping[str, str], table["states"]).items():
        lexicon.states |= {code, normalise(name)}
    lexicon.filler = frozenset(
        normalise(w) for words in table["filler"].values() for w in str(words).split(", ")
    )


_TOLD = frozenset({"tells"})
_EMPTY: dict[Any, Any] = {}  # shared, as most words begin no longer phrase
_NO_REACH = (_EMPTY, _EMPTY)


def _branch(phrases: Phrases, *, reach: bool = False) -> Branch:
    """The branch of the phrases with the same first word, given longest first.

    `reach`: whether their second words may be mistyped.
    """
    alone = phrases[-1][1] if not phrases[-1][0] else None
    if alone and len(phrases) == 1:
        return Branch(phrases, alone, _EMPTY, _NO_REACH)
    longer: dict[str, Phrases] = {}
    for rest, entry in phrases:
        if rest:
            longer.setdefault(rest[0], []).append((rest, entry))
    return Branch(phrases, alone, longer, within_reach(longer) if reach else _NO_REACH)


def _finish(lexicon: Lexicon, knowledge: Knowledge) -> None:
    """Order the phrases, and index the words that typos may be repaired to."""
    english = {normalise(name) for name in knowledge.names.display["en"].values()}
    lexicon.english = frozenset(english)
    names: dict[str, Branch] = {}  # by first word, phrases that name somebody
    cues: dict[str, Branch] = {}  # … and those that show something
    known = {*lexicon.filler}  # every word of every phrase
    bearers: dict[str, set[str]] = {}  # second word of a name -> whose names have it
    firsts: dict[str, dict[str, None]] = {}  # second word of a name -> its first words
    same: dict[frozenset[str], frozenset[str]] = {}  # what shows the same shares it
    for first, entries in lexicon.phrases.items():
        entries.sort(key=lambda e: -len(e[0]))
        for _, entry in entries:
            entry.features = same.setdefault(entry.features, entry.features)
            entry.only_tells = entry.features == _TOLD and not entry.values
        naming = [e for e in entries if e[1].is_name]
        showing = [e for e in entries if e[1].features or e[1].values or e[1].pages]
        if naming:
            names[first] = _branch(naming, reach=True)
        if showing:
            cues[first] = _branch(showing)
        for rest, entry in entries:
            words = (first, *rest)
            known.update(words)
            for word in words:
                if is_unspaced(word[0]) or "\uac00" <= word[0] <= "\ud7a3":
                    lexicon.unspaced[word] = True
                    lexicon.longest_unspaced = max(lexicon.longest_unspaced, len(word))
            if entry.who and not rest and len(first) >= SHORTEST_NAME:
                lexicon.named.add(first)
            if entry.who and entry.who.how not in ("city", "code", "flag"):
                if entry.who.how in ("name", "demonym") or sum(map(len, words)) > _ACRONYM:
                    lexicon.typos.add_name(words)  # a letter off an acronym is another acronym
                if len(first) == SHORTEST_NAME and not rest and first in english:
                    lexicon.typos.short.add(first)
                if rest:
                    bearers.setdefault(rest[0], set()).update(entry.who.codes)
                    lexicon.joined.setdefault("".join(words), words)
                    if len(first) >= SHORTEST_NAME - 1:
                        firsts.setdefault(rest[0], {})[first] = None
            elif entry.refused and not rest:
                lexicon.typos.add_name(words)
            elif any(kind != "place" for kind, _ in entry.values) or (
                entry.features - _OTHER_SUBJECTS
            ):
                lexicon.typos.add_cue(words)
    lexicon.telling = {second for second, codes in bearers.items() if len(codes) == 1}
    lexicon.telling -= lexicon.named | lexicon.filler | cues.keys()
    parts = {word for name in english if " " in name for word in name.split()}
    plain = {*lexicon.named, *lexicon.filler, *cues, *knowledge.common_words}
    lexicon.unions = frozenset(g.id for g in knowledge.groups.values() if g.union)
    lexicon.rests = frozenset(word for word in parts - plain if len(word) >= SHORTEST_NAME)
    for word in lexicon.filler:
        if is_unspaced(word[0]) or "\uac00" <= word[0] <= "\ud7a3":
            lexicon.unspaced[word] = True
    lexicon.telling_codes = frozenset(lexicon.codes) - lexicon.denied_codes - lexicon.filler
    lexicon.plain_codes = lexicon.telling_codes.union(map(str.lower, lexicon.exact))
    starters = {*names, *lexicon.codes}.union(*(normalise(n).split() for n in lexicon.exact))
    inside = Known()  # shared by words that are only ever in the midst of a phrase
    begins = names.keys() | cues.keys() | firsts.keys() | starters | lexicon.filler
    lexicon.words = {
        word: Known(
            names.get(word), cues.get(word),
            within_reach(firsts[word]) if word in firsts else None,
            word in starters, word in lexicon.filler,
        ) if word in begins else inside
        for word in known
    }  # fmt: skip
    lexicon.typos.finish(lexicon.words, knowledge.common_words)
