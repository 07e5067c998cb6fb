# The commands of the portal. `make` alone lists them.
PYTHON ?= python3
PORT ?= 8000
ENV := .venv
DEV = .venv-dev-$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
KEY := var/secret-key
# A demonstration: SQLite in var/, plain HTTP on this machine only.
DEMO = SECRET_KEY="$$(cat $(KEY))" DEBUG=0 HTTPS=0 DATABASE_URL= VAR_DIR= ALLOWED_HOSTS= CSRF_TRUSTED_ORIGINS= BEHIND_PROXY=0 DATA_PACKS=
# Production, as far as a check can tell.
LIVE = SECRET_KEY="$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))')" \
	DEBUG=0 HTTPS=1 BEHIND_PROXY=1 DATABASE_URL=sqlite://:memory: ALLOWED_HOSTS=portal.example CSRF_TRUSTED_ORIGINS=https://portal.example

# An environment is right as long as the list it was made from still reads the same.
# $(1) is its folder, $(2) the list.
environment = cmp -s $(2) $(1)/made-from.txt || { \
	echo "Setting up $(1) from $(2)" && \
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14) and "Python 3.11, 3.12 or 3.13 is needed; name one with PYTHON=…")' && \
	$(PYTHON) -m venv $(1) && \
	$(1)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(2) && \
	cp $(2) $(1)/made-from.txt; }

.PHONY: help demo editor test test-long lint format lock messages screenshot clean environment dev

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: environment $(KEY) ## set up what is missing, then serve the portal on 127.0.0.1 (PORT=8000)
	@$(DEMO) $(ENV)/bin/python manage.py migrate --verbosity 0
	@$(DEMO) $(ENV)/bin/python manage.py load_demo
	@$(DEMO) $(ENV)/bin/python manage.py export_data --keep 2 >/dev/null & # nobody waits for it
	@$(DEMO) $(ENV)/bin/python manage.py collectstatic --noinput --verbosity 0
	@echo
	@echo "The portal:       http://127.0.0.1:$(PORT)/"
	@echo "For editors:      http://127.0.0.1:$(PORT)/admin/"
	@echo "A first editor:   make editor NAME=yourname   (in another terminal)"
	@echo "Stop:             Ctrl-C; what was entered stays in var/"
	@echo
	@$(DEMO) exec $(ENV)/bin/gunicorn --bind 127.0.0.1:$(PORT) unga_portal.wsgi

editor: environment $(KEY) ## create an editor for the admin of the demonstration (NAME=…)
	@test -n "$(NAME)" || { echo "Say who: make editor NAME=yourname" >&2; exit 2; }
	@$(DEMO) $(ENV)/bin/python manage.py create_editor "$(NAME)"

test: ## run the whole suite: each interpreter found, SQLite and PostgreSQL
	@$(PYTHON) -m tests.suite

test-long: ## run the long tests at full counts
	@$(PYTHON) -m tests.suite --long

lint: dev ## check style, types, migrations and the settings of a production
	$(DEV)/bin/ruff check .
	$(DEV)/bin/ruff format --check .
	$(DEV)/bin/mypy
	@echo "manage.py makemigrations --check --dry-run"
	@$(LIVE) $(DEV)/bin/python manage.py makemigrations --check --dry-run
	@echo "manage.py check --deploy --fail-level WARNING"
	@$(LIVE) $(DEV)/bin/python manage.py check --deploy --fail-level WARNING

format: dev ## lay the code out and mend what can be mended
	$(DEV)/bin/ruff check --fix .
	$(DEV)/bin/ruff format .

lock: ## find the newest allowed version of each dependency and write it down
	@test -x .venv-uv/bin/uv || { $(PYTHON) -m venv .venv-uv && .venv-uv/bin/python -m pip install --quiet uv; }
	.venv-uv/bin/uv lock --upgrade
	.venv-uv/bin/uv export --quiet --frozen --no-dev --no-emit-project --no-header --output-file requirements.txt >/dev/null
	.venv-uv/bin/uv export --quiet --frozen --no-dev --extra formats --no-emit-project --no-header --output-file requirements-formats.txt >/dev/null
	.venv-uv/bin/uv export --quiet --frozen --extra formats --no-emit-project --no-header --output-file requirements-dev.txt >/dev/null

messages: dev $(KEY) ## collect the texts to translate and compile the translations
	@$(DEMO) $(DEV)/bin/python manage.py extract_messages

screenshot: dev ## take the picture of README.md from the portal as it is now
	@PYTHONPATH=. $(DEV)/bin/python docs/screenshot.py

clean: ## remove environments, collected files and caches; keep the database
	rm -rf .venv .venv-dev-* .venv-uv var/static .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@$(call environment,$(ENV),requirements.txt)

dev:
	@$(call environment,$(DEV),requirements-dev.txt)

$(KEY):
	@mkdir -p var
	@umask 077 && $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@.new && mv $@.new $@
