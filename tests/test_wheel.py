"""The wheel, installed outside the checkout, works; and takes no names but its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel in it; its dependencies come from this one's."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT],
        check=True,
    )
    [wheel] = folder.glob("*.whl")
    environment = folder / "venv"
    venv.create(environment, with_pip=False)
    subprocess.run(
        [*pip, "--python", environment / "bin/python", "install", "--no-deps", "--no-index", wheel],
        check=True,
    )
    [site] = environment.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return environment


def run(installed: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A command of that environment, in an empty folder and with an empty home."""
    home = installed / "home"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [installed / "bin" / command[0], *command[1:]],
        cwd=home, env={"HOME": str(home), "PATH": os.defpath}, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip


def test_it_checks_its_register(installed: Path) -> None:
    done = run(installed, "mra-bot", "check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "18 arrangements" in done.stdout


def test_it_answers(installed: Path) -> None:
    done = run(installed, "mra-bot", "ask", "korea")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Yes: Korea")


def test_it_prints_its_manifest(installed: Path) -> None:
    done = run(installed, "mra-bot", "manifest")
    assert json.loads(done.stdout) == json.loads((ROOT / "manifest.json").read_text())


def test_it_serves_its_playground_page(installed: Path) -> None:
    code = "from bot.playground.browser import _FILES; print((_FILES / 'index.html').exists())"
    assert run(installed, "python", "-c", code).stdout == "True\n"


def test_nothing_else_lies_at_top_level(installed: Path) -> None:
    [site] = installed.glob("lib/python*/site-packages")
    ours = {path.name for path in site.iterdir() if not path.name.startswith(("_", "dependencies"))}
    assert {name for name in ours if not name.endswith(".dist-info")} == {"bot", "knowledge"}
    code = (
        "import json; from importlib.metadata import packages_distributions as p; "
        "print(json.dumps({k: sorted({*p()[k]}) for k in ('bot', 'knowledge')}))"
    )
    done = run(installed, "python", "-c", code)
    assert json.loads(done.stdout) == {"bot": ["mra-bot"], "knowledge": ["mra-bot"]}
