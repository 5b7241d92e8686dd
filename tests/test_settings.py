"""The scripts and dbt use DuckDB alike, and a slip in a setting is told before anything is written."""

import pytest
import yaml
from jinja2 import Template

from scripts.settings import Refusal, check_settings, command, engine_settings
from tests.publishing import run
from tests.warehouse import ROOT


def profile_settings(environment: dict[str, str]) -> dict[str, str]:
    """DuckDB's settings in the dbt profile."""
    profile = yaml.safe_load((ROOT / "profiles.yml").read_text(encoding="utf-8"))["fokusmaal"]["outputs"]["warehouse"]
    return {name: Template(str(value)).render(env_var=environment.get) for name, value in profile["settings"].items()}


def test_scripts_and_profile_have_the_same_memory(monkeypatch):
    monkeypatch.delenv("FOKUSMAAL_THREADS", raising=False)
    for memory in ("", "3GB"):
        monkeypatch.setenv("FOKUSMAAL_MEMORY", memory)
        assert engine_settings().items() <= profile_settings({"FOKUSMAAL_MEMORY": memory}).items()
    assert engine_settings()["memory_limit"] == "3GB"


def test_threads_are_set_only_where_given(monkeypatch):
    monkeypatch.setenv("FOKUSMAAL_THREADS", "")
    assert "threads" not in engine_settings()
    monkeypatch.setenv("FOKUSMAAL_THREADS", "2")
    assert engine_settings()["threads"] == "2"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("AS_OF", "2024-13-01", "FOKUSMAAL_AS_OF must be an ISO date such as 2024-12-31, not '2024-13-01'"),
        ("AS_OF", "20241231", "FOKUSMAAL_AS_OF must be an ISO date"),
        ("FIRST_MONTH", "2020-01", "FOKUSMAAL_FIRST_MONTH must be an ISO date"),
        ("LAST_MONTH", "2020-01-31", "FOKUSMAAL_LAST_MONTH must be the first day of a month, not '2020-01-31'"),
        ("MEMORY", "lots", "FOKUSMAAL_MEMORY or FOKUSMAAL_THREADS: "),
        ("THREADS", "x", "FOKUSMAAL_MEMORY or FOKUSMAAL_THREADS: "),
        ("COMPARE_WITH", "/no/such.duckdb", "FOKUSMAAL_COMPARE_WITH: there is no file /no/such.duckdb"),
    ],
)
def test_a_slip_is_refused(monkeypatch, name, value, message):
    monkeypatch.setenv(f"FOKUSMAAL_{name}", value)
    with pytest.raises(Refusal) as refusal:
        check_settings()
    assert str(refusal.value).startswith(message) and "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("AS_OF", "2024-02-29"), ("FIRST_MONTH", "2020-01-01"), ("MEMORY", "3GB"), ("THREADS", "2"), ("COMPARE_WITH", "none")],
)
def test_what_is_right_is_not_refused(monkeypatch, name, value):
    monkeypatch.setenv(f"FOKUSMAAL_{name}", value)
    check_settings()


@pytest.mark.parametrize("script", ["build.py", "update.py"])
def test_a_slip_stops_a_command_before_anything_is_written(tmp_path, script):
    arguments = ("--db", tmp_path / "new.duckdb", "--published", tmp_path / "published")
    code, stderr = run(script, *arguments, env={"FOKUSMAAL_AS_OF": "2024-13-01"})
    assert code == 1 and stderr == "error: FOKUSMAAL_AS_OF must be an ISO date such as 2024-12-31, not '2024-13-01'\n"
    assert list(tmp_path.iterdir()) == []


def wrapped(error: BaseException) -> Refusal:
    """A refusal because of an error that a library raised while it handled another."""
    refusal, of_library = Refusal("the build failed"), TypeError("invalid value")
    refusal.__cause__, of_library.__context__ = of_library, error
    return refusal


@pytest.mark.parametrize(
    ("end", "code", "line"),
    [
        (None, 0, ""),
        (Refusal("no such folder"), 1, "error: no such folder\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (RuntimeError("Query interrupted"), 130, "interrupted\n"),
        (wrapped(KeyboardInterrupt()), 130, "interrupted\n"),
        (wrapped(ValueError()), 1, "error: the build failed\n"),
    ],
)
def test_a_command_ends_in_one_line(capsys, end, code, line):
    @command
    def main(arguments):
        assert arguments == ["--db"]
        if end:
            raise end

    assert main(["--db"]) == code
    assert capsys.readouterr().err == line


def test_a_mistake_of_ours_is_not_hidden():
    @command
    def main(arguments):
        raise RuntimeError("dictionary changed size during iteration")

    with pytest.raises(RuntimeError, match="dictionary"):
        main()
