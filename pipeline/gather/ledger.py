"""The ledger: what gathering remembers from pass to pass, in one SQLite file that any number of processes share.

It knows every feed and every link ever offered, which capture lies where, how fast each host may be asked, and it
keeps the rows of every feed visit and every link until an edition has them. The captures themselves are in the WARC
files; each carries its row, so that a lost ledger can be made again from them (`adoption`).

A pass writes once, at its end, in one transaction. Writers wait for each other, readers for nobody (WAL mode). An
open ledger belongs to the thread that opened it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from pipeline.gather.archive import CaptureEntry
from pipeline.gather.feed_state import FeedState
from pipeline.gather.gathered_rows import GatheredRows
from pipeline.gather.ledger_schema import connect, write_transaction
from pipeline.gather.link_state import ANSWERED, REVISITED, LinkState, state_after
from pipeline.gather.revisit_schedule import DueWindow, RevisitSchedule
from pipeline.gather.sqlite_values import MICROSECOND, in_portions, marks, microseconds, put, put_all, take
from pipeline.records import FeedVisit, Fetch
from pipeline.settings import Settings
from pipeline.statuses import FetchStatus

# A feed that answered so was read, or is known not to have changed since it was.
READ = frozenset({FetchStatus.READ_FEED, FetchStatus.EMPTY_FEED, FetchStatus.UNCHANGED})

# Of one window of the revisit schedule: what `_due_terms` fills in.
IS_DUE = f"""
    first_captured_at > ? AND first_captured_at <= ? AND last_requested_at < first_captured_at + ?
    AND next_try_at IS NULL AND status IN ({marks(REVISITED)})
