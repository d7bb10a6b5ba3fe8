# Everything a contributor or CI runs. Needs make and Python >= 3.11, nothing else:
# each target sets up what it needs, once, and again only when pyproject.toml or the
# constraints have changed. PYTHON=/path/to/python chooses the interpreter.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python python3.14; do \
	command -v $$p >/dev/null 2>&1 || continue; \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	echo $$p; break; done)
NEWEST := .ci/constraints.txt
OLDEST := .ci/constraints-oldest.txt
RUN := .venv/bin/python
ARGS ?=
WORKERS ?= 2
# A file's tests stay together, so that what it sets up is set up once.
PYTEST = -m pytest -n $(WORKERS) --dist loadfile
QUIET := -qq
AXE := 4.14.1
# The type checker of the page's scripts, and what Leaflet is for it.
TYPESCRIPT := 7.0.2
LEAFLET_TYPES := 1.9.22
# Only `make mutants` needs it, so no extra: the versions CI uses stay as they are.
MUTMUT := 3.8.1
# Old packages warn about their own newer dependencies (matplotlib 3.8 of pyparsing).
OLD_WARNINGS := -W ignore::DeprecationWarning

.DEFAULT_GOAL := help
.PHONY: help demo axe scripts test coverage test-oldest mutants disguises fuzz breaks calls lint format bench notebooks pictures \
	constraints clean

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1 \t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

demo: .venv/.core ## write demo/index.html and all pages from the sample data of Lampung
	@.venv/bin/kkbpk-geo demo --plans -o demo

test: .venv/.dev ## run the tests; ARGS="-k name" narrows them
	$(RUN) $(PYTEST) $(ARGS)

coverage: .venv/.dev ## the unit tests (no browser), and what share of each module they run
	$(RUN) $(PYTEST) -m "not browser" -k "not under_a_second and not two_seconds" \
		--cov=kkbpk_geo --cov-report=term:skip-covered $(ARGS)

# From the unpacked source distribution, so that what it lacks is seen as well.
test-oldest: .venv-oldest/.test ## unit tests of the sdist with the oldest versions allowed
	rm -rf build/sdist
	.venv-oldest/bin/python .ci/sdist.py build/sdist
	cd build/sdist/kkbpk_geo-*/ && ../../../.venv-oldest/bin/python $(PYTEST) \
		-m "not browser" -k "not disguise" $(OLD_WARNINGS) $(ARGS)

mutants: .venv/.mutants ## small faults put into MODULE=kkbpk_geo/...py: which pass its tests
	$(RUN) tests/mutants.py $(MODULE) $(ARGS)

disguises: .venv/.dev ## 10,000 clean tables, each in one disguise: is a figure ever false?
	$(RUN) tests/disguise_many.py $(or $(ARGS),10000)

fuzz: .venv/.dev ## 2,000 damaged files: read, refused in words, or a fault of ours?
	$(RUN) tests/fuzz_many.py $(or $(ARGS),2000)

breaks: .venv/.dev ## 100 commands killed, limited or out of disk: is any file cut?
	$(RUN) tests/breaks_many.py $(or $(ARGS),100)

calls: .venv/.dev ## write docs/calls.md anew: what may be given to which function
	$(RUN) tests/calls_page.py

lint: .venv/.dev ## ruff (rules and format) and mypy --strict
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

format: .venv/.dev ## let ruff format and mend what it can
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

bench: .venv/.bench ## the naive way against ours; ARGS=--quick for one round
	$(RUN) benchmarks/run.py $(ARGS)

notebooks: .venv/.dev ## execute every notebook; an error in a cell fails
	@set -e; for f in notebooks/*.ipynb; do \
		test -e "$$f" || continue; echo "$$f"; \
		$(RUN) -m jupyter execute --timeout=300 "$$f"; done

pictures: .venv/.dev ## draw the pictures of the README anew (needs Chromium)
	$(RUN) notebooks/pictures.py

axe: node_modules/axe-core/axe.min.js ## fetch the accessibility checker (npm)

scripts: node_modules/typescript/package.json node_modules/@types/leaflet/package.json ## check the types of the page's scripts (npm)
	node node_modules/typescript/bin/tsc --project jsconfig.json

constraints: .venv-uv/.uv ## resolve the versions that CI and the demo use, anew
	$(COMPILE) --all-extras --universal --output-file $(NEWEST) --upgrade
	$(COMPILE) --extra test --resolution lowest-direct --output-file $(OLDEST) --upgrade

clean: ## remove environments, caches and what the other targets wrote
	rm -rf .venv .venv-oldest .venv-uv node_modules demo dist build benchmarks/out
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- set-up ---------------------------------------------------------------------

COMPILE = .venv-uv/bin/python -m uv pip compile pyproject.toml --quiet \
	--python-version 3.11 --no-emit-index-url --no-emit-find-links \
	--annotation-style line --custom-compile-command "make constraints"

# $(call venv,FOLDER): create it unless it works already; say what is missing if it fails.
define venv
	@test -n "$(PYTHON)" || { \
		echo "No Python >= 3.11 found. Install one, or say where: make PYTHON=/path/to/python" >&2; \
		exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is not Python >= 3.11. Say where one is: make PYTHON=/path/to/python" >&2; \
		exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) has no venv module. On Debian: apt install python3-venv" >&2; \
		exit 1; }
	@echo "Setting up $(1) (only when its versions change) ..."
	@$(1)/bin/python -c 'import pip' 2>/dev/null || "$(PYTHON)" -m venv --clear $(1)
endef

.venv/.core: pyproject.toml $(NEWEST)
	$(call venv,.venv)
	$(RUN) -m pip install $(QUIET) --constraint $(NEWEST) --editable .
	@touch $@

.venv/.dev: .venv/.core
	$(RUN) -m pip install $(QUIET) --constraint $(NEWEST) --editable '.[dev]'
	@touch $@

.venv/.bench: .venv/.core
	$(RUN) -m pip install $(QUIET) --constraint $(NEWEST) --editable '.[bench]'
	@touch $@

.venv/.mutants: .venv/.dev
	$(RUN) -m pip install $(QUIET) --constraint $(NEWEST) 'mutmut==$(MUTMUT)'
	@touch $@

.venv-oldest/.test: pyproject.toml $(OLDEST)
	$(call venv,.venv-oldest)
	.venv-oldest/bin/python -m pip install $(QUIET) --constraint $(OLDEST) --editable '.[test]'
	.venv-oldest/bin/python -m pip install $(QUIET) hatchling
	@touch $@

# One command for all of them: npm removes what it was not asked to keep.
NPM = npm install --no-save --no-audit --no-fund --silent axe-core@$(AXE) \
	typescript@$(TYPESCRIPT) @types/leaflet@$(LEAFLET_TYPES)

node_modules/axe-core/axe.min.js:
	$(NPM)

node_modules/typescript/package.json node_modules/@types/leaflet/package.json &:
	$(NPM)

.venv-uv/.uv:
	$(call venv,.venv-uv)
	.venv-uv/bin/python -m pip install $(QUIET) uv
	@touch $@
