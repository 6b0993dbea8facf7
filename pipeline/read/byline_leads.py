"""What stands before names in credits: the "By" of many languages, and the words for other work than writing."""

from __future__ import annotations

import re

_AUTHOR_LEAD = re.compile(
    r"^\W*(?:(?:(?:additional |extra )?(?:written|posted|story|stories|text|words|report(?:ing|ed)?|article"
    r"|published|authored|compiled|contributed|created|submitted|opinion|analysis|column|exclusive|interview"
    r"|guest (?:post|column)|commentary|words and (?:photos|pictures))(?: (?:and|&) \w+)? (?:by|from)|by"
    r"|oleh|ditulis oleh|tác giả|yazan)\b"
    r"|(?:von|par|por|di|da|door|av|af|od|przez|от|од)(?:\s*$|\s+(?=(?-i:[^\W\d_a-zß-öø-ÿа-яё])\S*\s\S))"
    r"|(?:eine?|ein)\s[\w-]+\svon\b"
    r"|[\w-]*(?:beitrag|kommentar|analyse|interview|kolumne|bericht|essay|glosse|reportage|porträt|rezension)\svon\b"
    r"|(?:автор(?:ы|и)?|текст(?: и фото)?|autor(?:in|en|es|as|a|i|ka|ři)?|auteurs?|authors?"
    r"|text(?: (?:und|&|och|and) \w+)?|tekst(?: og \w+)?|texte|texto|testo(?: di)?|penulis"
    r"|writer|reporter|journalist|名前|文|作者|記者|记者|撰文|取材・文"
    r"|本报记者|المؤلف|الكاتب|بقلم|كتب)\s*[:：|/／]"
    r"|(?:author|autor(?:in)?|auteur|автор|text|texte|記者|记者)\b(?=\s+(?-i:[A-ZÄÖÜА-Я])))"
    r"[\s:：|]*",
    re.IGNORECASE,
)
_LEAD_EDGES = " \n\t\r\xa0—–-(*•|✍"
# What a lead can begin with: asked of every text on a page, so that the pattern is not.
_LEAD_START_WORDS = (
    "by|von |par |por |di |da |door |av |af |od |przez |от |од |oleh|ditulis|tác giả|yazan|written|posted|stor|text"
    "|words|report|article|published|authored|compiled|contributed|created|submitted|opinion|analysis|column|exclusive"
    "|interview|guest|comment|additional|extra|ein|автор|текст|autor|auteur|author|tekst|testo|penulis|writer"
    "|journalist|名前|文|作者|記者|记者|撰文|取材|本报记者|المؤلف|الكاتب|بقلم|كتب"
)
_LEAD_STARTS = tuple(_LEAD_START_WORDS.split("|"))
# Credits that are no author's: what follows them goes, up to the next "By".
_OTHER_LEAD = re.compile(
    r"^\W*(?:(?:photo|picture|image|video|illustration|graphic)s?\b|photograph\w*|fotos?\b|foto:|fotograf\w*"
    r"|bild(?:er)?\b|illustra\w+|grafik\w*|kamera|schnitt|übersetz\w*|aus dem \w+ (?:von|übersetzt)|translat\w+"
    r"|traduc\w+|traduz\w+|vertaling|översättning|(?:edited|editing|reviewed|checked|verified|produced|approved|curated|narrated"
    r"|updated)\b|(?:medically|clinically|expert|fact|legally|technically)[ -](?:review|check)\w*"
    r"|edit(?:or)?s?:|lektorat|redigering"
    r"|фото|перевод|責任編集|責編|责任编辑|编辑|編集|校对|写真|摄影|翻译)(?:\s|:|：|$|/)",
    re.IGNORECASE,
)


def has_author_lead(text: str) -> bool:
    """Whether `text` begins with a "By" of some language."""
    head = text.lstrip(_LEAD_EDGES)[:60].lower() + " "
    return (head.startswith(_LEAD_STARTS) or " von " in head) and bool(_AUTHOR_LEAD.match(text))


def without_lead(text: str) -> str:
    """`text` without the "By" at its beginning."""
    return _AUTHOR_LEAD.sub("", text, count=1)


def is_other_credit(text: str) -> bool:
    """Whether `text` credits somebody who is no author: a photographer, an editor, a translator."""
    return bool(_OTHER_LEAD.match(text))
