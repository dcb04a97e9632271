# What a developer does here; `make` alone lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
TESTS ?= tests
BENCHES ?= parse startup

.DEFAULT_GOAL := help
.PHONY: help demo test faults lint types bench snapshots docs picture images reference clean

help: ## list these
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/installed ## open the program on sample_modules, with simulated nodes
	@echo "Opening 'appo demo' on sample_modules; its nodes are simulated. Press ? for help, ctrl+q to quit."
	@$(BIN)/appo demo

test: $(VENV)/developing lint types ## run all checks and tests; what this machine lacks is skipped, with the reason
	$(BIN)/pytest -rs $(TESTS)

faults: $(VENV)/developing ## kill runners of real jobs at a hundred seeded moments (root; half an hour)
	APPO_FAULT_KILLS=$${APPO_FAULT_KILLS:-100} $(BIN)/pytest -rs --timeout 0 -m faults tests/hosts/test_durability.py

lint: $(VENV)/developing ## ruff, and that packages import one way only
	$(BIN)/ruff check
	$(BIN)/lint-imports

types: $(VENV)/developing ## mypy --strict
	$(BIN)/mypy

bench: $(VENV)/developing ## run the benchmarks; each prints ratios against a reference of the same run
	@for each in $(BENCHES); do echo "== $$each"; $(BIN)/python -m bench.$$each || exit 1; done

snapshots: $(VENV)/developing ## take the screens' snapshots anew; look at each before you commit it
	$(BIN)/pytest --snapshot-update tests/tui/test_snapshots.py

docs: $(VENV)/developing ## write the parts of docs/ that come from the program itself
	@for each in keys settings commands manual; do $(BIN)/python -m scripts.$$each || exit 1; done
	PYTHONPATH=grammar $(BIN)/python -m puppet_grammar.railroad docs/grammar.html

picture: $(VENV)/developing ## take the pictures of docs/ from the real program
	$(BIN)/python -m scripts.pictures

images: ## build the file systems of the real test hosts (root, mmdebstrap, minutes)
	$(PYTHON) -m tests.hosts.testbed image

reference: $(VENV)/developing ## compare the conformance cases with what Puppet 5.5 says (root, the image of bullseye)
	$(BIN)/python -m tests.reference

clean: ## remove the virtual environment and all caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "appo-tui needs Python 3.11 or later; say which with: make PYTHON=python3.11 $(MAKECMDGOALS)")'
	@echo "Making a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "No venv: on Debian and Ubuntu, apt-get install python3-venv"; exit 1; }

$(VENV)/installed: pyproject.toml | $(BIN)/python
	@echo "Installing appo-tui and what it needs into $(VENV)"
	@$(PIP) install --editable .
	@touch $@

$(VENV)/developing: pyproject.toml | $(BIN)/python
	@echo "Installing appo-tui, the test tools and the checks into $(VENV)"
	@$(PIP) install --upgrade 'pip>=25.1'
	@$(PIP) install --editable . --group test --group check
	@touch $@ $(VENV)/installed
