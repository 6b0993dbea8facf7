"""What we read from: one YAML file for each publisher, `<country>/<id>.yml`, and the model that it must fit.

The country folder is the publisher's country as a lower-case ISO 3166 alpha-2 code.

Way in: `loader.load_source(path)`, `loader.load_sources(settings)`. Way out: frozen `model.Source` objects,
or `SourceFileError` with file, line, field and what was expected. `listing.py` makes the rows that
`dateline sources list` shows; `writer.py` writes a file as a person would.

The catalogue's addresses are transcribed from public lists (2026-11-23), not tried one by one: say
`dateline sources check ID` before you enable one. Which sources are read at all is said by the settings `newsroom`
and `publishers`.

What may not enter: anything that asks a site (that is `gather`), and anything a run learned about a source
(that is the edition's tables `feeds` and `fetches`). A source file holds what a person decided.
"""
