"""The built-in newsroom: 14 small news sites on loopback, the embedded default and the end-to-end test.

Everything it serves is determined by a seed, a date and a visit: the same three give the same bytes. Its
articles are ours (`articles/<site-id>.yml`), each with a gold part that says what it holds.

Way in: `serve` (blocks, for the command line and `make run`) and `running_newsroom` (a thread, for tests).
Way out: HTTP on 127.0.0.1, and the source files under `settings.newsroom_folder / "sources"` that tell
`pipeline.sources` where the sites are. The other stages know the newsroom by these alone. Beside them lies
`gold.json`, what a perfect run would find, for whoever measures.

What may not enter: anything that gathers, reads or codes. A newsroom that shared code with the stages would
share their mistakes, and the end-to-end test would prove nothing. No text of other publishers, no listener
off loopback.

    articles.py         the article files, typed       app.py            all hosts of one server
    placeholders.py     dates in the articles          news_host.py      one site: address to document
    edition.py          articles on a date and visit   pages.py          a folder of saved pages as sites
    sites.py            the sites, as data             faults.py         broken sites, for tests of bad input
    section_slugs.py    section names in addresses     exchange.py       request, response, validators
    oddities.py         links that lead to no article  server.py         sockets and threads
    behaviours.py       what those links answer        state.py          what is kept between two starts
    furniture.py        what stands around articles    source_files.py   the sites' source YAML files
    structured_data.py  JSON-LD                        gold.py           what a perfect pipeline would find
    rendering.py        pages from templates           run.py            the two ways in
    feeds.py            feed documents
"""

from pipeline.newsroom.run import RunningNewsroom, running_newsroom, serve

__all__ = ["RunningNewsroom", "running_newsroom", "serve"]
