"""What the project says of its marts: the level, order and descriptions in models/marts/_marts__models.yml.

config.meta.level is `person` where a row tells of one person, else `aggregate`; config.meta.ordered_by is the order in
which rows are published.
"""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from scripts.settings import ROOT, Refusal

LEVELS = ("person", "aggregate")


@dataclass(frozen=True)
class Mart:
    """One table of schema marts; columns are names and descriptions."""

    name: str
    is_person_level: bool
    ordered_by: tuple[str, ...]
    description: str
    columns: dict[str, str]


def read_marts() -> dict[str, Mart]:
    """The marts by name. Raises Refusal for a mart that does not tell its level."""
    marts = {}
    for path in sorted((ROOT / "models" / "marts").glob("*__models.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]:
            marts[model["name"]] = _mart(model)
    return marts


def _mart(model: dict) -> Mart:
    meta = model.get("config", {}).get("meta", {})
    if meta.get("level") not in LEVELS:
        raise Refusal(f"mart {model['name']} does not tell its level: config.meta.level must be {' or '.join(LEVELS)}")
    return Mart(
        name=model["name"],
        is_person_level=meta["level"] == "person",
        ordered_by=tuple(meta.get("ordered_by", ())),
        description=model["description"],
        columns={column["name"]: column["description"] for column in model.get("columns", [])},
    )
