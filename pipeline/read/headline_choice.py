"""Which of the forms of a headline is the headline.

A page says its headline up to six times: JSON-LD, microdata, og:title, twitter:title, the h1, the title element. On a
third of real pages they differ. The order alone (JSON-LD is the newsroom's own word, then what readers see, then
og:title) is right on five of six pages; the rest is decided by who agrees with whom:

1. JSON-LD that only repeats the title element, against an h1 in other words, is the title for search machines: the
   h1 is the headline. (A word or two of difference, a kicker or a byline, are no other words.)
2. og:title that stands alone, where JSON-LD, h1, title and twitter:title are filled from one field, was written by
   hand for this article, the others by a template: og:title is the headline.
3. Where forms differ in punctuation or spaces only, the spelling counts that most forms have.
4. A form that was cut (by an ellipsis, or by the 110 characters that search machines allow) gives way to the form that
   goes on.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.read.text import folded

_ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…|\[…\])\s*$")
_SHARED_WORDS = 0.4
_SAME_WORDS = 0.9
_LIMIT_CHARACTERS = range(105, 111)  # Google's guide allowed a headline of 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """The forms of one page's headline, each without the site's name; None where the page has none."""

    json_ld: str | None = None
    heading: str | None = None
    open_graph: str | None = None
    microdata: str | None = None
    title: str | None = None
    twitter: str | None = None

    def in_order(self) -> list[tuple[str, str]]:
        """The forms that are there, the most trusted first, each with where it came from."""
        order = (
            (self.json_ld, "json_ld"),
            (self.heading, "page"),
            (self.open_graph, "meta"),
            (self.microdata, "microdata"),
            (self.title, "page"),
            (self.twitter, "meta"),
        )
        return [(text, source) for text, source in order if text]


def choose(forms: Forms) -> tuple[str, str] | None:
    """The headline and where it came from (json_ld, page, meta, microdata); None where there is no form."""
    listed = forms.in_order()
    if not listed:
        return None
    text, source = _chosen(forms) or listed[0]
    text, source = _best_spelling(text, source, listed)
    return _whole(text, source, listed)


def _chosen(forms: Forms) -> tuple[str, str] | None:
    """What rules 1 and 2 say; None where they say nothing."""
    stated, shown, shared, title = (
        folded(form) for form in (forms.json_ld, forms.heading, forms.open_graph, forms.title)
    )
    if not stated or not shown:
        return None
    rewritten = title == stated != shown and not _nearly_the_same(stated, shown)
    if rewritten and forms.heading and (shared == shown or _speaks_of_the_same(stated, shown)):
        # With a kicker in front or a byline behind it is the same headline, unless og:title takes a side.
        if shared != stated or not _one_holds_the_other(stated, shown):
            return forms.heading, "page"
        return None
    alone = shared and forms.open_graph and shared != stated
    if alone and forms.open_graph and stated == shown == title == folded(forms.twitter):
        return forms.open_graph, "meta"
    return None


def _nearly_the_same(one: str, other: str) -> bool:
    """Whether two forms differ in a word or two only: one was mended, not written anew for search machines."""
    words, others = set(one.split()), set(other.split())
    return len(words & others) >= _SAME_WORDS * max(len(words), len(others))


def _speaks_of_the_same(one: str, other: str) -> bool:
    """Whether two forms share a good part of their words; else one of them may be a section's name or a motto."""
    words, others = set(one.split()), set(other.split())
    return len(words & others) >= _SHARED_WORDS * min(len(words), len(others))


def _one_holds_the_other(one: str, other: str) -> bool:
    """Whether the words of one are the beginning or the end of the other: a kicker in front, a byline behind."""
    short, long = sorted((one, other), key=len)
    return long.startswith(f"{short} ") or long.endswith(f" {short}")


def _best_spelling(text: str, source: str, listed: list[tuple[str, str]]) -> tuple[str, str]:
    own = folded(text)
    same = [form for form, _ in listed if folded(form) == own]
    return Counter(same).most_common(1)[0][0], source  # the first among equals, which is the most trusted


def _whole(text: str, source: str, listed: list[tuple[str, str]]) -> tuple[str, str]:
    beginning = _ELLIPSIS.sub("", text)
    if beginning == text and len(text) not in _LIMIT_CHARACTERS:
        return text, source
    for form, its_source in listed:
        if len(form) > len(text) and form.startswith(beginning) and not _ELLIPSIS.search(form):
            return form, its_source
    return text, source
