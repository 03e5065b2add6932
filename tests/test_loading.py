"""Loading: what a data file must be like, and what is said of one that isn't.

The cases are data: tests/loading/refusals.yaml breaks the small register of tests/fixtures, one
thing at a time.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest

from knowledge.files import DataErrors, read_yaml
from knowledge.load import load_knowledge, register_path
from knowledge.model import Knowledge
from knowledge.schema import schema_text

HERE = Path(__file__).parent
FIXTURES = HERE / "fixtures"


def load(folder: Path) -> Knowledge:
    return load_knowledge(folder / "register.yaml", folder=folder / "knowledge")


class Case(NamedTuple):
    """A file broken in one place; its fields are explained in refusals.yaml."""

    name: str
    replace: str
    by: str
    says: str
    file: str = "register.yaml"
    at: str = ""


_READ: Any = read_yaml(HERE / "loading" / "refusals.yaml")
CASES = [Case(**each) for each in _READ]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_refuses(case: Case, tmp_path: Path) -> None:
    shutil.copytree(FIXTURES, tmp_path, dirs_exist_ok=True)
    path = tmp_path / case.file
    sound = path.read_text("utf-8")
    assert case.replace in sound, "the case doesn't fit the small register any more"
    broken = sound.replace(case.replace, case.by, 1)
    path.write_text(broken, "utf-8")

    with pytest.raises(DataErrors) as refused:
        load(tmp_path)

    place = broken.index(case.at) if case.at else sound.index(case.replace)
    line = broken.count("\n", 0, place) + 1
    expected = [f"{path}:{line}: {said}" for said in case.says.splitlines()]
    assert str(refused.value).splitlines() == expected


def test_cases_have_names_of_their_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


def test_tells_everything_at_once_by_file_and_line(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES, tmp_path, dirs_exist_ok=True)
    for name, replace, by in (
        ("register.yaml", "grade: A", "grade: Z"),
        ("register.yaml", "follows: 0", "follows: x"),
        ("register.yaml", "what: signed\n", "what: signed\n        what: signed\n"),
        ("register.yaml", "sources: [paper]}\nidentifiers", "sources: [nowhere]}\nidentifiers"),
        ("register.yaml", "shared_names: [AEO]", "shared_names: []"),
        ("register.yaml", "signed: 2017-07", "signed: 2030"),
        ("knowledge/intents.yaml", "title:", "titel:"),
    ):
        path = tmp_path / name
        text = path.read_text("utf-8")
        assert replace in text
        path.write_text(text.replace(replace, by, 1), "utf-8")

    with pytest.raises(DataErrors) as refused:
        load(tmp_path)

    errors = refused.value.errors
    assert [Path(error.file).name for error in errors] == ["intents.yaml"] * 2 + [
        "register.yaml"
    ] * 7
    assert [(e.file, e.line) for e in errors] == sorted((e.file, e.line) for e in errors)


@pytest.mark.parametrize(
    "missing",
    [
        "register.yaml",
        "knowledge/names.json",
        "knowledge/glossary.yaml",
        "knowledge/intents.yaml",
        "knowledge/cues.yaml",
        "knowledge/refusals.yaml",
        "knowledge/regions.yaml",
        "knowledge/commonwords.txt",
    ],
)
def test_refuses_a_missing_file_with_one_line(missing: str, tmp_path: Path) -> None:
    shutil.copytree(FIXTURES, tmp_path, dirs_exist_ok=True)
    (tmp_path / missing).unlink()

    with pytest.raises(DataErrors) as refused:
        load(tmp_path)

    said = f"{tmp_path / missing}:1: there is no such file; put it there, or name another file"
    assert str(refused.value) == said


def test_refuses_a_folder_without_pages(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES, tmp_path, dirs_exist_ok=True)
    shutil.rmtree(tmp_path / "knowledge" / "faq")

    with pytest.raises(DataErrors, match="faq:1: there are no pages here"):
        load(tmp_path)


def test_refuses_what_is_no_text(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES, tmp_path, dirs_exist_ok=True)
    (tmp_path / "register.yaml").write_bytes(b"home: US\n# \xff\n")

    with pytest.raises(DataErrors, match=r":2: not UTF-8 text; save the file as UTF-8"):
        load(tmp_path)


def test_reads_the_small_register() -> None:
    known = load(FIXTURES)

    assert [a.id for a in known.arrangements] == ["us-kr", "us-eu"]
    korea = known.arrangement_with("KR")
    assert korea and korea.parties == ("US", "KR") and korea.programs == ("kr-aeo",)
    assert [event.on.iso for event in korea.events] == ["2010-06", "2011"]
    eligible, shipping = korea.facts["eligible"]
    assert (eligible.side, eligible.sources) == ("partner", ("list", "paper"))
    assert (shipping.since and shipping.since.iso, shipping.confidence) == ("2025-11", "low")
    (benefit,) = korea.facts["benefits"]
    assert (benefit.text, benefit.sourced) == ("what a member gains at a port", False)

    dated, seen = known.pairs
    assert [event.what for event in dated.events] == ["signed", "in operation"]
    assert seen.seen and seen.seen.iso == "2019-08" and seen.confidence == "low"
    assert seen.note == "listed as in place"

    assert known.contacts["TH"].facts[0].text == "Talks were announced."
    assert [conflict.follows for conflict in known.conflicts] == [0, None]
    assert known.pages["code"].file.endswith("faq/code.md") and known.pages["code"].line == 7
    assert [term.page for term in known.terms] == ["code", None]
    assert known.intents["status"].phrasings == ("is {economy} covered",)
    assert known.refusals == {"food": ("turkey sandwich", "korean barbecue")}
    assert known.cues == {"features": {"sign": {"en": ["signed", "NO", "010"], "no": ["signert"]}}}
    assert known.names.index["city"] == {"Busan": ("KR",), "Springfield": ()}
    assert list(known.common_words) == ["and", "the"]
    assert known.groups["r900"].region and known.groups["EU"].union
    assert known.shared_names == ("AEO",) and len(known.unsourced) == 1


def test_knows_the_line_of_what_it_may_complain_of() -> None:
    known = load(FIXTURES)
    lines = Path(known.file).read_text("utf-8").splitlines()

    def line(number: int) -> str:
        return lines[number - 1]

    assert line(known.sources["paper"].line) == "  paper:"
    assert line(known.programs["kr-aeo"].line) == "  kr-aeo:"
    assert line(known.conflicts[1].line) == "  scope-open:"
    assert "224 of them" in line(known.arrangements[0].facts["eligible"][1].line)


SCHEMA = Path(__file__).parent.parent / "data" / "mras.schema.json"


def test_the_schema_is_what_the_loader_reads_with() -> None:
    assert SCHEMA.read_text("utf-8") == schema_text(), (
        "run python -m knowledge.schema > data/mras.schema.json"
    )


@pytest.mark.parametrize("path", [FIXTURES / "register.yaml", register_path()], ids=str)
def test_registers_that_load_fit_the_schema(path: Path) -> None:
    checker = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text("utf-8")))
    checker.check_schema(checker.schema)
    assert [error.message for error in checker.iter_errors(read_yaml(path))] == []


# What the schema tells while one types. The rest needs the whole register, or its order.
_ONLY_LOADED = (
    "alias",
    "tag",
    "written twice",
    "not YAML",
    "second document",
    "no word",
    "there is no",
    "evidence day",
    "stands after",
    "stands before",
    "is before since",
    "without any date",
    "has an entry already",
    "home economy",
    "is a program of",
    "also a name of",
    "but there are 2 versions",
    "a note without",
    "2017-06-31",
    "2007-13",
)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case.name)
        for case in CASES
        if case.file == "register.yaml" and not any(said in case.says for said in _ONLY_LOADED)
    ],
)
def test_the_schema_refuses_too(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "register.yaml"
    sound = (FIXTURES / "register.yaml").read_text("utf-8")
    path.write_text(sound.replace(case.replace, case.by, 1), "utf-8")
    checker = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text("utf-8")))
    assert list(checker.iter_errors(read_yaml(path)))


def test_the_register_names_its_schema() -> None:
    first, *_ = register_path().read_text("utf-8").splitlines()
    assert first == f"# yaml-language-server: $schema={SCHEMA.name}"
