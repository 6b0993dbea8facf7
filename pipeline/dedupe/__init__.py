"""The room where repeats are recognised, before anything is coded.

One way in and out for the run: `stage.dedupe_run`; the command line uses `answer`, which needs no warehouse.

In: the articles that `read` made of this run's captures, and the texts of the published edition
(`pipeline.known`). Out: the same articles with their final status (`dedupe/articles`), and a verdict for each one
that is stored (`dedupe/verdicts`): whose text it re-uses, if anybody's, and which story it belongs to.

Two separate questions, measured apart: *duplicate* means the same text used again (reposts, wire copies, light
edits), found by shared word shingles; *story* means the same happening, found by shared rare terms close in time.

What may not enter: pages, captures, HTML. This room knows headlines, bodies and instants only.
"""
