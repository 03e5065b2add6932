"""Strict YAML, and pages with front matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.files import DataError, read_page, read_yaml

# What YAML itself would make something else of, and what is meant.
TRAPS = {
    "NO": "NO",  # Norway, not false
    "no": "no",
    "yes": "yes",
    "On": "On",
    "true": True,
    "false": False,
    "True": "True",
    "'true'": "true",
    "010": "010",  # not eight
    "0x1A": "0x1A",
    "1_000": "1_000",
    "3:30": "3:30",  # not 210
    "12": 12,
    "-1": -1,
    "0": 0,
    "+1": "+1",
    "1.5": "1.5",
    "1e3": "1e3",
    ".inf": ".inf",
    "'12'": "12",
    "2010-06-28": "2010-06-28",  # dates stay text
    "2010-06-28 10:00:00": "2010-06-28 10:00:00",
    "null": None,
    "~": None,
    "": None,
    "NULL": "NULL",
    "=": "=",
    "<<": "<<",
}


@pytest.mark.parametrize("written", TRAPS)
def test_yaml_means_what_it_says(written: str, tmp_path: Path) -> None:
    path = tmp_path / "trap.yaml"
    path.write_text(f"value: {written}\n", "utf-8")
    assert read_yaml(path) == {"value": TRAPS[written]}


@pytest.mark.parametrize("key", ["NO", "010", "true", "2010-06", "12"])
def test_keys_are_text(key: str, tmp_path: Path) -> None:
    path = tmp_path / "key.yaml"
    path.write_text(f"{key}: [a]\n", "utf-8")
    assert read_yaml(path) == {key: ["a"]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", ":3: `a` is written twice; keep one of the two"),
        ("a: {b: 1, b: 2}\n", ":1: `b` is written twice; keep one of the two"),
        ("a: &x [1]\nb: *x\n", ":2: an alias, *x; write it out without & and *"),
        ("a: 1\n---\nb: 2\n", ":2: a second document; take out the line of ---"),
        ("", ":1: an empty file; fill it"),
        ("# nothing yet\n", ":1: an empty file; fill it"),
        ("a: " + "[" * 5000 + "]" * 5000, ":1: nested too deeply; write it flatter"),
        ("a: 1\nb: \x01\n", ":2: not YAML (control characters are not allowed); look for"),
        ("a:\n\t- b\n", ":2: not YAML (found character that cannot start any token); look for"),
    ],
)
def test_yaml_is_refused(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError) as refused:
        read_yaml(path)
    assert str(refused.value).startswith(f"{path}{said}")


def test_a_page_is_front_matter_and_body(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("---\ntitle: T\n---\n\nBody.\n", "utf-8")
    page = read_page(path)
    assert (page.body, page.first_line) == ("\nBody.\n", 4)
    assert page.head.root.line == 2


def test_a_page_names_the_line_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("---\ntitle: T\nasks: [\n---\nBody.\n", "utf-8")
    with pytest.raises(DataError, match=r"page\.md:[34]: not YAML"):
        read_page(path)
