"""Helpers of the tests of publishing: run a script, tell a folder by its bytes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.warehouse import ROOT


def start(script: str, *arguments: str | Path, **options) -> subprocess.Popen:
    """Start a script of the project; its stderr can be read line by line."""
    environment = os.environ | {"DO_NOT_TRACK": "1"} | options.pop("env", {})
    command = [sys.executable, str(ROOT / "scripts" / script), *map(str, arguments)]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment, cwd=ROOT, **options
    )


def run(script: str, *arguments: str | Path, **options) -> tuple[int, str]:
    """Run a script to its end; returns exit code and stderr."""
    process = start(script, *arguments, **options)
    stderr = process.communicate()[1]
    return process.returncode, stderr


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file of a folder, behind links too, with the hash of its bytes."""
    present = folder.resolve()
    return {
        str(path.relative_to(present)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(present.rglob("*"))
        if path.is_file()
    }
