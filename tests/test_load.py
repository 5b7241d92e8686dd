"""The loader: reasons at their edges, duplicates, both formats, what stops a load, and that nothing is lost."""

from __future__ import annotations

import csv
import hashlib
import json
import random
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import duckdb
import pytest
import yaml

from scripts import load
from scripts.load import DeliveryError, load_delivery
from scripts.loading import files

ROOT = Path(__file__).resolve().parents[1]
CONTRACT = yaml.safe_load((ROOT / "scripts" / "raw_contract.yml").read_text(encoding="utf-8"))
TABLES = CONTRACT["tables"]
LISTS = CONTRACT["code_lists"]
COLUMNS = {table: [column["name"] for column in spec["columns"]] for table, spec in TABLES.items()}
REQUIRED = [table for table, spec in TABLES.items() if spec["required"]]

SAMTALE = dict(
    samtale_id="s1", person_id="p1", samtaledato="2020-05-04", samtaletype="JOBSAMTALE", kontaktform="VIDEO",
    afholdt_af="JOBCENTER", status="AFHOLDT", kommunekode="101",
)  # fmt: skip
FRAVAER = dict(person_id="p1", fravaer_kode="2", startdato="2020-01-01", slutdato="2020-01-31")
FLEUR = dict(
    person_id="p1", ydelsestype="A_DAGPENGE", periode_start="2020-01-01", periode_slut="2020-01-31", timer="160.33",
    forsikringsart="FULDTID", akassekode="21", arbejdsfordeling="false",
)  # fmt: skip
TILBUD = dict(
    tilbud_id="t1", person_id="p1", tilbudstype="MENTOR", kursus_id="", lab_paragraf="", bevillingsramme="",
    forsoergelsesydelse="", startdato="2020-01-01", slutdato="", kommunekode="101",
)  # fmt: skip
LOENTIMER = dict(person_id="p1", periode_start="2020-01-01", periode_slut="2020-01-31", loentimer="12.5")
BEFOLKNING = dict(kommunekode="101", kvartal="2020-01-01", alder="30", antal="5000")
RESULTAT = dict(kommunekode="101", aar="2021", faktisk_ydelsesgrad="12.345678", forventet_ydelsesgrad="12")
KLYNGE = dict(kommunekode="101", target_group="insured", cluster="A")
COURSE = dict(tilbudstype="VEJLEDNING_OPKVALIFICERING")
SUBSIDY = dict(tilbudstype="LOENTILSKUD")

MISSING, CODE, DATE, NUMBER = "missing_value", "unknown_code", "impossible_date", "impossible_number"
PERIOD, SAME_ROW, SAME_KEY = "end_before_start", "duplicate_row", "duplicate_key"

