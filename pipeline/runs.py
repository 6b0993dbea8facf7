"""One pass of the pipeline: its id, its folder, and `run.json`, which says how it began and how it ended.

The folder outlives the run, so that a failed run is known to the next one, which loads its `run.json` into the
table `runs`. Stages write only below their own run's folder; a stage re-run replaces its own files.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigurationError
from pipeline.settings import Settings
from pipeline.statuses import RunVerdict

RUN_FILE = "run.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run and where its files lie.

    `started_at` is the run's clock: stages take "now" from here, so that a re-run decides alike.
    """

    run_id: str
    settings: Settings
    started_at: datetime
    dag_id: str | None = None
    airflow_run_id: str | None = None
    finished_at: datetime | None = None
    verdict: RunVerdict | None = None
    edition: int | None = None
    note: str | None = None

    @property
    def folder(self) -> Path:
        """Where this run's Parquet files lie."""
        return self.settings.runs_folder / self.run_id

    @property
    def captures_folder(self) -> Path:
        """Where this run's WARC files lie."""
        return self.settings.captures_folder / self.run_id

    def stage_file(self, stage: str, name: str) -> Path:
        """The Parquet file `name` of a stage, for example `read/batch-000`."""
        return self.folder / stage / f"{name}.parquet"

    def stage_files(self, stage: str, pattern: str) -> list[Path]:
        """The Parquet files of a stage whose names match the glob `pattern`, sorted."""
        return sorted((self.folder / stage).glob(f"{pattern}.parquet"))


def open_run(
    settings: Settings,
    run_id: str,
    *,
    dag_id: str | None = None,
    airflow_run_id: str | None = None,
) -> Run:
    """The run `run_id`: begun now, or resumed with the clock it began with.

    Raises:
        ConfigurationError: the id has characters that a folder name should not have.
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}", run_id):
        raise ConfigurationError(f"run id {run_id!r}: expected letters, digits, '.', '_' and '-'")
    run_file = settings.runs_folder / run_id / RUN_FILE
    if run_file.exists():
        return read_run(settings, run_file)
    run = Run(
        run_id=run_id,
        settings=settings,
        started_at=datetime.now(UTC),
        dag_id=dag_id,
        airflow_run_id=airflow_run_id,
    )
    write_run(run)
    return run


def close_run(run: Run, verdict: RunVerdict, *, edition: int | None, note: str) -> Run:
    """Write down how the run ended; the last word counts, so a re-run task may correct it."""
    closed = replace(run, verdict=verdict, edition=edition, note=note, finished_at=datetime.now(UTC))
    write_run(closed)
    return closed


def read_run(settings: Settings, run_file: Path) -> Run:
    """The run that a `run.json` describes."""
    fields: dict[str, Any] = json.loads(run_file.read_text(encoding="utf-8"))
    for name in ("started_at", "finished_at"):
        fields[name] = datetime.fromisoformat(fields[name]) if fields[name] else None
    fields["verdict"] = RunVerdict(fields["verdict"]) if fields["verdict"] else None
    return Run(settings=settings, **fields)


def write_run(run: Run) -> None:
    """Write the run's `run.json` atomically."""
    run.folder.mkdir(parents=True, exist_ok=True)
    fields = {
        "run_id": run.run_id,
        "dag_id": run.dag_id,
        "airflow_run_id": run.airflow_run_id,
        "started_at": run.started_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        "verdict": run.verdict,
        "edition": run.edition,
        "note": run.note,
    }
    part = run.folder / f".{RUN_FILE}.{os.getpid()}.part"
    part.write_text(json.dumps(fields, indent=1) + "\n", encoding="utf-8")
    part.replace(run.folder / RUN_FILE)


def all_runs(settings: Settings) -> list[Run]:
    """Every run whose folder is there, oldest first."""
    files = settings.runs_folder.glob(f"*/{RUN_FILE}")
    return sorted((read_run(settings, f) for f in files), key=lambda run: run.started_at)


def run_id_at(instant: datetime) -> str:
    """A readable run id for a run that starts at `instant`, such as `2026-11-23T020000Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
