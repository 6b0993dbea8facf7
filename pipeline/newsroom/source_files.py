"""The sites' source files: what `pipeline.sources` reads to know where the newsroom's sites are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from pipeline.newsroom.sites import Site
from pipeline.settings import Settings

NO_LINK_IS_TOO_OLD_DAYS = 36_500.0


def sources_folder(settings: Settings) -> Path:
    """Where the newsroom writes its source files."""
    return settings.newsroom_folder / "sources"


def source_content(site: Site, base: str) -> dict[str, object]:
    """The source file of one of the newsroom's own sites.

    Args:
        site: the site.
        base: its address with the port, without a closing slash.
    """
    feeds: list[dict[str, str]] = []
    for feed in site.feeds:
        entry = {"url": base + feed.path, "kind": feed.kind}
        if feed.link_pattern:
            entry["link_pattern"] = feed.link_pattern
        feeds.append(entry)
    content: dict[str, object] = {
        "id": site.id,
        "name": site.name,
        "homepage": f"{base}/",
        "country_code": site.country_code,
        "language": site.language,
        "timezone": site.timezone,
        "enabled": True,
        "feeds": feeds,
        "politeness": {"delay_seconds": 0.0},
    }
    if site.site_rules:
        content["site_rules"] = [dict(rule) for rule in site.site_rules]
    return content


def write_source_files(settings: Settings, contents: Iterable[dict[str, Any]]) -> Path:
    """Write one file for each source and remove those of an earlier start; the folder comes back.

    A file is replaced in one step, so that a reader never sees half of one.
    """
    folder = sources_folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    written = set()
    for given in contents:
        path = folder / f"{given['id']}.yml"
        # The newsroom's days stand still, and a page served from a folder may be years old: no link is too old.
        content = {**given, "link_window_days": NO_LINK_IS_TOO_OLD_DAYS}
        text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
        draft = path.with_suffix(".draft")
        draft.write_text(f"# Written by the newsroom at each start; changes are lost.\n{text}", encoding="utf-8")
        draft.replace(path)
        written.add(path)
    for path in folder.glob("*.yml"):
        if path not in written:
            path.unlink()
    return folder
