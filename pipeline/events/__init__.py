"""Events: an article's text becomes mentions of events, each with the words that prove it.

The room finds dates, places and actors (`annotate`), codes who did what to whom (`coder`), and gives the mentions
of one happening one event id (`merge`). One way in and out for the run: `plan_code` and `code_batch`, articles of
`dedupe` in, `Mention` rows out. The command line uses `annotate` and `answer`.

What may not enter: fetching, HTML, the warehouse, anything that learns from evaluation data. The words that decide
stand in `lexicon/` as data, never in code.
"""

from __future__ import annotations

from pipeline.events.stage import code_batch, plan_code

__all__ = ["code_batch", "plan_code"]
