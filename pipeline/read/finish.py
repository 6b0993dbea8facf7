"""The second step of the stage: all batches side by side.

What stands on many pages of a source is learnt from them (`learned_furniture`) and taken out of tonight's texts; only
then is each text compared with the one that the edition has. Texts that are stored stay as they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.errors import AccountingError
from pipeline.handover import StageResult, read_records, write_records
from pipeline.known import Known, open_known
from pipeline.read.learned_furniture import keys_of, learn, without_learned
from pipeline.read.reader import text_sha256
from pipeline.read.revision import as_revision
from pipeline.read.source_comparison import Sighting
from pipeline.records import Article, Fetch, FurnitureLine
from pipeline.runs import Run
from pipeline.statuses import ArticleStatus

STAGE = "read"
LEARNED = "furniture.learned"
_STORED_ARTICLES_COMPARED = 100  # of each source, the newest
_SOURCES_AT_ONCE = 25  # whose stored texts are in memory together


def finish_read(run: Run) -> StageResult:
    """Learn the sources' furniture, take it out of the run's articles, and compare these with the edition.

    Reads every `read/batch-*.read`; writes `read/batch-<name>.out` for each of them (the same articles with their
    status against what is known, as if each were the only capture of its article) and `read/furniture.learned`
    (FurnitureLine rows: the state after this run of every source that was read in it). An article whose text was
    nothing but furniture ends as NO_ARTICLE.

    Returns:
        Where the furniture lies; how many captures ended in each ArticleStatus.

    Raises:
        AccountingError: a batch was not read, or not as many articles come out as captures went in.
    """
    batches = {path: _read_file(path) for path in run.stage_files(STAGE, "batch-*.in")}
    missing = [path.name for path in batches.values() if not path.exists()]
    if missing:
        raise AccountingError(f"run {run.run_id}: read batches that were not read: {', '.join(missing)}")
    counts: Counter[str] = Counter()
    learned_file = run.stage_file(STAGE, LEARNED)
    with open_known(run.settings.current_edition_file) as known:
        furniture = _learn_all(list(batches.values()), known)
        keys = {source_id: keys_of(lines) for source_id, lines in furniture.items()}
        write_records(learned_file, FurnitureLine, (line for lines in furniture.values() for line in lines))
        for path in batches.values():
            counts.update(_finish_batch(run, path, keys, known))
    return StageResult(path=str(learned_file), counts=dict(counts))


def _read_file(batch_in: Path) -> Path:
    return batch_in.with_name(batch_in.name.replace(".in.", ".read."))


def _learn_all(files: Sequence[Path], known: Known) -> dict[str, list[FurnitureLine]]:
    """The furniture of each source that was read, by source_id."""
    tonight = _sightings(files, known)
    source_ids = sorted(tonight)
    furniture = {}
    for start in range(0, len(source_ids), _SOURCES_AT_ONCE):
        some = source_ids[start : start + _SOURCES_AT_ONCE]
        lines: defaultdict[str, list[FurnitureLine]] = defaultdict(list)
        for line in known.furniture(some):
            lines[line.source_id].append(line)
        stored: defaultdict[str, list[Sighting]] = defaultdict(list)
        for text in known.recent_bodies(some, per_source=_STORED_ARTICLES_COMPARED):
            stored[text.source_id].append(
                Sighting(
                    article_id=text.article_id,
                    headline=text.headline,
                    body=text.body,
                    seen_at=text.first_seen_at,
                    published_at=text.published_at,
                    is_new=False,
                )
            )
        for source_id in some:
            read_again = {sighting.article_id for sighting in tonight[source_id]}
            others = [sighting for sighting in stored[source_id] if sighting.article_id not in read_again]
            furniture[source_id] = learn(source_id, [*tonight[source_id], *others], lines[source_id])
    return furniture


def _sightings(files: Sequence[Path], known: Known) -> dict[str, list[Sighting]]:
    """What was read tonight, by source; also the sources that have pages and no articles."""
    sightings: defaultdict[str, list[Sighting]] = defaultdict(list)
    for path in files:
        articles = list(read_records(path, Article))
        stored = known.article_ids([article.article_id for article in articles])
        for article in articles:
            of_source = sightings[article.source_id]
            if article.status == ArticleStatus.NEW and article.body:
                of_source.append(
                    Sighting(
                        article_id=article.article_id,
                        headline=article.headline,
                        body=article.body,
                        seen_at=article.fetched_at,
                        published_at=article.published_at,
                        is_new=article.article_id not in stored,
                    )
                )
    return sightings


def _finish_batch(run: Run, path: Path, keys: Mapping[str, Collection[str]], known: Known) -> Counter[str]:
    articles = list(read_records(path, Article))
    before = known.articles([article.article_id for article in articles])
    finished = []
    for article in articles:
        furniture = keys[article.source_id]
        clean = _without_furniture(article, furniture) if article.status == ArticleStatus.NEW else article
        if clean.status == ArticleStatus.NEW:
            clean = as_revision(clean, before.get(article.article_id), furniture)
        finished.append(clean)
    name = path.name.removesuffix(".read.parquet")
    went_in = sum(1 for _ in read_records(run.stage_file(STAGE, f"{name}.in"), Fetch))
    written = write_records(run.stage_file(STAGE, f"{name}.out"), Article, finished)
    if written != went_in:
        raise AccountingError(f"read {name}: {went_in} captures went in, {written} articles came out")
    return Counter(article.status for article in finished)


def _without_furniture(article: Article, keys: Collection[str]) -> Article:
    body = without_learned(article.body, keys) if article.body else article.body
    if body == article.body:
        return article
    if not body:
        return replace(
            article,
            status=ArticleStatus.NO_ARTICLE,
            standfirst=None,
            standfirst_source=None,
            byline=(),
            byline_source=None,
            agencies=(),
            images=(),
            body=None,
            text_sha256=None,
            extractor=None,
            error="its text is nothing but lines that recur across the articles of the source",
        )
    return replace(article, body=body, text_sha256=text_sha256(article.headline, body))
