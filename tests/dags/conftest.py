"""Airflow for the DAG tests: one home for the whole session, in a folder of its own, never the user's.

Airflow reads its environment when it is first imported, so the home must stand before any test imports it.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PROJECT_FOLDER = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def airflow_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("airflow")
    changed = {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT_FOLDER / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT_FOLDER / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    }
    before = {name: os.environ.get(name) for name in changed}
    os.environ.update(changed)
    sys.path.insert(0, str(PROJECT_FOLDER / "dags"))
    yield home
    sys.path.remove(str(PROJECT_FOLDER / "dags"))
    for name, value in before.items():
        if value is None:
            os.environ.pop(name)
        else:
            os.environ[name] = value


@pytest.fixture(scope="session")
def dag_bag(airflow_home: Path) -> Any:
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(dag_folder=PROJECT_FOLDER / "dags", bundle_path=PROJECT_FOLDER / "dags", bundle_name="dags-folder")


@pytest.fixture(scope="session")
def pools() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads((PROJECT_FOLDER / "dags/house/pools.json").read_text())
    return found
