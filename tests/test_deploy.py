"""The files to run and to watch it with: they parse, and name only what there is."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import metrics
from bot.cli import main
from bot.settings import Settings
from bot.web import DRAIN_SECONDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
ALERTS = yaml.safe_load((ROOT / "deploy/alerts.yml").read_text("utf-8"))
DASHBOARD = json.loads((ROOT / "deploy/grafana-dashboard.json").read_text("utf-8"))
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
RULES = ALERTS["groups"][0]["rules"]
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
EXPRESSIONS = {rule["alert"]: rule["expr"] for rule in RULES} | {
    f"{panel['title']} {target['refId']}": target["expr"]
    for panel in PANELS
    for target in panel["targets"]
}

# What an expression may say beside names of series and labels.
_PROMQL = frozenset(
    re.findall(r"\w+", "sum min max by on group_left rate increase histogram_quantile time")
)
_GIVEN_BY_PROMETHEUS = frozenset(["up"])
_LABELS = frozenset(["job", "instance", "le"])


def _labels_of_ours() -> set[str]:
    collectors = [c for c in vars(metrics).values() if hasattr(c, "_labelnames")]
    return {name for collector in collectors for name in collector._labelnames}


def _words(expression: str) -> tuple[set[str], set[str]]:
    """The series and the labels that an expression names."""
    labels: set[str] = set()
    for inside in re.findall(r"\{(.*?)\}", expression):
        labels |= set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)\s*\"", inside))
    rest = re.sub(r"\{.*?\}|\[.*?\]", " ", expression)
    for inside in re.findall(r"\b(?:by|on|group_left|without)\s*\((.*?)\)", rest):
        labels |= set(re.findall(r"\w+", inside))
    rest = re.sub(r"\b(?:by|on|group_left|without)\s*\(.*?\)", " ", rest)
    series = set(re.findall(r"\b[a-zA-Z_]\w*", rest)) - _PROMQL
    return series, labels


@pytest.mark.parametrize("expression", EXPRESSIONS.values(), ids=EXPRESSIONS.keys())
def test_an_expression_names_series_and_labels_there_are(expression: str) -> None:
    series, labels = _words(expression)
    assert series and series <= metrics.names() | _GIVEN_BY_PROMETHEUS
    assert labels <= _labels_of_ours() | _LABELS
    for opening, closing in ("()", "{}", "[]"):
        assert expression.count(opening) == expression.count(closing)


def test_the_check_of_expressions_sees_what_is_not_there() -> None:
    series, labels = _words('sum by (topic) (rate(mra_bot_gone_total{team="T1"}[5m])) > 1')
    assert (series, labels) == ({"mra_bot_gone_total"}, {"topic", "team"})


def test_every_series_of_ours_is_on_the_dashboard() -> None:
    shown = " ".join(target["expr"] for panel in PANELS for target in panel["targets"])
    ours = {name for name in metrics.names() if name.startswith("mra_bot")}
    stems = {re.sub("_(bucket|count|sum)$", "", name) for name in ours}
    missing = {stem for stem in stems if stem not in shown}
    assert missing == {"mra_bot_register_loads_total"}  # its refusals are shown as a state


def test_labels_that_a_summary_shows_are_kept_by_its_expression() -> None:
    for rule in RULES:
        told = set(re.findall(r"\$labels\.(\w+)", json.dumps(rule["annotations"])))
        assert told <= _words(rule["expr"])[1] | {"instance"}


def test_alerts_say_who_acts_and_what_to_do() -> None:
    assert len({rule["alert"] for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert {"summary", "description"} == set(rule["annotations"])
        assert re.fullmatch(r"\d+[mhd]", rule.get("for", "0m"))


def test_the_readme_scrapes_the_job_that_all_of_this_is_about() -> None:
    [block] = re.findall(r"^```yaml\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    [job] = yaml.safe_load(block)["scrape_configs"]
    [found] = job["dns_sd_configs"]
    assert found["names"] == ["web"] and found["port"] == int(_environment("web")["PORT"])
    for expression in EXPRESSIONS.values():
        named = re.findall(r"\b(?:mra_bot|process|up)\w*(\{[^}]*\})?", expression)
        assert named and all(f'job="{job["job_name"]}"' in labels for labels in named)


def test_panels_do_not_overlap() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        }
        assert at["x"] + at["w"] <= 24 and not cells & taken
        taken |= cells
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])


# Images


def instructions() -> Iterator[tuple[str, str]]:
    """Each instruction of the Dockerfile, and what follows it."""
    text = re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text("utf-8"))
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            name, _, rest = line.partition(" ")
            yield name, rest.strip()


def the(name: str) -> list[str]:
    return [rest for found, rest in instructions() if found == name]


def test_what_the_image_copies_is_there_and_let_in() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for rest in the("COPY"):
        if not rest.startswith("--from"):
            [source, _] = rest.split()
            assert (ROOT / source).exists()
            assert f"!{source}" in ignored


@pytest.mark.parametrize("command", [["manifest"], ["register"], ["ask", "korea"], ["--version"]])
def test_the_program_finds_in_the_image_what_it_reads(command: list[str], tmp_path: Path) -> None:
    for rest in the("COPY"):
        source, target = ROOT / rest.split()[0], tmp_path / Path(rest.split()[-1]).name
        if source.is_dir():
            shutil.copytree(source, target)
        elif not rest.startswith("--from"):
            shutil.copy(source, target)
    ran = subprocess.run(
        [sys.executable, "-m", "bot", *command], cwd=tmp_path, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_image_runs_on_a_python_that_the_program_takes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    least = tuple(map(int, project["requires-python"].removeprefix(">=").split(".")))
    for rest in the("FROM"):
        found = re.match(r"python:(\d+)\.(\d+)-slim", rest)
        assert found and tuple(map(int, found.groups())) >= least


def test_the_image_has_pinned_packages_and_a_user_without_rights() -> None:
    assert "--require-hashes" in " ".join(the("RUN"))
    assert the("USER") == ["app"]
    assert the("STOPSIGNAL") == ["SIGTERM"]


def test_signals_reach_the_program_and_not_a_shell() -> None:
    program = json.loads(the("ENTRYPOINT")[0]) + json.loads(the("CMD")[0])
    assert program == ["python", "-m", "bot", "slack", "--http"]


def test_the_health_check_is_python_that_asks_what_is_served() -> None:
    [rest] = the("HEALTHCHECK")
    program = json.loads(rest[rest.index("[") :])
    compile(program[2], "healthcheck", "exec")
    assert "/healthz" in program[2]


# Several machines


def _environment(service: str) -> dict[str, str]:
    """The service's environment, with what the operator must give filled in."""
    given = {
        "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret", "POSTGRES_PASSWORD": "pass",
    }  # fmt: skip

    def value(found: re.Match[str]) -> str:
        name, otherwise = found[1], found[2] or ""
        if otherwise.startswith(":?"):
            return given[name]
        return given.get(name, otherwise.removeprefix(":-"))

    return {
        name: re.sub(r"\$\{(\w+)(:[-?][^}]*)?\}", value, text)
        for name, text in COMPOSE["services"][service]["environment"].items()
    }


