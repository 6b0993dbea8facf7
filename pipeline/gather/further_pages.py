"""The second, third, ... page of an article that its site divides: asked for one after the other.

`next_page` says which address is the next page. The chain ends where none is offered, where one was there already or
answers with the bytes of one that was, where asking fails, and with the twentieth page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.gather.answer import Answer
from pipeline.gather.next_page import is_page_of, next_page_of
from pipeline.statuses import FetchStatus

MOST_PAGES = 20


class FurtherPages:
    """The answers of an article's pages from the second on, each asked for when the one before has been dealt with.

    Iterate over it once; then `problem` says why the chain ended before the article did.

    Args:
        first: the answer of the first page, a captured one.
        ask: how a page is asked for; it returns what `Client.ask` does.
    """

    def __init__(self, first: Answer, ask: Callable[[str], Answer]) -> None:
        self.problem: str | None = None  # "page 3 of the article: timed_out (...)"; None: there are no more pages
        self._first = first
        self._ask = ask

    def __iter__(self) -> Iterator[Answer]:
        """Yields answers with a body, in the order of the pages."""
        page, number = self._first, 1
        first_url = page.final_url or page.url
        asked, bodies = {first_url, page.url}, {page.content_sha256}
        while True:
            body = page.body
            url = (
                next_page_of(body, page.final_url or page.url, page.content_type, first_url=first_url, number=number)
                if body
                else None
            )
            if url is None or url in asked:
                return
            number += 1
            if number > MOST_PAGES:
                self.problem = f"page {number} of the article: not asked for, {MOST_PAGES} pages are taken"
                return
            asked.add(url)
            page = self._ask(url)
            if page.status is not FetchStatus.CAPTURED:
                self.problem = f"page {number} of the article: {page.in_words()}"
                return
            if (
                page.final_url is not None
                and page.final_url != url
                and not is_page_of(first_url, page.final_url, number)
            ):
                self.problem = f"page {number} of the article: redirects to {page.final_url}"
                return
            if page.content_sha256 in bodies:
                return  # the site does not know that page, and says so with one that it knows
            bodies.add(page.content_sha256)
            yield page
