"""`dateline doctor`: what is wrong with this installation, in words that say what to do."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from pipeline.control.airflow_home import AirflowHome
from pipeline.control.processes import Supervisor
from pipeline.errors import DatelineError
from pipeline.settings import PROJECT_FOLDER, Settings

LEAST_FREE_BYTES = 2_000_000_000
OLD_EDITION_HOURS = 36.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    ok: bool
    detail: str


def examine(settings: Settings) -> list[Finding]:
    """Look at everything that has to be right; never raises, a failed look is a finding."""
    looks: list[tuple[str, Callable[[Settings], Finding]]] = [
        ("python", _python),
        ("packages", _packages),
        ("disk", _disk),
        ("sources", _sources),
        ("ledger", _ledger),
        ("edition", _edition),
        ("airflow", _airflow),
        ("language model", _language_model),
    ]
    findings = []
    for what, look in looks:
        try:
            findings.append(look(settings))
        except (DatelineError, OSError, ImportError) as error:
            findings.append(Finding(what, ok=False, detail=str(error)))
    return findings


def _python(_settings: Settings) -> Finding:
    found = f"{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro} at {sys.executable}"
    return Finding("python", (3, 11) <= sys.version_info[:2] <= (3, 14), found)


def _packages(_settings: Settings) -> Finding:
    """Whether what is installed is what requirements.txt locks."""
    wrong = []
    for line in (PROJECT_FOLDER / "requirements.txt").read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition("==")
        if not _ or name.startswith((" ", "#")) or ";" in rest:
            continue  # a hash, a comment, or a package for some platforms only
        wanted = rest.split()[0]
        try:
            installed = version(name.partition("[")[0])
        except PackageNotFoundError:
            installed = "none"
        if installed != wanted:
            wrong.append(f"{name} {installed} instead of {wanted}")
    detail = f"{'; '.join(wrong)}: say `make install`" if wrong else "as locked in requirements.txt"
    return Finding("packages", not wrong, detail)


def _disk(settings: Settings) -> Finding:
    folder = next(f for f in (settings.home, *settings.home.parents) if f.exists())
    free = shutil.disk_usage(folder).free
    return Finding("disk", free >= LEAST_FREE_BYTES, f"{free / 1e9:.1f} GB free at {folder}; at least 2 GB are wanted")


def _sources(settings: Settings) -> Finding:
    from pipeline.sources.loader import load_sources  # noqa: PLC0415  a broken stage must not break the doctor

    count = len(load_sources(settings))
    hint = "" if count else "; say `make run` (it writes the newsroom's) or set DATELINE_PUBLISHERS=true"
    return Finding("sources", count > 0, f"{count} are read{hint}")


def _ledger(settings: Settings) -> Finding:
    """Whether gathering's memory is there and whole, and what waits in it."""
    from pipeline.gather.archive import capture_files  # noqa: PLC0415  as above
    from pipeline.gather.ledger import open_ledger  # noqa: PLC0415  as above

    mend = "move it away and say `dateline captures reindex`"
    if not settings.ledger_file.exists():
        lost = bool(capture_files(settings.captures_folder))
        return Finding("ledger", not lost, f"captures, but no ledger: {mend}" if lost else "nothing gathered yet")
    try:
        with open_ledger(settings) as ledger:
            (verdict,) = ledger.connection.execute("PRAGMA quick_check(1)").fetchone()
            pending = ledger.connection.execute("SELECT count(*) FROM links WHERE next_try_at IS NOT NULL").fetchone()[
                0
            ]
            given_up = ledger.connection.execute("SELECT count(*) FROM feeds WHERE given_up").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return Finding("ledger", ok=False, detail=f"{settings.ledger_file} is damaged ({error}): {mend}")
    if verdict != "ok":
        return Finding("ledger", ok=False, detail=f"{settings.ledger_file} is damaged ({verdict}): {mend}")
    return Finding("ledger", ok=True, detail=f"whole; {pending} links are to be asked again, {given_up} feeds given up")


def _edition(settings: Settings) -> Finding:
    from pipeline.warehouse import list_editions  # noqa: PLC0415  as above

    found = list_editions(settings)
    if not found:
        return Finding("edition", ok=False, detail="nothing published yet: say `make run`")
    newest = max(found, key=lambda edition: edition.number)
    age_hours = (datetime.now(UTC) - newest.published_at).total_seconds() / 3600
    return Finding("edition", age_hours < OLD_EDITION_HOURS, f"number {newest.number}, {age_hours:.1f} hours old")


def _airflow(settings: Settings) -> Finding:
    supervisor = Supervisor(settings.home)
    names = supervisor.names()
    dead = [name for name in names if not supervisor.is_running(name)]
    if dead:
        return Finding("airflow", ok=False, detail=f"{', '.join(dead)} died; logs in {settings.home / 'logs'}")
    address = AirflowHome(settings).address
    return Finding("airflow", ok=True, detail=f"up at {address}" if names else "not running; `make up` starts it")


def _language_model(_settings: Settings) -> Finding:
    from pipeline.events.parser import load_parser  # noqa: PLC0415  a second and 150 MB

    meta = load_parser().meta
    return Finding("language model", ok=True, detail=f"{meta['lang']}_{meta['name']} {meta['version']}")
