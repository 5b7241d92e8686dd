# make build  load the delivery and build the warehouse
# make update bring a built warehouse up to date with a new delivery
# make report write the report from the built marts to site/
# make test   lint, dbt unit and data tests, pytest, on the committed sample
# Settings (environment): FOKUSMAAL_RAW, FOKUSMAAL_DB, FOKUSMAAL_AS_OF, FOKUSMAAL_FIRST_MONTH, FOKUSMAAL_LAST_MONTH

PYTHON ?= python3
BIN := .venv/bin
# The tests build the committed sample, whatever the environment says.
SAMPLE := FOKUSMAAL_DB=target/test.duckdb FOKUSMAAL_AS_OF= FOKUSMAAL_FIRST_MONTH= FOKUSMAAL_LAST_MONTH=
export DO_NOT_TRACK := 1

.PHONY: build update report test docs lock clean

build: .venv/installed
	$(BIN)/python scripts/load.py
	$(BIN)/dbt build --exclude-resource-type unit_test

update: .venv/installed
	$(BIN)/python scripts/update.py

test: .venv/installed
	$(BIN)/sqlfluff lint models tests/data analyses
	mkdir -p target
	$(SAMPLE) $(BIN)/python scripts/load.py --raw data/sample
	$(SAMPLE) $(BIN)/dbt build --exclude-resource-type unit_test
	$(SAMPLE) $(BIN)/dbt test --select test_type:unit --no-partial-parse
	$(SAMPLE) $(BIN)/dbt docs generate --static
	$(SAMPLE) $(BIN)/pytest

report: .venv/installed
	$(BIN)/python scripts/report.py

docs: build
	$(BIN)/dbt docs generate --static

# Python packages, exactly as locked; nothing is resolved here.
.venv/installed: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	touch $@

# Compile the lock from requirements.in (needs uv).
lock:
	uv pip compile requirements.in --python-version 3.11 --universal --generate-hashes --no-emit-index-url \
		--no-annotate --no-header --no-strip-extras --output-file requirements.lock

clean:
	rm -rf .venv target logs site fokusmaal.duckdb fokusmaal.duckdb.wal
