"""Rules of the house that no linter knows."""

import ast
import re
from pathlib import Path

import pytest

PROJECT_FOLDER = Path(__file__).resolve().parents[2]
PYTHON_FILES = sorted(p for room in ("dags", "plugins", "pipeline") for p in (PROJECT_FOLDER / room).rglob("*.py"))
ROOMS = sorted(p.parent for p in (PROJECT_FOLDER / "pipeline").rglob("__init__.py"))


@pytest.mark.parametrize("path", PYTHON_FILES, ids=lambda p: str(p.relative_to(PROJECT_FOLDER)))
def test_files_say_what_they_are_for_and_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "no module docstring"
    assert len(text.splitlines()) <= 300


@pytest.mark.parametrize("room", ROOMS, ids=lambda p: str(p.relative_to(PROJECT_FOLDER)))
def test_rooms_say_what_they_are_for(room: Path) -> None:
    docstring = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert len(docstring.split()) >= 15


def test_nothing_in_pipeline_imports_airflow() -> None:
    imports = re.compile(r"^\s*(import airflow|from airflow)\b", re.M)
    guilty = [p for p in PYTHON_FILES if "pipeline" in p.parts and imports.search(p.read_text(encoding="utf-8"))]
    assert guilty == []


def test_no_file_is_named_for_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "process_data"}
    assert [p for p in PYTHON_FILES if p.stem in vague or p.parent.name in vague] == []


def test_locks_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-uv.txt"):
        text = (PROJECT_FOLDER / name).read_text(encoding="utf-8")
        pins = re.findall(r"^[a-zA-Z0-9][^\s=]*==", text, re.M)
        assert len(pins) >= 1
        assert text.count("--hash=sha256:") >= len(pins)
        assert "://" not in text


def test_the_top_level_is_the_one_that_was_decided() -> None:
    import subprocess

    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT_FOLDER, capture_output=True, text=True, check=True).stdout
    folders = {line.split("/")[0] for line in listed.splitlines() if "/" in line}
    assert folders <= {"dags", "plugins", "pipeline", "sql", "tests", "docker", "docs", ".ci"}


def test_every_make_target_has_help() -> None:
    makefile = (PROJECT_FOLDER / "Makefile").read_text(encoding="utf-8")
    phony = set(re.findall(r"^\.PHONY: (\S+)", makefile, re.M))
    helped = set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.M))
    assert phony == helped


def test_the_settings_page_is_current() -> None:
    from pipeline.settings_docs import PAGE, settings_page

    assert PAGE.read_text(encoding="utf-8") == settings_page(), "say `make docs`"


def test_every_setting_says_what_it_is() -> None:
    from pipeline.settings import Settings

    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
