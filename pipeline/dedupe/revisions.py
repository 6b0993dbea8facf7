"""Several captures of one article in one run, brought into one row of revisions.

`read` compares each capture with the edition, by itself: two new texts of one article both come as revision k+1, and
a text that went from A to B and back to A comes as "unchanged". Here the captures of an article are put in the order
in which they were fetched, and each is compared with the revision before it, as if every one had come in a run of its
own: that A is revision k, B is k+1, and the A that came back is k+2.

Only captures of one link make revisions. Another link of the run that leads to the same article (a print view, a copy
for telephones) often shows a slightly other text, which is no news; it is a repeated link.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.known_records import KnownArticle
from pipeline.read.revision import as_known, as_revision
from pipeline.records import Article
from pipeline.statuses import ArticleStatus

FRESH_STATUSES = frozenset({ArticleStatus.NEW, ArticleStatus.REVISED})
_READ_AS_ARTICLE = FRESH_STATUSES | {ArticleStatus.UNCHANGED}


def captured_again(articles: Iterable[Article]) -> list[str]:
    """The ids of the articles with several captures; of these `settle_revisions` must know the stored revision."""
    return sorted(article_id for article_id, captures in _by_article(articles).items() if len(captures) > 1)


def settle_revisions(articles: Sequence[Article], stored: Mapping[str, KnownArticle]) -> list[Article]:
    """The same articles in the same order, with the revision and status each has among all captures of the run.

    Args:
        articles: one for each capture of the run, as `read` left them.
        stored: the current revisions in the edition, of those `captured_again` (where the edition has them).
    """
    settled = {article.fetch_id: article for article in articles}
    for article_id, captures in _by_article(articles).items():
        if len(captures) > 1:
            settled.update((a.fetch_id, a) for a in _settle(captures, stored.get(article_id)))
    return [settled[article.fetch_id] for article in articles]


def newest_revisions(articles: Iterable[Article]) -> list[Article]:
    """Of each article that is new or revised its newest revision, in the order of `articles`."""
    newest: dict[str, Article] = {}
    for article in articles:
        if article.status in FRESH_STATUSES:
            before = newest.get(article.article_id)
            if before is None or before.revision < article.revision:
                newest[article.article_id] = article
    return list(newest.values())


def _by_article(articles: Iterable[Article]) -> dict[str, list[Article]]:
    captures: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        if article.status in _READ_AS_ARTICLE:
            captures[article.article_id].append(article)
    return captures


def _settle(captures: list[Article], stored: KnownArticle | None) -> list[Article]:
    captures.sort(key=lambda a: (a.fetched_at, a.fetch_id))
    link = _link_of(captures)
    before = stored
    settled = []
    for capture in captures:
        if (capture.source_id, capture.url) != link:
            settled.append(_repeated(capture))
            continue
        # `read` has compared it with what is stored, and knew the furniture that stands in there.
        revision = capture if before is not None and before is stored else as_revision(capture, before)
        if revision.status in FRESH_STATUSES:
            before = as_known(revision)
        settled.append(revision)
    return settled


def _link_of(captures: Sequence[Article]) -> tuple[str, str]:
    """The link whose captures count: the article's own address where it was asked for, else the earliest one."""
    first = next((c for c in captures if c.url == c.canonical_url), captures[0])
    return first.source_id, first.url


def _repeated(capture: Article) -> Article:
    """A capture of another link. One that shows the text we have says so; one that does not adds nothing."""
    if capture.status == ArticleStatus.UNCHANGED:
        return capture
    return replace(capture, status=ArticleStatus.REPEATED_LINK)
