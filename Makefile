# The portal in one word per task; `make` alone lists them. Paths are relative on purpose:
# the checkout may live under folders with spaces, which make cannot quote.

ADDR ?= 127.0.0.1:8000
ARGS ?=

V := .venv
PYTHON := $(V)/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check --no-input install --quiet --require-hashes

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo 'sudo ')

# Messages in Spanish reach the terminal whatever its locale.
export PYTHONUTF8 := 1
export DJANGO_RUNSERVER_HIDE_WARNING := true

.PHONY: help run test lint stop clean requisitos

help:
	@echo 'make run     instala lo necesario, prepara los datos y abre el portal en http://$(ADDR)/'
	@echo '             (otra dirección: make run ADDR=127.0.0.1:8001)'
	@echo 'make test    corre todas las pruebas (una parte: make test ARGS="tests/mesas -x")'
	@echo 'make lint    revisa estilo, migraciones, ajustes de producción y arquitectura'
	@echo 'make stop    detiene el PostgreSQL local'
	@echo 'make clean   borra el entorno y la base local: la próxima vez se empieza de cero'

run: export PORTAL_URL ?= http://$(ADDR)
run: $(V)/listo
	@$(PYTHON) -c 'import socket, sys; ip, _, puerto = sys.argv[1].rpartition(":"); \
	  socket.create_server((ip or "127.0.0.1", int(puerto))).close()' '$(ADDR)' 2>/dev/null || { \
	  echo 'No se puede abrir $(ADDR): está en uso o no es una dirección. Prueba con «make run ADDR=127.0.0.1:8001».'; \
	  exit 1; }
	@$(PYTHON) manage.py preparar
	@$(PYTHON) manage.py sembrar
	@echo
	@echo 'Portal:        http://$(ADDR)/'
	@echo 'Coordinación:  http://$(ADDR)/coordinacion/'
	@echo 'Personal:      http://$(ADDR)/admin/'
	@echo 'Para terminar: Ctrl+C. La base local sigue en marcha hasta «make stop».'
	@echo
	@$(PYTHON) manage.py atender_cola --verbosity 0 --junto-a $$$$ & \
	exec $(PYTHON) manage.py runserver --verbosity 0 '$(ADDR)'

# The whole suite takes every core, a file at a time in each; a part of it, one process.
test: $(V)/listo-dev
	@$(PYTHON) -m pytest $(or $(ARGS),-n auto --dist loadfile)

# The key is only as long as production asks; nothing is served with it.
lint: $(V)/listo-dev
	@echo '· ruff' && $(PYTHON) -m ruff check --quiet . && $(PYTHON) -m ruff format --quiet --check .
	@echo '· djlint' && $(PYTHON) -m djlint --quiet --lint templates
	@echo '· migraciones' && $(PYTHON) manage.py makemigrations --check --dry-run
	@echo '· ajustes de producción'
	@DATABASE_URL="$${DATABASE_URL:-$$($(PYTHON) -m rnmsj.postgres_local url)}" DEBUG=False \
	  SECRET_KEY="$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	  ALLOWED_HOSTS=portal.example.org $(PYTHON) manage.py check --deploy --fail-level WARNING
	@echo '· arquitectura' && $(PYTHON) -m pytest --quiet tests/test_arquitectura.py

stop:
	@PY=$(PYTHON); [ -x "$$PY" ] || PY=python3; "$$PY" -m rnmsj.postgres_local stop

clean:
	@PY=$(PYTHON); [ -x "$$PY" ] || PY=python3; "$$PY" -m rnmsj.postgres_local borrar
	@rm -rf $(V) var .pytest_cache .ruff_cache .hypothesis test-results

# New versions: edit the .in files, then this.
requisitos:
	@command -v uv >/dev/null || { echo 'Falta uv: instálalo con «pip install uv».'; exit 1; }
	uv pip compile -q --upgrade --generate-hashes --universal --python-version 3.11 --no-header requirements.in -o requirements.txt
	uv pip compile -q --upgrade --generate-hashes --universal --python-version 3.11 --no-header requirements-dev.in -o requirements-dev.txt

# ── The environment ──────────────────────────────────────────────────────────────────────

$(V)/creado:
	@for py in python3 python3.13 python3.12 python3.11; do \
	  "$$py" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; py=; done; \
	[ -n "$$py" ] || { echo 'Falta Python 3.11 o posterior: instálalo con «$(SUDO)apt-get install python3 python3-venv».'; exit 1; }; \
	"$$py" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo 'Falta el módulo venv de Python: instálalo con «$(SUDO)apt-get install python3-venv».'; exit 1; }; \
	"$$py" -m venv $(V) && touch $@

$(V)/listo: requirements.txt $(V)/creado
	@echo 'Instalando las dependencias (sólo la primera vez; alrededor de un minuto)…'
	@$(PIP) -r requirements.txt || { echo 'No se instalaron las dependencias: revisa la conexión a internet y repite la orden.'; exit 1; }
	@touch $@

$(V)/listo-dev: requirements-dev.txt $(V)/listo
	@echo 'Instalando lo que piden las pruebas (sólo la primera vez)…'
	@$(PIP) -r requirements-dev.txt || { echo 'No se instalaron las dependencias: revisa la conexión a internet y repite la orden.'; exit 1; }
	@touch $@
