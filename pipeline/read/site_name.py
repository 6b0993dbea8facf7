"""The site's name, and a title without it: "Grain ships wait | Business | The Selby Star" is three things in one.

What may be cut from a title is the site's name as the page, its address or its source gives it, the section it names,
or what another form of the same headline does not have. A dash is not enough: half of a headline may stand behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.read.page import Page
from pipeline.read.structured import StructuredArticle
from pipeline.read.text import folded

_SEPARATOR = re.compile(r"\s+[|–—•·»«‹›:~/⋆★-]+\s+|\s*[|｜ㅣ]\s*|：|(?<=\w\w\w):\s+")
# Words that come and go around a name: "The Star", "Star Online", "Star News".
_LOOSE_WORDS = frozenset(
    ("the", "www", "com", "net", "org", "online", "news", "digital", "magazine", "magazin", "blog", "website", "site")
)
# Endings of addresses and the parts in front that say nothing of who publishes.
_NO_NAME = frozenset(
    ("www", "m", "mobile", "amp", "com", "co", "org", "net", "gov", "edu", "ac", "info", "tv", "news", "blog", "blogs")
)
_MIN_PART_OF_HOST_CHARACTERS = 5
_MIN_KEPT_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class SiteNames:
    """The names of a site, folded, and the labels of its host."""

    names: frozenset[str]
    cores: frozenset[str]  # the names without loose words, and their initials
    labels: tuple[str, ...]

    def has(self, text: str) -> bool:
        """Whether `text` is one of the names word by word."""
        return folded(text) in self.names

    def sounds_like(self, text: str) -> bool:
        """Whether `text` is a name of the site in other words: loosely, by its initials, or as in its address."""
        own = folded(text)
        if not own or len(own) > 60:
            return False
        words = own.split()
        joined = "".join(words)
        core = " ".join(word for word in words if word not in _LOOSE_WORDS)
        if own in self.names or joined in self.names or (core and core in self.cores):
            return True
        if all(word in self.labels for word in words):
            return True
        joined = core.replace(" ", "")
        return len(joined) >= _MIN_PART_OF_HOST_CHARACTERS and any(
            label.startswith(joined) or label.endswith(joined) for label in self.labels
        )


def site_names(page: Page, structured: Sequence[StructuredArticle], source_name: str | None = None) -> SiteNames:
    """The names of the site of `page`: its source's, those of its metadata, and what its address says.

    Args:
        page: the parsed page.
        structured: what JSON-LD and microdata say, for the publisher.
        source_name: the name under which the source is listed, where it is known.
    """
    stated = [source_name, *(item.publisher for item in structured)]
    for key in ("og:site_name", "application-name", "publisher", "twitter:site", "apple-mobile-web-app-title"):
        stated.extend(page.meta.get(key, ())[:1])
    headline = {folded(item.headline) for item in structured} | {folded(page.first_meta("og:title"))}
    # Some pages put their headline where the application's name belongs.
    names = {name for text in stated if text and (name := folded(text)) and name not in headline}
    try:
        host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    except ValueError:  # no address: the page has to do
        host = ""
    labels = tuple(label.replace("-", "") for label in host.split(".")[:-1] if label not in _NO_NAME)
    cores = {core for name in names if (core := " ".join(word for word in name.split() if word not in _LOOSE_WORDS))}
    cores |= {initials for name in names if len(initials := "".join(word[0] for word in name.split())) > 1}
    own = {folded(host), *labels, *(f"the {label}" for label in labels)} - {"", "the "}
    return SiteNames(frozenset(names | own), frozenset(cores), labels)


def without_site(text: str, others: Iterable[str], sites: SiteNames, sections: frozenset[str] = frozenset()) -> str:
    """`text` without the site's name, and a section, behind (or in front of) a separator.

    Args:
        text: a title as the page gives it.
        others: the folded other forms of the headline; what one of them shows alone is the headline.
        sites: the site's names.
        sections: the folded names of the section; cut only together with or after the site's name, or behind "|".
    """
    cuts = list(_SEPARATOR.finditer(text))
    if not cuts:
        return text
    own = folded(text)
    known = {form for form in others if form != own}
    for cut in cuts:
        if ":" in cut.group():
            continue  # a kicker and a headline
        left = text[: cut.start()].strip()
        short = folded(left)
        if short in known and (
            len(short) >= _MIN_KEPT_SHARE * len(own)
            or any(sites.sounds_like(part) for part in _SEPARATOR.split(text[cut.end() :]))
        ):
            return left
    for cut in reversed(cuts):
        left, right = text[: cut.start()].strip(), text[cut.end() :].strip()
        if not left or not right:
            continue
        if ":" not in cut.group() and not sites.has(left):
            bar = "|" in cut.group() or len(folded(right).split()) == 1
            if sites.has(right) or (sites.sounds_like(right) and (bar or len(cuts) == 1 or _is_last(cut, cuts))):
                return without_site(left, known, sites, sections)
            if "|" in cut.group() and folded(right) in sections:
                return without_site(left, known, sites, sections)
        if sites.sounds_like(left) and folded(right) in known:
            return right  # in front it counts only where another form shows the rest alone
    return text


def _is_last(cut: re.Match[str], cuts: Sequence[re.Match[str]]) -> bool:
    return cut is cuts[-1]