# A base row, what is changed in it, and the reason code it must get (None: the row is used).
EDGES: dict[str, tuple[dict[str, str], list[tuple[dict[str, str], str | None]]]] = {
    "tass_samtaler": (
        SAMTALE,
        [
            ({}, None),
            ({"person_id": " p1\t"}, None),
            ({"person_id": " \t "}, MISSING),
            ({"samtale_id": ""}, MISSING),
            ({"status": ""}, MISSING),
            ({"kommunekode": ""}, MISSING),
            ({"samtaledato": ""}, MISSING),
            ({"person_id": "å" * 64}, None),
            ({"person_id": f"  {'x' * 64}  "}, None),
            ({"person_id": "x" * 65}, CODE),
            ({"status": " AFLYST "}, None),
            ({"status": "afholdt"}, CODE),
            ({"status": "AFHOLDT."}, CODE),
            ({"samtaletype": "SAMTALE"}, CODE),
            ({"kontaktform": "BREV"}, CODE),
            ({"afholdt_af": "ANDEN"}, CODE),
            ({"kommunekode": "000"}, None),
            ({"kommunekode": "999"}, None),
            ({"kommunekode": "10"}, CODE),
            ({"kommunekode": "1010"}, CODE),
            ({"kommunekode": "1O1"}, CODE),
            ({"kommunekode": "1 1"}, CODE),
            ({"kommunekode": "+11"}, CODE),
            ({"kommunekode": "١٠١"}, CODE),
            ({"samtaledato": "1900-01-01"}, None),
            ({"samtaledato": "1899-12-31"}, DATE),
            ({"samtaledato": "2100-12-31"}, None),
            ({"samtaledato": "2101-01-01"}, DATE),
            ({"samtaledato": "2020-02-29"}, None),
            ({"samtaledato": "2019-02-29"}, DATE),
            ({"samtaledato": "2020-04-31"}, DATE),
            ({"samtaledato": "2020-5-4"}, DATE),
            ({"samtaledato": "2020-05-04 00:00:00"}, DATE),
            ({"samtaledato": "04-05-2020"}, DATE),
            ({"samtaledato": "20200504"}, DATE),
            ({"samtaledato": "2020/05/04"}, DATE),
            ({"samtaledato": "12020-05-04"}, DATE),
            ({"samtaledato": "infinity"}, DATE),
            ({"samtaledato": "today"}, DATE),
        ],
    ),
    "tass_fravaer": (
        FRAVAER,
        [
            ({"fravaer_kode": "8"}, None),
            ({"fravaer_kode": "65"}, None),
            ({"fravaer_kode": "79"}, None),
            ({"fravaer_kode": "OPFOELGNING_UDEN_KONTAKT"}, None),
            ({"fravaer_kode": "1"}, CODE),
            ({"fravaer_kode": "80"}, CODE),
            ({"fravaer_kode": "02"}, CODE),
            ({"slutdato": ""}, None),
            ({"slutdato": "2020-01-01"}, None),
            ({"slutdato": "2019-12-31"}, PERIOD),
            ({"slutdato": "2020-13-01"}, DATE),
            ({"startdato": ""}, MISSING),
        ],
    ),
    "fleur_udbetalinger": (
        FLEUR,
        [
            ({"arbejdsfordeling": "true"}, None),
            ({"arbejdsfordeling": "TRUE"}, None),
            ({"arbejdsfordeling": "False"}, None),
            ({"arbejdsfordeling": ""}, MISSING),
            ({"arbejdsfordeling": "1"}, CODE),
            ({"arbejdsfordeling": "ja"}, CODE),
            ({"forsikringsart": "HALVTID"}, CODE),
            ({"ydelsestype": "EFTERLOEN"}, CODE),
            ({"akassekode": "whatever"}, None),
            ({"akassekode": ""}, MISSING),
            ({"timer": ""}, MISSING),
            ({"timer": "0"}, None),
            ({"timer": "0.00"}, None),
            ({"timer": ".5"}, None),
            ({"timer": "12.30000"}, None),
            ({"timer": "12.301"}, NUMBER),
            ({"timer": "99999.99"}, None),
            ({"timer": "0099999.98"}, None),
            ({"timer": "100000"}, NUMBER),
            ({"timer": "-0.01"}, NUMBER),
            ({"timer": "12,5"}, NUMBER),
            ({"timer": "1e2"}, NUMBER),
            ({"timer": "1_0"}, NUMBER),
            ({"timer": "nan"}, NUMBER),
            ({"timer": "."}, NUMBER),
            ({"timer": "12 t"}, NUMBER),
            ({"periode_slut": ""}, MISSING),
            ({"periode_slut": "2019-12-31"}, PERIOD),
        ],
    ),
    "plan_tilbud": (
        TILBUD,
        [
            (COURSE | {"kursus_id": "25"}, None),
            (COURSE | {"kursus_id": " 48 "}, None),
            (COURSE | {"kursus_id": "025"}, None),
            (COURSE | {"kursus_id": "25.0"}, None),
            (COURSE, MISSING),
            (COURSE | {"tilbudstype": " VEJLEDNING_OPKVALIFICERING "}, MISSING),
            (COURSE | {"kursus_id": "24"}, CODE),
            (COURSE | {"kursus_id": "31"}, CODE),
            (COURSE | {"kursus_id": "25.5"}, CODE),
            (COURSE | {"kursus_id": "AMU"}, CODE),
            ({"kursus_id": "49"}, CODE),
            ({"kursus_id": "-25"}, CODE),
            ({"kursus_id": "99999999999"}, CODE),
            (SUBSIDY | {"forsoergelsesydelse": "SYGEDAGPENGE"}, None),
            (SUBSIDY, MISSING),
            ({"forsoergelsesydelse": "FLEKSJOB"}, CODE),
            ({"tilbudstype": "KURSUS"}, CODE),
            ({"lab_paragraf": "97b, stk. 2"}, None),
            ({"bevillingsramme": "0"}, None),
            ({"bevillingsramme": "2147483647"}, None),
            ({"bevillingsramme": "2147483648"}, NUMBER),
            ({"bevillingsramme": "-1"}, NUMBER),
            ({"bevillingsramme": "1.5"}, NUMBER),
            ({"slutdato": "2019-12-31"}, PERIOD),
        ],
    ),
    "eindkomst_loentimer": (
        LOENTIMER,
        [({"loentimer": "9999999.99"}, None), ({"loentimer": "10000000"}, NUMBER), ({"loentimer": "0.001"}, NUMBER)],
    ),
    "dst_befolkning": (
        BEFOLKNING,
        [
            ({}, None),
            ({"kvartal": "2020-04-01"}, None),
            ({"kvartal": "2020-07-01"}, None),
            ({"kvartal": "2020-10-01"}, None),
            ({"kvartal": "2020-02-01"}, DATE),
            ({"kvartal": "2020-01-02"}, DATE),
            ({"kvartal": "2020K1"}, DATE),
            ({"alder": "30.5"}, NUMBER),
            ({"antal": ""}, MISSING),
        ],
    ),
    "bm_resultatmaal": (
        RESULTAT,
        [
            ({"aar": "2019", "faktisk_ydelsesgrad": "999.999999"}, None),
            ({"aar": "2020", "faktisk_ydelsesgrad": "1000"}, NUMBER),
            ({"aar": "2020", "faktisk_ydelsesgrad": "0.0000001"}, NUMBER),
        ],
    ),
    "kommune_klynger": (
        KLYNGE,
        [
            ({}, None),
            ({"target_group": "under_30"}, None),
            ({"target_group": "Insured"}, CODE),
            ({"cluster": ""}, MISSING),
        ],
    ),
}


# --- Helpers ---------------------------------------------------------------------------------------------------------


def write_csv(folder: Path, table: str, rows: list[dict[str, str]]) -> Path:
    """One CSV file with the contract columns."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{table}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS[table])
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_parquet(folder: Path, table: str, query: str) -> Path:
    """One parquet file of an SQL query."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{table}.parquet"
    duckdb.execute(f"copy ({query}) to '{path}' (format parquet, compression zstd)")
    return path


def deliver(folder: Path, tables: dict[str, list[dict[str, str]]]) -> Path:
    """A delivery as CSV: the given tables, and the other required ones empty."""
    for table in dict.fromkeys([*REQUIRED, *tables]):
        write_csv(folder, table, tables.get(table, []))
    return folder


def query(database: Path, sql: str) -> list[tuple]:
    """The rows of a query on a database file."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def content(database: Path) -> dict[str, list[tuple]]:
    """Every table of the schema raw, its rows in file order."""
    orders = {"quarantined_rows": "source_table, row_number", "load_log": "rowid", "person_ids": "key_check"}
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall()
        return {
            name: connection.execute(f"from raw.{name} order by {orders.get(name, 'row_number')}").fetchall()
            for (name,) in tables
        }


def reasons(database: Path, table: str) -> dict[int, str]:
    """The reason code of each quarantined row of a table."""
    sql = f"select row_number, reason_code from raw.quarantined_rows where source_table = '{table}' order by all"
    return dict(query(database, sql))


def used(database: Path, table: str) -> list[tuple]:
    """The rows of a table in file order, row_number last."""
    return query(database, f"from raw.{table} order by row_number")


def fingerprint(path: Path) -> str:
    """Hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def loaded(tmp_path: Path, tables: dict[str, list[dict[str, str]]]) -> Path:
    """The database of a CSV delivery."""
    database = tmp_path / "warehouse.duckdb"
    load_delivery(deliver(tmp_path / "raw", tables), database)
    return database


# --- The contract ----------------------------------------------------------------------------------------------------


