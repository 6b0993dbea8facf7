from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError
from pipeline.settings import load_settings


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    monkeypatch.setenv("DATELINE_DELAY_SECONDS", "2.5")
    settings = load_settings()
    assert settings.home == tmp_path
    assert settings.delay_seconds == 2.5


def test_a_misspelt_setting_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_DELAY_SECOND", "2.5")
    with pytest.raises(ConfigurationError, match="DATELINE_DELAY_SECOND is no setting"):
        load_settings()


def test_a_wrong_value_names_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_NEWSROOM_PORT", "seventy")
    with pytest.raises(ConfigurationError, match="DATELINE_NEWSROOM_PORT='seventy'"):
        load_settings()


def test_the_user_agent_names_us_and_a_contact() -> None:
    agent = load_settings().user_agent
    assert agent.startswith("Dateline/")
    assert load_settings().contact in agent
