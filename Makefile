# Everything a maintainer or CI does, each with one word. Needs Python 3.11 or newer and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test test-postgres lint types format check bench rubric writing golden wheel clean

demo: $(STAMP)  ## make .venv, install, and show the whole path on the shipped example
	$(BIN)/outreach demo

test: $(STAMP)  ## the whole suite
	$(BIN)/python -m pytest

test-postgres: $(STAMP)  ## the store's tests on a real PostgreSQL of their own
	$(BIN)/python -m pip install -q -e '.[postgres]'
	.ci/postgres $(BIN)/python -m pytest tests/test_store.py

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: format lint types test  ## what to run before a commit

bench: $(STAMP)  ## ratios measured side by side: start-up, drafting, rubric, prompts
	$(BIN)/python -m benchmarks.startup
	$(BIN)/python -m benchmarks.offline
	$(BIN)/python -m benchmarks.rubric_cost
	$(BIN)/python -m benchmarks.prompts
	$(BIN)/python -m benchmarks.writing

writing: $(STAMP)  ## the offline writer's figures: offers x lists x roles x languages
	$(BIN)/python -m benchmarks.writing -v

rubric: $(STAMP)  ## the rubric's figures on the labelled messages
	$(BIN)/python -m benchmarks.rubric

golden: $(STAMP)  ## rewrite tests/golden and docs/schemas; read the diff before you commit it
	$(BIN)/python -m pytest --update-golden

wheel: $(STAMP)  ## build the wheel into dist/
	$(BIN)/python -m pip -q wheel --no-deps -w dist .

# One environment for users' and maintainers' commands; made anew when pyproject.toml changes.
$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("outreach needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade pip
	$(BIN)/python -m pip install -q -e . --group dev
	touch $(STAMP)

clean:
	rm -rf $(VENV) dist build outreach-demo .pytest_cache .mypy_cache .ruff_cache .hypothesis
