# Two commands matter: `make demo` plays the whole product on this machine, `make test` runs every check there is.
# Needed: Python 3.11 or newer and make. Everything else (PostgreSQL, Node) comes from the locked packages.

PORT ?= 8000
PYTHON ?= python3
B ?=

VENV := $(CURDIR)/.venv
PY := $(VENV)/bin/python
export PORT
export PATH := $(VENV)/bin:$(PATH)
export PYTHONUNBUFFERED := 1
# lock files hold hashes, never download addresses, so that a site behind a mirror installs the same
export npm_config_omit_lockfile_registry_resolved := true
export npm_config_fund := false
export npm_config_audit := false
export npm_config_update_notifier := false

# Stamps: a target is done once its stamp is newer than what it is made from; a second run is instant.
RUNTIME := .venv/.runtime
DEV := .venv/.dev
SKIPS := .venv/.skips
APP_STAMP := node_modules/.app-built
PANEL_STAMP := node_modules/.panel-built
NODE := node_modules/.stamp

APP_SOURCES := $(shell find mobile_app -type f -not -path '*/node_modules/*' -not -path 'mobile_app/dist/*' \
	-not -path '*/ios/*' -not -path '*/android/*' -not -name '*.md' 2>/dev/null | sed 's/ /\\ /g')
PANEL_SOURCES := $(shell find admin/assets -type f -not -path '*/node_modules/*' 2>/dev/null | sed 's/ /\\ /g') \
	$(wildcard web/design/* web/build/* web/build/*/*)
TEMPLATES := admin binhyen mobile_api
CATALOGS := $(wildcard web/translations/*/LC_MESSAGES/*.po admin/translations/*/LC_MESSAGES/*.po)

.PHONY: demo test check lint types contracts unit app-check build format docs messages lock bench clean help
.DEFAULT_GOAL := help

help: ## what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

# --- two commands ---------------------------------------------------------------------------------------------------

demo: $(RUNTIME) build ## play the whole product on this machine, at http://127.0.0.1:$PORT
	@exec $(PY) -m binhyen demo --port $(PORT)

test: $(DEV) build ## every check there is
	@$(MAKE) --no-print-directory -j2 --output-sync=target lint types contracts app-check
	@$(MAKE) --no-print-directory unit
	@$(PY) -m tests.skips $(SKIPS)

# --- parts of them --------------------------------------------------------------------------------------------------

check: $(DEV) ## the quick checks: style, types, who imports whom
	@$(MAKE) --no-print-directory -j2 --output-sync=target lint types contracts

lint: $(DEV) $(NODE)
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check .
	@$(VENV)/bin/djlint --quiet --check $(TEMPLATES) && $(VENV)/bin/djlint --quiet --lint $(TEMPLATES)
	@npm run --silent imports --workspace mobile_app

types: $(DEV)
	@$(VENV)/bin/mypy

contracts: $(DEV)
	@$(VENV)/bin/lint-imports

unit: $(DEV) $(CATALOGS:.po=.mo)
	@: > $(SKIPS)
	@$(VENV)/bin/pytest -q -n auto --dist worksteal -m "not browser" --skips-to=$(SKIPS)
	@$(VENV)/bin/pytest -q -n auto --dist loadfile -m browser --skips-to=$(SKIPS)

app-check: $(DEV) $(NODE)
	@npm run --silent check && npm run --silent test

format: $(DEV) ## put the Python code and the templates into their one shape
	@$(VENV)/bin/ruff check --fix-only --quiet . ; $(VENV)/bin/ruff format .
	@$(VENV)/bin/djlint --quiet --reformat $(TEMPLATES) || true

build: $(RUNTIME) $(CATALOGS:.po=.mo) $(APP_STAMP) $(PANEL_STAMP) ## the app, the panel's assets and the message catalogs

docs: $(DEV) $(NODE) ## write the generated pages of docs/, the API's description and the app's client of it again
	@$(PY) -m binhyen docs
	@$(PY) -m binhyen openapi
	@npm run --silent api --workspace mobile_app

messages: $(DEV) ## gather the texts that need an English translation
	@$(PY) -m binhyen messages

bench: $(DEV) build $(if $(filter app,$(B)),bench/node_modules/.stamp) ## measure: make bench B=feed|tip|receipt|photo|app|fanout
	@test -n "$(B)" || { echo "say which: make bench B=feed|tip|receipt|photo|app|fanout"; exit 2; }
	@$(PY) -m bench.$(B)

lock: $(DEV) ## write the lock files again, with the newest releases that pyproject.toml allows
	@$(VENV)/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate \
	  --python-version 3.11 pyproject.toml -o requirements.lock
	@$(VENV)/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate \
	  --python-version 3.11 --extra dev --constraint requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## forget the environment, what was built and the demo's data
	@database=$$(readlink .binhyen/demo/postgres); case "$$database" in /var/lib/binhyen-postgres/?*) rm -rf "$$database";; esac
	rm -rf .venv .binhyen/demo node_modules bench/node_modules mobile_app/dist admin/static/dist

# --- environment ----------------------------------------------------------------------------------------------------

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; PYTHON=… says which")'
	@echo "creating the Python environment in .venv"
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "$(PYTHON) cannot make an environment: apt-get install python3-venv (or PYTHON=… names another)"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

PIP := $(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes

$(RUNTIME): requirements.lock | $(PY)
	@echo "installing the Python packages of requirements.lock"
	@$(PIP) -r requirements.lock
	@touch $@

$(DEV): requirements-dev.lock requirements.lock | $(PY)
	@echo "installing the Python packages of requirements-dev.lock"
	@$(PIP) -r requirements-dev.lock
	@touch $(RUNTIME) $@

%.mo: %.po | $(RUNTIME)
	@$(VENV)/bin/pybabel --quiet compile -i $< -o $@

# node packages of the app and the panel: one workspace, one lock file
$(NODE): package.json package-lock.json mobile_app/package.json admin/assets/package.json | $(RUNTIME)
	@echo "installing the node packages of package-lock.json"
	@npm ci --silent --no-progress
	@touch $@

bench/node_modules/.stamp: bench/package.json bench/package-lock.json | $(RUNTIME)
	@echo "installing Lighthouse"
	@cd bench && npm ci --silent --no-progress
	@touch $@

$(APP_STAMP): $(NODE) $(APP_SOURCES) $(wildcard web/build/* web/build/*/*)
	@echo "building the residents' app"
	@npm run --silent build --workspace mobile_app -- --logLevel error
	@$(PY) -m whitenoise.compress --quiet mobile_app/dist
	@touch $@

$(PANEL_STAMP): $(NODE) $(PANEL_SOURCES)
	@echo "building the panel's assets"
	@npm run --silent build --workspace admin/assets -- --logLevel error
	@$(PY) -m whitenoise.compress --quiet admin/static/dist
	@touch $@
