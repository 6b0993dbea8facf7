"""What the sites' odd links answer: dead ends, soft 404, redirect loops, forbidden paths, consent walls."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from pipeline.newsroom.exchange import Document, redirect
from pipeline.newsroom.furniture import CONSENT_PARAGRAPHS
from pipeline.newsroom.oddities import Oddity, OddLink

# Renders (title, paragraphs, status) in the site's own dress.
RenderNotice = Callable[[str, tuple[str, ...], int], Document]

CONSENT_PATH = "/consent"
_LOOP_SUFFIX = "/edition"


def odd_documents(link: OddLink, notice: RenderNotice) -> dict[str, Document]:
    """Every path that `link` needs, with what it holds."""
    if link.oddity is Oddity.NOT_FOUND:
        return {link.path: not_found(notice)}
    if link.oddity is Oddity.GONE:
        return {link.path: notice("Gone", ("This page was removed by the editors.",), 410)}
    if link.oddity is Oddity.SOFT_404:
        return {link.path: not_found(notice, status=200)}
    if link.oddity is Oddity.REDIRECT_LOOP:
        there = link.path + _LOOP_SUFFIX
        return {link.path: redirect(302, there), there: redirect(302, link.path)}
    if link.oddity is Oddity.ROBOTS_DENIED:
        return {link.path: notice(link.title, ("This page is for members and colleagues.",), 200)}
    if link.oddity is Oddity.CONSENT_REDIRECT:
        return {
            link.path: redirect(302, f"{CONSENT_PATH}?return={quote(link.path, safe='')}"),
            CONSENT_PATH: consent(notice),
        }
    return {link.path: consent(notice)}


def not_found(notice: RenderNotice, status: int = 404) -> Document:
    """The page that says there is none."""
    words = ("Sorry, the page you are looking for does not exist or has been moved.",)
    return notice("Page not found", words, status)


def consent(notice: RenderNotice) -> Document:
    """A consent page: no article until the reader agrees."""
    return notice("We value your privacy", (*CONSENT_PARAGRAPHS, "Accept all · Reject all · Manage options"), 200)
