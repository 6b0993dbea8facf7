"""Captions: what stands under a picture, and whom it credited, kept apart."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from lxml import etree

from pipeline.read.marks import MarkPattern, marks_of
from pipeline.read.page import element_text, texts_in
from pipeline.read.text import clean_line, folded

_CREDIT_MARK = MarkPattern(
    r"credit|copyright|photographer|fotograf|photo-?_?(?:by|source|author)|image-?_?(?:source|author|rights)"
    r"|(?:^|[\s_-])(?:quelle|rights|urheber"
    r"|source|bildnachweis|byline|attribution|agency)(?:$|[\s_-])"
)
_CAPTION_MARK = MarkPattern(
    r"caption|bildunterschrift|legende?\b|cutline|didascalia|pie-?de-?foto|image-?_?(?:description|text)|bildtext"
)
_BUTTON_TEXT = re.compile(
    r"^(?:(?:enlarge|open|close|view|show|expand|zoom)\b.{0,30}|(?:bild )?(?:vergrößern|öffnen)"
    r"|toggle caption|hide caption"
    r"|\d{1,3} ?(?:/|of|von) ?\d{1,3}|image|photo|caption|foto|bild)$",
    re.IGNORECASE,
)
_AGENCIES = (
    r"getty(?: images)?|reuters|afp|associated press|\bap\b|\bdpa\b|imago(?: images)?|picture[ -]alliance"
    r"|shutterstock|istock|alamy|epa|\bpa\b"
    r"|unsplash|pexels|pixabay|adobe ?stock|ansa|efe|lusa|keystone|ritzau|ntb|tt|belga|anp|xinhua|tass|kyodo"
    r"|yonhap|wikimedia|bloomberg|zuma"
)
_WORD = (
    r"(?:photo(?:graph)?s?|image|picture|fotos?|fotografie|bild(?:er|quelle|nachweis|rechte)?|quelle|source"
    r"|credit|crédits?|copyright"
    r"|immagine|imagen|fotografía|fotó|zdjęcie|kuva|billede|valokuva|фото|fot\.|foto|illustration|grafik"
    r"|video|ảnh|写真|撮影|图|摄)"
)
_LABELLED = re.compile(
    rf"(?:^|[\s(\[|/.–—-])(?P<label>{_WORD}(?: (?:credit|by|courtesy(?: of)?|von|par|de|di))?\s*[:：]"
    rf"|(?:photo(?:graph)?|image|picture|foto|photos) (?:by|courtesy of|von|par|di)\s|©|\(c\)|℗)"
    r"\s*(?P<who>[^()\[\]©]{2,120}?)[)\].]?\s*$",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(
    rf"\s*[(\[](?P<who>[^()\[\]]{{0,80}}(?:{_AGENCIES}|(?:photo|foto|image|handout"
    rf"|courtesy)\b)[^()\[\]]{{0,80}})[)\]]\.?\s*$",
    re.IGNORECASE,
)
# "Ann Lee/Reuters", "Reuters", "Ann Lee, AFP via Getty Images": the whole line, or what follows a sentence or a bar.
_WITH_AGENCY = re.compile(
    r"(?:^|(?<=[.!?”\"…])\s+|\s[|–—-]\s)"
    r"(?P<who>(?:(?:(?:\w\.|[\w'’-]+) ){0,4}(?:\w\.|[\w'’-]+)\s?(?:/|,| - | via )\s?)?"
    rf"\b(?:{_AGENCIES})\b(?:\s?/\s?[\w.' -]+|\s+(?:via|images|photo)\b[\w .'/-]*)?)\s*$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"^(?:{_WORD}(?: (?:credit|by|courtesy(?: of)?|von|par|de|di))?\s*[:：]|(?:photo(?:graph)?|image|picture"
    rf"|foto)s? (?:by|courtesy of|von|par|di)\s|©|\(c\)|copyright\b:?)\s*",
    re.IGNORECASE,
)
_CAPTION_TAGS = ("span", "div", "p", "small", "cite", "em", "li")
_MOST_ELEMENTS = 60  # of a figure
_LONGEST_CAPTION_CHARACTERS = 2_000
_LONGEST_CREDIT_CHARACTERS = 200
_SENTENCE_CHARACTERS = 40
_LOOKED_AT_CHARACTERS = 260  # of a caption's end: no credit is longer


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands under a picture, without its credit; and the credit without its label."""

    text: str | None
    credit: str | None

    def or_else(self, other: Caption | None) -> Caption:
        """This one, with what it lacks from the other."""
        return Caption(self.text or other.text, self.credit or other.credit) if other else self


def split_credit(line: str | None) -> tuple[str | None, str | None]:
    """A caption's text and its credit: "A view. Photo: Ann Lee/AP" gives ("A view.", "Ann Lee/AP")."""
    text = clean_line(line)[:_LONGEST_CAPTION_CHARACTERS]
    if not text:
        return None, None
    credited: list[str] = []
    for _ in range(2):  # "Photo: Ann Lee © The Paper"
        start = max(0, len(text) - _LOOKED_AT_CHARACTERS)
        found = _LABELLED.search(text, start) or _IN_BRACKETS.search(text, start) or _WITH_AGENCY.search(text, start)
        if not found:
            break
        credited.insert(0, found["who"])
        text = text[: found.start()].rstrip(" (|/–—-[,;")
    credit = _clean_credit(" / ".join(credited)) if credited else None
    return text or None, credit


def caption_of(figure: etree._Element) -> Caption:
    """The caption and credit within a figure, or within what stands in for one."""
    source = next(figure.iter("figcaption"), None)
    credited: list[etree._Element] = []
    for element in itertools.islice(figure.iter(*_CAPTION_TAGS), _MOST_ELEMENTS):
        marks = marks_of(element)
        if element.tag == "small" or _CREDIT_MARK.matches(marks):
            if not credited or credited[-1] not in element.iterancestors():
                credited.append(element)
        elif source is None and _CAPTION_MARK.matches(marks):
            source = element
    whole = "" if source is None else element_text(source)
    stated: dict[str, None] = {}
    for element in credited[:3]:
        if text := element_text(element):
            stated[text] = None
            whole = whole.replace(text, " ", 1)
    if source is not None:
        for element in itertools.islice(source.iter("button", "svg"), 10):
            text = clean_line("".join(texts_in(element)))
            whole = whole.replace(text, " ", 1)
            stated = {shown.replace(text, " ", 1): None for shown in stated}
    text_only, credit = split_credit(clean_line(whole).strip(" /|,"))
    if text_only and _BUTTON_TEXT.match(text_only):
        text_only = None
    caption, named = _caption_text(text_only), " / ".join(stated)
    if caption is None and len(named) > _SENTENCE_CHARACTERS and named.endswith((".", "!", "?")):
        return Caption(*split_credit(named))  # the caption itself stands in what is marked as the credit
    if credit and named and credit not in named:
        named = f"{_LABEL.sub('', named)} / {credit}"
    return Caption(caption, _clean_credit(named) or credit)


def _caption_text(text: str | None) -> str | None:
    clean = clean_line(text).strip("|/–— ")
    return clean if folded(clean) else None


def _clean_credit(text: str | None) -> str | None:
    """A credit without "Photo:", "©" and brackets; None where nothing is left."""
    clean = clean_line(text)
    for _ in range(3):
        clean = _LABEL.sub("", clean.strip("()[]|/–—- ,;:"))
    clean = clean[:_LONGEST_CREDIT_CHARACTERS].strip(" ,;")
    return clean if folded(clean) else None
