"""Pseudonyms: the right hash, nowhere a trace of an id or of the key, and the same results under other names."""

from __future__ import annotations

import csv
import hashlib
import hmac
import json
import os
import shutil
from pathlib import Path

import duckdb
import pytest

from scripts import load
from scripts.load import load_delivery
from scripts.pseudonyms import pseudonym, read_key, set_key
from scripts.publish import publish
from scripts.settings import Refusal
from tests.publishing import fingerprint, run
from tests.warehouse import CONTRACT, ROOT, SEEDS_AND_MODELS, as_bytes, read_table, run_dbt, write_csv_delivery

SAMPLE = ROOT / "data" / "sample"
KEY = "0123456789abcdef-fedcba9876543210-quite-secret"
ID = "0101901234-Æ"
WITH_PERSONS = [
    table for table, spec in CONTRACT["tables"].items() if any(column["name"] == "person_id" for column in spec["columns"])
]


def expected(person_id: str, key: str = KEY) -> str:
    """The pseudonym as Python's own library makes it."""
    return hmac.new(key.encode(), person_id.encode(), hashlib.sha256).hexdigest()[:32]


@pytest.fixture(scope="module")
def keyed(tmp_path_factory):
    """A database built from the sample with pseudonyms, and the folder of everything the build has left."""
    folder = tmp_path_factory.mktemp("keyed")
    database = folder / "keyed.duckdb"
    (folder / "key").write_text(KEY + "\n")
    options = ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOKUSMAAL_PSEUDONYM_KEY_FILE", str(folder / "key"))
        load_delivery(SAMPLE, database)
        (folder / "key").unlink()
        run_dbt(database, *SEEDS_AND_MODELS, *options)
    return database, folder


# --- The hash and the key --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [KEY, KEY[:32], "".join(map(chr, range(33, 97))), "x" + KEY * 3])
@pytest.mark.parametrize("person_id", ["p", ID, "0" * 64])
def test_pseudonym_is_hmac(key, person_id):
    with duckdb.connect() as connection:
        set_key(connection, key.encode())
        made = connection.execute(f"select {pseudonym('id')} from (select ?::varchar as id)", [person_id]).fetchone()[0]
    assert made == expected(person_id, key)


def test_no_id_has_no_pseudonym():
    with duckdb.connect() as connection:
        set_key(connection, KEY.encode())
        assert connection.execute(f"select {pseudonym('null::varchar')}").fetchone() == (None,)


def test_key_from_file_equals_key_from_variable(tmp_path):
    (tmp_path / "key").write_text(f"  {KEY}\n")
    given = read_key({"FOKUSMAAL_PSEUDONYM_KEY_FILE": str(tmp_path / "key")})
    assert given == read_key({"FOKUSMAAL_PSEUDONYM_KEY": KEY}) == KEY.encode()
    assert read_key({}) is read_key({"FOKUSMAAL_PSEUDONYM_KEY": ""}) is None


@pytest.mark.parametrize("key", [KEY[:31], "a" * 64, "abcdefg" * 9, "   "])
def test_weak_key_is_refused_and_not_repeated(key):
    with pytest.raises(Refusal, match="too weak") as refusal:
        read_key({"FOKUSMAAL_PSEUDONYM_KEY": key})
    assert key not in str(refusal.value)


def test_two_keys_and_no_file_are_refused(tmp_path):
    with pytest.raises(Refusal, match="not by both"):
        read_key({"FOKUSMAAL_PSEUDONYM_KEY": KEY, "FOKUSMAAL_PSEUDONYM_KEY_FILE": "key"})
    with pytest.raises(Refusal, match="cannot be read: No such file"):
        read_key({"FOKUSMAAL_PSEUDONYM_KEY_FILE": str(tmp_path / "nowhere")})


def test_weak_key_stops_the_build_before_anything_is_written(tmp_path):
    code, stderr = run("build.py", "--db", tmp_path / "new.duckdb", env={"FOKUSMAAL_PSEUDONYM_KEY": "password"})
    assert code == 1 and stderr.startswith("error: the pseudonym key is too weak") and "password" not in stderr
    assert not (tmp_path / "new.duckdb").exists()


# --- No trace --------------------------------------------------------------------------------------------------------


