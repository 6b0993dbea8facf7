"""How fast gathering is, how much memory it takes, and whether it slows down with more pages or with its past.

One run, on one machine, against one loopback server in a process of its own. Each round does, in turn:

    ours          an empty home, all sites: what `dateline gather` does, with as many sources at once as it has
    bare          the peer: a bare thread pool with requests and as many threads, told the addresses (`bare_pool`)
    ours, half    an empty home and half of the sites
    ours, past    a home whose ledger knows 100,000 links already
    again         the home of `ours` once more: every page is asked for conditionally and has not changed
    again, past   the same for the home with a past

Against the peer the median of the rounds' ratios is judged, because a shared machine's speed drifts; for growth, the
fastest round of each. Before a time counts, its work is proven (`gather_proofs`): each page asked for once, archived
once, 50 read back and compared.

    python bench_gather.py [--sites 200] [--pages 10000] [--rounds 3] [--past-links 100000]

Prints a table and, as its last line, one JSON object. Ends with 1 where a measure is missed, and says which.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gather_figures import AGAIN, AGAIN_PAST, BARE, HALF, OURS, PAST, GatherReport
from gather_home import settings_of
from gather_proofs import prove_archive, prove_gathering
from ledger_past import write_past
from loopback_pages import page_path
from loopback_sites import RunningSites, host_of, requests_per_second, running_sites
from process_memory import PeakOfTree

from pipeline.refresh import SOURCES_AT_ONCE

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Bench:
    """One run of the benchmark."""

    server: RunningSites
    folder: Path
    sites: int
    pages_per_site: int
    past_links: int
    figures: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def round(self) -> None:
        """Everything once."""
        ours, past, half = self.folder / "ours", self.folder / "past", self.folder / "half"
        self._write_sources(ours, self.sites)
        self._write_sources(past, self.sites)
        self._write_sources(half, self.sites // 2)
        settings_of(past).ledger_file.parent.mkdir(parents=True)
        shutil.copy(self._past_ledger(), settings_of(past).ledger_file)
        self._gather(OURS, ours, self.sites)
        self._bare()
        self._gather(HALF, half, self.sites // 2)
        self._gather(PAST, past, self.sites)
        self._gather(AGAIN, ours, self.sites, again=True)
        self._gather(AGAIN_PAST, past, self.sites, again=True)
        for home in (ours, past, half):
            shutil.rmtree(home)

    def _gather(self, name: str, home: Path, sites: int, *, again: bool = False) -> None:
        pages = sites * self.pages_per_site
        figures = self._run(name, [sys.executable, str(HERE / "gather_home.py"), str(home)], pages)
        prove_gathering(figures, figures["served"], sites=sites, pages=pages, again=again)
        if not again:
            figures["compared"] = prove_archive(settings_of(home), self.server, pages=pages)

    def _bare(self) -> None:
        addresses = [
            f"{host_of(site)} {page_path(page)}" for site in range(self.sites) for page in range(self.pages_per_site)
        ]
        folder = self.folder / "bare"
        command = [sys.executable, str(HERE / "bare_pool.py"), str(folder), str(self.server.port), str(SOURCES_AT_ONCE)]
        figures = self._run(BARE, command, len(addresses), "\n".join(addresses))
        if not figures["pages"] == figures["served"]["distinct_pages"] == len(addresses):
            raise SystemExit(f"the peer got {figures['pages']} of {len(addresses)} pages")
        shutil.rmtree(folder)

    def _run(self, name: str, command: Sequence[str], pages: int, given: str = "") -> dict[str, Any]:
        """Run one measured process and keep its figures; what earlier ones wrote is on the disk before it starts."""
        os.sync()
        cpu_before = self.server.counts()["cpu_seconds"]
        with (
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process,
            PeakOfTree(process.pid) as peak,
        ):
            printed, _ = process.communicate(given)
        if process.returncode != 0:
            raise SystemExit(f"{name} ended with {process.returncode}")
        figures = json.loads(printed.splitlines()[-1])
        figures["served"] = self.server.counts()
        figures["server_cpu_seconds"] = figures["served"]["cpu_seconds"] - cpu_before
        figures["peak_bytes"] = max(peak.bytes, figures["peak_bytes"])
        figures["pages_per_second"] = pages / figures["seconds"]
        figures["page_milliseconds"] = figures["seconds"] / pages * 1000
        figures["page_cpu_milliseconds"] = figures["cpu_seconds"] / pages * 1000
        self.figures.setdefault(name, []).append(figures)
        print(f"  {name:12} {figures['pages_per_second']:7.0f} pages/s", flush=True)
        return figures

    def _write_sources(self, home: Path, sites: int) -> None:
        folder = settings_of(home).newsroom_folder / "sources"
        folder.mkdir(parents=True)
        for site in range(sites):
            url = self._site_url(site)
            (folder / f"{_source_id(site)}.yml").write_text(
                f"id: {_source_id(site)}\nname: Site {site}\nhomepage: {url}/\ncountry_code: GBR\nlanguage: en\n"
                f"timezone: Europe/London\nfeeds:\n  - {{url: '{url}/rss.xml', kind: rss}}\n"
                f"politeness: {{delay_seconds: 0, max_links: {self.pages_per_site}}}\n",
                encoding="utf-8",
            )

    def _past_ledger(self) -> Path:
        """The ledger file of a home with a past; made once."""
        home = self.folder / "past-made"
        ledger_file = settings_of(home).ledger_file
        if not ledger_file.exists():
            write_past(
                settings_of(home),
                {_source_id(site): self._site_url(site) for site in range(self.sites)},
                self.past_links,
            )
        return ledger_file

    def _site_url(self, site: int) -> str:
        return f"http://{host_of(site)}:{self.server.port}"


def _source_id(site: int) -> str:
    return f"site-{site:03d}"


def main() -> int:
    """Run the benchmark; returns the exit code."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sites", type=int, default=200)
    options.add_argument("--pages", type=int, default=10_000, help="of all sites together")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--past-links", type=int, default=100_000)
    chosen = options.parse_args()
    if chosen.sites < 2 or chosen.pages < chosen.sites or chosen.rounds < 1 or chosen.past_links < chosen.sites:
        options.error("at least 2 sites, a page and a past link for each, and 1 round")
    pages_per_site = chosen.pages // chosen.sites
    print(
        f"{chosen.sites} sites with {pages_per_site} pages each, {chosen.rounds} rounds; making the pages ...",
        flush=True,
    )
    with running_sites(chosen.sites, pages_per_site) as server, tempfile.TemporaryDirectory() as folder:
        ceiling = requests_per_second(server, chosen.sites, pages_per_site)
        bench = Bench(server, Path(folder), chosen.sites, pages_per_site, chosen.past_links)
        for number in range(chosen.rounds):
            print(f"round {number + 1}", flush=True)
            bench.round()
    report = GatherReport(bench.figures, chosen.sites, chosen.sites * pages_per_site, chosen.past_links, ceiling)
    report.print()
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
