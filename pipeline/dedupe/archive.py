"""What this room asks of the published edition: by key, or within the window, so that the answer costs the same on
every night, however many articles there are behind the window."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
import numpy.typing as npt

from pipeline.dedupe.candidates import FIRST_HOLDERS
from pipeline.dedupe.fingerprints import Fingerprints
from pipeline.dedupe.texts import Text
from pipeline.known import Known
from pipeline.known_records import KnownText

_NO_FINGERPRINTS: Fingerprints = np.empty(0, dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Sightings:
    """Fingerprints found in known texts: `articles[holders[n]]` holds `fingerprints[n]`."""

    fingerprints: Fingerprints
    holders: npt.NDArray[np.int64]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextHolder:
    """A known article with a text that was asked for."""

    words_hash: int
    article_id: str
    is_in_window: bool


NOTHING_SEEN = Sightings(_NO_FINGERPRINTS, np.empty(0, dtype=np.int64), ())


class Archive(Protocol):
    """The texts that are known before a night."""

    def holders_of_texts(self, words_hashes: npt.NDArray[np.uint64]) -> list[TextHolder]:
        """The articles of the whole archive with one of these texts, those first seen earliest first."""

    def common_fingerprints(self) -> Fingerprints:
        """Fingerprints that were found in many texts of the window, sorted."""

    def sightings(self, fingerprints: Fingerprints) -> Sightings:
        """The articles of the window that hold these fingerprints."""

    def first_sightings(self, fingerprints: Fingerprints) -> Sightings:
        """The same, for each fingerprint the FIRST_HOLDERS articles that were seen first."""

    def originals(self, article_ids: Collection[str]) -> dict[str, str]:
        """Of those articles that are known their original: itself, or whose duplicate it is."""

    def group_members(self, originals: Collection[str]) -> list[str]:
        """The originals and all their duplicates."""

    def texts(self, article_ids: Collection[str]) -> list[Text]:
        """The current texts of those articles that are known."""

    def headers(self, article_ids: Collection[str]) -> list[Text]:
        """Those of the articles that are known, without their headlines and bodies, however old they are."""

    def unindexed_texts(self) -> list[str]:
        """The articles of the window that nobody has taken fingerprints of."""


class EmptyArchive:
    """Nothing is known: a first night, or a question on the command line."""

    def holders_of_texts(self, words_hashes: npt.NDArray[np.uint64]) -> list[TextHolder]:
        """None."""
        del words_hashes
        return []

    def common_fingerprints(self) -> Fingerprints:
        """None."""
        return _NO_FINGERPRINTS

    def sightings(self, fingerprints: Fingerprints) -> Sightings:
        """None."""
        del fingerprints
        return NOTHING_SEEN

    def first_sightings(self, fingerprints: Fingerprints) -> Sightings:
        """None."""
        del fingerprints
        return NOTHING_SEEN

    def originals(self, article_ids: Collection[str]) -> dict[str, str]:
        """None."""
        del article_ids
        return {}

    def group_members(self, originals: Collection[str]) -> list[str]:
        """None."""
        del originals
        return []

    def texts(self, article_ids: Collection[str]) -> list[Text]:
        """None."""
        del article_ids
        return []

    def headers(self, article_ids: Collection[str]) -> list[Text]:
        """None."""
        del article_ids
        return []

    def unindexed_texts(self) -> list[str]:
        """None."""
        return []


class EditionArchive:
    """The published edition, of which near texts are looked for since an instant."""

    def __init__(self, known: Known, since: datetime, agencies: Collection[str]) -> None:
        self._known = known
        self._since = since
        self._agencies = agencies
        self._is_indexed = known.has_table("article_fingerprints")

    def holders_of_texts(self, words_hashes: npt.NDArray[np.uint64]) -> list[TextHolder]:
        """See Archive."""
        if not self._is_indexed or len(words_hashes) == 0:
            return []
        found = self._known.table(
            """
            SELECT words_hash, article_id, first_seen_at >= $since AS is_in_window
            FROM articles SEMI JOIN asked USING (words_hash)
            ORDER BY first_seen_at, article_id
            """,
            {"since": self._since},
            asked={"words_hash": words_hashes},
        )
        return [TextHolder(**row) for row in found.to_pylist()]

    def common_fingerprints(self) -> Fingerprints:
        """See Archive."""
        if not self._is_indexed:
            return _NO_FINGERPRINTS
        rows = self._known.rows("SELECT fingerprint FROM common_fingerprints ORDER BY fingerprint", {})
        return np.array([row["fingerprint"] for row in rows], dtype=np.uint32)

    def sightings(self, fingerprints: Fingerprints) -> Sightings:
        """See Archive."""
        return self._seen(fingerprints, _SIGHTINGS)

    def first_sightings(self, fingerprints: Fingerprints) -> Sightings:
        """See Archive."""
        return self._seen(fingerprints, _SIGHTINGS + _FIRST_ONLY)

    def originals(self, article_ids: Collection[str]) -> dict[str, str]:
        """See Archive."""
        if not article_ids:
            return {}
        rows = self._known.rows(
            "SELECT article_id, coalesce(duplicate_of, article_id) AS original FROM articles "
            "SEMI JOIN asked USING (article_id)",
            {},
            asked={"article_id": sorted(article_ids)},
        )
        return {row["article_id"]: row["original"] for row in rows}

    def group_members(self, originals: Collection[str]) -> list[str]:
        """See Archive."""
        if not originals:
            return []
        rows = self._known.rows(
            "SELECT article_id FROM articles "
            "WHERE coalesce(duplicate_of, article_id) IN (FROM asked) ORDER BY article_id",
            {},
            asked={"original": sorted(originals)},
        )
        return [row["article_id"] for row in rows]

    def texts(self, article_ids: Collection[str]) -> list[Text]:
        """See Archive."""
        return [self._as_text(known) for known in self._known.texts(article_ids)]

    def headers(self, article_ids: Collection[str]) -> list[Text]:
        """See Archive."""
        return [self._as_text(known) for known in self._known.headers(article_ids)]

    def unindexed_texts(self) -> list[str]:
        """See Archive: all of them, in an edition of before there were fingerprints."""
        return [] if self._is_indexed else self._known.first_seen_since(self._since)

    def _as_text(self, known: KnownText) -> Text:
        return Text(
            article_id=known.article_id,
            source_id=known.source_id,
            headline=known.headline or "",
            body=known.body,
            published_at=known.published_at,
            first_seen_at=known.first_seen_at,
            is_agency=known.source_id in self._agencies,
            known_revision=known.revision,
            known_original=known.duplicate_of,
            known_story=known.story_id,
        )

    def _seen(self, fingerprints: Fingerprints, sql: str) -> Sightings:
        if not self._is_indexed or len(fingerprints) == 0:
            return NOTHING_SEEN
        parameters = {"since": self._since, "first_holders": FIRST_HOLDERS}
        found = self._known.table(sql, parameters, asked={"fingerprint": fingerprints})
        holders = found.column("article_id").combine_chunks().dictionary_encode()
        return Sightings(
            found.column("fingerprint").to_numpy().astype(np.uint32),
            holders.indices.to_numpy(zero_copy_only=False).astype(np.int64),
            tuple(str(article_id) for article_id in holders.dictionary.to_pylist()),
        )


# `asked` is the fingerprints of tonight. The window is a stretch of an append-ordered table: what lies before it is
# skipped by the minima and maxima that DuckDB keeps of each row group, without being read.
_SIGHTINGS = """
    SELECT k.fingerprint, k.article_id
    FROM article_fingerprints AS k SEMI JOIN asked USING (fingerprint)
    WHERE k.first_seen_at >= $since AND $first_holders > 0
"""
_FIRST_ONLY = """
    QUALIFY row_number() OVER (PARTITION BY k.fingerprint ORDER BY k.first_seen_at, k.article_id) <= $first_holders
"""