def broken_delivery(folder: Path) -> Path:
    """Rows of one person that are used, break the contract in each way, repeat each other, and have the id elsewhere."""
    good = {"samtale_id": "s1", "samtaledato": "2020-05-04", "samtaletype": "JOBSAMTALE", "kontaktform": "VIDEO",
            "afholdt_af": "JOBCENTER", "status": "AFHOLDT", "kommunekode": "101"}  # fmt: skip
    changes = [
        {}, {}, {"samtaledato": "2020-05-05"}, {"samtale_id": ""}, {"person_id": f"{ID}{'x' * 64}"}, {"person_id": f" {ID}\t"},
        *({name: ID} for name in good if name != "samtale_id"),
    ]  # fmt: skip
    rows = [{"person_id": ID} | good | change for change in changes]
    write_csv_delivery({}, folder)
    with (folder / "tass_samtaler.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [column["name"] for column in CONTRACT["tables"]["tass_samtaler"]["columns"]])
        writer.writeheader()
        writer.writerows(rows)
    periods = folder / "ky_forrevalidering.csv"
    periods.write_text(f"person_id,startdato,slutdato\n{ID},2020-01-02,2020-01-01\n{ID},{ID},\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("file_format", ["csv", "parquet"])
def test_no_refused_row_tells_the_person(tmp_path, monkeypatch, capsys, file_format):
    raw = broken_delivery(tmp_path / "raw")
    if file_format == "parquet":
        for path in raw.glob("*.csv"):
            duckdb.execute(f"copy (from read_csv('{path}', all_varchar = true, header = true)) to '{path.with_suffix('.parquet')}'")
            path.unlink()
    monkeypatch.setenv("FOKUSMAAL_PSEUDONYM_KEY", KEY)
    load_delivery(raw, tmp_path / "new.duckdb")
    rows = read_table(tmp_path / "new.duckdb", "raw.quarantined_rows")
    reasons = {row["reason_code"] for row in rows}
    assert reasons == {"duplicate_row", "duplicate_key", "missing_value", "unknown_code", "impossible_date", "end_before_start"}
    assert len(rows) == 13
    for row in rows:
        assert ID not in row["reason"] and ID not in json.loads(row["raw_record"]).values()
        assert json.loads(row["raw_record"])["person_id"][:32] in (expected(ID), expected(f"{ID}{'x' * 64}"))
    assert ID not in capsys.readouterr().err
    assert ID.encode() not in (tmp_path / "new.duckdb").read_bytes()


def test_scratch_files_hold_pseudonyms_only(tmp_path, monkeypatch):
    raw = broken_delivery(tmp_path / "raw")
    kept, open_files = tmp_path / "kept", load.open_files

    def open_and_keep(connection, contract, raw_dir, scratch):
        opened = open_files(connection, contract, raw_dir, scratch)
        shutil.copytree(scratch, kept)
        return opened

    monkeypatch.setenv("FOKUSMAAL_PSEUDONYM_KEY", KEY)
    monkeypatch.setattr(load, "open_files", open_and_keep)
    load_delivery(raw, tmp_path / "new.duckdb")
    persons = set()
    for path in kept.rglob("*.parquet"):
        if path.stem in WITH_PERSONS:
            persons |= {person for (person,) in duckdb.execute(f"select person_id from '{path}'").fetchall()}
    assert expected(ID) in persons and all(person is None or ID not in person for person in persons)


def test_neither_key_nor_ids_in_anything_the_build_leaves(keyed):
    database, folder = keyed
    persons = set()
    for table in WITH_PERSONS:
        with (SAMPLE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            persons |= {row["person_id"].strip() for row in csv.DictReader(file)}
    halves = [bytes(byte ^ pad for byte in KEY.encode().ljust(64, b"\0")) for pad in (0x36, 0x5C)]
    secrets = [KEY.encode(), KEY.encode().hex().encode(), halves[0][:24], halves[1][:24]]
    project = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "data").glob("*.sql"))
    secrets += as_bytes(person for person in persons if person not in project)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"keyed.duckdb", "manifest.json", "dbt.log"} and len(secrets) > 50
    for path in files:
        content = path.read_bytes()
        assert not [secret for secret in secrets if secret in content], path
    with duckdb.connect(str(database)) as connection:
        settings = str(connection.execute("select * from duckdb_settings()").fetchall())
        variables = connection.execute("select * from duckdb_variables()").fetchall()
    assert KEY not in settings and not variables
    assert KEY not in Path(f"/proc/{os.getpid()}/cmdline").read_text()


# --- The same results ------------------------------------------------------------------------------------------------


def comparable(row: dict) -> tuple:
    """A row as sorted text; means are taken in no certain order, so their last digits may differ."""
    return tuple(
        sorted((key, str(round(value, 12) if isinstance(value, float) else value)) for key, value in row.items())
    )


def renamed(row: dict, names: dict[str, str]) -> dict:
    """A row of the plain build with its persons under their pseudonyms."""
    changed = {}
    if "spell_id" in row:
        group, _, rest = row["spell_id"].partition("-")
        person, start = rest[:-11], rest[-10:]
        changed["spell_id"] = f"{group}-{names[person]}-{start}"
    if "person_id" in row:
        changed["person_id"] = names[row["person_id"]]
    return row | changed


def test_a_forgotten_key_does_not_publish_ids(keyed, sample_database, tmp_path):
    link = tmp_path / "published"
    publish(keyed[0], link, "all")
    before = fingerprint(link)
    with pytest.raises(Refusal, match="is of pseudonyms, and there is no key"):
        publish(sample_database, link, "all")
    code, stderr = run("build.py", "--db", tmp_path / "new.duckdb", "--published", link)
    assert code == 1 and stderr.startswith(f"error: {link} is of pseudonyms") and stderr.count("\n") == 1
    assert not (tmp_path / "new.duckdb").exists() and fingerprint(link) == before
    publish(sample_database, link, "aggregates")
    publish(keyed[0], link, "all")


def test_results_are_the_same_up_to_the_names(sample_database, keyed):
    database, _ = keyed
    persons = [row["person_id"] for row in read_table(sample_database, "marts.build_persons")]
    names = {person: expected(person) for person in persons}
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = [
            name
            for (name,) in connection.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
            if not name.startswith("build_") and name != "quarantined_rows"
        ]
    assert len(tables) >= 15
    for table in tables:
        plain = sorted(comparable(renamed(row, names)) for row in read_table(sample_database, f"marts.{table}"))
        secret = sorted(comparable(row) for row in read_table(database, f"marts.{table}"))
        assert plain == secret, table
    assert {row["person_id"] for row in read_table(database, "marts.build_persons")} == set(names.values())
