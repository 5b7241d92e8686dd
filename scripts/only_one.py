"""A lock that one process holds at a time, and that the kernel takes back when the process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from scripts.settings import Refusal


@contextmanager
def only_one(lock_file: Path, what: str) -> Iterator[None]:
    """Hold the lock while the block runs; the file says who holds it and stays behind, empty.

    Raises Refusal, at once, when another process holds it, or when the file cannot be written.
    """
    try:
        lock_file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(lock_file, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise Refusal(f"{what} cannot begin: {lock_file}: {error.strerror}") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 200).decode() or "a process that has only begun"
            raise Refusal(f"{what} is under way: {holder}; this one stops") from None
        os.ftruncate(descriptor, 0)
        since = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
        os.write(descriptor, f"process {os.getpid()} since {since}".encode())
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)
