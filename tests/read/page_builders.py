"""Small pages in the shapes that news sites build, for the tests of what is an article and what is not."""

from __future__ import annotations

import json

SITE = "https://www.selby-courier.example"
NAV = "".join(
    f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("news", "politics", "business", "sport", "culture")
)
HEADER = f'<header><a href="/" class="logo">The Selby Courier</a><nav><ul>{NAV}</ul></nav></header>'
FOOTER = '<footer><p>© The Selby Courier. <a href="/imprint">Imprint</a> <a href="/privacy">Privacy</a></p></footer>'
SENTENCES = (
    "The council closed the old bridge on Monday for repairs that will take until spring, officials said.",
    "Buses will go round by the mill, which adds eleven minutes to the trip to the hospital.",
    "Shopkeepers on the far bank asked for a footbridge and were promised an answer by Friday.",
    "The railing has been loose since the storm in January, when a lorry slid into the eastern pillar.",
    "An engineer who looked at the pillar in March wrote that it would not survive another flood.",
    "The money comes from the fund for roads, of which two thirds were spent on the ring road last year.",
    "Residents of the lower town said they had learned of the closure from a sheet of paper on a lamp post.",
    "The mayor called the work overdue and said that the old stone would be used again where it could be.",
)
HEADLINES = (
    "Bridge over the mill stream closed until spring",
    "Council votes to raise the price of parking",
    "School in the lower town gets a new roof",
    "Farmers warn of a second dry summer in a row",
    "Hospital opens its new wing after nine years",
    "Choir from the valley wins the national contest",
    "Two hurt as bus and milk lorry meet on the pass",
    "Library lends out tools, tents and a telescope",
    "Ferry operator asks for help with fuel costs",
    "Old brewery becomes a home for young families",
    "Police look for witnesses of a night-time theft",
    "Theatre cancels its season after water damage",
)


def paragraphs(count: int, *, start: int = 0) -> str:
    """Paragraphs of three sentences, no two alike."""
    return "".join(
        "<p>"
        + " ".join(SENTENCES[(start + 3 * n + k) % 8].replace("the ", f"the {n + 1}th ", 1) for k in range(3))
        + "</p>"
        for n in range(count)
    )


def page(
    body: str,
    *,
    title: str = "The Selby Courier",
    head: str = "",
    lang: str = "en",
    og_type: str | None = None,
    ld: object = None,
    chrome: bool = True,
) -> bytes:
    """A whole page around `body`."""
    meta = f'<meta property="og:type" content="{og_type}">' if og_type else ""
    data = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld else ""
    inner = f"{HEADER}<main>{body}</main>{FOOTER}" if chrome else body
    return (
        f"<!doctype html><html lang='{lang}'><head><meta "
        f"charset='utf-8'><title>{title}</title>{meta}{head}{data}</head>"
        f"<body>{inner}</body></html>"
    ).encode()


def news_article(headline: str, **more: object) -> dict[str, object]:
    """JSON-LD of an article."""
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "datePublished": "2025-05-20T08:00:00+02:00",
        **more,
    }


def slug(text: str) -> str:
    """The last part of an article's address."""
    return "-".join("".join(c for c in text.lower() if c.isalnum() or c == " ").split())


def teaser(
    number: int, *, tag: str = "article", heading: str = "h3", standfirst: bool = True, path: str = "/news/"
) -> str:
    """A headline with its link and a sentence."""
    headline = HEADLINES[number % len(HEADLINES)]
    text = f"<p>{SENTENCES[number % len(SENTENCES)]}</p>" if standfirst else ""
    link = f'<a href="{path}{slug(headline)}-{number}">{headline}</a>'
    return f'<{tag} class="teaser"><{heading}>{link}</{heading}>{text}</{tag}>'


def teasers(count: int, **how: object) -> str:
    """Several of them."""
    return "".join(teaser(number, **how) for number in range(count))  # type: ignore[arg-type]  # handed on as they are


def figures(count: int) -> str:
    """Pictures with captions."""
    return "".join(
        f'<figure><img src="/img/{n}.jpg">'
        f"<figcaption>Picture {n + 1}: {SENTENCES[n % 8]} Photo: Ida Holm</figcaption></figure>"
        for n in range(count)
    )


def table(rows: int, columns: int = 6) -> str:
    """A table of figures."""
    return (
        "<table>"
        + "".join(
            f"<tr><td>Club {r}</td>" + "".join(f"<td>{(r * 7 + c * 3) % 40}</td>" for c in range(columns)) + "</tr>"
            for r in range(rows)
        )
        + "</table>"
    )
