"""Airflow's REST API (v2), as much of it as starting and watching a run needs.

With SQLite the API answers 500 where it had to wait too long for the one who writes just then, which happens when
Airflow comes up and goes on with the runs of before. Every question here can be asked twice without harm, so it is
asked again (2026-11-24: a 500 on POST pools while a resumed run wrote).
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from pipeline.control.airflow_home import LOGIN, AirflowHome
from pipeline.errors import PermanentError, TransientError
from pipeline.settings import PROJECT_FOLDER

LIMIT_SECONDS = 30
TRIES = 5
TRY_AGAIN_SECONDS = 2.0
POOLS_FILE = PROJECT_FOLDER / "dags" / "house" / "pools.json"


@dataclass(slots=True)
class AirflowApi:
    """A logged-in client of one installation's Airflow."""

    home: AirflowHome
    _token: str | None = field(default=None, init=False)

    def healthy(self, components: tuple[str, ...]) -> bool:
        """Whether the health endpoint calls all these components healthy."""
        try:
            answer = requests.get(f"{self.home.address}/api/v2/monitor/health", timeout=LIMIT_SECONDS)
            health = answer.json() if answer.ok else {}
        except (requests.ConnectionError, requests.Timeout, ValueError):
            return False
        return all((health.get(name) or {}).get("status") == "healthy" for name in components)

    def create_pools(self, pools_file: Path = POOLS_FILE) -> None:
        """Create or correct the pools as `pools.json` describes them."""
        for name, pool in json.loads(pools_file.read_text(encoding="utf-8")).items():
            body = {"name": name, **pool}
            if self._ask("POST", "pools", body, accept=(201, 409)).status_code == 409:
                self._ask("PATCH", f"pools/{name}", body, accept=(200,))

    def has_dag(self, dag_id: str) -> bool:
        """Whether the DAG processor has read the DAG."""
        return self._ask("GET", f"dags/{dag_id}", accept=(200, 404)).status_code == 200

    def import_errors(self) -> list[str]:
        """What the DAG processor could not import, one text each."""
        errors = self._ask("GET", "importErrors", accept=(200,)).json()["import_errors"]
        return [f"{error['filename']}: {error['stack_trace']}" for error in errors]

    def trigger(self, dag_id: str, conf: dict[str, Any] | None = None) -> str:
        """Start a run now, with parameters of its own where the DAG has some; returns its Airflow run id."""
        airflow_run_id = f"manual__{datetime.now(UTC).isoformat()}"  # of our own: asked twice it is one run
        body = {"dag_run_id": airflow_run_id, "logical_date": None, "conf": conf or {}}
        self._ask("POST", f"dags/{dag_id}/dagRuns", body, accept=(200, 201, 409))
        return airflow_run_id

    def run_state(self, dag_id: str, airflow_run_id: str) -> dict[str, Any]:
        """The run as the API describes it; `state` and `note` matter here."""
        run: dict[str, Any] = self._ask("GET", f"dags/{dag_id}/dagRuns/{airflow_run_id}", accept=(200,)).json()
        return run

    def task_instances(self, dag_id: str, airflow_run_id: str) -> list[dict[str, Any]]:
        """Every task instance of a run, mapped ones too."""
        found: list[dict[str, Any]] = []
        while True:
            page = self._ask(
                "GET",
                f"dags/{dag_id}/dagRuns/{airflow_run_id}/taskInstances?limit=100&offset={len(found)}",
                accept=(200,),
            ).json()
            found += page["task_instances"]
            if len(found) >= page["total_entries"] or not page["task_instances"]:
                return found

    def _ask(
        self, method: str, path: str, body: dict[str, Any] | None = None, *, accept: tuple[int, ...]
    ) -> requests.Response:
        try:
            if self._token is None:
                self._token = self._log_in()
            answer = self._send(method, path, body)
            if answer.status_code == 401:  # the token has aged; a new login is answered or refused for good
                self._token = self._log_in()
                answer = self._send(method, path, body)
            for _ in range(TRIES - 1):
                if answer.status_code < 500:
                    break
                time.sleep(TRY_AGAIN_SECONDS)
                answer = self._send(method, path, body)
        except (requests.ConnectionError, requests.Timeout) as error:
            raise TransientError(f"Airflow's API at {self.home.address} does not answer: {error}") from error
        if answer.status_code not in accept:
            raise PermanentError(f"Airflow's API: {method} {path} answered {answer.status_code}: {answer.text[:300]}")
        return answer

    def _send(self, method: str, path: str, body: dict[str, Any] | None) -> requests.Response:
        return requests.request(
            method,
            f"{self.home.address}/api/v2/{path}",
            json=body,
            headers={"Authorization": f"Bearer {self._token}"},
            timeout=LIMIT_SECONDS,
        )

    def _log_in(self) -> str:
        answer = requests.post(
            f"{self.home.address}/auth/token",
            json={"username": LOGIN, "password": self.home.password},
            timeout=LIMIT_SECONDS,
        )
        if not answer.ok:
            raise PermanentError(
                f"Airflow's API refused the login of {LOGIN}: {answer.status_code} {answer.text[:200]}"
            )
        return str(answer.json()["access_token"])
