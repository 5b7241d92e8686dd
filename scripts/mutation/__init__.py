"""Mutation check: what a change is, and what can be wrong with a run."""

from __future__ import annotations

from dataclasses import dataclass


class MutationError(Exception):
    """A run that cannot be made; the message is one line for the user."""


@dataclass(frozen=True)
class Mutant:
    """One change. file, place and change together are its lasting name: no line number is part of it."""

    file: str  # path in the project
    place: str  # the seed's row and column, or the text of the line
    change: str  # what becomes what
    line: int  # line of the file today, to show

    @property
    def identity(self) -> tuple[str, str, str]:
        """What the list of equivalents calls it."""
        return self.file, self.place, self.change


@dataclass(frozen=True)
class OperatorMutant(Mutant):
    """A comparison that reads differently: the text after a marker in the compiled SQL is replaced."""

    marker: str
    original: str
    replacement: str


@dataclass(frozen=True)
class ParameterMutant(Mutant):
    """A cell of a seed with another value, or a row removed (column None)."""

    seed: str
    row: tuple[tuple[str, str | None], ...]  # every column of the row with its value as text
    column: str | None
    value: str | None  # the new value as text
