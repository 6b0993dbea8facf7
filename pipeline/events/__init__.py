"""Events: an article's text becomes mentions of events, each with the words that prove it.

The room finds dates, places and actors (`annotate`), codes who did what to whom (`coder`), and says of mentions by
which they are one happening (`merge`, `happenings`). One way in and out for the run: `plan_code` and `code_batch`,
articles of `dedupe` in, `Mention` rows out. The command line uses `annotate` and `answer`.

For a given actor and recipient, `pairs.code_pair` answers what happened between those two.

What may not enter: fetching, HTML, the warehouse, anything that learns from evaluation data. The words that say what
happened and who somebody is stand in `lexicon/` as data; in code stand closed classes only: prepositions,
auxiliaries, numbers, adverbs.
"""

from __future__ import annotations

from pipeline.events.stage import code_batch, plan_code

__all__ = ["code_batch", "plan_code"]
