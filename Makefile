# The few words a day needs: `make help` lists them.
PORT ?= 5000
INSTANCE ?= instance
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export TANDEM_INSTANCE := $(abspath $(INSTANCE))
export TANDEM_PORT := $(PORT)

.DEFAULT_GOAL := help
.PHONY: help run test bench mutate check browser lock vendor translate clean

help: ## show these words
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

run: $(VENV)/run ## make everything that is missing and serve a demo programme
	@$(BIN)/tandem upgrade
	@$(BIN)/tandem demo
	@exec $(BIN)/tandem serve --port $(PORT)

test: $(VENV)/test ## install what tests need and run all of them
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tests/run.sh

bench: $(VENV)/run ## measure the engine beside what others would pick
	@$(BIN)/python -m benchmarks

mutate: $(VENV)/mutate ## change the engine in small ways and list what no test notices
	@nice -n 19 $(VENV)/mutation/bin/mutmut run
	@$(VENV)/mutation/bin/mutmut results

lock: $(VENV)/test ## renew the locks, with hashes and without addresses
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --python-version 3.11 --custom-compile-command "make lock" pyproject.toml --group build -o requirements/run.txt
	$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --python-version 3.11 --custom-compile-command "make lock" pyproject.toml --group build --group test -o requirements/test.txt
	for list in benchmarks/*.in requirements/*.in; do \
	  $(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --python-version 3.11 --custom-compile-command "make lock" $$list -o $${list%.in}.txt || exit 1; done

vendor: ## renew the design system and the fonts
	sh tandem/static/vendor/renew.sh

translate: $(VENV)/test ## bring the catalogues up to date with the sentences in use
	$(BIN)/pybabel -q extract --no-location -F tandem/translations/babel.cfg -k _l -o $(VENV)/messages.pot --omit-header .
	$(BIN)/pybabel -q update -i $(VENV)/messages.pot -d tandem/translations -l de --no-fuzzy-matching --ignore-obsolete

clean: ## remove the environment and what tests leave behind; instance/ stays
	rm -rf $(VENV) mutants .coverage .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/run: requirements/run.txt pyproject.toml $(wildcard tandem/translations/*/LC_MESSAGES/*.po)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Tandem needs Python 3.11 or later; name one: make run PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what Tandem needs into $(VENV) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/pybabel -q compile -d tandem/translations 2>/dev/null
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test: $(VENV)/run requirements/test.txt
	@echo "Installing what the tests need into $(VENV) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/mutate: requirements/mutate.txt
	@echo "Installing what mutation testing needs into $(VENV)/mutation ..."
	@$(PYTHON) -m venv --clear $(VENV)/mutation
	@$(VENV)/mutation/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/mutate.txt
	@touch $@