def test_contract_is_consistent() -> None:
    types = re.compile(r"varchar|date|integer|boolean|code|kommunekode|decimal\(\d+,\d+\)")
    for table, spec in TABLES.items():
        assert spec["register"] and spec["description"], table
        assert set(spec.get("key", [])) <= set(COLUMNS[table]), table
        assert set(spec.get("period", {}).values()) <= set(COLUMNS[table]), table
        assert len(set(COLUMNS[table])) == len(COLUMNS[table]), table
        for column in spec["columns"]:
            assert types.fullmatch(column["type"]), (table, column)
            assert column["description"], (table, column)
            assert column["type"] != "code" or column["codes"] in LISTS, (table, column)
            condition = column.get("required_when")
            if condition:
                other = next(each for each in spec["columns"] if each["name"] == condition["column"])
                assert condition["equals"] in LISTS[other["codes"]] and column["nullable"]
    assert len(TABLES) == 21 and len(REQUIRED) == 12
    assert sorted({column["codes"] for spec in TABLES.values() for column in spec["columns"] if "codes" in column}) == (
        sorted(LISTS)
    )


# --- Reasons ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def edges(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of all edges; ids are numbered so that no row repeats another."""
    tables = {}
    for table, (base, cases) in EDGES.items():
        ids = {"samtale_id", "tilbud_id", "akassekode"} & set(base)
        tables[table] = [base | dict.fromkeys(ids, f"{number}") | change for number, (change, _) in enumerate(cases)]
    return loaded(tmp_path_factory.mktemp("edges"), tables)


@pytest.fixture(scope="module")
def verdicts(edges: Path) -> dict[tuple[str, int], str | None]:
    """The reason code of each row of the edges, None for a row that is used."""
    found = content(edges)
    verdicts = {(table, row[-1]): None for table in EDGES for row in found[table]}
    assert not any((table, row_number) in verdicts for table, row_number, *_ in found["quarantined_rows"])
    return verdicts | {(table, row_number): code for table, row_number, code, *_ in found["quarantined_rows"]}


@pytest.mark.parametrize(
    ("table", "row_number", "change", "expected"),
    [
        pytest.param(table, number, change, expected, id=f"{table}-{number}-{expected or 'used'}")
        for table, (_, cases) in EDGES.items()
        for number, (change, expected) in enumerate(cases, start=1)
    ],
)
def test_edge(verdicts: dict, table: str, row_number: int, change: dict[str, str], expected: str | None) -> None:
    assert verdicts[table, row_number] == expected, change


def test_values_are_trimmed_and_typed(edges: Path) -> None:
    assert used(edges, "tass_samtaler")[1][1] == "p1"
    assert used(edges, "tass_samtaler")[1][2] == date(2020, 5, 4)
    assert query(edges, "select timer from raw.fleur_udbetalinger where row_number = 14") == [(Decimal("0.50"),)]
    assert query(edges, "select distinct kursus_id from raw.plan_tilbud where kursus_id < 40") == [(25,)]
    assert query(edges, "select distinct lab_paragraf from raw.plan_tilbud order by 1 nulls last")[-1] == (None,)
    assert query(edges, "select arbejdsfordeling from raw.fleur_udbetalinger where row_number <= 3") == [
        (True,), (True,), (False,)
    ]  # fmt: skip


def test_tables_have_the_columns_and_types_of_the_contract(edges: Path) -> None:
    types = {"code": "varchar", "kommunekode": "varchar"}
    for table, spec in TABLES.items():
        expected = [(each["name"], types.get(each["type"], each["type"]).upper()) for each in spec["columns"]]
        described = [row[:2] for row in query(edges, f"describe raw.{table}")]
        assert described == [*expected, ("row_number", "BIGINT")], table
    assert [row[:2] for row in query(edges, "describe raw.quarantined_rows")] == [
        ("source_table", "VARCHAR"), ("row_number", "BIGINT"), ("reason_code", "VARCHAR"), ("reason", "VARCHAR"),
        ("raw_record", "JSON"),
    ]  # fmt: skip
    assert [row[:2] for row in query(edges, "describe raw.load_log")] == [
        ("source_table", "VARCHAR"), ("file_name", "VARCHAR"), ("rows_delivered", "BIGINT"), ("rows_used", "BIGINT"),
        ("rows_quarantined", "BIGINT"),
    ]  # fmt: skip


def test_reason_names_column_and_value_and_the_record_is_as_delivered(tmp_path: Path) -> None:
    bad = SAMTALE | {"person_id": " p1 ", "status": "Afholdt ", "kontaktform": ""}
    database = loaded(tmp_path, {"tass_samtaler": [bad, bad | {"kontaktform": "VIDEO"}]})
    (first, first_record), (second, second_record) = query(
        database, "select reason, raw_record from raw.quarantined_rows order by row_number"
    )
    assert first == "kontaktform is missing"
    assert second == "status 'Afholdt' is not one of its codes"
    assert list(json.loads(first_record)) == COLUMNS["tass_samtaler"]
    assert json.loads(first_record) == bad | {"kontaktform": None}
    assert json.loads(second_record) == bad | {"kontaktform": "VIDEO"}


def test_first_reason_that_applies(tmp_path: Path) -> None:
    steps = [FLEUR | {"person_id": "", "forsikringsart": "X", "periode_start": "x", "timer": "-1"}]
    steps[0]["periode_slut"] = "2019-01-01"
    for repair in ({"person_id": "p1"}, {"forsikringsart": "DELTID"}, {"periode_start": "2020-01-01"}, {"timer": "1"},
                   {"periode_slut": "2020-01-01"}, {}):  # fmt: skip
        steps.append(steps[-1] | repair)
    database = loaded(tmp_path, {"fleur_udbetalinger": steps})
    assert reasons(database, "fleur_udbetalinger") == {
        1: MISSING, 2: CODE, 3: DATE, 4: NUMBER, 5: PERIOD, 7: SAME_ROW
    }  # fmt: skip


# --- Duplicates ------------------------------------------------------------------------------------------------------


