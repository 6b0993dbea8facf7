"""What a capture is to the revision before it: the first, another text, or the same one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pipeline.known import KnownArticle
from pipeline.read.learned_furniture import without_learned
from pipeline.records import Article
from pipeline.statuses import ArticleStatus

_COMPARED_FIELDS = ("headline", "standfirst", "byline", "body")


def as_revision(article: Article, before: KnownArticle | None, furniture: Collection[str] = ()) -> Article:
    """`article` with its revision, and NEW, REVISED or UNCHANGED against the revision before (None: there is none).

    Headline and body decide: a new standfirst or byline alone makes no revision. Another text that was captured before
    we last saw this one is OUTDATED: an import brought it, and what we saw later stays current.

    Args:
        article: a capture, without the lines of `furniture`.
        before: the revision before it.
        furniture: the lines of its source that are furniture now (`learned_furniture.keys_of`). A text that differs
            from the one before by such lines alone is that text: UNCHANGED, in the form in which it was stored.
    """
    if before is None:
        return replace(article, revision=1, status=ArticleStatus.NEW, changed_fields=())
    if before.text_sha256 == article.text_sha256:
        return replace(article, revision=before.revision, status=ArticleStatus.UNCHANGED, changed_fields=())
    cleaned = replace(before, body=without_learned(before.body, furniture))
    if cleaned.body != before.body and _text(cleaned) == _text(article):
        return replace(
            article,
            revision=before.revision,
            status=ArticleStatus.UNCHANGED,
            changed_fields=(),
            body=before.body,
            text_sha256=before.text_sha256,
        )
    if article.fetched_at < before.last_seen_at:
        return replace(article, revision=0, status=ArticleStatus.OUTDATED, changed_fields=())
    changed = tuple(name for name in _COMPARED_FIELDS if getattr(cleaned, name) != getattr(article, name))
    return replace(article, revision=before.revision + 1, status=ArticleStatus.REVISED, changed_fields=changed)


def as_known(article: Article) -> KnownArticle:
    """A revision in the form in which the next one is compared with it."""
    return KnownArticle(
        article_id=article.article_id,
        revision=article.revision,
        text_sha256=article.text_sha256 or "",
        headline=article.headline,
        standfirst=article.standfirst,
        byline=article.byline,
        body=article.body or "",
        last_seen_at=article.fetched_at,
    )


def _text(of: Article | KnownArticle) -> list[str]:
    """What counts as the text: the words of headline and body."""
    return f"{of.headline or ''}\n{of.body or ''}".split()
