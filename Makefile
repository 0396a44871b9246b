# make help says what there is. python3 with venv and pip is all that is assumed.
SHELL := /bin/sh
.DEFAULT_GOAL := help
# Python's own compiled files make every later start quicker; some systems switch them off.
unexport PYTHONDONTWRITEBYTECODE

SOURCES ?= seeds/north-korea
# The last day on which the shipped sources speak. Empty for today.
AS_OF ?= 2020-06-24
TO ?= html,pdf
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PDF_READY := $(VENV)/.pdf-tried
WORKERS ?= 2
DOCUMENTS ?= 10000

.PHONY: help setup pdf-engine briefing table test bench lab picture fuzz faults audit clean

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## make the environment in .venv

$(READY): pyproject.toml constraints.txt .ci/find-python
	@python=$$(sh .ci/find-python) && \
	if [ ! -x $(BIN)/python ]; then echo "Making $(VENV) with $$python"; "$$python" -m venv $(VENV); fi
	@echo "Installing into $(VENV): a minute or two, once"
	@$(BIN)/python -m pip install -qq --compile -c constraints.txt -e '.[dev]'
	@touch $@

# Pango, for WeasyPrint. Never fails: without it a Chromium prints the PDF, or the message says what to install.
$(PDF_READY): $(READY)
	@sh .ci/install-pango $(BIN)/python || true
	@touch $@

pdf-engine: $(PDF_READY) ## install what WeasyPrint needs, where that can be done

briefing: $(PDF_READY) ## render the briefing of SOURCES as of AS_OF
	@$(BIN)/briefing render --sources $(SOURCES) $(if $(AS_OF),--as-of $(AS_OF)) --to $(TO)

table: $(READY) ## print the table of SOURCES as of AS_OF
	@$(BIN)/briefing table $(SOURCES) $(if $(AS_OF),--as-of $(AS_OF))

test: $(PDF_READY) ## lint, format check, type check, tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup

lab: $(PDF_READY) ## open JupyterLab on the notebooks
	$(BIN)/briefing lab

bench: $(PDF_READY) ## measure speed and memory of DOCUMENTS documents; writes docs/benchmarks.md
	$(BIN)/python bench --documents $(DOCUMENTS) $(if $(CORPUS),--source $(CORPUS))

picture: briefing ## take the README's picture of the briefing anew
	@$(BIN)/python docs/take_picture.py outputs/$(notdir $(SOURCES))/$(AS_OF)/briefing.html docs/briefing.png

# In rounds, each of new cases, so that a run which is stopped has recorded those before.
FUZZ_CASES ?= 1000000
FUZZ_ROUNDS ?= 10

fuzz: $(READY) ## try FUZZ_CASES random inputs on readers, dates, quotes, exporter
	@mkdir -p build/trials && rm -f build/trials/fuzz.json
	@for round in $$(seq $(FUZZ_ROUNDS)); do \
	FUZZ_CASES=$$(( $(FUZZ_CASES) / $(FUZZ_ROUNDS) )) FUZZ_RECORD=build/trials/fuzz.json \
	$(BIN)/pytest -q -n $(WORKERS) --dist load tests/fuzz || exit 1; done
	@$(BIN)/python docs/record_trials.py

FAULTS ?= 50

faults: $(READY) ## break runs in each way, and kill FAULTS at random moments
	@mkdir -p build/trials && rm -f build/trials/faults*.json build/trials/broken.xml
	@$(BIN)/pytest -q tests/broken -k "not random" --junitxml build/trials/broken.xml
	@$(BIN)/python tests/broken/faults.py $(FAULTS) --record build/trials/faults.json
	@$(BIN)/python docs/record_trials.py

audit: $(READY) ## look up known vulnerabilities of the pins, and list licences
	@test -x build/audit/bin/pip-audit || { $(BIN)/python -m venv build/audit && build/audit/bin/pip install -qq pip-audit; } || true
	@$(BIN)/python docs/audit.py; found=$$?; $(BIN)/python docs/record_trials.py; exit $$found

clean: ## remove the environment, caches and rendered briefings
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find briefing_lib tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find outputs -mindepth 1 ! -name .gitkeep -prune -exec rm -rf {} +
