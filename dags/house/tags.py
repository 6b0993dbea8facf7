"""The tags a DAG may carry; a test refuses any other."""

from __future__ import annotations

from enum import StrEnum


class Tag(StrEnum):
    """One word of the UI's tag filter."""

    NIGHTLY = "schedule:nightly"
    GATHER = "stage:gather"
    READ = "stage:read"
    DEDUPE = "stage:dedupe"
    CODE = "stage:code"
    WAREHOUSE = "stage:warehouse"
    TIER_1 = "tier:1"  # analysts miss it the same morning


REFRESH_TAGS = [Tag.NIGHTLY, Tag.GATHER, Tag.READ, Tag.DEDUPE, Tag.CODE, Tag.WAREHOUSE, Tag.TIER_1]
