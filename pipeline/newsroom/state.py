"""What the newsroom remembers between two starts: its seed, its date, how often it was visited."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import ConfigurationError
from pipeline.settings import Settings


class NewsroomState(BaseModel):
    """The content of newsroom.json."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed: int
    date: date
    visit: int = Field(ge=0)  # the last visit that was counted; 0: none yet


def state_file(settings: Settings) -> Path:
    """Where the state is kept."""
    return settings.newsroom_folder / "newsroom.json"


def read_state(settings: Settings) -> NewsroomState | None:
    """The state of the last start; None before the first one, or where the seed is another now.

    Raises:
        ConfigurationError: the file is damaged.
    """
    path = state_file(settings)
    if not path.is_file():
        return None
    try:
        state = NewsroomState.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as error:
        raise ConfigurationError(
            f"{path} is damaged ({error.errors()[0]['msg']}); delete it and the newsroom starts afresh."
        ) from error
    return state if state.seed == settings.newsroom_seed else None


def write_state(settings: Settings, state: NewsroomState) -> None:
    """Keep `state` for the next start, in one step."""
    path = state_file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(state.model_dump(mode="json"), indent=1) + "\n", encoding="utf-8")
    draft.replace(path)
