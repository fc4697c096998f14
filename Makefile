# The commands of the project; `make` alone lists them. Plain enough for GNU make 3.81, which macOS brings.

VENV := .venv
PY := $(VENV)/bin/python
# The first one that is new enough; `make run PYTHON=/path/to/python3.12` takes another.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
PIP_INSTALL := $(PY) -m pip install --quiet --quiet --disable-pip-version-check
# Each of these files says that a set-up was completed, and in which folder.
RUN := $(VENV)/.set-up-to-run
TEST := $(VENV)/.set-up-to-test
# An environment does not survive that its folder is moved or its Python removed: it is made anew.
BROKEN := $(shell test ! -e $(RUN) || { test -x $(PY) && test "$$(cat $(RUN))" = "$$(pwd -P)"; } || rm -rf $(VENV))
LANGUAGES := ru kk ky be tg hy
# What goes to the program that a command runs: `make test ARGS="tests/unit -k dates"`.
ARGS ?=

# Many programs are started that load the portal: compiled anew, each start costs three seconds more.
unexport PYTHONDONTWRITEBYTECODE

# Two installations into one environment must not meet.
.NOTPARALLEL:
.PHONY: help run test check format assets translations locks venv clean messages system

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

run: $(RUN) assets ## set up, then serve the demo on http://127.0.0.1:8000
	@$(VENV)/bin/memory-road demo $(ARGS)

test: venv system check ## set up, then pass every check and test
	$(PY) -m pytest -n auto --dist=worksteal $(ARGS)

check: $(TEST) ## style, types and arrows, without running anything
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m basedpyright --level error
	$(VENV)/bin/lint-imports --no-logo

format: $(TEST) ## lay the code out as `make check` wants it
	$(PY) -m ruff check --fix
	$(PY) -m ruff format

venv: $(TEST) assets ## only set up, for running and testing

assets: | $(RUN) ## gather styles, scripts and fonts, compile translations
	@$(PY) hatch_build.py

translations: messages ## bring the catalogues up to date with the texts in the code
	@for language in $(LANGUAGES); do \
		$(VENV)/bin/pybabel --quiet update -i build/messages.pot -d memory_road/translations -l $$language --init-missing \
			--no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date || exit 1; done
	@$(PY) hatch_build.py

COMPILE := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --system-certs $(ARGS)
locks: $(TEST) ## write the locks anew; ARGS=--upgrade takes the newest versions
	$(COMPILE) pyproject.toml --extra postgresql --extra s3 --extra celery --extra granian --group build -o requirements/run.lock
	$(COMPILE) pyproject.toml --all-extras --group build --group test -c requirements/run.lock -o requirements/test.lock
	$(COMPILE) requirements/node.in -c requirements/test.lock -o requirements/node.lock
	$(PY) hatch_build.py lock

clean: ## remove what the other commands made; data and uploads stay
	rm -rf $(VENV) node_modules build dist memory_road/web/static memory_road/translations/*/LC_MESSAGES/*.mo
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -rf .pytest_cache .ruff_cache .hypothesis .import_linter_cache

# --- what the commands above stand on ---

# Every text that is to be translated; `_` and its kin, and `label` where the domain only marks one.
messages: $(TEST)
	@mkdir -p build
	@$(VENV)/bin/pybabel --quiet extract -F pyproject.toml -o build/messages.pot --project=memory-road --no-wrap \
		--sort-by-file --add-location=file --add-comments=Translators: -k _l -k label -k lazy_gettext \
		-k lazy_ngettext:1,2 -k lazy_pgettext:1c,2 .

system: $(TEST)
	@$(PY) -m tests.system

$(PY):
	@test -n "$(PYTHON)" || { echo "Memory Road needs Python 3.11 or newer, and none was found; install one, or name it:" \
		"make PYTHON=/path/to/python3 run" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Memory Road needs Python 3.11 or newer," \
		"and $(PYTHON) is not; name another: make PYTHON=/path/to/python3 run" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make virtual environments yet." \
		"On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(RUN): requirements/run.lock pyproject.toml | $(PY)
	@echo "Setting up to run; this happens once and takes about a minute."
	@$(PIP_INSTALL) --require-hashes -r requirements/run.lock
	@$(PY) hatch_build.py > /dev/null
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@pwd -P > $@

# The test lock holds everything of the other one, in the same versions.
$(TEST): requirements/test.lock pyproject.toml | $(PY)
	@echo "Setting up to run and to test; this happens once and takes about two minutes."
	@$(PIP_INSTALL) --require-hashes -r requirements/test.lock
	@$(PY) hatch_build.py > /dev/null
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@pwd -P > $(RUN) && pwd -P > $@
