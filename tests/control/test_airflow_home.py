import json
import stat
from pathlib import Path

import pytest

from pipeline.control.airflow_home import AirflowHome
from pipeline.control.installation import COMPONENTS, Installation
from pipeline.errors import ConfigurationError
from pipeline.settings import Settings


@pytest.fixture
def home(tmp_path: Path) -> AirflowHome:
    return AirflowHome(Settings(home=tmp_path, airflow_port=18999))


def test_everything_airflow_opens_or_writes_is_on_loopback_and_inside_the_installation(home: AirflowHome) -> None:
    environment = home.environment()
    assert environment["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert environment["AIRFLOW__API__BASE_URL"] == "http://127.0.0.1:18999"
    for name in ("AIRFLOW_HOME", "AIRFLOW__LOGGING__BASE_LOG_FOLDER", "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"):
        assert str(home.settings.home) in environment[name]


def test_log_servers_that_would_listen_on_all_interfaces_are_off() -> None:
    assert "--skip-serve-logs" in COMPONENTS["scheduler"]
    assert "--skip-serve-logs" in COMPONENTS["triggerer"]
    assert not any("standalone" in arguments for arguments in COMPONENTS.values())


def test_secrets_are_made_once_long_enough_and_private(home: AirflowHome) -> None:
    first, again = home.environment(), home.environment()
    assert first["AIRFLOW__API_AUTH__JWT_SECRET"] == again["AIRFLOW__API_AUTH__JWT_SECRET"]
    assert len(first["AIRFLOW__API_AUTH__JWT_SECRET"]) >= 64
    assert home.password == home.password
    secrets_file = home.folder / "secrets.json"
    assert stat.S_IMODE(secrets_file.stat().st_mode) == 0o600
    assert set(json.loads(secrets_file.read_text())) == {"api_secret_key", "jwt_secret", "password"}


def test_two_installations_have_different_secrets(tmp_path: Path) -> None:
    one, two = (AirflowHome(Settings(home=tmp_path / name)) for name in "ab")
    assert one.password != two.password


def test_a_taken_port_is_named_with_its_setting(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        installation = Installation(Settings(home=tmp_path, newsroom_port=port), lambda _line: None)
        with pytest.raises(ConfigurationError, match=f"port {port} .* DATELINE_NEWSROOM_PORT"):
            installation.start_newsroom()
