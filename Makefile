# Everything starts here, from a fresh clone with Python 3.11 or newer and make.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin

.PHONY: playground test faults check audit coverage format requirements names clean

playground: .venv/ready  ## the Slack app in a browser, without Slack
	$(BIN)/mra-bot playground

test: .venv/ready  ## all tests
	$(BIN)/pytest --numprocesses=logical --maxprocesses=4 --dist=worksteal

faults: .venv/ready  ## everything that breaks in the field, for some ten minutes
	$(BIN)/python -m tests.faults

check: .venv/ready  ## lint, types, what opens doors, and the register
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/bandit --quiet --recursive --configfile .bandit.yaml bot knowledge
	$(BIN)/mra-bot check

audit: .venv/ready  ## known vulnerabilities, where the advisory service is reachable
	if $(BIN)/python -m tests.reachable; then \
		$(BIN)/pip install --quiet pip-audit && \
		$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement requirements.txt; fi

coverage: .venv/ready  ## which lines no test runs
	$(BIN)/pytest --cov=bot --cov=knowledge --cov-report=term:skip-covered

format: .venv/ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

requirements: .venv/ready  ## pin what pyproject.toml asks for, with hashes and without addresses
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url \
		--no-emit-find-links --no-emit-trusted-host --no-header --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url \
		--no-emit-find-links --no-emit-trusted-host --no-header --extra dev --output-file requirements-dev.txt pyproject.toml

names: .venv/ready  ## the country names, from CLDR and the tables in knowledge/names
	$(BIN)/python -m knowledge.make_names

clean:
	rm -rf .venv

.venv/ready: pyproject.toml requirements-dev.txt
	@test -n "$(PYTHON)" || { echo "mra-bot needs Python 3.11 or newer" >&2; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch .venv/ready
