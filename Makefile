# What a person does with this checkout. Needs Python 3.11 or newer, make and git.
#
#   make run PORT=8001 NODE=/srv/gangbuk     another port, another node folder
#   make demo PORT=8010 OTHER_PORT=8011 DEMO=/tmp/two
#   make test ARGS="-k settle"               arguments for pytest

PYTHON ?= python3
PORT ?= 8000
OTHER_PORT ?= 8001
JOBS ?= auto
ARGS ?=
EXAMPLES ?= 200
# Not `?=`: other tools set a variable of this name in people's shells.
NODE = ./node
override NODE := $(patsubst %/,%,$(NODE))

DEMO = ./demo

BIN := .venv/bin
WIZZLE := "$(CURDIR)/.venv/bin/wizzle"
BOOTSTRAP = @$(PYTHON) tools/bootstrap.py
# The editable install is out of mypy's sight: it reads the packages through a link in .venv/typed.
TYPED = --config-file ../../pyproject.toml --cache-dir ../../.mypy_cache \
	$(patsubst %,-p wizzle.%,core federation node_config plugins) -p support -p bench \
	$(patsubst tools/%.py,-m %,$(wildcard tools/*.py))
COMPILE = $(BIN)/uv --no-config --system-certs pip compile --quiet --universal \
	--python-version 3.11 --generate-hashes --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help run demo example test check style types floors tools-ready witness screenshots tour fuzz-api storm many-nodes bench lock vendor wheel-round clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { sub(/:.*/, "", $$1); printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: ## install, make an example node in ./node once, serve it on http://127.0.0.1:8000
	$(BOOTSTRAP) run
	@if test -e "$(NODE).unfinished"; then rm -rf "$(NODE)"; fi
	@test -e "$(NODE)/node.toml" || $(MAKE) --no-print-directory example NODE="$(NODE)"
	@if test -e "$(NODE)/accounts.txt"; then cat "$(NODE)/accounts.txt"; fi
	@cd "$(NODE)" && WIZZLE_HOME="$$PWD" exec $(WIZZLE) run --port $(PORT)

demo: ## two nodes that trade with each other, on 127.0.0.1:8000 and localhost:8001, in ./demo
	$(BOOTSTRAP) run
	@exec $(WIZZLE) demo --folder "$(DEMO)" --port $(PORT) --other-port $(OTHER_PORT)

# The mark beside the folder tells an interrupted start from a node that someone works with.
example:
	@if test -e "$(NODE)" && ! rmdir "$(NODE)" 2>/dev/null; then \
		echo "$(NODE) exists and is no node; name another: make run NODE=..."; exit 1; fi
	@echo "An example node in $(NODE)"
	@mkdir -p "$(NODE)" && touch "$(NODE).unfinished"
	@cd "$(NODE)" && export WIZZLE_HOME="$$PWD" && (umask 077 && : > accounts.txt) && \
		{ $(WIZZLE) init --example gangbuk --yes --node-address http://127.0.0.1:$(PORT) \
		>> accounts.txt && $(WIZZLE) migrate && \
		$(WIZZLE) examples >> accounts.txt || { cat accounts.txt; exit 1; }; }
	@rm -f "$(NODE).unfinished"

test: ## every test; what cannot run here is named at the end (ARGS=, JOBS=)
	$(BOOTSTRAP) test
	@$(BIN)/python -m pytest --numprocesses $(JOBS) --maxprocesses 4 $(ARGS)

check: style types floors ## style, types, and who may import whom (-k goes on after a failure)

style: tools-ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: tools-ready
	@mkdir -p .venv/typed && ln -sfn ../.. .venv/typed/wizzle
	@cd .venv/typed && MYPYPATH=../../tests:../../tools ../bin/mypy $(TYPED)

floors: tools-ready
	@$(BIN)/lint-imports --no-logo

tools-ready:
	$(BOOTSTRAP) check

witness: ## another project's ActivityPub reads us and verifies us (Fedify; needs npm)
	$(BOOTSTRAP) test
	@rm -f .venv/witness/failed
	@WIZZLE_WITNESS=1 $(BIN)/python -m pytest tests/witness $(ARGS)

screenshots: ## walk through an example in a real browser; pictures in build/screenshots, docs/pictures
	$(BOOTSTRAP) test
	@PYTHONPATH=tests $(BIN)/python tools/screenshots.py

tour: ## every page as everybody, on phone and wide, ko and en, light and dark: build/tour (ARGS=)
	$(BOOTSTRAP) test
	@PYTHONPATH=tests $(BIN)/python tools/tour.py $(ARGS)

fuzz-api: ## ask the API everything its document names, many times over (EXAMPLES=200)
	$(BOOTSTRAP) test
	@WIZZLE_FUZZ_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest tests/core/web/api/test_fuzz.py --timeout 3600 $(ARGS)

storm: ## two nodes killed and cut off from each other (ARGS="--seconds 600 --seed 7 --postgres")
	$(BOOTSTRAP) test
	@PYTHONPATH=tests $(BIN)/python tools/storm.py $(ARGS)

many-nodes: ## a model of up to 1,000 nodes: messages, bytes and load of each (ARGS=--draw)
	$(BOOTSTRAP) test
	@$(BIN)/python tools/many_nodes.py $(ARGS)

bench: ## speed as ratios against the bare limit of this machine (ARGS=--quick)
	$(BOOTSTRAP) test
	@$(BIN)/python tools/bench $(ARGS)

wheel-round: ## build the wheel, install it elsewhere, and play a round there
	$(BOOTSTRAP) test
	@$(BIN)/python tools/wheel_round.py

lock: ## resolve requirements/*.in anew (ARGS=--upgrade for newer versions)
	$(BOOTSTRAP) check
	@$(COMPILE) $(ARGS) requirements/check.in --output-file requirements/check.txt
	@for name in test base build; do \
		$(COMPILE) --constraints requirements/check.txt requirements/$$name.in \
			--output-file requirements/$$name.txt || exit 1; done
	@$(COMPILE) $(ARGS) requirements/uv.in --output-file requirements/uv.txt

vendor: ## fetch the typeface of papers and pages again and write its manifests (needs npm)
	@$(PYTHON) tools/vendor.py

clean: ## remove what was built, not the node with its data
	rm -rf .venv build dist *.egg-info .coverage .hypothesis
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache htmlcov
	find . -name node -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
