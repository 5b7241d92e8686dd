"""The scripts and dbt use DuckDB alike."""

import yaml
from jinja2 import Template

from scripts.settings import engine_settings
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
