# README: `make run` and `make test` are all a newcomer needs.
HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export BASE_URL ?= http://$(HOST):$(PORT)

.PHONY: run setup setup-dev test lint bench messages lock screenshots

run: setup
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_starter --if-empty
	@$(BIN)/python manage.py create_demo_accounts --if-demo
	@$(BIN)/python manage.py write_search_changes >/dev/null
	@$(BIN)/python manage.py keep_training --schedule >/dev/null
	@$(BIN)/python manage.py where_to_go
	@$(BIN)/python manage.py db_worker >/dev/null & worker=$$!; trap "kill $$worker" EXIT; \
	$(BIN)/python manage.py runserver --noreload $(HOST):$(PORT)

setup: $(VENV)/runtime.stamp $(VENV)/system.stamp $(VENV)/messages.stamp
setup-dev: $(VENV)/dev.stamp $(VENV)/system-dev.stamp $(VENV)/messages.stamp

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("Imprint needs Python 3.11 or newer.") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV) || { echo "Python has no venv module. On Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/runtime.stamp: requirements.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/runtime.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/whoosh3.stamp: tests/conformance/whoosh3.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --upgrade --target $(VENV)/whoosh3 -r $<
	@touch $@

$(VENV)/system.stamp: .ci/system-packages | $(BIN)/python
	@sh .ci/system-packages run && touch $@

$(VENV)/system-dev.stamp: .ci/system-packages | $(BIN)/python
	@sh .ci/system-packages test && touch $@

$(VENV)/messages.stamp: $(wildcard locale/*/LC_MESSAGES/django.po) $(VENV)/runtime.stamp
	@$(BIN)/pybabel --quiet compile --directory locale --domain django
	@touch $@

# django-modelsearch's own suite on our search backend; whoosh3 is the way out, should Whoosh fail us one day.
CONFORMANCE = $(BIN)/python -m pytest -q --noconftest --ds tests.conformance.settings tests/conformance

test: setup-dev $(VENV)/whoosh3.stamp
	$(BIN)/python -m pytest -q -n 2 tests --ignore tests/browser
	$(CONFORMANCE)
	PYTHONPATH=$(VENV)/whoosh3 $(CONFORMANCE)
	$(BIN)/python -m pytest -q tests/browser
	$(BIN)/python -m tests.services

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint .
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check_translations
	$(BIN)/python -m tests.deploy_check

bench: setup-dev
	$(BIN)/python -m benchmarks.typeset
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.search
	$(BIN)/python -m benchmarks.lessons
	$(BIN)/python -m benchmarks.artwork
	$(BIN)/python -m benchmarks.records
	$(BIN)/python -m benchmarks.roster
	$(BIN)/python -m benchmarks.reports

messages: setup-dev
	$(BIN)/python manage.py makemessages -l zh_Hans -l fr -l es -l ru -l ar --no-location --no-wrap -i .venv -i var -i tests

screenshots: setup-dev
	$(BIN)/python -m tests.browser.screenshots

lock: | $(BIN)/python
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --universal --python-version 3.11 pyproject.toml --extra dev -o requirements-dev.lock
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --universal --python-version 3.11 pyproject.toml -c requirements-dev.lock -o requirements.lock
