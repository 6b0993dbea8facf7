"""The JSON-LD that some sites put into their pages, in the shapes that real publishers use."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC
from typing import Any

from pipeline.newsroom.edition import NewsArticle, Version
from pipeline.newsroom.sites import Site

Node = dict[str, Any]


def json_ld_blocks(site: Site, article: NewsArticle, version: Version, base: str, description: str) -> tuple[str, ...]:
    """The content of the page's `<script type="application/ld+json">` elements; none for most sites.

    Args:
        site: it decides the shape.
        article: the article.
        version: what its page says now.
        base: the site's address without a closing slash.
        description: the page's description, as its meta element has it.
    """
    shape = _SHAPES.get(site.id)
    if shape is None:
        return ()
    return tuple(_script_safe(block) for block in shape(site, article, version, base, description))


def _script_safe(block: Node | list[Node] | str) -> str:
    text = block if isinstance(block, str) else json.dumps(block, ensure_ascii=False, indent=1)
    return text.replace("</", "<\\/")  # a headline must not close the script element


def _persons(article: NewsArticle, **more: str) -> list[Node]:
    people: list[Node] = [{"@type": "Person", "name": name, **more} for name in article.byline]
    if not people and article.agency:
        return [{"@type": "Organization", "name": article.agency}]
    return people


def _news_article(site: Site, article: NewsArticle, version: Version, base: str, description: str) -> Node:
    return {
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": base + article.path},
        "headline": version.headline,
        "description": description,
        "datePublished": article.published_at.isoformat(),
        "dateModified": (version.modified_at or article.published_at).isoformat(),
        "articleSection": article.section,
        "inLanguage": article.language,
        "isAccessibleForFree": True,
        "image": [f"{base}/assets/{article.slug}.svg"],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": site.name,
            "logo": {"@type": "ImageObject", "url": f"{base}/assets/logo.svg"},
        },
    }


def _crumbs(article: NewsArticle, base: str) -> Node:
    names = (("Home", f"{base}/"), (article.section, base + article.path))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(names, start=1)
        ],
    }


def _single(site: Site, article: NewsArticle, version: Version, base: str, description: str) -> list[Node]:
    node = _news_article(site, article, version, base, description)
    return [
        {
            "@context": "https://schema.org",
            **node,
            "author": _persons(article),
            "keywords": list(article.keywords),
        }
    ]


def _graph(site: Site, article: NewsArticle, version: Version, base: str, description: str) -> list[Node]:
    people = [
        {"@type": "Person", "@id": f"{base}/#/person/{number}", "name": name}
        for number, name in enumerate(article.byline, start=1)
    ]
    node = _news_article(site, article, version, base, description)
    node["@id"] = f"{base}{article.path}#article"
    node["author"] = [{"@id": person["@id"]} for person in people] or {"@id": f"{base}/#organization"}
    node["publisher"] = {"@id": f"{base}/#organization"}
    page = {
        "@type": "WebPage",
        "@id": base + article.path,
        "url": base + article.path,
        "name": f"{version.headline} - {site.name}",
        "datePublished": article.published_at.isoformat(),
        "isPartOf": {"@id": f"{base}/#website"},
    }
    organization = {"@type": "Organization", "@id": f"{base}/#organization", "name": site.name, "url": base}
    website = {"@type": "WebSite", "@id": f"{base}/#website", "url": base, "name": site.name}
    graph = [page, website, organization, *people, _crumbs(article, base), node]
    return [{"@context": "https://schema.org", "@graph": graph}]


def _list_beside_broken(
    site: Site, article: NewsArticle, version: Version, base: str, description: str
) -> list[list[Node] | str]:
    node = _news_article(site, article, version, base, description)
    node["author"] = _persons(article)
    website = {"@type": "WebSite", "name": site.name, "url": base}
    nodes = [{"@context": "https://schema.org", **part} for part in (website, _crumbs(article, base), node)]
    # Valid JSON forbids both the raw line break inside a string and the closing comma.
    broken = '{"@context": "https://schema.org", "@type": "WebPage", "description": "Read more\nat our site",}'
    return [broken, nodes]


def _author_names(site: Site, article: NewsArticle, version: Version, base: str, description: str) -> list[Node]:
    node = _news_article(site, article, version, base, description)
    names = list(article.byline) or ([article.agency] if article.agency else [site.name])
    node["author"] = names[0] if len(names) == 1 else names
    node["@type"] = ["NewsArticle", "Article"]
    node["publisher"] = {"@type": "Organization", "name": site.name}
    return [{"@context": "http://schema.org/", **node}]


def _utc_instants(site: Site, article: NewsArticle, version: Version, base: str, description: str) -> list[Node]:
    node = _news_article(site, article, version, base, description)
    for field, instant in (
        ("datePublished", article.published_at),
        ("dateModified", version.modified_at or article.published_at),
    ):
        node[field] = instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    people = _persons(article)
    node["author"] = people[0] if len(people) == 1 else people
    node["keywords"] = ", ".join(article.keywords)
    return [{"@context": "https://schema.org", **node}]


def _author_objects(site: Site, article: NewsArticle, version: Version, base: str, description: str) -> list[Node]:
    node = _news_article(site, article, version, base, description)
    node["author"] = _persons(article, jobTitle="Reporter", url=f"{base}/about/")
    organization = {"@context": "https://schema.org", "@type": "Organization", "name": site.name, "url": base}
    return [organization, {"@context": "https://schema.org", **node}]


_Shape = Callable[[Site, NewsArticle, Version, str, str], list[Any]]
_SHAPES: dict[str, _Shape] = {
    "harbour-gazette": _single,
    "meridian-wire": _graph,
    "pacific-herald": _list_beside_broken,
    "andes-tribune": _author_names,
    "gulf-business-journal": _utc_instants,
    "southern-cross-post": _author_objects,
}
