"""Redirects to a consent page, known by the address they lead to.

A consent page asks the reader to accept cookies or to sign in and returns to the article afterwards. We keep no
cookies and accept nothing, so the article behind it stays closed to us; the link ends as `consent_wall` and the
consent page itself is not asked for.

A redirect counts as one when the first label of its host is one of `CONSENT_HOST_LABELS` (consent.example.com),
or one of its path's segments, without extension, is one of `CONSENT_PATH_SEGMENTS` (/cookie-consent?return=...),
and the URL that redirected has not the same label or segment itself: an article filed under /consent/ may move
within it. Consent pages that answer in the article's place, without a redirect, are for `read` to recognise.
"""

from __future__ import annotations

from urllib.parse import urlsplit

CONSENT_HOST_LABELS = frozenset({"consent", "consents", "guce", "cmp", "cookieconsent", "privacywall"})
CONSENT_PATH_SEGMENTS = frozenset(
    {
        "consent",
        "consent-wall",
        "consentwall",
        "consent-gate",
        "collectconsent",
        "cookie-consent",
        "cookieconsent",
        "cookie-wall",
        "cookiewall",
        "cookies-required",
        "gdpr-consent",
        "privacy-consent",
        "privacy-gate",
        "privacywall",
        "zustimmung",
    }
)


def leads_to_consent_page(asked_url: str, target_url: str) -> bool:
    """Whether the redirect from one URL to the other is one to a consent page."""
    return bool(_consent_words(target_url) - _consent_words(asked_url))


def _consent_words(url: str) -> set[str]:
    parts = urlsplit(url)
    labels = {(parts.hostname or "").partition(".")[0]} & CONSENT_HOST_LABELS
    segments = {segment.lower().partition(".")[0] for segment in parts.path.split("/")} & CONSENT_PATH_SEGMENTS
    return labels | segments
