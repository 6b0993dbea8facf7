"""The columns of the two files in which a night leaves what later nights find texts by.

`dedupe/prints`: article_id; words_hash (64 bits; null: too short to be told from chance); is_known (the edition has
older prints of it); fingerprints (32 bits each; empty where another article with the same words stands for it).
`dedupe/common`: fingerprints of tonight's texts that stand in many texts.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

_COLUMNS: list[pa.Field[Any]] = [
    pa.field("article_id", pa.string(), nullable=False),
    pa.field("words_hash", pa.uint64()),
    pa.field("is_known", pa.bool_(), nullable=False),
    pa.field("fingerprints", pa.list_(pa.uint32()), nullable=False),
]
PRINTS_SCHEMA = pa.schema(_COLUMNS)
COMMON_SCHEMA = pa.schema([pa.field("fingerprint", pa.uint32(), nullable=False)])
