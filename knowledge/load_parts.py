"""Reads each data file into its records: the register, pages, glossary, intents and so on.

What is wrong is noted in a `Reading` and told once all are read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from knowledge.files import DataError, Document, read_document, read_page, read_text, read_yaml
from knowledge.kinds import BAD, DAY, TEXT, Kind, Reading, one_of, reference
from knowledge.pages import Intent, Page, Term
from knowledge.parties import Group, Names
from knowledge.prose import ProseError, parse_prose
from knowledge.records import Nodes, list_of, map_of, record
from knowledge.regions import read_regions
from knowledge.register_facts import SOURCES
from knowledge.register_format import REGISTER
from knowledge.words import Words

TOPICS = (
    "status",
    "detail",
    "signed_date",
    "program",
    "agency",
    "list",
    "count",
    "compare",
    "order",
    "definition",
    "benefits",
    "eligibility",
    "claim",
    "process",
    "wco_safe",
    "taiwan_note",
    "pair",
    "help",
    "feedback",
    "smalltalk",
    "off_topic",
    "ambiguous",
)
_TEXTS = list_of(TEXT, least=1)


def _note_line(made: dict[str, Any], nodes: Nodes, seen: Reading) -> None:
    made["line"] = nodes["reviewed"].line  # where a page that is due is put right


_PAGE = record(
    "page head",
    dict,
    required={
        "title": TEXT,
        "topic": one_of(TOPICS),
        "asks": _TEXTS,
        "sources": SOURCES,
        "reviewed": DAY,
    },
    optional={"cues": _TEXTS, "about": list_of(reference("economies"), least=1)},
    check=_note_line,
)

_INTENTS = map_of(
    record("intent", dict, required={"title": TEXT, "example": TEXT, "phrasings": _TEXTS}),
    one_of(TOPICS),
)

_REFUSALS = map_of(_TEXTS, TEXT)
_ASIDES = map_of(map_of(TEXT, TEXT), one_of(("off", "aside")))


def _check_term(made: Term, nodes: Nodes, seen: Reading) -> None:
    known = seen.ids.setdefault("terms", set())
    if made.id in known:
        seen.refuse(nodes["id"], f"{made.id} has an entry already", "make them one")
    known.add(made.id)


_GLOSSARY = list_of(
    record(
        "term",
        Term,
        required={"id": TEXT, "stands_for": TEXT, "says": TEXT},
        optional={"names": _TEXTS, "page": reference("pages"), "sources": SOURCES},
        check=_check_term,
        lined=True,
    )
)


def read_register(path: Path, shown: str, seen: Reading) -> dict[str, Any]:
    """The register's sections, as `Knowledge` names them; empty where it can't be read."""
    read = _read(REGISTER, path, shown, seen)
    return {} if read is BAD else read


def read_pages(folder: Path, shown: str, seen: Reading) -> dict[str, Page]:
    """The pages of a folder by id."""
    pages: dict[str, Page] = {}
    ids = seen.ids.setdefault("pages", set())
    for path in sorted(folder.glob("*.md")):
        ids.add(path.stem)
        if (page := _page(path, f"{shown}/{path.name}", seen)) is not None:
            pages[path.stem] = page
    if not ids:
        why, cure = "there are no pages here", "put them there, or name another folder"
        seen.errors.append(DataError(shown, 1, why, cure))
    return pages


def _page(path: Path, shown: str, seen: Reading) -> Page | None:
    try:
        file = read_page(path, shown)
        head = _noted(_PAGE, file.head, seen)
        blocks = parse_prose(file.body, file.first_line)
        if not blocks:
            raise DataError(shown, file.first_line, "a page that says nothing", "write its answer")
    except DataError as error:
        seen.errors.append(error)
        return None
    except ProseError as error:
        seen.errors.append(DataError(shown, error.line, error.why, error.cure))
        return None
    if head is BAD:
        return None
    return Page(path.stem, **{"cues": ()} | head, blocks=blocks, file=shown)


def read_terms(path: Path, shown: str, seen: Reading) -> tuple[Term, ...]:
    """The glossary."""
    read = _read(_GLOSSARY, path, shown, seen)
    return () if read is BAD else read


def read_intents(path: Path, shown: str, seen: Reading) -> dict[str, Intent]:
    """The intents by topic."""
    read = _read(_INTENTS, path, shown, seen)
    return {} if read is BAD else {topic: Intent(topic, **rest) for topic, rest in read.items()}


def read_refusals(path: Path, shown: str, seen: Reading) -> dict[str, tuple[str, ...]]:
    """What sounds like a partner and is none, by kind."""
    read = _read(_REFUSALS, path, shown, seen)
    return {} if read is BAD else read


def read_words(path: Path, shown: str, seen: Reading) -> Words:
    """Words, one a line."""
    try:
        return Words.read(read_text(path, shown))
    except DataError as error:
        seen.errors.append(error)
        return Words("")


def read_region_groups(path: Path, shown: str, seen: Reading) -> dict[str, Group]:
    """The regions of the world, as groups."""
    try:
        return read_regions(path, shown)
    except DataError as error:
        seen.errors.append(error)
        return {}


def read_asides(path: Path, shown: str, seen: Reading) -> dict[str, dict[str, tuple[str, ...]]]:
    """The words of other subjects, by how much they decide and by subject."""
    read = _read(_ASIDES, path, shown, seen)
    if read is BAD:
        return {}
    return {
        kind: {subject: tuple(words.split(", ")) for subject, words in subjects.items()}
        for kind, subjects in read.items()
    }


def read_cues(path: Path, shown: str, seen: Reading) -> Mapping[str, object]:
    """The cues as written; the matcher compiles them."""
    try:
        read = read_yaml(path, shown)
        if not isinstance(read, dict):
            raise DataError(shown, 1, "no mapping", "write `key: value`, a line for each")
    except DataError as error:
        seen.errors.append(error)
        return {}
    return read


def read_names(path: Path, shown: str, seen: Reading) -> Names:
    """The generated names, checked in shape and that each code they mean has an English name."""
    try:
        return _names(json.loads(read_text(path, shown)))
    except DataError as error:
        seen.errors.append(error)
    except json.JSONDecodeError as error:
        why = f"not JSON ({error.msg})"
        seen.errors.append(DataError(shown, error.lineno, why, _RENEW))
    except KeyError as error:
        why = f"no {error.args[0]} where one is needed"
        seen.errors.append(DataError(shown, 1, why, _RENEW))
    except (AttributeError, TypeError):
        why = "not display and index of names"
        seen.errors.append(DataError(shown, 1, why, _RENEW))
    return Names({}, {})


_RENEW = "make it anew with python -m knowledge.make_names"


def _names(read: Any) -> Names:
    # Most texts mean one code of a few hundred: one tuple serves them all, in the lists' place.
    single = {code: (code,) for code in read["display"]["en"]}
    for texts in read["index"].values():
        for text, codes in texts.items():
            one = single.get(codes)
            texts[text] = one if one else tuple(single[code][0] for code in codes.split())
    return Names(read["display"], read["index"])


def _read(kind: Kind, path: Path, shown: str, seen: Reading) -> Any:
    try:
        return _noted(kind, read_document(path, shown), seen)
    except DataError as error:
        seen.errors.append(error)
        return BAD


def _noted(kind: Kind, document: Document, seen: Reading) -> Any:
    seen.errors += document.errors
    seen.file = document.file
    return kind.read(document.root, seen)
