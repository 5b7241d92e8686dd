"""All figures of the report as they may be shown."""

from __future__ import annotations

from scripts.report.disclosure import Published
from scripts.report.focus import protect_focus
from scripts.report.groups import protect_groups
from scripts.report.indicators import protect_benchmark
from scripts.report.marts import Warehouse


def protect(warehouse: Warehouse) -> Published:
    """Apply the rule of disclosure.py to all figures of the report at once."""
    return Published(protect_focus(warehouse), protect_groups(warehouse), protect_benchmark(warehouse))