def test_duplicates(tmp_path: Path) -> None:
    conversations = [
        SAMTALE | {"status": "?"},  # 1 breaks the contract, so it is not the first of its key
        SAMTALE,  # 2 used
        SAMTALE | {"samtale_id": " s1 ", "person_id": "p1 "},  # 3 equal after trimming
        SAMTALE | {"status": "AFLYST"},  # 4 same key
        SAMTALE | {"status": "AFLYST"},  # 5 equal to a row that is itself set aside
        SAMTALE | {"samtale_id": "S1"},  # 6 another key: case counts
    ]
    hours = [LOENTIMER, LOENTIMER | {"loentimer": "12.50"}, LOENTIMER | {"loentimer": "12.51"}]
    absences = [FRAVAER | {"slutdato": ""}, FRAVAER, FRAVAER | {"slutdato": " "}]
    persons = [{"person_id": "p1", "foedselsdato": day} for day in ("1980-01-01", "1980-01-02", "1980-01-01")]
    population = [BEFOLKNING, BEFOLKNING | {"antal": "1"}, BEFOLKNING | {"alder": "31"}, BEFOLKNING | {"alder": "030"}]
    targets = [RESULTAT, RESULTAT | {"forventet_ydelsesgrad": "13"}, RESULTAT | {"aar": "2022"}]
    clusters = [KLYNGE, KLYNGE | {"cluster": "B"}, KLYNGE | {"target_group": "all"}]
    offers = [TILBUD, TILBUD | {"startdato": "2020-01-02"}]
    database = loaded(
        tmp_path,
        {
            "tass_samtaler": conversations, "eindkomst_loentimer": hours, "tass_fravaer": absences,
            "cpr_personer": persons, "dst_befolkning": population, "bm_resultatmaal": targets,
            "kommune_klynger": clusters, "plan_tilbud": offers,
        },
    )  # fmt: skip
    assert reasons(database, "tass_samtaler") == {1: CODE, 3: SAME_ROW, 4: SAME_KEY, 5: SAME_ROW}
    assert reasons(database, "eindkomst_loentimer") == {2: SAME_ROW}
    assert reasons(database, "tass_fravaer") == {3: SAME_ROW}
    assert reasons(database, "cpr_personer") == {2: SAME_KEY, 3: SAME_ROW}
    assert reasons(database, "dst_befolkning") == {2: SAME_KEY, 4: SAME_ROW}
    assert reasons(database, "bm_resultatmaal") == {2: SAME_KEY}
    assert reasons(database, "kommune_klynger") == {2: SAME_KEY}
    assert reasons(database, "plan_tilbud") == {2: SAME_KEY}
    sentences = query(database, "select source_table, row_number, reason from raw.quarantined_rows")
    assert ("tass_samtaler", 3, "the row equals row 2") in sentences
    assert ("tass_samtaler", 4, "samtale_id is that of row 2") in sentences


# --- Formats ---------------------------------------------------------------------------------------------------------


def test_typed_parquet(tmp_path: Path) -> None:
    """Columns are judged by the type they have in the file."""
    raw = deliver(tmp_path / "raw", {})
    typed = {
        "eindkomst_loentimer": (
            """
            select i as person_id, date '2020-01-01' as periode_start, d as periode_slut, h::double as loentimer
            from (values
                (1, date '2020-01-31', 12.34::double), (2, date '2019-12-31', 1), (3, date '2101-01-01', 1),
                (4, date '2020-01-31', 'nan'), (5, date '2020-01-31', -0.01), (6, date '2020-01-31', 0.001),
                (7, date '2020-01-31', 1e12), (8, date '2020-01-31', null), (9, date 'infinity', 1),
                (10, date '2020-01-31', 9999999.99)
            ) delivered(i, d, h)
            """,
            {2: PERIOD, 3: DATE, 4: NUMBER, 5: NUMBER, 6: NUMBER, 7: NUMBER, 8: MISSING, 9: DATE},
        ),
        "plan_tilbud": (
            """
            select
                i::bigint as tilbud_id, 'p' as person_id, 'MENTOR' as tilbudstype, k as kursus_id,
                97::integer as lab_paragraf, b::decimal(38,10) as bevillingsramme,
                null::integer as forsoergelsesydelse, t::timestamp as startdato, null::timestamp as slutdato,
                101 as kommunekode
            from (values
                (1, 25::double, 1, '2020-01-01'), (2, 25.5, 1, '2020-01-01'), (3, 'nan', 1, '2020-01-01'),
                (4, null, 1.5, '2020-01-01'), (5, null, 2147483648, '2020-01-01'),
                (6, null, null, '2020-01-01 00:00:01'), (7, null, -1, '2020-01-01'), (8, null, 7, 'infinity')
            ) delivered(i, k, b, t)
            """,
            {2: CODE, 3: CODE, 4: NUMBER, 5: NUMBER, 6: DATE, 7: NUMBER, 8: DATE},
        ),
        "fleur_udbetalinger": (
            """
            select
                'p' as person_id, 'A_DAGPENGE'::enum('A_DAGPENGE', 'X') as ydelsestype, '2020-01-01' as periode_start,
                timestamptz '2020-01-31 00:00:00+00' as periode_slut, t::decimal(12,4) as timer,
                'FULDTID' as forsikringsart, i as akassekode, b::boolean as arbejdsfordeling
            from (values
                (1, 12.3400, true), (2, 12.3401, true), (3, 100000, true), (4, -1, true), (5, 1, null),
                (6, 99999.99, false)
            ) delivered(i, t, b)
            """,
            {2: NUMBER, 3: NUMBER, 4: NUMBER, 5: MISSING},
        ),
        "dst_befolkning": (
            """
            select k as kommunekode, q as kvartal, a::float as alder, n::hugeint as antal
            from (values
                (101, date '2020-04-01', 30, 1), (1, date '2020-04-01', 30, 1), (101, date '2020-05-01', 30, 1),
                (101, date '2020-07-01', 30.5, 1), (101, date '2020-10-01', 30, 2147483648)
            ) delivered(k, q, a, n)
            """,
            {2: CODE, 3: DATE, 4: NUMBER, 5: NUMBER},
        ),
        "bm_resultatmaal": (
            """
            select
                '101' as kommunekode, 2000 + i::usmallint as aar, f::float as faktisk_ydelsesgrad,
                f::double as forventet_ydelsesgrad
            from (values (1, 12.345678), (2, 999.5), (3, 1000)) delivered(i, f)
            """,
            {3: NUMBER},
        ),
        "cpr_personer": ("select 1.5 as person_id, 19800101 as foedselsdato", {1: DATE}),
    }
    for table, (sql, _) in typed.items():
        (raw / f"{table}.csv").unlink(missing_ok=True)
        write_parquet(raw, table, sql)
    database = tmp_path / "warehouse.duckdb"
    load_delivery(raw, database)
    for table, (_, expected) in typed.items():
        assert reasons(database, table) == expected, table
    assert used(database, "plan_tilbud") == [
        ("1", "p", "MENTOR", 25, "97", 1, None, date(2020, 1, 1), None, "101", 1)
    ]  # fmt: skip
    assert [row[3] for row in used(database, "eindkomst_loentimer")] == [Decimal("12.34"), Decimal("9999999.99")]


