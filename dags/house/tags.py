"""The tags a DAG may carry; a test refuses any other."""

from __future__ import annotations

from enum import StrEnum


class Tag(StrEnum):
    """One word of the UI's tag filter."""

    NIGHTLY = "schedule:nightly"
    HALF_HOURLY = "schedule:half_hourly"
    BY_HAND = "schedule:by_hand"
    GATHER = "stage:gather"
    READ = "stage:read"
    DEDUPE = "stage:dedupe"
    CODE = "stage:code"
    WAREHOUSE = "stage:warehouse"
    TIER_1 = "tier:1"  # analysts miss it the same morning
    TIER_2 = "tier:2"  # a day without it costs some articles
    TIER_3 = "tier:3"  # nobody waits for it


WATCH_TAGS = [Tag.HALF_HOURLY, Tag.GATHER, Tag.TIER_2]
BACKFILL_TAGS = [Tag.BY_HAND, Tag.GATHER, Tag.TIER_3]
REFRESH_TAGS = [Tag.NIGHTLY, Tag.GATHER, Tag.READ, Tag.DEDUPE, Tag.CODE, Tag.WAREHOUSE, Tag.TIER_1]
