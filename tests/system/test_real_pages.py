"""Real pages of real publishers go through the whole line, served by the newsroom at their own paths.

The pages are evaluation data beside the project; where they are absent these tests are reported as skipped.
What is asserted is that every page is accounted for and that the figures of this version do not fall.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipeline.newsroom import running_newsroom
from pipeline.refresh import refresh
from pipeline.settings import Settings
from pipeline.statuses import RunVerdict

SHARED_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "no", "nb", "da", "tr", "ja", "zh")

pytestmark = pytest.mark.real_pages


@pytest.fixture
def run_over(tmp_path: Path) -> Callable[..., Counter[str]]:
    def run_over(folder: Path, **settings: object) -> Counter[str]:
        if not folder.is_dir():
            pytest.skip(f"the evaluation data is not beside the project: no {folder.name} in ../shared/data")
        none = tmp_path / "none"
        none.mkdir()
        installation = Settings(home=tmp_path / "home", sources_folder=none, **settings)  # type: ignore[arg-type]  # any setting
        with running_newsroom(installation, port=0, pages=folder) as newsroom:
            assert newsroom.remarks is not None
            run = refresh(installation, say=lambda _line: None, run_id="real-pages")
        assert run.verdict is RunVerdict.PUBLISHED
        with duckdb.connect(str(installation.current_edition_file), read_only=True) as connection:
            rows = connection.execute("SELECT status, count(*) FROM fetches WHERE kind = 'page' GROUP BY 1").fetchall()
            bad = connection.execute(
                "SELECT count(*) FROM event_mentions m JOIN article_revisions r USING (article_id, revision) "
                "WHERE trim(r.body[m.evidence_start + 1 : m.evidence_end]) = ''"
            ).fetchone()
            foreign = connection.execute(
                "SELECT count(*) FROM event_mentions m JOIN article_revisions r USING (article_id, revision) "
                "WHERE r.language <> 'en'"
            ).fetchone()
        assert bad == (0,)
        assert foreign == (0,), "the coder knows English only"
        counts = Counter({str(status): int(number) for status, number in rows})
        print(dict(counts))
        return counts

    return run_over


def test_pages_of_95_publishers_are_all_accounted_for(run_over: Callable[..., Counter[str]]) -> None:
    counts = run_over(SHARED_DATA / "articles" / "fundus", languages=LANGUAGES)
    assert sum(counts.values()) == 137
    assert counts["new"] + counts["duplicate"] >= 120
    assert counts["other_language"] >= 10
    assert counts["quarantined"] == 0


def test_the_hand_coded_page_goes_through(run_over: Callable[..., Counter[str]]) -> None:
    assert run_over(SHARED_DATA / "seed") == {"new": 1}
