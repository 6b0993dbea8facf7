"""What a capture is to the revision before it: the first, another text, or the same one.

A text is the same where nothing that it says differs: its setting (`typography`), what changes by itself
(`passing_lines`) and the source's furniture do not count. One figure that differs does.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pipeline.known_records import KnownArticle
from pipeline.read.learned_furniture import without_learned
from pipeline.read.passages import changed_passages, sentences_of
from pipeline.read.passing_lines import without_passing
from pipeline.read.recurring_lines import lines_of
from pipeline.read.typography import plain_type
from pipeline.records import Article
from pipeline.statuses import ArticleStatus

_STUB_SHARE = 0.5  # of the text that was there; what shows more has lost its end, which is a change
_CUT_OFF = " .…[]()-"


def as_revision(article: Article, before: KnownArticle | None, furniture: Collection[str] = ()) -> Article:
    """`article` with its revision, and NEW, REVISED or UNCHANGED against the revision before (None: there is none).

    Headline and body decide: a new standfirst or byline alone makes no revision. A page that went behind a paywall and
    shows no more than the beginning of the text that we have is UNCHANGED: nobody took the rest back. Another text that
    was captured before we last saw this one is OUTDATED: an import brought it, and what we saw later stays current.

    Args:
        article: a capture, without the lines of `furniture`.
        before: the revision before it.
        furniture: the lines of its source that are furniture now (`learned_furniture.keys_of`). A text that differs
            from the one before by such lines alone is that text.

    Returns:
        The article. UNCHANGED, it has headline and body in the form in which they are stored. REVISED, it says which
        fields changed, and which sentences of headline and body were added and removed.
    """
    if before is None:
        return replace(article, revision=1, status=ArticleStatus.NEW, changed_fields=())
    article = replace(article, changed_fields=(), added_passages=(), removed_passages=())
    if before.text_sha256 == article.text_sha256:
        return replace(article, revision=before.revision, status=ArticleStatus.UNCHANGED)
    cleaned = replace(before, body=without_learned(before.body, furniture))
    changed = _changed_fields(article, cleaned)
    if "headline" not in changed and ("body" not in changed or _is_stub(article, cleaned)):
        return replace(
            article,
            revision=before.revision,
            status=ArticleStatus.UNCHANGED,
            headline=before.headline,
            body=before.body,
            text_sha256=before.text_sha256,
        )
    if article.fetched_at < before.last_seen_at:
        return replace(article, revision=0, status=ArticleStatus.OUTDATED)
    passages = changed_passages(
        sentences_of(cleaned.headline, cleaned.body), sentences_of(article.headline, article.body)
    )
    return replace(
        article,
        revision=before.revision + 1,
        status=ArticleStatus.REVISED,
        changed_fields=changed,
        added_passages=passages.added,
        removed_passages=passages.removed,
    )


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


def _changed_fields(article: Article, before: KnownArticle) -> tuple[str, ...]:
    differs = {
        "headline": plain_type(article.headline) != plain_type(before.headline),
        "standfirst": plain_type(article.standfirst) != plain_type(before.standfirst),
        "byline": article.byline != before.byline,
        "body": _said(article.body) != _said(before.body),
    }
    return tuple(name for name, is_other in differs.items() if is_other)


def _said(body: str | None) -> str:
    """What counts of a body: the division into paragraphs, its setting and what changes by itself do not."""
    return plain_type("\n".join(without_passing(line) for line in lines_of(body or "")))


def _is_stub(article: Article, before: KnownArticle) -> bool:
    """Whether a page that says that it is not free shows a small beginning of the text that was there."""
    if article.is_accessible_for_free is not False:
        return False
    shown, there = _said(article.body).rstrip(_CUT_OFF), _said(before.body)
    return bool(shown) and len(shown) <= _STUB_SHARE * len(there) and there.startswith(shown)
