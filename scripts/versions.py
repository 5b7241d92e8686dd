"""A folder that is always whole: a link to one of its versions, moved to the next by one atomic rename.

The versions lie beside the link `name` in a hidden folder `.name`. A version that was begun and never finished is in no
one's way, and is removed before the next is begun. The version before the present one stays until then too, so that a
reader who has looked the link up can still open every file of it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

from scripts.only_one import only_one
from scripts.settings import Refusal, first_line

LOCK = "lock"


@contextmanager
def new_version(link: Path, what: str) -> Iterator[Path]:
    """A fresh folder that the link points to once the block has ended well; else all stays as it was.

    Raises Refusal when another process is at it, when the link is something else, or when the disk says no.
    """
    if link.exists() and not link.is_symlink():
        raise Refusal(f"{what}: {link} is not a link to a published version; move it away or name another folder")
    store = link.with_name(f".{link.name}")
    with only_one(store / LOCK, what):
        try:
            _remove_all_but(store, present_version(link))
            folder = store / f"{datetime.now(timezone.utc):%Y%m%dT%H%M%S.%fZ}-{os.getpid()}"
            folder.mkdir()
            try:
                yield folder
                _write_through(folder)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            _point_to(link, folder)
        except OSError as error:
            raise Refusal(f"{what} failed, what was there stands: {error.strerror or first_line(error)}") from error


def present_version(link: Path) -> Path | None:
    """The folder the link points to, or None."""
    return link.resolve() if link.is_symlink() and link.exists() else None


def remove_earlier_versions(link: Path) -> None:
    """Remove every version but the present one, also the one that readers might still be opening files of."""
    store = link.with_name(f".{link.name}")
    with only_one(store / LOCK, f"removing what {link} was"):
        _remove_all_but(store, present_version(link))


def _remove_all_but(store: Path, kept: Path | None) -> None:
    for path in store.iterdir():
        if path.name == LOCK or (kept and path.resolve() == kept):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _write_through(folder: Path) -> None:
    """Have everything on the disk before the link says so."""
    for path in [*folder.rglob("*"), folder]:
        _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _point_to(link: Path, folder: Path) -> None:
    fresh = folder.parent / "link"
    fresh.symlink_to(os.path.join(folder.parent.name, folder.name))
    os.replace(fresh, link)
    _sync(link.parent)