def test_three_processes_share_one_database_and_nothing_else() -> None:
    web = COMPOSE["services"]["web"]
    assert web["deploy"]["replicas"] == 3
    settings = Settings.from_mapping(_environment("web"), "http")
    database = _environment("postgres")
    password, name = database["POSTGRES_PASSWORD"], database["POSTGRES_DB"]
    address = f"postgres://{database['POSTGRES_USER']}:{password}@postgres:5432/{name}"
    assert settings.database_url == address
    assert all(volume.endswith(":ro") for volume in web["volumes"])


def test_compose_gives_every_setting_there_is_for_http() -> None:
    settings = set(re.findall(r"^\| (`.*?`) \|", README, re.MULTILINE))
    named = {name for cell in settings for name in re.findall(r"`([A-Z][A-Z_]+)`", cell)}
    # A register of one's own is mounted in place of that in the image.
    assert set(_environment("web")) == named - {"SLACK_APP_TOKEN", "MRA_DATA"}


def test_the_app_is_given_the_time_it_takes_to_leave() -> None:
    grace = int(COMPOSE["services"]["web"]["stop_grace_period"].removesuffix("s"))
    assert grace > DRAIN_SECONDS


def test_only_the_load_balancer_is_reached_from_outside() -> None:
    services = COMPOSE["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["load-balancer"]
    assert services["postgres"]["networks"] == ["back"] and COMPOSE["networks"]["back"]["internal"]
    for service in services.values():
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        assert set(service.get("depends_on", {})) <= set(services)


def test_the_command_of_the_app_is_one_it_knows(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*COMPOSE["services"]["web"]["command"], "--help"])
    assert ended.value.code == 0


def test_files_that_are_mounted_are_there() -> None:
    for service in COMPOSE["services"].values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in COMPOSE["volumes"] or (ROOT / source).exists()


def _nginx() -> list[Any]:
    """The load balancer's configuration: directives as lists, what is in a block as the last."""
    text = re.sub(r"#.*", "", (ROOT / "deploy/nginx.conf").read_text("utf-8"))
    tokens = iter(re.findall(r"'[^']*'|\"[^\"]*\"|[{};]|[^\s{};]+", text))

    def block(nested: bool) -> list[Any]:
        directives: list[Any] = []
        words: list[Any] = []
        for token in tokens:
            if token == ";":
                directives.append(words)
                words = []
            elif token == "{":
                directives.append([*words, block(True)])
                words = []
            elif token == "}":
                assert nested and not words
                return directives
            else:
                words.append(token)
        assert not nested and not words
        return directives

    return block(False)


def test_the_load_balancer_passes_on_to_the_apps_and_hides_their_figures() -> None:
    [http] = [d[-1] for d in _nginx() if d[0] == "http"]
    [upstream] = [d for d in http if d[0] == "upstream"]
    port = _environment("web")["PORT"]
    assert ["server", f"web:{port}", "resolve"] in upstream[-1]
    [server] = [d[-1] for d in http if d[0] == "server"]
    locations = {tuple(d[1:-1]): d[-1] for d in server if d[0] == "location"}
    assert ["proxy_pass", f"http://{upstream[1]}"] in locations["/",]
    assert ["proxy_set_header", "X-Forwarded-For", "$remote_addr"] in locations["/",]
    assert locations["=", "/metrics"] == [["return", "404"]]
    assert ["client_max_body_size", "1m"] in server
