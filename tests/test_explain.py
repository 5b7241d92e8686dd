"""The explanation on the command line: what it says of worked examples, in both languages, and what it cannot explain."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import duckdb
import pytest

from scripts import explain
from tests.warehouse import ROOT


@pytest.fixture
def run(sample_database, capsys):
    """Runs the command on the sample; returns exit code, output and errors."""

    def run_command(*arguments: str, db=sample_database) -> tuple[int, str, str]:
        code = explain.main([*arguments, "--db", str(db)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run_command


def one_line(text: str) -> str:
    """Text without line breaks and repeated blanks, so that wrapping does not matter."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("person", "month", "language", "sentence"),
    [
        # 000, Eks. 6: of three telephone conversations from 22 March 2023 the first is no valid first one.
        ("EKS6", "2023-05", "da", "2023-04-18 nej C-09 Jobsamtale, telefon, jobcentret. Tæller ikke. Den første jobsamtale"),
        ("EKS6", "2023-05", "da", "2023-04-26 ja C-09 Jobsamtale, telefon, jobcentret. Tæller."),
        ("EKS6", "2023-05", "da", "nej M-10 Samtaler, der tæller i vinduet: 2. Der kræves 4. [001: Måling 3]"),
        ("EKS6", "2023-05", "en", "yes C-09 Job conversation (jobsamtale), telephone, jobcentre. Counts."),
        ("EKS6", "2023-05", "en", "area DK, 461, 1083: persons_2, persons_measured, persons_under_4. [001: Måling 1]"),
        # Main benefit and forrevalidering: the benefit that loses the days says to whom.
        ("B06_HOVEDYDELSE", "2022-03", "da", "nej B-06 Dagene er supplerende og slettet: personen har også A-dagpenge"),
        ("B05_FORREVALIDERING", "2019-08", "en", "yes B-05 Days paid as Cash assistance lie in forrevalidering"),
        # Spells: carried over, kept apart, out of the months of another spell of the group.
        ("S05_STRAKS", "2021-09", "da", "2020-12-01 – 2021-08-31 ja S-05 Overgangsydelse lige før er lagt til forløbet"),
        ("SYG_TOUCH", "2019-03", "en", "no S-02 The absence from 2019-03-21 does not overlap the one before, which ended on 2019-03-20"),
        ("SYG_TOUCH", "2019-03", "en", "no M-02 Another spell of the group, sygedagpenge-SYG_TOUCH-2019-03-10"),
        # A-dagpenge: the registers, hours in the terminal's language, and the part-time window.
        ("B02_RAM_FLEUR", "2018-01", "da", "nej B-02 Tæller ikke: 1 række i FLEUR med start uden for den tid"),
        ("B02_ARBEJDSFORDELING", "2020-12", "en", "no B-02 Not used: 1 row of FLEUR of the temporary work-sharing scheme"),
        ("T03_SKIFTER_FORM", "2022-06", "da", "Varigheden er 2491,65 timer, deltidsforsikret: intervallet 1-2 år"),
        ("T03_SKIFTER_FORM", "2022-06", "en", "from which at least 1560.00 hours remain to the measurement date; it holds 1563.93 hours"),
        # Left out of the month, with the reason.
        ("B07_16", "2020-01", "en", "no B-07 Not measured on Education assistance: the person turns 16 only on 2020-02-29"),
        ("X03_UDEN_FOEDSELSDATO", "2022-06", "da", "nej B-07 Måles ikke på Kontanthjælp: personen har ingen fødselsdato"),
        ("O02_I_DOED_PERIODE", "2020-05", "da", "nej D-03 Virksomhedspraktik. Tæller ikke: alle tilbuddets dage i vinduet ligger"),
        ("C10_12_MAANEDER", "2024-12", "da", "nej C-10 Jobsamtale, personligt fremmøde, jobcentret. Tæller ikke længere"),
    ],
)
def test_explanation_says(run, person, month, language, sentence):
    code, out, err = run("--person", person, "--month", month, "--language", language)
    assert code == 0 and not err
    assert sentence in one_line(out)