def typed_copy(table: str, path: Path) -> str:
    """SQL that reads a CSV file with typed columns where all its values allow it."""
    picked = []
    for column in TABLES[table]["columns"]:
        name, kind = column["name"], column["type"]
        physical = "varchar" if kind in ("code", "kommunekode", "varchar") else kind
        picked.append(f"nullif({name}, '')::{physical} as {name}")
    return f"select {', '.join(picked)} from read_csv('{path}', all_varchar = true, header = true)"


def test_csv_text_parquet_and_typed_parquet_give_the_same(tmp_path: Path) -> None:
    tables = {
        "tass_samtaler": [SAMTALE, SAMTALE | {"status": "?"}, SAMTALE, SAMTALE | {"samtaledato": "1899-01-01"}],
        "tass_fravaer": [FRAVAER, FRAVAER, FRAVAER | {"slutdato": ""}, FRAVAER | {"slutdato": "2019-01-01"}],
        "fleur_udbetalinger": [FLEUR, FLEUR | {"timer": "-1.50"}, FLEUR | {"arbejdsfordeling": "true"}],
        "plan_tilbud": [TILBUD, TILBUD | COURSE | {"kursus_id": "31"}, TILBUD | {"bevillingsramme": "5"}],
        "dst_befolkning": [BEFOLKNING, BEFOLKNING | {"kvartal": "2020-02-01"}, BEFOLKNING | {"antal": "1"}],
    }
    as_csv = deliver(tmp_path / "csv", tables)
    for table in [*REQUIRED, "dst_befolkning"]:
        path = as_csv / f"{table}.csv"
        write_parquet(tmp_path / "text", table, f"from read_csv('{path}', all_varchar = true, header = true)")
        write_parquet(tmp_path / "typed", table, typed_copy(table, path))
    found = {}
    for form in ("csv", "text", "typed"):
        load_delivery(tmp_path / form, tmp_path / f"{form}.duckdb")
        found[form] = content(tmp_path / f"{form}.duckdb")
        found[form]["load_log"] = [(row[0], *row[2:]) for row in found[form]["load_log"]]
    assert found["csv"] == found["text"] == found["typed"]
    assert len(found["csv"]["quarantined_rows"]) == 10


def test_csv_spellings(tmp_path: Path) -> None:
    """Mark of byte order, CRLF, quotes, column order, spaces in the header, empty lines, short rows."""
    raw = deliver(tmp_path / "raw", {})
    (raw / "cpr_personer.csv").write_bytes(
        b'\xef\xbb\xbf foedselsdato ,"person_id"\r\n1980-01-01,"p,1"\r\n\r\n'
        b'"1980-01-02" ,"p ""2"""\r\n"","p3"\r\n1980-01-04,"p\r\n4"'
    )
    (raw / "tass_tilmeldinger.csv").write_text("person_id,henvendelsesdato,note\np1,2020-01-01\np2\n,2020-01-01,x\n\n")
    (raw / "cpr_bopael.csv").write_bytes(b"person_id,kommunekode,fra_dato,til_dato")
    (raw / "tass_mii.csv").write_bytes(b"person_id,startdato,slutdato\np1,2020-01-01\np2,2020-01-01,\n")
    database = tmp_path / "warehouse.duckdb"
    load_delivery(raw, database)
    assert used(database, "cpr_personer") == [
        ("p,1", date(1980, 1, 1), 1), ('p "2"', date(1980, 1, 2), 2), ("p\r\n4", date(1980, 1, 4), 4)
    ]  # fmt: skip
    assert reasons(database, "cpr_personer") == {3: MISSING}
    assert used(database, "tass_tilmeldinger") == [("p1", date(2020, 1, 1), 1)]
    assert reasons(database, "tass_tilmeldinger") == {2: MISSING, 3: MISSING}
    assert used(database, "tass_mii") == [("p1", date(2020, 1, 1), None, 1), ("p2", date(2020, 1, 1), None, 2)]
    log = dict(query(database, "select source_table, rows_delivered from raw.load_log where rows_delivered > 0"))
    assert log == {"cpr_personer": 4, "tass_tilmeldinger": 3, "tass_mii": 2}
    log = content(database)["load_log"]
    assert ("kmd_sygedagpenge", None, 0, 0, 0) in log
    assert ("tass_fravaer", "tass_fravaer.csv", 0, 0, 0) in log


def test_rows_keep_their_position_on_any_number_of_threads(tmp_path: Path) -> None:
    raw = deliver(tmp_path / "raw", {})
    count = 130_000
    persons = "".join(f"p{number},1980-01-{1 + number % 31:02}\n" for number in range(1, count + 1))
    (raw / "cpr_personer.csv").write_text(f"person_id,foedselsdato\n{persons}p7,1980-01-08\np8,1980-01-01\n")
    (raw / "tass_tilmeldinger.csv").unlink()
    write_parquet(
        raw,
        "tass_tilmeldinger",
        f"select 'p' || i % 129999 as person_id, '2020-01-' || lpad((i % 33)::varchar, 2, '0') as henvendelsesdato"
        f" from range(1, {count + 1}) r(i)",
    )
    for threads in (1, 4):
        load_delivery(raw, tmp_path / f"{threads}.duckdb", threads=threads)
    one, four = content(tmp_path / "1.duckdb"), content(tmp_path / "4.duckdb")
    assert one == four
    assert [row[0] for row in four["cpr_personer"]] == [f"p{number}" for number in range(1, count + 1)]
    assert reasons(tmp_path / "4.duckdb", "cpr_personer") == {count + 1: SAME_ROW, count + 2: SAME_KEY}


