"""Quality checks: every file in sql/checks/ selects the rows that are wrong; no row means passed.

A check begins with two comment lines, `-- severity: error` (the edition is held) or `warn`, and `-- says: ...`, what
it demands in one sentence. The SQL may use `getvariable('run_id')`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.errors import CheckFailedError, ConfigurationError, PermanentError
from pipeline.handover import StageResult, read_records, write_records
from pipeline.runs import Run
from pipeline.warehouse.base import read_contents
from pipeline.warehouse.connection import open_working, transaction, writer_lock
from pipeline.warehouse.migrate import SQL_FOLDER

_HEADER = re.compile(r"-- severity: (error|warn)\n-- says: (.+)\n")
_ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityCheck:
    """What one check said of one run: a row of the table quality_checks, without the run."""

    check_name: str
    severity: str  # error, warn
    says: str
    wrong_rows: int
    first_wrong_row: str | None  # JSON

    @property
    def passed(self) -> bool:
        """No row was wrong."""
        return self.wrong_rows == 0


def check_run(run: Run, checks_folder: Path = SQL_FOLDER / "checks") -> StageResult:
    """Check the working file after the run was loaded, and keep what was found in quality_checks.

    Returns:
        The file with the results; counts: `passed`, `warned`.

    Raises:
        CheckFailedError: a check of severity error found wrong rows; the edition is held.
        PermanentError: the run is not loaded.
        WarehouseBusyError: another process writes to the working file.
    """
    with writer_lock(run.settings), open_working(run.settings) as connection:
        if run.run_id not in read_contents(connection).loaded:
            raise PermanentError(f"run {run.run_id} is not in the working file; load it first")
        connection.execute("SET VARIABLE run_id = $run_id", {"run_id": run.run_id})
        results = [_ask(connection, path) for path in sorted(checks_folder.glob("*.sql"))]
        with transaction(connection):
            insert_results(connection, run.run_id, results)
    # In the run's folder too: the rows of a held run never reach an edition, but what was wrong with it should.
    path = _results_file(run)
    write_records(path, QualityCheck, results)
    failed = [result for result in results if not result.passed and result.severity == _ERROR]
    if failed:
        raise CheckFailedError(
            f"run {run.run_id} is held, {len(failed)} of {len(results)} checks failed: "
            + "; ".join(f"{r.check_name}: {r.wrong_rows} rows, first {r.first_wrong_row}" for r in failed)
        )
    passed = sum(result.passed for result in results)
    return StageResult(str(path), {"passed": passed, "warned": len(results) - passed})


def read_results(run: Run) -> list[QualityCheck]:
    """What the checks said of a run, from its folder; nothing where it was not checked."""
    path = _results_file(run)
    return list(read_records(path, QualityCheck)) if path.exists() else []


def insert_results(connection: duckdb.DuckDBPyConnection, run_id: str, results: Iterable[QualityCheck]) -> None:
    """Put the results into the table, in place of the run's earlier ones."""
    connection.execute("DELETE FROM quality_checks WHERE run_id = ?", [run_id])
    for r in results:
        connection.execute(
            "INSERT INTO quality_checks VALUES (?, ?, ?, ?, ?, ?, ?)",
            [run_id, r.check_name, r.severity, r.says, r.passed, r.wrong_rows, r.first_wrong_row],
        )


def _ask(connection: duckdb.DuckDBPyConnection, path: Path) -> QualityCheck:
    sql = path.read_text(encoding="utf-8")
    header = _HEADER.match(sql)
    if header is None:
        raise ConfigurationError(f"{path}: expected to begin with '-- severity: error|warn' and '-- says: ...'")
    answer = connection.execute(sql)
    names = [column[0] for column in answer.description or ()]
    rows = answer.fetchall()
    first = json.dumps(dict(zip(names, rows[0], strict=True)), default=str, ensure_ascii=False) if rows else None
    return QualityCheck(
        check_name=path.stem,
        severity=header[1],
        says=header[2].strip(),
        wrong_rows=len(rows),
        first_wrong_row=first,
    )


def _results_file(run: Run) -> Path:
    return run.stage_file("check", "results")
