"""Pseudonyms of persons: a keyed hash (HMAC-SHA-256, the first 128 bits as 32 hexadecimal digits) in place of each id.

The same key gives the same pseudonyms, so deliveries of different months fit together; without the key nobody can make
the pseudonym of a known person. The key is held in memory alone: no statement, table or message has it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

import duckdb

from scripts.settings import Refusal, first_line

KEY_FILE_VARIABLE = "FOKUSMAAL_PSEUDONYM_KEY_FILE"
KEY_VARIABLE = "FOKUSMAAL_PSEUDONYM_KEY"
LEAST_KEY_BYTES = 32
LEAST_DIFFERENT_BYTES = 8
BLOCK_BYTES = 64  # of SHA-256
PSEUDONYM_LENGTH = 32
ID_LENGTH = 64  # longest person_id of the raw contract
INNER, OUTER = "pseudonym_inner", "pseudonym_outer"


def read_key(environment: Mapping[str, str] = os.environ) -> bytes | None:
    """The key from the file or the variable; None without either.

    Raises Refusal for both at once, a file that cannot be read, and a key that is too short or too simple.
    """
    text, file = environment.get(KEY_VARIABLE), environment.get(KEY_FILE_VARIABLE)
    if text and file:
        raise Refusal(f"give the key by {KEY_FILE_VARIABLE} or by {KEY_VARIABLE}, not by both")
    if not text and not file:
        return None
    if file:
        try:
            key = Path(file).read_bytes().strip()
        except OSError as error:
            raise Refusal(f"{KEY_FILE_VARIABLE}: {file} cannot be read: {error.strerror or first_line(error)}") from None
    else:
        key = text.strip().encode()
    if len(key) < LEAST_KEY_BYTES or len(set(key)) < LEAST_DIFFERENT_BYTES:
        wanted = f"{LEAST_KEY_BYTES} characters or more, {LEAST_DIFFERENT_BYTES} of them different"
        raise Refusal(f"the pseudonym key is too weak: {wanted}, for example from: openssl rand -hex 32")
    return key


def set_key(connection: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """Give the connection the two halves of the key that pseudonym() asks for, as variables of the session."""
    block = (hashlib.sha256(key).digest() if len(key) > BLOCK_BYTES else key).ljust(BLOCK_BYTES, b"\0")
    for name, pad in ((INNER, 0x36), (OUTER, 0x5C)):
        connection.execute(f"set variable {name} = ?", [bytes(byte ^ pad for byte in block)])


def key_check(key: bytes | None) -> str:
    """SQL, once the key is set, of a value that only the same key gives, to be stored; null without a key."""
    return "cast(null as varchar)" if key is None else pseudonym("'which key is it?'")


def pseudonym(person_id: str) -> str:
    """SQL of the pseudonym of a cleaned text; null stays null.

    An id longer than the raw contract allows gives a pseudonym that is too, so that the row is refused all the same.
    """
    inner = f"sha256(getvariable('{INNER}') || encode({person_id}))"
    digest = f"left(sha256(getvariable('{OUTER}') || unhex({inner})), {PSEUDONYM_LENGTH})"
    return f"case when length({person_id}) > {ID_LENGTH} then rpad({digest}, {ID_LENGTH + 1}, '.') else {digest} end"
