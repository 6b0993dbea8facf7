"""What the warehouse keeps of a text for the dedupe stage: the hash of its words, and its fingerprints."""

from __future__ import annotations

import duckdb

from pipeline.dedupe.candidates import MOST_TEXTS
from pipeline.dedupe.fingerprints import Fingerprints, fingerprints_of
from pipeline.dedupe.reuse import shape_of

# What a year of nights would have found to stand in many texts, found in one go.
_COMMON = """
    INSERT INTO common_fingerprints BY NAME
    SELECT fingerprint, max(first_seen_at) AS last_seen_at FROM article_fingerprints
    GROUP BY fingerprint HAVING count(*) > ? ORDER BY fingerprint
"""


def prints_of(body: str) -> tuple[int, Fingerprints]:
    """(words_hash, fingerprints) of a body, as a load stores them."""
    shape = shape_of(body)
    return shape.words_hash, fingerprints_of(shape)


def insert_common_fingerprints(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the table of the fingerprints that stand in many texts."""
    connection.execute(_COMMON, [MOST_TEXTS])
