"""The generators of the two deliveries: same seed, same rows; every table, code and rule present."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import duckdb
import pytest
import yaml

from scripts.load import load_delivery
from scripts.make_national import TABLES, make_national
from scripts.make_sample import make_sample
from scripts.sample_delivery import COLUMNS
from tests.reference import measure
from tests.warehouse import SEEDS_AND_MODELS, run_dbt

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "data" / "sample"
CONTRACT = yaml.safe_load((ROOT / "scripts" / "raw_contract.yml").read_text(encoding="utf-8"))
SQL_TYPES = {"code": "VARCHAR", "kommunekode": "VARCHAR"}

PERCENT = 1
TINY_PERCENT = 0.02
# persons a month of the whole country, thousands
PERSONS_A_MONTH = {
    "A_DAGPENGE": 95,
    "SYGEDAGPENGE": 85,
    "KONTANTHJAELP": 65,
    "UDDANNELSESHJAELP": 40,
    "RESSOURCEFORLOEB": 25,
    "JOBAFKLARING": 20,
    "LEDIGHEDSYDELSE": 18,
    "OVERGANGSYDELSE_UDEN_PROGRAM": 10,
    "REVALIDERING": 3,
    "FLEKSJOB": 87,
    "FOERTIDSPENSION": 234,
}
# lowest and highest share in any month of the whole country; of a year or more, after the dead period of the corona winters
SHARE_12_PLUS = (0.40, 0.50)
SHARE_UNDER_4 = (0.10, 0.30)
SHARE_WITHOUT_OFFER = (0.15, 0.35)


def coded_columns() -> list[tuple[str, str, set[str]]]:
    """Every (table, column, accepted codes) of the contract."""
    return [
        (table, column["name"], {str(code) for code in CONTRACT["code_lists"][column["codes"]]})
        for table, spec in CONTRACT["tables"].items()
        for column in spec["columns"]
        if "codes" in column
    ]


def contract_columns(table: str) -> list[str]:
    """The columns of a table in the order of the contract."""
    return [column["name"] for column in CONTRACT["tables"][table]["columns"]]


@pytest.fixture(scope="module")
def national_folder(tmp_path_factory):
    """A folder with a small national delivery."""
    folder = tmp_path_factory.mktemp("national")
    make_national(PERCENT, folder, is_silent=True)
    return folder


@pytest.fixture(scope="module")
def national(national_folder):
    """A connection with one view per table of the small national delivery."""
    connection = duckdb.connect()
    for table in TABLES:
        connection.execute(f"create view {table} as from read_parquet('{national_folder / table}.parquet')")
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def national_measured(national_folder, tmp_path_factory):
    """A connection to the person-months and focus goals of the small national delivery."""
    database = tmp_path_factory.mktemp("measured") / "national.duckdb"
    load_delivery(national_folder, database)
    run_dbt(database, *SEEDS_AND_MODELS, "--select", "+fct_person_months", "+mart_focus_goals_monthly")
    with duckdb.connect(str(database), read_only=True) as connection:
        yield connection


def read_sample(table: str) -> list[dict[str, str]]:
    """The rows of a committed sample file."""
    with (SAMPLE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def sample_database(tmp_path_factory):
    """A connection to the database that the committed sample is loaded into."""
    database = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    load_delivery(SAMPLE, database)
    with duckdb.connect(str(database), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def sample_measured(sample_database):
    """The published tables of the committed sample, by the day-by-day reading of the rules."""
    delivery = {}
    for table in CONTRACT["tables"]:
        columns = contract_columns(table)
        rows = sample_database.execute(f"select {', '.join(columns)} from raw.{table}").fetchall()
        delivery[table] = [dict(zip(columns, row, strict=True)) for row in rows]
    return measure(delivery, None, None, None, date(2025, 6, 1))


# --- the committed sample


def test_sample_is_what_the_script_makes(tmp_path):
    make_sample(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in SAMPLE.glob("*.csv")}
    assert made.keys() == committed.keys()
    assert [name for name in made if made[name] != committed[name]] == []


def test_sample_changes_with_the_seed(tmp_path):
    make_sample(tmp_path, seed=2)
    assert (tmp_path / "tass_samtaler.csv").read_bytes() != (SAMPLE / "tass_samtaler.csv").read_bytes()


def test_sample_has_the_columns_of_the_contract():
    assert {table: list(columns) for table, columns in COLUMNS.items()} == {
        table: contract_columns(table) for table in CONTRACT["tables"]
    }


def test_sample_is_small_and_has_about_300_persons():
    assert sum(path.stat().st_size for path in SAMPLE.glob("*.csv")) < 2_500_000
    assert 270 <= len({row["person_id"] for row in read_sample("cpr_personer")}) <= 350


@pytest.mark.parametrize(("table", "column", "codes"), coded_columns())
def test_sample_has_every_code(table, column, codes):
    assert codes <= {row[column] for row in read_sample(table)}


def test_sample_has_the_worked_examples():
    examples = "EKS1 EKS2 EKS3 EKS4 EKS5 EKS6 CORONA DAGE64 SYG_OVERLAP SYG_TOUCH ABC ENKELTDAGE_SYG ENKELTDAGE_KTH"
    assert set(examples.split()) <= {row["person_id"] for row in read_sample("cpr_personer")}
    assert set(examples.split()) <= {row["person_id"] for row in read_sample("cpr_bopael")}


def test_sample_breaks_the_contract_in_every_way(sample_database):
    reasons = sample_database.execute("select distinct reason_code from raw.quarantined_rows").fetchall()
    assert {reason for (reason,) in reasons} == {
        "missing_value",
        "unknown_code",
        "impossible_date",
        "impossible_number",
        "end_before_start",
        "duplicate_row",
        "duplicate_key",
    }


def test_sample_exercises_every_conversation_rule(sample_measured):
    decisions = {(row["rule_id"], row["is_admitted"]) for row in sample_measured["fct_conversation_decisions"]}
    admitting = {"C-01", "C-04", "C-05", "C-06", "C-07", "C-08", "C-09", "C-10"}
    rejecting = {"C-01", "C-02", "C-03", "C-04", "C-07", "C-09", "C-11"}
    assert {(rule, True) for rule in admitting} | {(rule, False) for rule in rejecting} <= decisions


def test_sample_exercises_every_offer_rule(sample_measured):
    decisions = {(row["rule_id"], row["is_qualifying"]) for row in sample_measured["fct_offer_decisions"]}
    assert decisions == {
        ("O-01", False),
        ("O-03", True),
        ("O-04", True),
        ("O-05", True),
        ("O-06", False),
        ("O-06", True),
        ("O-07", True),
    }


def test_sample_has_every_group_and_interval(sample_measured):
    rows = sample_measured["fct_person_months"]
    assert len({row["benefit_group"] for row in rows}) == 9
    # Payments begin in 2017: nobody reaches ten years.
    assert len({row["duration_interval"] for row in rows}) == 15


def test_sample_has_every_supervision_status_and_warning(sample_measured):
    statuses = {row["status"] for row in sample_measured["mart_supervision"]}
    assert statuses == {"none", "selected", "extended", "administration", "ended"}
    assert {row["missing"] for row in sample_measured["mart_case_review"]} == {"offer", "conversations", "both"}
    assert {row["warning_code"] for row in sample_measured["data_warnings"]} == {
        "unknown_residence",
        "no_birth_date",
        "benefit_days_outside_dagpenge_period",
        "overlapping_municipal_benefits",
        "unknown_municipality",
        "touching_sickness_spells",
    }


# --- the national delivery


def read_parquet(folder: Path, table: str) -> list[tuple]:
    """The rows of a written table, in file order."""
    return duckdb.sql(f"from read_parquet('{folder / table}.parquet')").fetchall()


def test_national_is_the_same_on_any_number_of_threads(tmp_path):
    for threads in (1, 3):
        make_national(TINY_PERCENT, tmp_path / str(threads), threads=threads, is_silent=True)
    for table in TABLES:
        assert read_parquet(tmp_path / "1", table) == read_parquet(tmp_path / "3", table), table


def test_national_changes_with_the_seed(tmp_path):
    for seed in (1, 2):
        make_national(TINY_PERCENT, tmp_path / str(seed), seed=seed, is_silent=True)
    assert read_parquet(tmp_path / "1", "tass_samtaler") != read_parquet(tmp_path / "2", "tass_samtaler")


@pytest.mark.parametrize("percent", [0, -1, 100.5])
def test_national_refuses_an_impossible_size(percent, tmp_path):
    with pytest.raises(ValueError, match="percent"):
        make_national(percent, tmp_path, is_silent=True)


def test_national_has_every_table_with_the_types_of_the_contract(national):
    assert set(TABLES) == set(CONTRACT["tables"])
    for table, spec in CONTRACT["tables"].items():
        described = national.execute(f"describe {table}").fetchall()
        wanted = [(column["name"], SQL_TYPES.get(column["type"], column["type"].upper())) for column in spec["columns"]]
        assert [(name, kind) for name, kind, *_ in described] == wanted, table
        assert national.execute(f"select count(*) from {table}").fetchone()[0] > 0, table


@pytest.mark.parametrize(("table", "column", "codes"), coded_columns())
def test_national_has_every_code(national, table, column, codes):
    found = {str(code) for (code,) in national.execute(f"select distinct {column} from {table}").fetchall()}
    assert codes <= found


def test_national_persons_a_month(national):
    counts = dict(
        national.execute("""
            with paid as (
                select person_id, ydelseskode as benefit, periode_start, periode_slut from ky_udbetalinger
                union all
                select person_id, ydelsestype, periode_start, periode_slut from fleur_udbetalinger where timer > 0
                union all
                select person_id, 'SYGEDAGPENGE', foerste_fravaersdag, coalesce(sidste_fravaersdag, date '2024-12-31')
                from ksd_sygedagpenge
            )
            select benefit, count(distinct person_id)
            from paid
            where periode_start <= date '2023-03-31' and periode_slut >= date '2023-03-01'
            group by benefit
        """).fetchall()
    )
    for benefit, thousands in PERSONS_A_MONTH.items():
        assert counts[benefit] == pytest.approx(thousands * 1000 * PERCENT / 100, rel=0.25), benefit


def test_national_persons_and_population(national):
    persons = national.execute("select count(*) from cpr_personer").fetchone()[0]
    assert persons == pytest.approx(2_000_000 * PERCENT / 100, rel=0.1)
    homes = national.execute("select count(distinct kommunekode) from dst_befolkning").fetchone()[0]
    assert homes == 98


def test_national_share_of_persons_with_absences(national):
    exempt, dead = national.execute("""
        select
            count(distinct person_id) filter (where fravaer_kode not in ('8', 'OPFOELGNING_UDEN_KONTAKT')),
            count(distinct person_id) filter (where fravaer_kode in ('8', 'OPFOELGNING_UDEN_KONTAKT'))
        from tass_fravaer
    """).fetchone()
    persons = national.execute("select count(*) from cpr_personer").fetchone()[0]
    assert 0.08 < exempt / persons < 0.17
    assert 0.03 < dead / persons < 0.07


def test_national_share_of_a_year_or_more_on_benefits(national_measured):
    low, high = national_measured.execute("""
        with shares as (
            select avg(is_12_plus::integer) as share
            from marts.fct_person_months
            where measure_month >= date '2022-01-01'
            group by measure_month
        )
        select min(share), max(share) from shares
    """).fetchone()
    assert SHARE_12_PLUS[0] <= low and high <= SHARE_12_PLUS[1]


@pytest.mark.parametrize(
    ("share", "band"), [("avg_share_under_4", SHARE_UNDER_4), ("avg_share_without_offer", SHARE_WITHOUT_OFFER)]
)
def test_national_shares_of_the_focus_goals(national_measured, share, band):
    low, high = national_measured.execute(
        f"select min({share}), max({share}) from marts.mart_focus_goals_monthly where area_type = 'country'"
    ).fetchone()
    assert band[0] <= low and high <= band[1]


@pytest.mark.parametrize("goal", ["is_conversation_goal_met", "is_offer_goal_met"])
def test_national_municipalities_differ_in_each_goal(national_measured, goal):
    met, missed = national_measured.execute(f"""
        select count(*) filter (where {goal}), count(*) filter (where not {goal})
        from marts.mart_focus_goals_monthly
        where area_type = 'municipality' and measure_month = date '2023-12-01'
    """).fetchone()
    assert met >= 30 and missed >= 10


def test_national_company_placements_dip_in_the_corona_winter(national):
    """Published: 11,200 persons in the third quarter of 2020, 6,600 in the first of 2021."""
    before, during = (
        national.execute(
            """
            select count(distinct person_id) from plan_tilbud
            where tilbudstype = 'VIRKSOMHEDSPRAKTIK' and startdato <= ? and coalesce(slutdato, date '2024-12-31') >= ?
            """,
            [last, first],
        ).fetchone()[0]
        for first, last in ((date(2020, 7, 1), date(2020, 9, 30)), (date(2021, 1, 1), date(2021, 3, 31)))
    )
    assert during / before == pytest.approx(6_600 / 11_200, abs=0.2)
