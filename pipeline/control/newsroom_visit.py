"""The newsroom for one run without a scheduler: served from this process unless it is up already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.control.installation import NEWSROOM
from pipeline.control.processes import Supervisor
from pipeline.newsroom import running_newsroom
from pipeline.settings import Settings


@contextmanager
def newsroom_for_run(settings: Settings) -> Iterator[None]:
    """Serve the newsroom while the block runs, where the settings want it and `up` has not started it."""
    if not settings.newsroom or Supervisor(settings.home).is_running(NEWSROOM):
        yield
        return
    with running_newsroom(settings):
        yield
