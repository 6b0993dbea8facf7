"""Pages whose matter is no text: videos, podcasts, galleries, tables of scores, prices or results.

Each may be a report as well: with some hundred words that are no captions and no rows it is an article, and so is
anything that is filed as news and has a player beside its two sentences.
"""

from __future__ import annotations

import re

from pipeline.read.page import element_text
from pipeline.read.page_facts import PageFacts
from pipeline.statuses import ArticleStatus

_REPORT_WORDS = 120
_PLAYER_ADDRESS = re.compile(
    r"youtube(?:-nocookie)?\.com/embed|player\.vimeo|dailymotion\.com/(?:embed|player)|jwplayer|jwplatform"
    r"|brightcove|kaltura"
    r"|glomex|ooyala|vidible|anyclip|megaphone\.fm|open\.spotify\.com/embed|w\.soundcloud|podigee|omny\.fm|acast"
    r"|libsyn|simplecast"
    r"|audioboom|rutube|vk\.com/video|player\.bilibili|ardmediathek|/embed/(?:video|audio)|/player/",
    re.IGNORECASE,
)
_PLAYER_KINDS = frozenset(
    {"VideoObject", "AudioObject", "PodcastEpisode", "RadioEpisode", "TVEpisode", "Clip", "Episode"}
)
_GALLERY_KINDS = frozenset({"ImageGallery", "MediaGallery"})
_TICKER_KINDS = frozenset({"SportsEvent", "SportsTeam", "SportsLeague", "SportsOrganization", "Corporation", "Dataset"})
_ARTICLE_KIND = re.compile(r"Article$|Posting$|Report$")
_GALLERY_TITLE = re.compile(
    r"(?:in pictures|photos?|pictures|pics|gallery|photo gallery|slideshow|images|bilder|fotos?|fotostrecke"
    r"|bilderstrecke|galerie"
    r"|fotogalerie|bildergalerie|en images|en photos|diaporama|en imágenes|fotogalería|galería|le foto|fotogallery"
    r"|galeria|kuvat|zdjęcia|фото|фоторепортаж)"
    r"(?: \d+)?|\d+ (?:photos|pictures|images|fotos|bilder)",
    re.IGNORECASE,
)
_REPORT_AND_CAPTIONS_WORDS = 1_500
_MOST_PARTS_OF_CAPTION = 8
_FEWEST_PICTURES = 4
_ROW_SHARE = 0.6  # of the text that was found, or of the page's where none was
_SHORT_LINE_CHARACTERS = 70
_FEWEST_LINES = 6
_FEWEST_CELLS = 24
_FIGURES_SHARE = 0.35  # of the cells
_TICKER_PROSE_WORDS = 45
_FIGURE = re.compile(r"\d")


def media_page_in(facts: PageFacts) -> tuple[ArticleStatus, str] | None:
    """What the page is where its matter is no text, and what shows it; None where it is an article."""
    if facts.prose_words <= _REPORT_WORDS and (found := _ticker_in(facts)):
        return ArticleStatus.LIVE_TICKER, found
    may_be_gallery = _calls_itself_gallery(facts)
    if facts.prose_words > (_REPORT_AND_CAPTIONS_WORDS if may_be_gallery else _REPORT_WORDS):
        return None
    words = _words_outside_captions(facts)
    if words > _REPORT_WORDS:
        return None
    if may_be_gallery and (found := _pictures_in(facts)):
        return ArticleStatus.GALLERY_PAGE, f"{found}, and {words} words that are no captions"
    if found := _player_in(facts):
        return ArticleStatus.VIDEO_PAGE, f"{found}, and {words} words"
    return None


def _player_in(facts: PageFacts) -> str | None:
    typed = facts.og_type.startswith(("video", "music")) or (
        bool(facts.kinds & _PLAYER_KINDS) and not any(map(_ARTICLE_KIND.search, facts.kinds))
    )
    if not typed and not facts.address.is_video and facts.prose_words:
        return None
    if not typed and facts.address.is_article and facts.claims_article and not facts.address.is_video:
        return None
    tree = facts.page.tree
    played = (
        next(tree.iter("video", "audio"), None) is not None
        or bool(facts.kinds & _PLAYER_KINDS)
        or any(key.startswith(("og:video", "og:audio", "twitter:player")) for key in facts.page.meta)
        or any(_PLAYER_ADDRESS.search(f.get("src") or f.get("data-src") or "") for f in tree.iter("iframe"))
    )
    return "a player" if played else None


def _calls_itself_gallery(facts: PageFacts) -> bool:
    """Whether the page's address, title or type says so; of one that claims to be an article its type does not."""
    if facts.address.is_gallery or any(_GALLERY_TITLE.fullmatch(label.partition(":")[0]) for label in facts.labels):
        return True
    return bool(facts.kinds & _GALLERY_KINDS) and not facts.claims_article


def _pictures_in(facts: PageFacts) -> str | None:
    pictures = sum(1 for figure in facts.page.tree.iter("figure") if figure.find(".//img") is not None)
    if pictures < _FEWEST_PICTURES:
        pictures = len({image.get("src") or image.get("data-src") for image in facts.page.tree.iter("img")})
        pictures -= sum(1 for a in facts.page.tree.iter("a") if a.find("img") is not None)  # teasers' pictures
    return f"{pictures} pictures" if pictures >= _FEWEST_PICTURES else None


def _words_outside_captions(facts: PageFacts) -> int:
    if not facts.prose:
        return 0
    captions = [element_text(caption) for caption in facts.page.tree.iter("figcaption")]
    captions += [
        element_text(mark.element)
        for mark in facts.page.marked
        if "caption" in mark.marks.lower() and len(mark.element) < _MOST_PARTS_OF_CAPTION
    ]
    text, all_captions = "\n".join(text for text in facts.prose if text not in captions), "\n".join(captions)
    for caption in captions:
        text = text.replace(caption, " ")  # some pages' captions are found in one paragraph with the rest
    return sum(facts.words_in(line) for line in text.splitlines() if line not in all_captions)


def _ticker_in(facts: PageFacts) -> str | None:
    """Tables, or short lines with figures, and no report."""
    if facts.claims_article or facts.prose_words > _TICKER_PROSE_WORDS:
        return None
    told = facts.address.is_ticker or bool(facts.kinds & _TICKER_KINDS)
    lines = [
        block.text
        for block in facts.blocks
        if block.kind == "row" or (len(block.text) <= _SHORT_LINE_CHARACTERS and _FIGURE.search(block.text))
    ]
    rows = [block for block in facts.blocks if block.kind == "row" and _FIGURE.search(block.text)]
    if sum(map(len, lines)) >= _ROW_SHARE * max(1, facts.characters) and (
        len(rows) >= _FEWEST_LINES or (told and len(lines) >= _FEWEST_LINES)
    ):
        return f"{len(lines)} lines of figures and {facts.prose_words} words of text"
    cells = [element_text(cell) for cell in facts.page.tree.iter("td")]
    figures = sum(1 for cell in cells if len(cell) <= 20 and _FIGURE.search(cell))
    if len(cells) < _FEWEST_CELLS or figures < _FIGURES_SHARE * len(cells) or facts.prose_words:
        return None
    if sum(map(len, cells)) >= _ROW_SHARE / 2 * len(facts.shown) or told:
        return f"a table of {len(cells)} cells and no text"
    return None
