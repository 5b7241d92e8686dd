# make build  load the delivery, build the warehouse and publish it to published/
# make share  write the tables to hand on, without persons and small counts, to share/
# make report write the report from the built marts to site/
# make test   lint, dbt unit and data tests, pytest, on the committed sample
# Settings (environment): FOKUSMAAL_RAW, FOKUSMAAL_DB, FOKUSMAAL_AS_OF, FOKUSMAAL_FIRST_MONTH, FOKUSMAAL_LAST_MONTH,
# FOKUSMAAL_PUBLISHED, FOKUSMAAL_PUBLISH; the README tells all

PYTHON ?= python3
BIN := .venv/bin
# The tests build the committed sample, whatever the environment says.
SAMPLE := FOKUSMAAL_DB=target/test.duckdb FOKUSMAAL_COMPARE_WITH=none FOKUSMAAL_AS_OF= FOKUSMAAL_FIRST_MONTH= FOKUSMAAL_LAST_MONTH=
export DO_NOT_TRACK := 1

.PHONY: build share report test docs lock clean

build: .venv/installed
	$(BIN)/python scripts/build.py

test: .venv/installed
	$(BIN)/sqlfluff lint models tests/data analyses
	mkdir -p target
	$(SAMPLE) $(BIN)/python scripts/load.py --raw data/sample
	$(SAMPLE) $(BIN)/dbt build --exclude-resource-type unit_test
	$(SAMPLE) $(BIN)/dbt test --select test_type:unit --no-partial-parse
	$(SAMPLE) $(BIN)/dbt docs generate --static
	$(SAMPLE) $(BIN)/pytest

share: .venv/installed
	$(BIN)/python scripts/share.py

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
	rm -rf .venv target logs site fokusmaal.duckdb fokusmaal.duckdb.wal fokusmaal.duckdb.lock published .published share .share
