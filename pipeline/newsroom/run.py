"""The two ways into the newsroom: `serve` blocks, `running_newsroom` serves from a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import typer

from pipeline.errors import ConfigurationError
from pipeline.newsroom.app import App
from pipeline.newsroom.articles import ARTICLES_FOLDER
from pipeline.newsroom.edition import Newsroom, latest_possible_date, open_newsroom, written_articles
from pipeline.newsroom.exchange import Host
from pipeline.newsroom.faults import ClosedPort, fault_hosts
from pipeline.newsroom.gold import gold_records, write_gold
from pipeline.newsroom.news_host import NewsHost
from pipeline.newsroom.pages import SavedHost, load_pages, page_hosts
from pipeline.newsroom.server import LOOPBACK, NewsroomServer, ServedRequest
from pipeline.newsroom.source_files import sources_folder, write_source_files
from pipeline.newsroom.state import NewsroomState, read_state, write_state
from pipeline.settings import Settings

SLOW_PAGE_SECONDS = 2.5


class RunningNewsroom:
    """A newsroom that answers now.

    Attributes:
        port: the port it listens on.
        newsroom: the sites and articles at the present visit; None where saved pages are served.
        remarks: what was odd about the folder of saved pages, in words.
    """

    def __init__(self, settings: Settings, server: NewsroomServer, closed_port: ClosedPort | None) -> None:
        self._settings = settings
        self._server = server
        self._closed_port = closed_port
        self._saved_hosts: list[SavedHost] = []
        self.port = server.port
        self.newsroom: Newsroom | None = None
        self.remarks: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The address of the index page."""
        return f"http://{LOOPBACK}:{self.port}/"

    @property
    def sources_folder(self) -> Path:
        """Where the source files were written."""
        return sources_folder(self._settings)

    @property
    def app(self) -> App:
        """All sites as they are served now."""
        if self._server.app is None:
            raise ConfigurationError("The newsroom has not been opened.")
        return self._server.app

    @property
    def requests(self) -> list[ServedRequest]:
        """The requests so far, oldest first."""
        return list(self._server.log)

    @property
    def page_urls(self) -> dict[str, str]:
        """The served address of each saved page's id."""
        return {page_id: url for host in self._saved_hosts for page_id, url in host.urls.items()}

    @property
    def summary(self) -> str:
        """One line for people: how many sites and articles, on which date."""
        if self.newsroom is None:
            return f"{len(self.page_urls)} saved pages on {len(self._saved_hosts)} sites"
        articles = sum(len(self.newsroom.published(site_id)) for site_id in self.newsroom.sites)
        return (
            f"{len(self.newsroom.sites)} sites, {articles} articles, {self.newsroom.date.isoformat()}, "
            f"seed {self.newsroom.seed}, visit {self.newsroom.visit}"
        )

    def gold(self) -> dict[str, Any]:
        """What a perfect pipeline would find at this visit; see `gold_records`.

        Raises:
            ConfigurationError: saved pages are served; their truth lies beside them.
        """
        if self.newsroom is None:
            raise ConfigurationError("Saved pages have no gold in the newsroom; their truth.json has it.")
        return gold_records(self.newsroom, self.port)

    def set_visit(self, visit: int) -> None:
        """Show the sites as they are at `visit`, counted from 1; not kept for the next start."""
        if self.newsroom is None:
            raise ConfigurationError("Saved pages are the same at every visit.")
        self.show(self.newsroom.at_visit(visit))

    def show(self, newsroom: Newsroom) -> None:
        """Serve `newsroom` from now on, and write the source files and the gold file."""
        self.newsroom = newsroom
        hosts: list[Host] = [NewsHost(newsroom, site, self.port) for site in newsroom.sites.values()]
        further = []
        if self._closed_port:
            hosts += fault_hosts(self.port)
            further.append(self._closed_port.source)
        self._serve(App(hosts, self.summary, further))
        write_gold(self._settings, self.gold())

    def show_pages(self, folder: Path) -> None:
        """Serve the saved pages of `folder` from now on, and write the source files."""
        saved = load_pages(folder)
        self._saved_hosts = page_hosts(saved, self.port)
        self.remarks = saved.remarks
        self._serve(App(self._saved_hosts, self.summary))

    def _serve(self, app: App) -> None:
        write_source_files(self._settings, app.sources)
        self._server.app = app


@contextmanager
def running_newsroom(
    settings: Settings,
    *,
    port: int | None = None,
    pages: Path | None = None,
    visit: int | None = None,
    date: date | None = None,
    faults: bool = False,
    slow_seconds: float = SLOW_PAGE_SECONDS,
    articles_folder: Path = ARTICLES_FOLDER,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[RunningNewsroom]:
    """The newsroom, serving from a thread until the block ends. Its source files are written when it begins.

    Args:
        settings: port, seed, and the folder for state and source files.
        port: instead of settings.newsroom_port; 0 lets the system choose.
        pages: serve this folder of saved pages instead of the built-in sites.
        visit: show this visit and leave the counter alone; None: the next one.
        date: the newsroom's date from now on; None: the one of the first start, which was the latest on
            which no article lay in the future.
        faults: add the broken sites of `faults.py`.
        slow_seconds: how long the slow page takes.
        articles_folder: where the article files are.
        now: the clock that the first start reads.

    Raises:
        ConfigurationError: the port is taken, an article file or the state file is wrong, or `pages` holds
            no saved pages.
    """
    with ExitStack() as stack:
        server = NewsroomServer(settings.newsroom_port if port is None else port, slow_seconds)
        stack.callback(server.server_close)
        closed_port = ClosedPort() if faults else None
        if closed_port:
            stack.callback(closed_port.close)
        running = RunningNewsroom(settings, server, closed_port)
        if pages is not None:
            running.show_pages(pages)
        else:
            running.show(_open(settings, visit, date, articles_folder, now))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield running
        finally:
            server.stop()
            thread.join()


def _open(
    settings: Settings,
    visit: int | None,
    date: date | None,
    articles_folder: Path,
    now: Callable[[], datetime],
) -> Newsroom:
    """The newsroom at this start; the state is kept once it is known that everything loads."""
    written = written_articles(articles_folder)
    state = read_state(settings)
    if date is None:
        date = state.date if state else latest_possible_date(now(), written)
    counted = state.visit if state else 0
    newsroom = open_newsroom(
        seed=settings.newsroom_seed,
        date=date,
        visit=counted + 1 if visit is None else visit,
        written=written,
    )
    counted += 1 if visit is None else 0
    write_state(settings, NewsroomState(seed=settings.newsroom_seed, date=date, visit=counted))
    return newsroom


def serve(
    settings: Settings,
    *,
    pages: Path | None = None,
    visit: int | None = None,
    date: date | None = None,
    say: Callable[[str], object] = typer.echo,
) -> None:
    """Serve the newsroom until Ctrl-C; says where it is in one line.

    Args and errors: see `running_newsroom`.
    """
    with running_newsroom(settings, pages=pages, visit=visit, date=date) as running:
        say(f"The newsroom is open: {running.summary}, at {running.address} (Ctrl-C closes it)")
        for remark in running.remarks:
            say(f"  of these pages: {remark}")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            say("The newsroom is closed.")
