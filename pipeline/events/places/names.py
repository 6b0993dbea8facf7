"""How names of places are compared."""

from __future__ import annotations

import unicodedata
from pathlib import Path

EXTRACT = Path(__file__).with_name("geonames.tsv.gz")
"""The extract of GeoNames, made by `geonames_extract`."""


def fold(name: str) -> str:
    """The key of a name: lower case, no accents, single blanks, straight apostrophes, no leading "the"."""
    key = " ".join(name.replace("’", "'").lower().split())
    if not key.isascii():
        key = "".join(c for c in unicodedata.normalize("NFKD", key) if not unicodedata.combining(c))
    return key.removeprefix("the ")
