"""Progress of long work on stderr: a bar on a terminal, a plain line per finished step elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType

from tqdm import tqdm

from scripts.settings import say


class Progress:
    """So many steps, told of one by one; what a step is at shows in the bar, what it came to in its line."""

    def __init__(self, total: int, unit: str) -> None:
        self._total = total
        self._done = 0
        self._bar = None
        if sys.stderr.isatty():
            form = "{n_fmt}/{total_fmt} {bar:24} {elapsed} {desc}"
            self._bar = tqdm(total=total, unit=unit, bar_format=form, leave=False, file=sys.stderr)

    def begin(self, name: str) -> None:
        """A step has begun."""
        if self._bar is not None:
            self._bar.set_description_str(name)

    def finish(self, line: str, is_kept: bool = True) -> None:
        """A step is done. Above a bar its line is written only when it is to be kept."""
        self._done += 1
        width = len(str(self._total))
        if self._bar is None:
            say(f"[{self._done:>{width}}/{self._total}] {line}")
            return
        if is_kept:
            self._bar.write(line, file=sys.stderr)
        self._bar.update()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()
