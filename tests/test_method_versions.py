"""The versions of the method: each is measured as the reference reads it, and changes what it is said to change.

One random delivery is built by several versions; FOKUSMAAL_TEST_VERSIONS (comma-separated) names others for a longer run.
"""

from __future__ import annotations

import csv
import os
import re
from datetime import date
from functools import cache

import pytest

from tests.reference import measure
from tests.reference.random_delivery import random_delivery
from tests.reference.versions import NEWEST, VERSIONS
from tests.test_against_reference import KEYS, comparable, differences
from tests.warehouse import ROOT, build, read_table, run_dbt

AS_OF = date(2024, 11, 17)
DELIVERY_SEED, PERSONS = 112, 120
ORDER = list(VERSIONS)
# Each version and the one before it, where they measure differently.
STEPS = [(after, before) for before, after in zip(ORDER, ORDER[1:]) if VERSIONS[before] != VERSIONS[after]]
BUILT_VERSIONS = os.environ.get("FOKUSMAAL_TEST_VERSIONS", "1.1,1.2,1.5,notat-2023-03-22,1.72").split(",")
MONTH_TABLES = [table for table, key in KEYS.items() if "measure_month" in key]


def seed_rows(name: str) -> list[dict[str, str]]:
    """The rows of a seed as text."""
    with next((ROOT / "seeds").rglob(f"{name}.csv")).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def expected_tables(version: str) -> dict[str, list[dict]]:
    """The reference's tables of the random delivery, as a version measures."""
    return measure(random_delivery(DELIVERY_SEED, PERSONS), AS_OF, None, None, date.today(), version)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    """The random delivery, built by the newest version."""
    delivery = random_delivery(DELIVERY_SEED, PERSONS)
    return build(delivery, tmp_path_factory.mktemp("versions"), {"as_of_date": AS_OF.isoformat()})


@pytest.fixture(scope="module", params=BUILT_VERSIONS)
def measured(request, warehouse):
    """A version, and the database in which what depends on the version is built anew by it."""
    settings = {"as_of_date": AS_OF.isoformat(), "method_version": request.param}
    run_dbt(warehouse, "run", "--select", "method_history+", dbt_vars=settings)
    return request.param, warehouse


@pytest.mark.parametrize("table", KEYS)
def test_table_equals_reference(measured, table):
    version, database = measured
    found = differences(expected_tables(version)[table], read_table(database, f"marts.{table}"), KEYS[table])
    assert not found, f"{len(found)} differences\n" + "\n".join(found[:20])


def test_mart_tells_which_version_is_built(measured):
    version, database = measured
    rows = read_table(database, "marts.method_versions")
    assert {row["version"] for row in rows if row["is_built"]} == {version}
    assert {row["version"] for row in rows if row["is_in_force"]} == set(ORDER[: ORDER.index(version) + 1])


def test_history_has_the_versions_in_order():
    assert [row["version"] for row in seed_rows("method_history")] == ORDER
    assert ORDER[-1] == NEWEST


@pytest.mark.parametrize(("before", "version"), zip(ORDER, ORDER[1:]))
def test_versions_said_to_change_no_figure_measure_alike(before, version):
    is_said = any(row["changes_figures"] == "true" for row in seed_rows("method_changes") if row["version"] == version)
    assert is_said == (VERSIONS[before] != VERSIONS[version])


@pytest.mark.parametrize(("version", "before"), STEPS)
def test_only_the_months_told_of_change(version, before):
    told = [row["first_month"] for row in seed_rows("method_changes") if row["version"] == version and row["first_month"]]
    changed = set()
    for table in MONTH_TABLES:
        rows, rows_before = (
            {tuple((column, comparable(value)) for column, value in row.items()) for row in expected_tables(source)[table]}
            for source in (version, before)
        )
        changed |= {dict(row)["measure_month"] for row in rows ^ rows_before}
    assert changed and min(changed) >= date.fromisoformat(min(told))


def test_unknown_version_stops_the_run_with_the_known_ones(warehouse):
    with pytest.raises(AssertionError) as failure:
        run_dbt(warehouse, "build", "--select", "method_history+", dbt_vars={"method_version": "1.8"})
    message = f'method_version (FOKUSMAAL_METHOD_VERSION) must be one of {", ".join(ORDER)}, not "1.8"'
    assert str(failure.value).count(message) == 1


def test_models_know_versioned_rules_only_as_data():
    """No model or macro names a version, and none reads a versioned seed but through the macro `rules`."""
    headers = {path.stem: path.read_text(encoding="utf-8").partition("\n")[0] for path in (ROOT / "seeds").rglob("*.csv")}
    versioned = [seed for seed, header in headers.items() if "method_from" in header.split(",")]
    assert versioned
    version_id = re.compile("|".join(rf"'{re.escape(version)}'" for version in ORDER))
    unversioned_reading = re.compile(rf"ref\('({'|'.join(versioned)})'\)")
    wrong = []
    for path in [*(ROOT / "models").rglob("*.sql"), *(ROOT / "macros").glob("*.sql")]:
        sql = path.read_text(encoding="utf-8")
        wrong += [f"{path.name}: {found[0]}" for pattern in (version_id, unversioned_reading) for found in pattern.finditer(sql)]
    assert not wrong, "\n".join(wrong)
