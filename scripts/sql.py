"""Names, texts and paths as they are written in SQL."""

from __future__ import annotations

import re
from pathlib import Path

WHITESPACE = " \t\n\v\f\r"


def quoted(text: object) -> str:
    """An SQL string literal."""
    return "'" + str(text).replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal_path(path: Path) -> str:
    """An SQL string literal of a path in which no character is a file pattern."""
    return quoted(re.sub(r"([*?\[])", r"[\1]", str(path)))


def trimming(text: str) -> str:
    """SQL that trims white space off a text and makes an empty one null.

    Trimming every text costs more than reading it, so only texts with white space at an end, or none at all, are.
    '!' is the character after the space: all white space is before it.
    """
    spaces = ", ".join(f"chr({ord(character)})" for character in WHITESPACE)
    at_end = " or ".join(f"suffix({text}, chr({ord(character)}))" for character in WHITESPACE)
    return f"case when {text} < '!' or {at_end} then nullif(trim({text}, concat({spaces})), '') else {text} end"
