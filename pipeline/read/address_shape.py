"""What an address says of the page behind it: a tag, an author, a search, a section, a video, a gallery, an article.

Only evidence: a town may be called Video, and a site may file its articles under /topic/. Words in a dozen languages,
as the content management systems write them into addresses.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

_TAG_WORDS = """
tag tags topic topics thema themen themenseite schlagwort schlagworte stichwort tema temas temi argomento argomenti
sujet sujets mot-cle keyword keywords label labels hashtag etiqueta etiquetas etiket konu tagg emne emner aihe
author authors autor autoren autores auteur auteurs autore autori forfatter skribent contributor contributors
profile profiles profil byline writer writers reporter staff people search suche suchen recherche buscar busca
busqueda ricerca cerca zoeken sok sog hledat szukaj arama haku poisk suchergebnisse results-page
"""
_SECTION_WORDS = """
category categories kategorie kategorien categorie categoria categorias kategori kategoria section sections rubrik
rubriken ressort ressorts rubrique rubriques seccion secciones sezione sezioni archive archives archiv archivo
archivos archivio arkiv page seite pagina latest newest aktuell neueste dernieres-actualites ultimas-noticias
todays-paper print-edition epaper e-paper sitemap
"""
_VIDEO_WORDS = """
video videos vidéo vidéos watch mediathek clip clips podcast podcasts audio audios listen episode episodes tv webtv
livestream live-tv play player
"""
_GALLERY_WORDS = """
gallery galleries galerie galerien galeria galerias galería galerías fotogalerie fotogaleria fotogalería photo photos
foto fotos fotostrecke fotostrecken bilder bilderstrecke bildergalerie diaporama diaporamas slideshow slideshows
photo-gallery photogallery picture-gallery in-pictures pictures photo-essay galeri foto-galeri kuvat bildspel
"""
_TICKER_WORDS = """
scores scoreboard livescore livescores live-scores results fixtures standings tabelle tabellen ergebnisse spielplan
resultados clasificacion classement resultats risultati classifica stocks quotes quote markets kurse aktien boerse
bourse cotizaciones liveticker election-results wahlergebnisse
"""
_SEARCH_KEYS = frozenset({"s", "q", "query", "search", "suche", "keyword", "keywords", "buscar"})
_INDEX = re.compile(r"(?:index|home|default|start|startseite)(?:\.\w{2,5})?|[a-z]{2}(?:[-_][a-z]{2})?", re.IGNORECASE)
_DATE = re.compile(r"(?:19|20)\d\d(?:-?\d\d){0,2}|\d{1,2}")
# A slug of four words, an identifier, or a file that is named by more than a word.
_ARTICLE = re.compile(r"(?:[^-_]+[-_]){3,}[^-_]+|.*\d{5,}.*|[\w-]*[a-f0-9]{8,}[\w-]*", re.IGNORECASE)
_PAGE_WORDS = frozenset({"page", "seite", "pagina", "p"})
_PLAIN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+){0,2}")
_MOST_AFTER_WORD = 2  # segments behind the word for a tag, without the number of the page: its name, its kind


class AddressShape(NamedTuple):
    """What the words and the form of an address speak for."""

    is_front: bool = False  # of the whole site
    is_tag: bool = False  # a tag, a topic, an author, a search
    is_section: bool = False
    is_video: bool = False  # or audio
    is_gallery: bool = False
    is_ticker: bool = False
    is_article: bool = False  # its last part is a slug or an identifier
    is_plain: bool = False  # a word or two in each part, no number, no query


def shape_of(url: str) -> AddressShape:
    """What `url` speaks for; nothing where it cannot be parsed."""
    try:
        parts = urlsplit(url)
        query = parse_qs(parts.query)
    except ValueError:
        return AddressShape()
    segments = [unquote(segment).lower() for segment in parts.path.split("/") if segment]
    names = [segment.partition(".")[0] for segment in segments]
    plain = [name for name in names if not _DATE.fullmatch(name)]
    last = names[-1] if names else ""
    article = bool(_ARTICLE.fullmatch(last)) or bool({"id", "p", "article", "artid", "aid"} & query.keys())
    searched = bool(_SEARCH_KEYS & query.keys()) and len(segments) <= 1
    return AddressShape(
        is_front=bool(parts.hostname)
        and not parts.query
        and all(map(_INDEX.fullmatch, segments))
        and len(segments) < 3,
        is_tag=searched or _stands_last(names, _TAGS),
        is_section=_stands_last(names, _SECTIONS) or (bool(names) and not plain),
        is_video=not _VIDEOS.isdisjoint(names),
        is_gallery=not _GALLERIES.isdisjoint(names),
        is_ticker=not _TICKERS.isdisjoint(names[-2:]),
        is_article=article,
        is_plain=not parts.query and len(names) <= 3 and all(map(_PLAIN.fullmatch, segments)),
    )


def _stands_last(names: list[str], words: frozenset[str]) -> bool:
    """Whether one of the words has behind it no more than a name and a number, none of them an article's slug."""
    for number, name in enumerate(names):
        if name in words:
            after = [later for later in names[number + 1 :] if not later.isdigit() and later not in _PAGE_WORDS]
            return len(after) <= _MOST_AFTER_WORD and not any(map(_ARTICLE.fullmatch, after))
    return False


_TAGS = frozenset(_TAG_WORDS.split())
_SECTIONS = frozenset(_SECTION_WORDS.split())
_VIDEOS = frozenset(_VIDEO_WORDS.split())
_GALLERIES = frozenset(_GALLERY_WORDS.split())
_TICKERS = frozenset(_TICKER_WORDS.split())
