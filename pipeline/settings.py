"""Every setting of Dateline, read once from the environment (`DATELINE_...`) with defaults for the first run.

One place for every tunable, its unit in its name. A misspelt `DATELINE_` variable is an error, not a silence.
"""

from __future__ import annotations

import os
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from pipeline.errors import ConfigurationError

PROJECT_FOLDER = Path(__file__).resolve().parent.parent
ENVIRONMENT_PREFIX = "DATELINE_"
MOST_REVISIT_HOURS = 720.0  # 30 days; what is older is history, and asking for it again a burden to its publisher


class Settings(BaseSettings):
    """The settings of one installation."""

    model_config = SettingsConfigDict(env_prefix=ENVIRONMENT_PREFIX, frozen=True, extra="forbid")

    home: Path = Field(
        default=PROJECT_FOLDER / "var",
        description="Folder of everything Dateline writes: captures, runs, warehouse, editions.",
    )
    sources_folder: Path = Field(
        default=PROJECT_FOLDER / "pipeline" / "sources",
        description="Folder with one YAML file per publisher under <country>/.",
    )
    newsroom: bool = Field(
        default=True,
        description="Read the built-in sample sites.",
    )
    publishers: bool = Field(
        default=False,
        description="Read the enabled publishers of sources_folder. Off at first, so that a first run asks nobody.",
    )
    newsroom_port: int = Field(default=8642, ge=1, le=65535, description="Loopback port of the newsroom.")
    newsroom_seed: int = Field(default=7, description="Seed of everything the newsroom varies.")
    airflow_port: int = Field(default=8080, ge=1, le=65535, description="Loopback port of the Airflow UI and API.")
    schedule: str = Field(default="0 2 * * *", description="Cron expression (UTC) of nightly_refresh.")
    watch_schedule: str = Field(default="*/30 * * * *", description="Cron expression (UTC) of watch_sources.")
    languages: tuple[str, ...] = Field(default=("en",), description="ISO 639-1 codes of the languages we keep.")

    contact: str = Field(
        default="https://github.com/dateline-news/dateline",
        description="URL or mail address in the user agent, so that a publisher can reach you.",
    )
    connect_timeout_seconds: float = Field(default=10, gt=0, description="Limit for connecting to a host.")
    read_timeout_seconds: float = Field(default=20, gt=0, description="Limit between two pieces of a response.")
    total_timeout_seconds: float = Field(default=60, gt=0, description="Limit for one whole response.")
    max_response_bytes: int = Field(default=10_000_000, gt=0, description="A larger response ends as too_large.")
    max_feed_bytes: int = Field(
        default=52_428_800,
        gt=0,
        description="The same for feeds and sitemaps, also after unpacking: 50 MiB (protocol).",
    )
    max_redirects: int = Field(default=8, ge=0, description="More hops end as redirect_loop.")
    delay_seconds: float = Field(
        default=5.0,
        ge=0,
        description="Pause between two requests to a host, where source and robots.txt say none.",
    )
    max_crawl_delay_seconds: float = Field(default=60, ge=0, description="Longer crawl-delays are capped to this.")
    rate_limit_hold_seconds: float = Field(
        default=30, ge=0, description="How long a host is left alone after a 429 without Retry-After."
    )
    failed_host_hold_seconds: float = Field(
        default=600, ge=0, description="How long a host is left alone after three failed connections in a row."
    )
    longest_hold_wait_seconds: float = Field(
        default=5, ge=0, description="A host on hold for longer is not waited for: its links are left to a later pass."
    )
    max_links_per_source: int = Field(default=500, gt=0, description="Links followed per source and pass.")
    link_window_days: float = Field(
        default=14, gt=0, description="A link whose feed dates it longer ago is not followed, and counted as old."
    )
    first_poll_interval_seconds: float = Field(default=3600, gt=0, description="Between the first visits to a feed.")
    min_poll_interval_seconds: float = Field(default=900, gt=0, description="A feed is visited no more often.")
    max_poll_interval_seconds: float = Field(default=86_400, gt=0, description="A feed is visited at least so often.")
    full_read_hours: float = Field(
        default=24, ge=0, description="A feed is asked for in full again after so long, for those whose 304 is wrong."
    )
    max_feed_pages: int = Field(default=5, gt=0, description="Pages of a paginated feed that one visit follows.")
    max_sitemaps_per_visit: int = Field(
        default=20, gt=0, description="Sitemaps of an index that one visit asks for, the newest first."
    )
    max_capture_file_bytes: int = Field(
        default=1_000_000_000, gt=0, description="A WARC file that has grown so far is followed by another."
    )
    revisit_after_hours: Annotated[tuple[float, ...], NoDecode] = Field(
        default=(1, 3, 8, 24, 48, 96, 168),
        description="Hours after its first capture at which an article is visited again for revisions: `1,3,8`, "
        "ascending, at most 720. Empty: never.",
    )
    read_batch_size: int = Field(default=40, gt=0, description="Captures per read task.")
    coder: str = Field(
        default="rules", description="Which coder finds the events: `dateline coders list` (docs/coders.md)."
    )
    code_batch_size: int = Field(default=40, gt=0, description="Articles per code task.")
    duplicate_window_days: int = Field(default=30, gt=0, description="How far back near duplicates are looked for.")
    story_window_days: float = Field(
        default=4, gt=0, description="A report joins a story whose reports are published at most so far from it."
    )

    @field_validator("revisit_after_hours", mode="before")
    @classmethod
    def _hours_listed(cls, value: object) -> object:
        """The hours of an environment variable, `1,3,8` or as JSON `[1,3,8]`."""
        if not isinstance(value, str):
            return value
        listed = value.strip().removeprefix("[").removesuffix("]").strip()
        return [hours.strip() for hours in listed.split(",")] if listed else []

    @field_validator("revisit_after_hours")
    @classmethod
    def _hours_ascend(cls, hours: tuple[float, ...]) -> tuple[float, ...]:
        ascending = all(earlier < later for earlier, later in pairwise((0.0, *hours)))
        if not ascending or any(not one <= MOST_REVISIT_HOURS for one in hours):
            raise ValueError(
                f"expected ascending hours, each above 0 and at most {MOST_REVISIT_HOURS:g} (30 days), "
                "such as 1,3,8; empty for no revisits"
            )
        return hours

    @cached_property
    def user_agent(self) -> str:
        """The user agent we name ourselves with everywhere."""
        return f"Dateline/0.1 (+{self.contact})"

    @property
    def runs_folder(self) -> Path:
        """Parquet files of every run, one folder each."""
        return self.home / "runs"

    @property
    def captures_folder(self) -> Path:
        """WARC files, one folder for each run."""
        return self.home / "captures"

    @property
    def ledger_file(self) -> Path:
        """What gathering remembers from pass to pass (SQLite); every gathering process opens it."""
        return self.home / "gather" / "ledger.sqlite"

    @property
    def warehouse_file(self) -> Path:
        """The working DuckDB file; only load, check and publish open it."""
        return self.home / "warehouse" / "working.duckdb"

    @property
    def editions_folder(self) -> Path:
        """Published editions by number, and `current.duckdb`."""
        return self.home / "editions"

    @property
    def current_edition_file(self) -> Path:
        """The published edition that analysts and the next run read; replaced atomically."""
        return self.editions_folder / "current.duckdb"

    @property
    def decisions_folder(self) -> Path:
        """What people decided and every night honours: splits of stories, duplicates and events."""
        return self.home / "decisions"

    @property
    def newsroom_folder(self) -> Path:
        """State of the built-in newsroom: its date, its visits, its source files."""
        return self.home / "newsroom"


def load_settings() -> Settings:
    """The settings from the environment.

    Raises:
        ConfigurationError: a value is wrong, or a variable starts with DATELINE_ and is no setting.
    """
    known = {ENVIRONMENT_PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(n for n in os.environ if n.startswith(ENVIRONMENT_PREFIX) and n.upper() not in known)
    if unknown:
        raise ConfigurationError(
            f"{', '.join(unknown)} is no setting of Dateline; the settings are listed in docs/settings.md"
        )
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = ENVIRONMENT_PREFIX + ".".join(str(part) for part in first["loc"]).upper()
        raise ConfigurationError(f"{name}={first['input']!r}: {first['msg']}") from error