@pytest.mark.parametrize("seed", range(20))
def test_count_of_a_csv_file_agrees_with_a_csv_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(files, "CHUNK_BYTES", 1 + seed)
    random_ = random.Random(seed)
    end = random_.choice(["\n", "\r\n"])
    rows = [["".join(random_.choices('ab ",\nø', k=random_.randrange(4))) for _ in range(3)] for _ in range(30)]
    path = tmp_path / "any.csv"
    with path.open("w", encoding=random_.choice(["utf-8", "utf-8-sig"]), newline="") as file:
        writer = csv.writer(file, lineterminator=end, quoting=random_.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
        for row in rows:
            writer.writerow(row)
            file.write(end * random_.choice([0, 0, 0, 1, 2]))
    assert files.measure_csv(path) == (len(rows) - 1, 2 * len(rows))


# --- Warnings and progress -------------------------------------------------------------------------------------------


def test_extra_columns_and_unknown_files_are_ignored_with_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = deliver(tmp_path / "raw", {})
    (raw / "tass_tilmeldinger.csv").write_text("note,person_id,Person_id,henvendelsesdato,more\nn,p1,P1,2020-01-01,m\n")
    (raw / "cpr_personer.csv").unlink()
    nested = "select {'a': 1, 'b': [{'c': 1}]} as extra, 'p1' as person_id, date '1980-01-01' as foedselsdato"
    write_parquet(raw, "cpr_personer", nested)
    (raw / "notes.txt").write_text("hello")
    (raw / ".hidden").write_text("hello")
    assert load.main(["--raw", str(raw), "--db", str(tmp_path / "warehouse.duckdb")]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if line.startswith("warning")] == [
        f"warning: not part of the raw contract, ignored: notes.txt in {raw}",
        "warning: tass_tilmeldinger.csv: extra columns ignored: note, Person_id, more",
        "warning: cpr_personer.parquet: extra columns ignored: extra",
    ]
    assert sum(line.startswith("[") for line in lines) == len(TABLES)
    assert used(tmp_path / "warehouse.duckdb", "tass_tilmeldinger") == [("p1", date(2020, 1, 1), 1)]
    assert used(tmp_path / "warehouse.duckdb", "cpr_personer") == [("p1", date(1980, 1, 1), 1)]


# --- What stops a load -----------------------------------------------------------------------------------------------


def break_missing_table(raw: Path) -> None:
    (raw / "ksd_sygedagpenge.csv").unlink()


def break_two_formats(raw: Path) -> None:
    write_parquet(raw, "cpr_personer", "select 'p' as person_id, date '1980-01-01' as foedselsdato")


def break_missing_column(raw: Path) -> None:
    (raw / "cpr_personer.csv").write_text("person_id\np1\n")


def break_separator(raw: Path) -> None:
    (raw / "cpr_personer.csv").write_text("person_id;foedselsdato\np1;1980-01-01\n")


def break_case_of_column(raw: Path) -> None:
    (raw / "cpr_personer.csv").unlink()
    write_parquet(raw, "cpr_personer", "select 'p' as Person_ID, date '1980-01-01' as foedselsdato")


def break_missing_column_of_optional_table(raw: Path) -> None:
    (raw / "tass_mii.csv").write_text("person_id,startdato\n")


def break_doubled_column(raw: Path) -> None:
    (raw / "cpr_personer.csv").write_text("person_id,foedselsdato,person_id \n")


def break_no_header(raw: Path) -> None:
    (raw / "cpr_personer.csv").write_text("")


def break_long_row(raw: Path) -> None:
    (raw / "cpr_personer.csv").write_text("person_id,foedselsdato\np1,1980-01-01\np2,1980-01-01,x\n")


def break_long_and_short_row(raw: Path) -> None:
    (raw / "cpr_personer.csv").write_text("person_id,foedselsdato\np1\np2,1980-01-01,x\n")


def break_long_row_with_empty_field(raw: Path) -> None:
    (raw / "cpr_personer.csv").write_text("person_id,foedselsdato\np1,1980-01-01\np2,1980-01-01,\n")


def break_open_quote(raw: Path) -> None:
    (raw / "cpr_personer.csv").write_text('person_id,foedselsdato\np1,"1980-01-01\np2,1980-01-01\n')


def break_quote_inside(raw: Path) -> None:
    (raw / "cpr_personer.csv").write_text('person_id,foedselsdato\np"1",1980-01-01\n')


def break_encoding(raw: Path) -> None:
    (raw / "cpr_personer.csv").write_bytes(b"person_id,foedselsdato\np\xe5,1980-01-01\n")


def break_encoding_of_extra_column(raw: Path) -> None:
    (raw / "cpr_personer.csv").write_bytes(b"person_id,foedselsdato,note\np1,1980-01-01,\xe5\n")


def break_line_ends(raw: Path) -> None:
    (raw / "cpr_personer.csv").write_bytes(b"person_id,foedselsdato\np1,1980-01-01\r\np2,1980-01-01\n")


def break_one_endless_line(raw: Path) -> None:
    (raw / "cpr_personer.csv").write_bytes(b"x" * 200_000)


def break_folder_for_file(raw: Path) -> None:
    (raw / "cpr_personer.csv").unlink()
    (raw / "cpr_personer.csv").mkdir()


def break_no_parquet(raw: Path) -> None:
    (raw / "cpr_personer.csv").rename(raw / "cpr_personer.parquet")


def break_cut_parquet(raw: Path) -> None:
    (raw / "cpr_personer.csv").unlink()
    path = write_parquet(raw, "cpr_personer", "select 'p' as person_id, date '1980-01-01' as foedselsdato")
    path.write_bytes(path.read_bytes()[:-20])


def break_parquet_page(raw: Path) -> None:
    (raw / "cpr_personer.csv").unlink()
    many = "select md5(i::varchar) as person_id, date '1980-01-01' as foedselsdato from range(9999) r(i)"
    path = write_parquet(raw, "cpr_personer", many)
    pages = bytearray(path.read_bytes())
    pages[1_000:90_000] = bytes(89_000)
    path.write_bytes(pages)


STOPPERS = [
    (break_missing_table, ["ksd_sygedagpenge", "missing"]),
    (break_two_formats, ["cpr_personer.parquet", "cpr_personer.csv", "twice"]),
    (break_missing_column, ["cpr_personer", "foedselsdato"]),
    (break_separator, ["cpr_personer", "person_id, foedselsdato", "separated by semicolons"]),
    (break_case_of_column, ["cpr_personer", "person_id"]),
    (break_missing_column_of_optional_table, ["tass_mii", "slutdato"]),
    (break_doubled_column, ["cpr_personer", "person_id", "more than once"]),
    (break_no_header, ["cpr_personer.csv", "column names"]),
    (break_long_row, ["cpr_personer.csv", "row 2", "too many fields"]),
    (break_long_and_short_row, ["cpr_personer.csv", "cannot be read"]),
    (break_long_row_with_empty_field, ["cpr_personer.csv", "row 2", "too many fields"]),
    (break_open_quote, ["cpr_personer.csv", "quotes"]),
    (break_quote_inside, ["cpr_personer.csv", "quotes"]),
    (break_encoding, ["cpr_personer.csv", "UTF-8"]),
    (break_encoding_of_extra_column, ["cpr_personer.csv", "UTF-8"]),
    (break_line_ends, ["cpr_personer.csv", "cannot be read"]),
    (break_one_endless_line, ["cpr_personer.csv", "cannot be read"]),
    (break_folder_for_file, ["cpr_personer.csv", "cannot be read"]),
    (break_no_parquet, ["cpr_personer.parquet", "cannot be read"]),
    (break_cut_parquet, ["cpr_personer.parquet", "cannot be read"]),
    (break_parquet_page, ["cpr_personer.parquet", "cannot be loaded"]),
]


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with an earlier load and a table of somebody else."""
    folder = tmp_path_factory.mktemp("earlier")
    database = loaded(folder, {"tass_samtaler": [SAMTALE]})
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table marts as select 1 as one")
    return database


def refusal(capsys: pytest.CaptureFixture[str], raw: Path, database: Path) -> str:
    """The one error line of a load that must fail."""
    capsys.readouterr()
    assert load.main(["--raw", str(raw), "--db", str(database)]) == 1
    captured = capsys.readouterr()
    errors = [line for line in captured.err.splitlines() if not line.startswith(("reading", "warning", "["))]
    assert len(errors) == 1 and errors[0].startswith("error: "), captured.err
    return errors[0]


@pytest.mark.parametrize(("damage", "words"), STOPPERS, ids=lambda value: getattr(value, "__name__", None))
def test_load_that_is_stopped_leaves_the_database_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], earlier: Path, damage, words: list[str]
) -> None:
    raw = deliver(tmp_path / "raw", {})
    damage(raw)
    before = fingerprint(earlier)
    message = refusal(capsys, raw, earlier)
    assert all(word in message for word in words), message
    assert fingerprint(earlier) == before
    assert message == refusal(capsys, raw, tmp_path / "new.duckdb")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["raw"]


def test_missing_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str], earlier: Path) -> None:
    assert f"{tmp_path / 'nowhere'} does not exist" in refusal(capsys, tmp_path / "nowhere", earlier)


def test_database_that_cannot_be_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = deliver(tmp_path / "raw", {})
    text = tmp_path / "text.duckdb"
    text.write_text("this is not a database, " * 1000)
    before = fingerprint(text)
    assert "text.duckdb cannot be opened" in refusal(capsys, raw, text)
    assert fingerprint(text) == before
    assert "new.duckdb cannot be opened" in refusal(capsys, raw, tmp_path / "nowhere" / "new.duckdb")


def test_database_in_use_by_another_process(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], earlier: Path
) -> None:
    raw = deliver(tmp_path / "raw", {})
    before = fingerprint(earlier)
    program = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", program, str(earlier)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        message = refusal(capsys, raw, earlier)
        holder.communicate()
    assert message == f"error: database {earlier} is in use by another process"
    assert fingerprint(earlier) == before


def test_load_replaces_the_whole_schema_and_nothing_else(tmp_path: Path) -> None:
    database = loaded(tmp_path, {"tass_samtaler": [SAMTALE, SAMTALE]})
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table raw.left_over as select 1 as row_number")
        connection.execute("create view reading as from raw.tass_samtaler")
        connection.execute("create table other as select 1 as one")
        connection.execute("create schema marts")
        connection.execute("create table marts.fct_spells as select 1 as spell_id")
    load_delivery(deliver(tmp_path / "raw", {"tass_samtaler": [SAMTALE | {"samtale_id": "s2"}]}), database)
    assert query(database, "select samtale_id from reading") == [("s2",)]
    assert query(database, "from other") == [(1,)]
    assert query(database, "select table_name from duckdb_tables() where schema_name = 'marts'") == [], "built of other rows"
    assert sorted(content(database)) == sorted([*TABLES, "load_log", "person_ids", "quarantined_rows"])
    assert query(database, "from raw.quarantined_rows") == []


def test_a_table_of_which_nothing_can_be_used_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = SAMTALE | {"status": "afholdt"}
    loaded(tmp_path, {"tass_samtaler": [wrong, wrong | {"samtale_id": "s2"}]})
    warnings = [line for line in capsys.readouterr().err.splitlines() if line.startswith("warning")]
    assert warnings == ["warning: no row of tass_samtaler can be used, all 2 are quarantined"]


def test_command_line_reads_the_environment(tmp_path: Path) -> None:
    raw = deliver(tmp_path / "raw [1]", {"tass_samtaler": [SAMTALE]})
    environment = {"FOKUSMAAL_RAW": str(raw), "FOKUSMAAL_DB": str(tmp_path / "a b'c%.duckdb"), "PATH": ""}
    command = [sys.executable, str(ROOT / "scripts" / "load.py")]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")
    assert used(tmp_path / "a b'c%.duckdb", "tass_samtaler")[0][0] == "s1"
    (raw / "tass_samtaler.csv").unlink()
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"error: table tass_samtaler is missing: no tass_samtaler.parquet or .csv in {raw}\n"


def test_error_is_raised_to_callers(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="does not exist"):
        load_delivery(tmp_path / "nowhere", tmp_path / "new.duckdb")
    assert not (tmp_path / "new.duckdb").exists()


# --- Nothing is lost -------------------------------------------------------------------------------------------------
#
# Random deliveries, judged by a plain reading of the contract, row by row.

ODD_TEXTS = ["", "  ", "x", "0", "-1", "1.5", "2020-02-30", "2020-1-1", "true", "101", "1e1", "p1", "25", "LOENTILSKUD"]
DATES = ["2020-01-01", " 2020-04-01", "2020-07-02", "1900-01-01", "2100-12-31", "2101-01-01", "1899-12-31"]
NUMBERS = ["0", "7", "007", "12.5", "12.50", "999.999999", "99999.99", "123456.7", "9999999.99", "2147483648", "-0.0"]


def random_text(column: dict, random_: random.Random) -> str:
    """A delivered value: mostly of the column's type, sometimes anything."""
    if random_.random() < 0.02:
        return random_.choice(ODD_TEXTS)
    if column.get("nullable") and random_.random() < 0.5:
        return ""
    if "codes" in column:
        return str(random_.choice(LISTS[column["codes"]]))
    if column["type"] == "date":
        return random_.choice(DATES[:4] if random_.random() < 0.95 else DATES)
    if column["type"] == "boolean":
        return random_.choice(["true", "false", "True"])
    if column["type"] == "kommunekode":
        return random_.choice(["101", "851", " 000"])
    if column["type"] == "varchar":
        return random_.choice(["a", "b ", "c", "æ" * 64, "d" * 65]) + random_.choice(["", "1", "2"])
    return random_.choice(NUMBERS[:5] if random_.random() < 0.95 else NUMBERS)


def expected_value(column: dict, text: str | None) -> tuple[object, str | None]:
    """The typed value of a trimmed text, or the reason it has none."""
    kind = column["type"]
    if text is None:
        return None, None
    if kind == "date":
        return expected_date(column, text)
    if kind == "boolean":
        return (text.lower() == "true", None) if text.lower() in ("true", "false") else (None, CODE)
    if kind == "integer" or kind.startswith("decimal"):
        return expected_number(column, text)
    fits = {
        "code": lambda: text in LISTS[column["codes"]],
        "kommunekode": lambda: len(text) == 3 and set(text) <= set("0123456789"),
        "varchar": lambda: len(text) <= column.get("max_length", len(text)),
    }[kind]()
    return (text, None) if fits else (None, CODE)


def expected_date(column: dict, text: str) -> tuple[date | None, str | None]:
    """A date of ten characters within the limits."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None or not CONTRACT["limits"]["first_date"] <= day <= CONTRACT["limits"]["last_date"]:
        return None, DATE
    if column.get("quarter_start") and (day.day, day.month % 3) != (1, 1):
        return None, DATE
    return day, None


def expected_number(column: dict, text: str) -> tuple[int | Decimal | None, str | None]:
    """A number that the type holds exactly."""
    reason = CODE if "codes" in column else NUMBER
    try:
        number = Decimal(text) if set(text) <= set("+-.0123456789") else Decimal("nan")
    except InvalidOperation:
        return None, reason
    if column["type"] == "integer":
        fits = number.is_finite() and 0 <= number < 2**31 and number == number.to_integral_value()
        if fits and "codes" in column:
            fits = int(number) in LISTS[column["codes"]]
        return (int(number), None) if fits else (None, reason)
    digits, scale = map(int, re.findall(r"\d+", column["type"]))
    fits = number.is_finite() and 0 <= number < 10 ** (digits - scale) and round(number, scale) == number
    return (abs(round(number, scale)), None) if fits else (None, reason)


def expected_load(table: str, rows: list[dict[str, str]]) -> tuple[list[tuple], dict[int, str]]:
    """The rows used and the reasons of the others, in file order."""
    spec = TABLES[table]
    kept, refused, seen_rows, seen_keys = [], {}, set(), set()
    for row_number, row in enumerate(rows, start=1):
        texts = {name: text.strip(" \t\n\v\f\r") or None for name, text in row.items()}
        judged = {column["name"]: expected_value(column, texts[column["name"]]) for column in spec["columns"]}
        values = {name: value for name, (value, _) in judged.items()}
        found = {reason for _, reason in judged.values()}
        for column in spec["columns"]:
            condition = column.get("required_when")
            needed = texts[condition["column"]] == condition["equals"] if condition else not column.get("nullable")
            if needed and texts[column["name"]] is None:
                found.add(MISSING)
        start, end = (values[spec["period"][side]] if "period" in spec else None for side in ("start", "end"))
        if start and end and end < start:
            found.add(PERIOD)
        reason = next((code for code in (MISSING, CODE, DATE, NUMBER, PERIOD) if code in found), None)
        if reason is None:
            whole, key = tuple(values.values()), tuple(values[name] for name in spec.get("key", values))
            reason = SAME_ROW if whole in seen_rows else SAME_KEY if key in seen_keys else None
            seen_rows.add(whole)
            seen_keys.add(key)
        if reason is None:
            kept.append((*values.values(), row_number))
        else:
            refused[row_number] = reason
    return kept, refused


@pytest.mark.parametrize("seed", range(3))
def test_random_deliveries_are_kept_or_quarantined_row_by_row(tmp_path: Path, seed: int) -> None:
    random_ = random.Random(seed)
    tables = {
        table: [{column["name"]: random_text(column, random_) for column in spec["columns"]} for _ in range(200)]
        for table, spec in TABLES.items()
    }
    database = loaded(tmp_path, tables)
    found = content(database)
    met = Counter()
    for table, rows in tables.items():
        kept, refused = expected_load(table, rows)
        quarantined = [row for row in found["quarantined_rows"] if row[0] == table]
        assert {row_number: code for _, row_number, code, _, _ in quarantined} == refused, table
        assert found[table] == kept, table
        for _, row_number, _, reason, record in quarantined:
            assert json.loads(record) == {name: text or None for name, text in rows[row_number - 1].items()}
            assert reason and "\n" not in reason
        met.update(refused.values())
    assert set(met) == {MISSING, CODE, DATE, NUMBER, PERIOD, SAME_ROW, SAME_KEY}
    assert [(table, *counts) for table, _, *counts in found["load_log"]] == [
        (table, 200, len(found[table]), 200 - len(found[table])) for table in TABLES
    ]
