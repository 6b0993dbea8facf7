"""Airflow's home inside the project: its settings, its secrets, its SQLite database.

All four components get the same environment; nothing is read from or written to a home outside the installation.
Never `airflow standalone`: it opens two log servers on all interfaces and leaves orphans when it is ended (3.3.2,
seen 2026-11).
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pipeline.errors import PermanentError
from pipeline.settings import PROJECT_FOLDER, Settings

LOGIN = "admin"
BINARY_FOLDER = Path(sys.executable).parent
MIGRATE_LIMIT_SECONDS = 300


@dataclass(frozen=True, slots=True)
class AirflowHome:
    """Where this installation's Airflow lives."""

    settings: Settings

    @property
    def folder(self) -> Path:
        """AIRFLOW_HOME."""
        return self.settings.home / "airflow"

    @property
    def address(self) -> str:
        """Where the UI and the API answer."""
        return f"http://127.0.0.1:{self.settings.airflow_port}"

    @property
    def password(self) -> str:
        """The password of LOGIN, made once for this installation."""
        return self._secret("password", 18)

    def environment(self) -> dict[str, str]:
        """The environment that every Airflow process of this installation gets."""
        passwords = self.folder / "passwords.json"
        airflow = {
            "AIRFLOW_HOME": self.folder,
            "AIRFLOW__CORE__DAGS_FOLDER": PROJECT_FOLDER / "dags",
            "AIRFLOW__CORE__PLUGINS_FOLDER": PROJECT_FOLDER / "plugins",
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
            "AIRFLOW__CORE__PARALLELISM": "4",
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{self.address}/execution/",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{LOGIN}:admin",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": passwords,
            "AIRFLOW__CORE__DEFAULT_TIMEZONE": "utc",
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{self.folder / 'airflow.db'}",
            "AIRFLOW__LOGGING__BASE_LOG_FOLDER": self.folder / "logs",
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": self.settings.airflow_port,
            "AIRFLOW__API__BASE_URL": self.address,
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__API__SECRET_KEY": self._secret("api_secret_key", 32),
            "AIRFLOW__API__ENABLE_SWAGGER_UI": "False",
            "AIRFLOW__API_AUTH__JWT_SECRET": self._secret("jwt_secret", 64),
            "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
            # An installation reports to nobody.
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
            # A laptop that slept must not make the scheduler kill healthy tasks at once.
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "600",
            "DATELINE_HOME": self.settings.home,
            "PATH": f"{BINARY_FOLDER}{os.pathsep}{os.environ.get('PATH', '')}",
        }
        return {**os.environ, **{name: str(value) for name, value in airflow.items()}}

    def prepare(self, say: Callable[[str], None]) -> None:
        """Make the folders, the login and the database; quick when they are there.

        Raises:
            PermanentError: Airflow could not migrate its database; says why in its words.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        passwords = self.folder / "passwords.json"
        _write_private(passwords, json.dumps({LOGIN: self.password}))
        stamp = self.folder / "migrated-to"
        wanted = version("apache-airflow")
        if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
            return
        say("preparing Airflow's home (once, about 15 seconds) ...")
        done = subprocess.run(  # noqa: S603  our own command, no shell
            [str(BINARY_FOLDER / "airflow"), "db", "migrate"],
            env=self.environment(),
            cwd=PROJECT_FOLDER,
            capture_output=True,
            text=True,
            timeout=MIGRATE_LIMIT_SECONDS,
            check=False,
        )
        if done.returncode != 0:
            raise PermanentError(
                f"`airflow db migrate` failed in {self.folder}: {(done.stderr or done.stdout)[-800:].strip()}"
            )
        stamp.write_text(wanted, encoding="utf-8")

    def _secret(self, name: str, size_bytes: int) -> str:
        """A secret of this installation, made at first use and kept private to its owner."""
        path = self.folder / "secrets.json"
        kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        if name not in kept:
            kept[name] = secrets.token_urlsafe(size_bytes)
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_private(path, json.dumps(kept))
        return kept[name]


def _write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
