"""Write the site: an overview (index.html) and one page per municipality (kommuner/<code>.html).

Pages are drawn in several processes into a temporary folder, which is put in place by a rename at the end. Every page
is whole in itself: styles and pictures are inside it, and nothing is fetched.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from scripts.report import ReportError
from scripts.report.marts import Warehouse, read_warehouse
from scripts.report.municipality import municipality_page
from scripts.report.overview import overview_page
from scripts.report.pages import MunicipalityFigures, Report, figures_of, report_of
from scripts.report.protect import protect

TEMPLATES = Path(__file__).with_name("templates")
MARK = ".fokusmaal-report"  # a folder with this file is a report, and may be replaced
FEW_PAGES = 8  # not worth another process


def write_report(database: Path, out: Path, codes: Sequence[str] = ()) -> int:
    """Write the report of a database into a folder, of all municipalities or of some; returns the number of pages.

    Raises ReportError, and leaves the folder as it was, when the report cannot be written.
    """
    warehouse = read_warehouse(database)
    chosen = _chosen(warehouse, codes)
    published = protect(warehouse)
    report = report_of(warehouse, published)
    with _replacing(out) as folder:
        overview = overview_page(report, warehouse, published, set(chosen))
        _write(folder / "index.html", _html("overview.html.j2", overview))
        (folder / "kommuner").mkdir()
        _write_pages(report, [figures_of(warehouse, published, code) for code in chosen], folder / "kommuner")
    return len(chosen) + 1


def _chosen(warehouse: Warehouse, codes: Sequence[str]) -> list[str]:
    """The municipalities to write; raises ReportError for a code that is none."""
    unknown = [code for code in codes if code not in warehouse.all_municipalities]
    if unknown:
        raise ReportError(
            f"{', '.join(unknown)} is no municipality code; codes are those of seeds/municipalities.csv, for example 101"
        )
    return list(dict.fromkeys(codes)) or list(warehouse.municipalities)


# --- Pages -----------------------------------------------------------------------------------------------------------


def _write_pages(report: Report, figures: list[MunicipalityFigures], folder: Path) -> None:
    workers = min(len(os.sched_getaffinity(0)), -(-len(figures) // FEW_PAGES))
    if workers < 2:
        for each in figures:
            _write_page(report, each, folder)
        return
    # Spawned, not forked: the drawing engine has threads of its own.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, initializer=_start_worker, initargs=(report, folder)) as pool:
        for _ in pool.map(_write_in_worker, figures, chunksize=2):
            pass


def _start_worker(report: Report, folder: Path) -> None:
    global _worker
    _worker = report, folder


def _write_in_worker(figures: MunicipalityFigures) -> None:
    report, folder = _worker
    _write_page(report, figures, folder)


def _write_page(report: Report, figures: MunicipalityFigures, folder: Path) -> None:
    _write(folder / f"{figures.area.code}.html", _html("municipality.html.j2", municipality_page(report, figures)))


@cache
def _environment():
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals["css"] = Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))
    environment.globals["script"] = Markup((TEMPLATES / "sort.js").read_text(encoding="utf-8"))
    return environment


def _html(template: str, values: dict) -> str:
    return _environment().get_template(template).render(values)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


# --- The folder ------------------------------------------------------------------------------------------------------


@contextmanager
def _replacing(out: Path) -> Iterator[Path]:
    """A temporary folder that takes the place of the old report when all went well."""
    out = out.absolute()
    if out.exists() and not out.is_dir():
        raise ReportError(f"{out} is a file; name a folder with --out")
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise ReportError(f"{out} holds something that is no report; name another folder with --out, or empty it")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise ReportError(f"the report cannot be written to {out}: {error.strerror}") from error
    try:
        new, old = scratch / "new", scratch / "old"
        new.mkdir()
        (new / MARK).write_text(
            "A benchmark report; the folder is replaced when the report is written again.\n", encoding="utf-8"
        )
        yield new
        if out.exists():
            out.rename(old)
        try:
            new.rename(out)
        except OSError:
            if old.exists():
                old.rename(out)
            raise
    except OSError as error:
        raise ReportError(f"the report cannot be written to {out}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
