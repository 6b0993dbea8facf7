"""From a source's feeds to captures: find the links, ask for them politely, keep every new answer as it came.

Way in: `gather_source(run, source_id)`, for one source of one run. Way out: two Parquet files of the run,
`gather/<source>.fetches` (how each link ended) and `gather/<source>.feeds` (how each feed visit ended), and the
WARC files in the captures folder, which `read_capture` reads. `check_source` tries a source without keeping
anything.

    feeds (feed_visit, feeds, sitemaps, sections) → links (urls, link_choice) → pages (page_visit) → archive
                            client: robots, pace, redirects, consent, when to stop asking a host
                            transport: one request within its limits · connections, addresses: to where

What may not enter: anything that looks into an article (that is `read`; the charset of a page is its business
too), and any request that does not go through `client`.
"""

from pipeline.gather.archive import Capture, read_capture
from pipeline.gather.check_source import SourceReport, check_source
from pipeline.gather.gathering import gather_source

__all__ = ["Capture", "SourceReport", "check_source", "gather_source", "read_capture"]