"""


class Ledger:
    """An open ledger.

    Args:
        connection: to its file.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.visits = GatheredRows(connection, "visit_rows", FeedVisit)
        self.fetches = GatheredRows(connection, "fetch_rows", Fetch)

    # ------------------------------------------------------------------ feeds and links

    def feed_states(self, source_id: str) -> dict[str, FeedState]:
        """The feeds of a source by feed_id, those found in sitemap indexes too."""
        rows = self.connection.execute("SELECT * FROM feeds WHERE source_id = ?", [source_id])
        return {state.feed_id: state for state in (take(FeedState, row) for row in rows)}

    def link_states(self, source_id: str, urls: Collection[str]) -> dict[str, LinkState]:
        """Those of the links that the ledger knows, by URL."""
        query = "SELECT * FROM links WHERE source_id = ? AND url IN ({})"
        return {row["url"]: take(LinkState, row) for row in in_portions(self.connection, query, [source_id], urls)}

    def known_urls(self, source_id: str, urls: Collection[str]) -> set[str]:
        """Those of the URLs that a feed of the source offered before."""
        query = "SELECT url FROM links WHERE source_id = ? AND url IN ({})"
        return {row["url"] for row in in_portions(self.connection, query, [source_id], urls)}

    def pending_links(self, source_id: str, now: datetime, limit: int) -> list[LinkState]:
        """Links that are to be asked for (again) by now, the longest waiting first."""
        rows = self.connection.execute(
            "SELECT * FROM links WHERE source_id = ? AND next_try_at <= ? ORDER BY next_try_at, url LIMIT ?",
            [source_id, microseconds(now), limit],
        )
        return [take(LinkState, row) for row in rows]

    def young_links(self, source_id: str, since: datetime) -> list[LinkState]:
        """Pages first captured since an instant whose last answer was a good one, the youngest first."""
        rows = self.connection.execute(
            f"""
            SELECT * FROM links
            WHERE source_id = ? AND first_captured_at >= ? AND status IN ({marks(ANSWERED)})
            ORDER BY first_captured_at DESC, url
            """,  # noqa: S608  question marks
            [source_id, microseconds(since), *sorted(ANSWERED)],
        )
        return [take(LinkState, row) for row in rows]

    def due_revisits(self, source_id: str, schedule: RevisitSchedule, now: datetime, limit: int) -> list[LinkState]:
        """Captured pages of which a step of the schedule has come since they were last asked for, the youngest first.

        Not those that failed and are to be asked again anyhow: they are among the pending links.
        """
        found: list[LinkState] = []
        for window in schedule.windows(now):
            rows = self.connection.execute(
                f"SELECT * FROM links WHERE source_id = ? AND {IS_DUE} ORDER BY first_captured_at DESC, url LIMIT ?",  # noqa: S608  our own words
                [source_id, *_due_terms(window), limit - len(found)],
            )
            found += [take(LinkState, row) for row in rows]
        return found

    def example_urls(self, source_id: str, limit: int = 500) -> Sequence[str]:
        """Addresses of pages that were captured, the newest first: what the source's articles look like.

        Without those that only a section page offered: what was learned from them would prove itself.
        """
        rows = self.connection.execute(
            """
            SELECT url FROM links WHERE source_id = ? AND first_captured_at IS NOT NULL
            AND feed_id NOT IN (SELECT feed_id FROM feeds WHERE kind = 'section')
            ORDER BY first_captured_at DESC LIMIT ?
            """,
            [source_id, limit],
        )
        return [row["url"] for row in rows]

    def due_sources(self, now: datetime, schedule: RevisitSchedule | None = None) -> set[str]:
        """The sources that have a feed or a link to be asked for by now, or a page to be visited again."""
        rows = self.connection.execute(
            """
            SELECT source_id FROM feeds WHERE next_visit_at <= $now
            UNION SELECT source_id FROM links WHERE next_try_at <= $now
            """,
            {"now": microseconds(now)},
        )
        due = {row["source_id"] for row in rows}
        for window in schedule.windows(now) if schedule else ():
            rows = self.connection.execute(
                # Source by source: the index of captured links begins with it, and the archive is not read through.
                f"""
                SELECT source_id FROM (SELECT DISTINCT source_id FROM feeds) AS visited
                WHERE EXISTS (SELECT 1 FROM links WHERE links.source_id = visited.source_id AND {IS_DUE})
                """,  # noqa: S608  our own words
                _due_terms(window),
            )
            due |= {row["source_id"] for row in rows}
        return due

    def visited_sources(self) -> set[str]:
        """The sources of which at least one feed has been visited."""
        return {row["source_id"] for row in self.connection.execute("SELECT DISTINCT source_id FROM feeds")}

    # ------------------------------------------------------------------ captures

    def capture(self, capture_id: str) -> CaptureEntry | None:
        """Where a capture lies."""
        row = self.connection.execute("SELECT * FROM captures WHERE capture_id = ?", [capture_id]).fetchone()
        return take(CaptureEntry, row) if row else None

    def captures_of(self, url: str) -> list[CaptureEntry]:
        """All captures of a URL, the newest first."""
        rows = self.connection.execute("SELECT * FROM captures WHERE url = ? ORDER BY requested_at DESC", [url])
        return [take(CaptureEntry, row) for row in rows]

    def known_captures(self, capture_ids: Collection[str]) -> set[str]:
        """Those of the captures that the index has."""
        query = "SELECT capture_id FROM captures WHERE capture_id IN ({})"
        return {row["capture_id"] for row in in_portions(self.connection, query, [], capture_ids)}

    def import_progress(self, file_key: str) -> int:
        """The byte offset up to which a WARC file of others has been taken in; 0 where it is new."""
        row = self.connection.execute("SELECT offset FROM imports WHERE file_key = ?", [file_key]).fetchone()
        return int(row["offset"]) if row else 0

    # ------------------------------------------------------------------ writing

    def record(
        self,
        *,
        visits: Iterable[FeedVisit] = (),
        fetches: Iterable[Fetch] = (),
        captures: Iterable[CaptureEntry] = (),
        progress: tuple[str, int] | None = None,
        ended: tuple[str, str] | None = None,
        keep_feed_states: bool = False,
    ) -> None:
        """Write down what a pass did, all of it or nothing. What is known already is not written twice.

        Args:
            visits: how feed visits ended; the feeds' states follow them.
            fetches: how links ended; the links' states follow them.
            captures: what was archived.
            progress: file_key and byte offset of a WARC file that is being taken in.
            ended: gather_run_id and source_id of the pass that is over with this.
            keep_feed_states: the visits are those of a killed pass, which may not have come to all their links: the
                feeds are to be read again as if they had not been visited.
        """
        with write_transaction(self.connection) as connection:
            for visit in visits:
                self.visits.add(visit)
                if not keep_feed_states:
                    put(connection, "feeds", self._feed_state_after(visit))
            put_all(connection, "links", self._link_states_after(fetches))
            put_all(connection, "captures", captures)
            if progress is not None:
                connection.execute("INSERT OR REPLACE INTO imports VALUES (?, ?)", progress)
            if ended is not None:
                connection.execute("UPDATE passes SET is_over = 1 WHERE gather_run_id = ? AND source_id = ?", ended)

    def _link_states_after(self, fetches: Iterable[Fetch]) -> Collection[LinkState]:
        """Keep the rows, and how they leave their links, each link once; those before are asked for all together."""
        fetches = list(fetches)
        states: dict[tuple[str, str], LinkState] = {}
        for source_id in {fetch.source_id for fetch in fetches}:
            urls = {fetch.url for fetch in fetches if fetch.source_id == source_id}
            states |= {(source_id, url): state for url, state in self.link_states(source_id, urls).items()}
        changed: dict[tuple[str, str], LinkState] = {}
        for fetch in fetches:
            if self.fetches.add(fetch):
                link = (fetch.source_id, fetch.url)
                states[link] = changed[link] = state_after(states.get(link), fetch)
        return changed.values()

    def _feed_state_after(self, visit: FeedVisit) -> FeedState:
        """The feed after a visit. A 304 and a failure leave what is known of the last full answer."""
        row = self.connection.execute("SELECT * FROM feeds WHERE feed_id = ?", [visit.feed_id]).fetchone()
        was_read = visit.status in READ
        after = FeedState(
            feed_id=visit.feed_id,
            source_id=visit.source_id,
            url=visit.url,
            kind=visit.kind,
            found_in=visit.found_in,
            etag=visit.etag,
            last_modified=visit.last_modified,
            content_sha256=visit.content_sha256,
            last_visited_at=visit.visited_at,
            last_read_at=visit.visited_at if was_read else None,
            failure_points=visit.failure_points,
            poll_interval_seconds=visit.poll_interval_seconds,
            next_visit_at=visit.next_visit_at,
            given_up=visit.given_up,
        )
        if row is None:
            return after
        before = take(FeedState, row)
        if was_read and visit.http_status == 304:
            return replace(after, last_read_at=before.last_read_at)
        if was_read:
            return after
        return replace(
            after,
            etag=before.etag,
            last_modified=before.last_modified,
            content_sha256=before.content_sha256,
            last_read_at=before.last_read_at,
        )

    # ------------------------------------------------------------------ passes and their rows

    def begin_pass(self, gather_run_id: str, source_id: str) -> None:
        """Write down that a pass has begun; one that is not over when its process ends was killed."""
        with write_transaction(self.connection) as connection:
            connection.execute(
                """
                INSERT INTO passes (gather_run_id, source_id, is_over) VALUES (?, ?, 0)
                ON CONFLICT (gather_run_id, source_id) DO UPDATE SET is_over = 0
                """,
                [gather_run_id, source_id],
            )

    def open_passes(self, source_id: str | None = None) -> list[tuple[str, str]]:
        """Passes that are not over: gather_run_id and source_id, of one source or of all."""
        rows = self.connection.execute(
            "SELECT gather_run_id, source_id FROM passes WHERE NOT is_over AND source_id = coalesce(?, source_id)",
            [source_id],
        )
        return [(row["gather_run_id"], row["source_id"]) for row in rows]


def _due_terms(window: DueWindow) -> list[object]:
    return [
        microseconds(window.after),
        microseconds(window.until),
        window.step // MICROSECOND,
        *sorted(REVISITED),
    ]


@contextmanager
def open_ledger(settings: Settings) -> Iterator[Ledger]:
    """The installation's ledger; an empty one is made where there is none."""
    settings.ledger_file.parent.mkdir(parents=True, exist_ok=True)
    connection = connect(settings.ledger_file)
    try:
        yield Ledger(connection)
    finally:
        connection.close()
