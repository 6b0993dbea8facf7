"""Writes docs/settings.md from the settings themselves: `make docs`. A test holds the page against the code."""

from __future__ import annotations

from pipeline.settings import ENVIRONMENT_PREFIX, PROJECT_FOLDER, Settings

PAGE = PROJECT_FOLDER / "docs" / "settings.md"

HEAD = """# Settings

Every setting is an environment variable. `make run` and `make up` pass them on to all processes. A variable that
starts with `DATELINE_` and is no setting stops everything with its name, so that a slip of the pen is not a silence.
This page is written by `make docs` from `pipeline/settings.py`.

| variable | default | what it is |
|---|---|---|
"""


def settings_page() -> str:
    """The page as it should stand."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = str(field.default).replace(str(PROJECT_FOLDER), "<project>")
        rows.append(f"| `{ENVIRONMENT_PREFIX}{name.upper()}` | `{default}` | {field.description} |")
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(settings_page(), encoding="utf-8")
