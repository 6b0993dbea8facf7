# Dateline: every command a person needs. `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := .venv-peers
UV := $(BIN)/uv --system-certs
# Where this is set, every Airflow process would compile its thousand modules anew (6.1 s against 2.5 s each).
unexport PYTHONDONTWRITEBYTECODE
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

# ---------------------------------------------------------------- set-up
$(BIN)/uv: requirements-uv.txt
	@echo "making $(VENV) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 14) else "Dateline needs Python 3.11 to 3.14; say PYTHON=python3.12 make ...")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@touch $@

# Stamps say which lock is installed; a changed lock or pyproject installs again.
$(VENV)/.installed: requirements.txt pyproject.toml | $(BIN)/uv
	@echo "installing the locked dependencies (about 200 packages, a minute) ..."
	@$(UV) pip install --python $(BIN)/python --compile-bytecode --require-hashes --requirement requirements.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "installing what the tests need ..."
	@$(UV) pip install --python $(BIN)/python --compile-bytecode --require-hashes --requirement requirements-dev.txt
	@touch $@

# What benches measure beside us: nothing of ours depends on it.
$(PEERS)/.installed: requirements-peers.txt | $(BIN)/uv
	@$(BIN)/python -m venv --without-pip $(PEERS)
	@$(UV) pip install --python $(PEERS)/bin/python --compile-bytecode --require-hashes --requirement requirements-peers.txt
	@touch $@

.PHONY: install
install: $(VENV)/.installed ## Install the locked dependencies into .venv

.PHONY: lock
lock: | $(BIN)/uv ## Compile requirements*.in into hashed locks
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" requirements-uv.in -o requirements-uv.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" requirements-dev.in -o requirements-dev.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" -c requirements-dev.txt requirements.in -o requirements.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" requirements-peers.in -o requirements-peers.txt

.PHONY: gazetteer
gazetteer: $(VENV)/.installed-dev ## Make the extract of GeoNames anew from the locked packages
	@$(BIN)/python -m pipeline.events.places.geonames_extract

# ---------------------------------------------------------------- the product
.PHONY: run
run: install ## Set up everything, run nightly_refresh through Airflow once, and show what it found
	@$(BIN)/dateline run --airflow

.PHONY: up
up: install ## Start the newsroom and Airflow on 127.0.0.1, DAGs scheduled
	@$(BIN)/dateline up

.PHONY: down
down: install ## Stop everything that `make up` started
	@$(BIN)/dateline down

.PHONY: doctor
doctor: install ## Say what is wrong with this installation
	@$(BIN)/dateline doctor

# ---------------------------------------------------------------- the house rules
.PHONY: test
test: $(VENV)/.installed-dev ## Set up everything and run the tests
	$(BIN)/python -m pytest

.PHONY: bench-gather
bench-gather: install ## Gathering against a bare thread pool: speed, memory, growth
	@$(BIN)/python tests/benchmarks/bench_gather.py

.PHONY: bench-read
bench-read: install $(PEERS)/.installed ## Reading against other extractors, on the pages of ../shared: accuracy, speed
	@$(BIN)/python tests/benchmarks/bench_read.py --peers $(PEERS)/bin/python

.PHONY: bench-dedupe
bench-dedupe: install $(PEERS)/.installed ## Duplicates and stories: accuracy beside other methods, speed, cost against the archive
	@$(BIN)/python tests/benchmarks/bench_dedupe.py --peers $(PEERS)/bin/python

.PHONY: bench-events
bench-events: install ## Event records beside spaCy alone: types, actors, dates, places, the seed article, speed
	@$(BIN)/python tests/benchmarks/bench_events.py

.PHONY: train-coder
train-coder: $(VENV)/.installed-dev ## Train the coder's model from pipeline/events/training (minutes), with its cross-validated figures
	@$(BIN)/python -m pipeline.events.model.training

.PHONY: fuzz-read
fuzz-read: $(VENV)/.installed-dev ## Read 20,000 damaged pages: none may fail (two minutes)
	DATELINE_FUZZ_MUTATIONS=20000 $(BIN)/python -m pytest tests/read/test_fuzz_pages.py

.PHONY: raise-floors
raise-floors: install ## Raise the floors of reading's accuracy to what it reaches now; never lowers one
	@$(BIN)/python tests/benchmarks/read_floors.py

.PHONY: check
check: format-check lint types test ## Format, lint, types and tests: what CI expects

.PHONY: format-check
format-check: $(VENV)/.installed-dev ## Fail where a file is not formatted
	$(BIN)/ruff format --check .

.PHONY: format
format: $(VENV)/.installed-dev ## Format all files
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: lint
lint: $(VENV)/.installed-dev ## Ruff, with the ban on heavy imports at DAG parse
	$(BIN)/ruff check .

.PHONY: types
types: $(VENV)/.installed-dev ## Mypy, strict
	$(BIN)/mypy

.PHONY: docs
docs: install ## Write the generated pages of docs/ anew
	$(BIN)/python -m pipeline.warehouse.table_docs
	$(BIN)/python -m pipeline.settings_docs

.PHONY: clean
clean: ## Stop everything and remove what was written: captures, runs, warehouse, editions, Airflow's home; no decisions
	@if [ -x $(BIN)/dateline ]; then $(BIN)/dateline down; fi
	@if [ -d var ]; then find var -mindepth 1 -maxdepth 1 ! -name decisions -exec rm -rf {} +; fi
	@if [ -d var/decisions ]; then echo "kept: var/decisions, what people decided about stories (docs/stories.md)"; fi
