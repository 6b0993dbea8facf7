"""What tasks hand to each other and to the Assets page: paths and counts, nothing larger."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from pipeline.handover import StageResult
from pipeline.runs import Run, open_run
from pipeline.settings import load_settings

Counted = dict[str, Any]  # {"path" or "paths": ..., "counts": {status: number}}


def folder_name(airflow_run_id: str) -> str:
    """Airflow's run id as a folder name: `manual__2026-11-23T02:00:00+00:00` -> `manual__2026-11-23T02-00-00-00-00`."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", airflow_run_id).strip("-.")


def run_of(run_id: str) -> Run:
    """The run that the first task opened."""
    return open_run(load_settings(), run_id)


def gather_run(dag_run: Any, purpose: str) -> Run:
    """The run that a DAG which only gathers works for: no folder of its own, and an id that no refresh has."""
    started_at = dag_run.start_date or datetime.now(UTC)
    return Run(run_id=f"{purpose}_{folder_name(dag_run.run_id)}", settings=load_settings(), started_at=started_at)


def documented(mapped_task: Any) -> Any:
    """A task that is about to be mapped, with its docstring shown in the UI: Airflow 3.3.2 drops it on mapping."""
    return mapped_task.override(doc_md=mapped_task.function.__doc__)


def counted(run_id: str, stage: Callable[..., StageResult], *arguments: str) -> Counted:
    """Run a stage function for the run and return its result in a form that XCom carries."""
    result = stage(run_of(run_id), *arguments)
    return {"path": result.path, "counts": result.counts}


def announce(outlet_event: Any, results: Iterable[Counted]) -> Counted:
    """Attach the summed counts to an asset event, and return them with the paths."""
    results = list(results)
    counts: Counter[str] = Counter()
    for result in results:
        counts.update(result["counts"])
    outlet_event.extra = dict(counts)
    return {"paths": [result["path"] for result in results], "counts": dict(counts)}
