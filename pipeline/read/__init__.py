"""A captured page becomes an article: its text, its headline, who wrote it, and when.

Way in: `plan_read(run)` splits the run's captures into batches; `read_batch(run, name)` reads one and writes one
`records.Article` for each `records.Fetch`; `finish_read(run)`, which sees all batches, learns what recurs on the pages
of a source, takes it out of the texts, and compares each with the one that the edition has. Way out: those files, and
the counts by status. Beside the run, `answer.answer_read` and `answer.read_for_person` serve the command line. All of
them read through `page_process`, a child process with limits of time and memory; in it works `reader.read_page`,
which is pure: bytes and what is known of the source in, a `PageReading` out, never an exception.

    charset → page (parsed once) → structured ← json_ld, microdata
        → dates, headline, section, byline, images, access
        → main_text ← page_lines, text_density     the text; sure, or else
          body ← trafilatura, furniture_elements, gaps, running_text
        → furniture, page_breaks, credits          what is none of the text leaves it
        → standfirst, page_kind, language
    joined_pages ← page_turning                    an article of several pages is one
    finish ← learned_furniture                     what only many pages of a source show

What may not enter: anything that asks a site (that is `gather`), that knows more of other articles than which lines
they share with this one (that is `dedupe`), or a rule that names a page or a publisher (that is the publisher's YAML).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the page process imports this room, and needs none of it
    from pipeline.handover import StageResult
    from pipeline.runs import Run


def plan_read(run: Run) -> list[str]:
    """Split the run's captures into batches; returns their names. See `pipeline.read.stage.plan_read`."""
    from pipeline.read.stage import plan_read as plan  # noqa: PLC0415  a DAG parse must not pay for trafilatura

    return plan(run)


def read_batch(run: Run, name: str) -> StageResult:
    """Read one batch of captures. See `pipeline.read.stage.read_batch`."""
    from pipeline.read.stage import read_batch as read  # noqa: PLC0415  see above

    return read(run, name)


def finish_read(run: Run) -> StageResult:
    """Learn the sources' furniture and compare with the edition. See `pipeline.read.finish.finish_read`."""
    from pipeline.read.finish import finish_read as finish  # noqa: PLC0415  see above

    return finish(run)


__all__ = ["finish_read", "plan_read", "read_batch"]
