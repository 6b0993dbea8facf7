"""Lines that lead from one page of an article to another: "Page 2 of 4", "Lesen Sie weiter auf Seite 2", "1 2 3"."""

from __future__ import annotations

import re

from pipeline.read.text import folded

_MOST_CHARACTERS = 70
_PAGE_WORDS = """
    page pages pag pg seite seiten página pagina paginas páginas sida sidan side sivu sivulle strona stronie stránka
    strana stránce oldal sayfa halaman trang страница странице страницы стр сторінка сторінці σελίδα صفحة الصفحة עמוד
"""
_TURNING_WORDS = """
    next previous prev weiter zurück nächste vorherige suivant suivante précédent précédente siguiente anterior próxima
    seguinte successiva precedente volgende vorige nästa föregående neste forrige næste następna poprzednia další
    předchozí následující sonraki önceki következő előző seuraava edellinen далее следующая предыдущая назад التالي
    السابق 下一页 上一页 下一頁 上一頁 次へ 前へ 次のページ 前のページ 다음 이전
"""
_OTHER_WORDS = """
    of von sur de di van av af z ze из із από من on in to from the go story article artikel this an one single full all
    view read show as continue continued continues cont d lesen sie auf aus der dem einer diesen anzeigen alles
    fortsetzung fortgesetzt folgt lire la le en une seule suite à continúa sigue en una sola leer continua segue su una
    leggi verder lees op één ga naar forts på продолжение на
"""
_PAGES = frozenset(_PAGE_WORDS.split())
_TURNS = frozenset(_TURNING_WORDS.split())
_WORDS = _PAGES | _TURNS | frozenset(_OTHER_WORDS.split())
_CHINESE_PAGE = re.compile(r"\W*第\s*\d{1,3}\s*[页頁](?:\W*共\s*\d{1,3}\s*[页頁])?\W*")
_PAGE = "|".join(sorted(_PAGES, key=len, reverse=True))
# Before the heading of a page: "Page 2:" or "Seite 2/4 -".
_LABEL = re.compile(
    rf"\W*(?:{_PAGE})\s*(\d{{1,3}})(?:\s*(?:of|von|sur|de|di|van|av|af|/)\s*\d{{1,3}})?\s*[:|–—-]\s*(?=\S)",
    re.IGNORECASE,
)


def leads_to_another_page(line: str, own_number: int) -> bool:
    """Whether a line says nothing but which page this is, or where the others are.

    Args:
        line: a paragraph.
        own_number: of the page that it stands on: "Page 3: a heading" leads elsewhere from page 2, and not from 3.
    """
    label = _LABEL.match(line)
    if label is not None and len(line) <= 2 * _MOST_CHARACTERS and int(label[1]) != own_number:
        return True
    if len(line) > _MOST_CHARACTERS:
        return False
    if _CHINESE_PAGE.fullmatch(line):
        return True
    words = folded(line).split()
    numbers = [int(word) for word in words if word.isdecimal()]
    if not words or any(word not in _WORDS and not word.isdecimal() for word in words):
        return False
    if len(numbers) == len(words):
        return len(words) > 1 and numbers == list(range(numbers[0], numbers[0] + len(words)))
    return any(word in _PAGES for word in words) or all(word in _TURNS or word.isdecimal() for word in words)


def without_page_label(line: str, own_number: int) -> str:
    """A line without "Page 2: " before it, where that is the page it stands on."""
    label = _LABEL.match(line)
    return line[label.end() :] if label is not None and int(label[1]) == own_number else line
