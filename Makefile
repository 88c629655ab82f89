# Two commands on a fresh machine: `make release` builds the sample dataset, `make test` passes the tests.
# Needs Python 3.11 to 3.13 with venv, git and make; everything else is installed into .venv from the lock file.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup release test check lint lock clean

setup: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

release: setup
	$(BIN)/python -m flows

test: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: setup
	$(BIN)/ruff check src schemas flows tests training benchmarks
	$(BIN)/mypy

check: lint test

lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --no-header \
	  --generate-hashes --no-emit-index-url --no-emit-find-links -o requirements.lock

clean:
	rm -rf $(VENV) .prefect .work
