"""Airflow's API as it behaves when its database is busy."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.control import airflow_api
from pipeline.control.airflow_api import TRIES, AirflowApi
from pipeline.errors import PermanentError


class Answers:
    """Answers by status, in order; the last one again and again."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.asked: list[tuple[str, str, Any]] = []

    def __call__(self, method: str, url: str, *, json: Any = None, **_: Any) -> SimpleNamespace:
        self.asked.append((method, url, json))
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        return SimpleNamespace(status_code=status, text="Database error", json=dict)


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> AirflowApi:
    monkeypatch.setattr(airflow_api, "TRY_AGAIN_SECONDS", 0)
    api = AirflowApi(SimpleNamespace(address="http://127.0.0.1:1", password="x"))  # type: ignore[arg-type]
    api._token = "token"
    return api


def test_a_busy_database_is_asked_again(api: AirflowApi, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    answers = Answers(500, 500, 201)
    monkeypatch.setattr("requests.request", answers)
    pools = tmp_path / "pools.json"
    pools.write_text(json.dumps({"gather": {"slots": 8}}))
    api.create_pools(pools)
    assert len(answers.asked) == 3


def test_a_database_that_stays_busy_is_an_error_in_words(api: AirflowApi, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = Answers(500)
    monkeypatch.setattr("requests.request", answers)
    with pytest.raises(PermanentError, match="GET dags/nightly_refresh answered 500"):
        api.has_dag("nightly_refresh")
    assert len(answers.asked) == TRIES


def test_a_run_that_is_asked_for_twice_is_one_run(api: AirflowApi, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = Answers(500, 409)  # the first had done it, and could not say so
    monkeypatch.setattr("requests.request", answers)
    airflow_run_id = api.trigger("nightly_refresh")
    assert {asked[2]["dag_run_id"] for asked in answers.asked} == {airflow_run_id}
