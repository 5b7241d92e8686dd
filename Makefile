# make build  load the delivery, build the warehouse and publish it to published/
# make update bring a built warehouse up to date with a new, complete delivery, or with CHANGES=folder, and publish it
# make share  write the tables to hand on, without persons and small counts, to share/
# make report write the report from the built marts to site/
# make explain PERSON=EKS6 MONTH=2023-05 [GROUP=kontanthjaelp] [IN=en] [FORMAT=csv]
#             say why a person counted in a month, from the built database
# make test   lint, dbt unit and data tests, pytest, on the committed sample
# make docs   write the descriptions of every table and column to target/static_index.html
# make rules  write the page of the rule catalogue, docs/rules.md, from the built marts
# make mutate [MINUTES=2] [CHANGES=200] [SEED=...] [ONLY=int_spells]
#             change every legal parameter and comparison, one at a time: a test must catch each. MINUTES and CHANGES
#             take a part, SEED the same part again (as printed), ONLY the changes of a file
# make lock   compile requirements.lock from requirements.in (needs uv)
# make clean  remove all that make makes, the publications too
# Settings are environment variables, such as FOKUSMAAL_RAW, the folder of the delivery: docs/operating.md has them all

PYTHON ?= python3
BIN := .venv/bin
# The tests build the committed sample, whatever the environment says.
SAMPLE := FOKUSMAAL_DB=target/test.duckdb FOKUSMAAL_AS_OF= FOKUSMAAL_FIRST_MONTH= FOKUSMAAL_LAST_MONTH= FOKUSMAAL_METHOD_VERSION= \
	FOKUSMAAL_COMPARE_WITH=none FOKUSMAAL_TEST_EXPLANATIONS=true
export DO_NOT_TRACK := 1

.PHONY: build update share report explain test docs rules mutate help lock clean

build: .venv/installed
	$(BIN)/python scripts/build.py

update: .venv/installed
	$(BIN)/python scripts/update.py $(if $(CHANGES),--changes '$(CHANGES)')

test: .venv/installed
	$(SAMPLE) $(BIN)/sqlfluff lint models tests/data analyses
	mkdir -p target
	$(SAMPLE) $(BIN)/python scripts/load.py --raw data/sample
	$(SAMPLE) $(BIN)/dbt build --exclude-resource-type unit_test
	$(SAMPLE) $(BIN)/dbt test --select test_type:unit --no-partial-parse
	$(SAMPLE) $(BIN)/dbt docs generate --static
	$(SAMPLE) $(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile

share: .venv/installed
	$(BIN)/python scripts/share.py

report: .venv/installed
	$(BIN)/python scripts/report.py

explain: .venv/installed
	$(if $(and $(PERSON),$(MONTH)),,$(error who, and when? make explain PERSON=EKS6 MONTH=2023-05))
	@$(BIN)/python scripts/explain.py --person '$(PERSON)' --month '$(MONTH)' --language $(or $(IN),da) \
		--format $(or $(FORMAT),text) $(if $(GROUP),--group '$(GROUP)')

# The tests of the explanations stand on the page too.
rules: export FOKUSMAAL_TEST_EXPLANATIONS = true
rules: build
	$(BIN)/python scripts/rule_page.py

mutate: .venv/installed
	$(BIN)/python scripts/mutate.py $(if $(MINUTES),--minutes $(MINUTES)) $(if $(CHANGES),--changes $(CHANGES)) \
		$(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only $(ONLY))

help:
	@sed -n 's/^# \{0,1\}//p; /^$$/q' Makefile

docs: build
	$(BIN)/dbt docs generate --static

# Python packages, exactly as locked; nothing is resolved here.
.venv/installed: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	touch $@

# Compile the lock from requirements.in (needs uv).
lock:
	uv pip compile requirements.in --python-version 3.11 --universal --generate-hashes --no-emit-index-url \
		--no-annotate --no-header --no-strip-extras --output-file requirements.lock

clean:
	rm -rf .venv target logs site fokusmaal.duckdb fokusmaal.duckdb.wal fokusmaal.duckdb.lock published .published share .share
