"""The newsroom for one run without a scheduler: served from this process unless it is up already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import requests

from pipeline.newsroom import running_newsroom
from pipeline.settings import Settings

LIMIT_SECONDS = 5


def newsroom_answers(settings: Settings) -> bool:
    """Whether a newsroom, and nothing else, answers at the newsroom's port."""
    try:
        answer = requests.get(f"http://127.0.0.1:{settings.newsroom_port}/", timeout=LIMIT_SECONDS)
    except (requests.ConnectionError, requests.Timeout):
        return False
    return answer.ok and answer.headers.get("Server", "").startswith("Newsroom")


@contextmanager
def newsroom_for_run(settings: Settings) -> Iterator[None]:
    """Serve the newsroom while the block runs, where the settings want it and none answers yet."""
    if not settings.newsroom or newsroom_answers(settings):
        yield
        return
    with running_newsroom(settings):
        yield
