# Everything works on a fresh machine with Python 3.11+, pip, venv and make.
PYTHON ?= python3
ARGS ?=
JOBS ?= auto
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help run test fuzz coverage check format bench eval clean

help: ## Tell what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

run: $(STAMP) ## Start the reader (ARGS are its arguments)
	$(BIN)/reader $(ARGS)

test: $(STAMP) ## Run the tests (ARGS go to pytest)
	$(BIN)/python -m pytest -n $(JOBS) $(ARGS)

coverage: $(STAMP) ## Run the tests and say which branches they reach
	$(BIN)/python -m pytest -n $(JOBS) --cov --cov-report=term $(ARGS)

fuzz: $(STAMP) ## Try odd input for a long time (ARGS go to pytest)
	FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-20000} $(BIN)/python -m pytest tests/fuzz --timeout=0 $(ARGS)

check: $(STAMP) ## Format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP) ## Format and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP) ## Measure speed and memory (ARGS: names of benchmarks)
	$(BIN)/python benchmarks/run.py $(ARGS)

eval: $(STAMP) ## Measure the quality of summaries, comparisons and stories
	$(BIN)/python benchmarks/evaluate.py $(ARGS)

clean: ## Remove what was made
	rm -rf $(VENV) dist build .coverage .pytest_cache .mypy_cache .ruff_cache