def test_lines_fit_the_terminal(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    _, out, _ = run("--person", "EKS6", "--month", "2023-05-01")
    assert out.startswith("EKS6, 2023-05: Kontanthjælp\n\nResultat\n")
    assert max(map(len, out.splitlines())) <= 80
    assert "\033" not in out


def test_readme_shows_what_is_printed(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "96")
    excerpt = (ROOT / "README.md").read_text(encoding="utf-8").partition("```text\n")[2].partition("```")[0]
    _, out, _ = run("--person", "EKS6", "--month", "2023-05", "--language", "en")
    assert set(excerpt.splitlines()) - {"…"} <= set(out.splitlines())


def test_group_selects_lines(run):
    _, everything, _ = run("--person", "B06_HOVEDYDELSE", "--month", "2022-03", "--format", "csv")
    _, one, _ = run("--person", "B06_HOVEDYDELSE", "--month", "2022-03", "--format", "csv", "--group", "kontanthjaelp")
    groups = [[line["benefit_group"] for line in csv.DictReader(io.StringIO(text))] for text in (everything, one)]
    assert set(groups[0]) == {"a_dagpenge", "kontanthjaelp"}
    assert groups[1] == [group for group in groups[0] if group == "kontanthjaelp"]


def test_formats_hold_what_the_view_says(run, sample_database):
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        view = connection.execute(
            """
            select line_number, cast(from_date as varchar), cast(amount as double), sentence, text_da, text_en
            from explain.explain_person_months
            where person_id = 'EKS6' and measure_month = date '2023-05-01'
            order by line_number
            """
        ).fetchall()
    names = ("line_number", "from_date", "amount", "sentence", "text_da", "text_en")
    _, as_json, _ = run("--person", "EKS6", "--month", "2023-05", "--format", "json")
    assert [tuple(line[name] for name in names) for line in json.loads(as_json)] == view
    _, as_csv, _ = run("--person", "EKS6", "--month", "2023-05", "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(as_csv)))
    assert [line["text_en"] for line in lines] == [line[-1] for line in view]


@pytest.mark.parametrize(
    ("arguments", "language", "message"),
    [
        (("NOBODY", "2023-05"), "en", "person NOBODY is neither in the civil register nor on a benefit in the delivery"),
        (("NOBODY", "2023-05"), "da", "personen NOBODY findes hverken i CPR eller i en ydelse i leverancen"),
        (("EKS6", "2016-05"), "en", "2016-05 is not a measured month; those are 2018-01 to 2024-12"),
        (("EKS6", "2022-05"), "en", "person EKS6 is on no benefit in 2022-05; the nearest months with one: 2023-02 (kontanthjaelp)"),
        (("S05_LANG_PAUSE", "2022-12"), "da", "personen S05_LANG_PAUSE har ingen ydelse i 2022-12; nærmeste måneder med en ydelse: "),
        (("EKS6", "2023-05", "a_dagpenge"), "en", "person EKS6 is not on a_dagpenge in 2023-05, but on kontanthjaelp"),
        (("EKS6", "2023-05", "dagpenge"), "en", "there is no benefit group dagpenge; the groups are a_dagpenge, sygedagpenge, "),
    ],
)
def test_what_cannot_be_explained_is_one_line(run, arguments, language, message):
    person, month, *group = arguments
    code, out, err = run("--person", person, "--month", month, "--language", language, *(["--group", *group] if group else []))
    assert code == 1 and not out
    assert err.startswith(f"error: {message}") and err.count("\n") == 1


def test_missing_database_is_one_line(run, tmp_path):
    code, _, err = run("--person", "EKS6", "--month", "2023-05", "--language", "en", db=tmp_path / "none.duckdb")
    assert code == 1
    assert err == f"error: there is no database {tmp_path / 'none.duckdb'}; build it with make build\n"


def test_database_without_explanations_is_one_line(run, tmp_path):
    duckdb.connect(str(tmp_path / "empty.duckdb")).close()
    code, _, err = run("--person", "EKS6", "--month", "2023-05", "--language", "en", db=tmp_path / "empty.duckdb")
    assert code == 1
    assert err == f"error: database {tmp_path / 'empty.duckdb'} holds no explanations; build it with make build\n"


def test_file_that_is_no_database_is_one_line(run, tmp_path):
    (tmp_path / "text.duckdb").write_text("no database\n" * 1000, encoding="utf-8")
    code, _, err = run("--person", "EKS6", "--month", "2023-05", "--language", "en", db=tmp_path / "text.duckdb")
    assert code == 1
    assert err.startswith("error: database ") and "cannot be opened" in err and err.count("\n") == 1


def test_database_in_use_is_one_line(run, tmp_path):
    path = tmp_path / "busy.duckdb"
    writer = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('open', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", writer, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        code, _, err = run("--person", "EKS6", "--month", "2023-05", "--language", "en", db=path)
        process.communicate(b"\n")
    assert code == 1
    assert err == f"error: database {path} is in use by another process; try again when it is done\n"


@pytest.mark.parametrize("month", ["2023-13", "May 2023", "2023", "2023-02-30"])
def test_month_must_be_a_month(run, month):
    with pytest.raises(SystemExit) as exit_of:
        run("--person", "EKS6", "--month", month)
    assert exit_of.value.code == 2


def test_every_sentence_is_said(sample_database):
    """The sample holds every case a sentence is for, but these, which unit tests of the views bring about."""
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        silent = connection.execute(
            """
            select sentence from rules.explanation_sentences
            except
            select sentence from explain.explain_person_months
            """
        ).fetchall()
    assert {sentence for (sentence,) in silent} <= {"row_after_as_of", "offer_outside_spell", "early_effort_cells_of_other_group"}
