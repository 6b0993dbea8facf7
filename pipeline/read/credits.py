"""Credits in an article's text: lines of its first and last blocks that say who reported it, and datelines.

A line that is nothing but a credit is no text of the article and goes ("Reporting by ...; editing by ...", "dpa/afp",
"Source: Xinhua"). A dateline that opens the first sentence stays ("BERLIN (dpa) - Delegates ..."): it is text, and
places are read from it; only its agency is noted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.read.agencies import agencies_in, agency_named, is_agency_credit
from pipeline.read.blocks import Block
from pipeline.read.byline_leads import has_author_lead, is_other_credit, without_lead
from pipeline.read.byline_names import clean_names, is_person, people_among

_FIRST_BLOCKS = 2
_LAST_BLOCKS = 3
_CREDIT_MAX_CHARACTERS = 300
_BYLINE_MAX_CHARACTERS = 120
_DATELINE_MAX_CHARACTERS = 140
_BRACKETS = " \t()[]（）【】*_"
_COPYRIGHT = re.compile(r"^\W*(?:\(c\)|©|copyright\b)[\s:©]*(?:\d{4}\s*)?(.+)$", re.IGNORECASE)
_SOURCE = re.compile(
    r"^\W*(?:sources?|quellen?|fuentes?|fontes?|fonte|källa|kilder?|bron|źródło|zdroj|forrás|lähde|kaynak|sumber|nguồn"
    r"|источники?|джерело|المصدر|来源|來源|出典|출처)\s*[:：]\s*(.+)$",
    re.IGNORECASE,
)
# What somebody gave to the report of another: an agency's material, a colleague's reporting.
_GIVEN = re.compile(
    r"^\W*(?:(?:with|mit|avec|con|com|med|met|z)\s+(?:\w+\s+){0,2}?(?:files?|inputs?|materials?|reporting|information(?:en|s)?"
    r"|contributions?|agenturmaterial|materialien|información|informações|informazioni|bijdrag\w+)"
    r"|inputs?|files?|(?:additional|extra|further) (?:reporting|writing|material)|mitarbeit|contribut(?:ed|ing|ions?))"
    r"\s*(?::|from|by|der|des|von|de|d['’]|da|van|av|af)?\s*(.+)$",
    re.IGNORECASE,
)
_UNNAMED_AGENCIES = re.compile(
    r"^\W*(?:(?:with |from )?(?:inputs? from |material from )?agenc(?:y|ies)(?: inputs| reports)?"
    r"|mit agentur(?:en|material)|agenturen|avec agences?|agences|agenzie"
    r"|(?:con información de |con |com )?ag[eê]ncias)\W*$",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"^\W*(?P<names>.{4,120}?)\s+"
    r"(?:contributed to this (?:report|story|article)|hat (?:zu diesem \w+ )?beigetragen)\W*$"
)
_REPORTED = re.compile(r"^\W*(?:reporting|reported|writing|written|report|text|von|by)\b", re.IGNORECASE)
_EDITED = re.compile(
    r"^\W*(?:editing|edited|editors?|writing|redaktion|编辑|責任編集|责任编辑|translat\w+|produced)\b", re.IGNORECASE
)
_INITIALS = re.compile(r"[a-zäöü]{2,4}")
_DATELINE = re.compile(
    r"^\W{0,2}(?P<place>[^()（）\[\]【】]{0,70}?)\s*[(（\[【](?P<credit>[^()（）\[\]【】]{2,60})[)）\]】]"
    r"\s*(?:\.?\s*[-–—]+|[:=.]|$|(?=[^\W\d_a-zß-öø-ÿа-яё]))"
)
_SLASHED_DATELINE = re.compile(r"^(?P<place>[^/]{0,50}?)\s*/(?P<credit>[^/]{2,30})/(?:\s*[-–—.:]|\s|$)")
# "GENEVA, Nov 3 — ", the place in capitals: without an agency no other spelling is sure.
_PLACE_AND_DASH = re.compile(r"[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я.'’ -]{2,30}(?:, [\w. ]{3,20})? ?[—–-] ")
_DASHED_DATELINE = re.compile(r"^(?P<place>[^-–—]{2,50}?)\s[-–—]\s(?P<credit>[^-–—.]{2,30})(?:\.|\s[-–—])(?:\s|$)")
_CHINESE_DATELINE = re.compile(r"^[(（【]?(?P<credit>新华社|新華社|中新社|中新网|中央社)[^。，]{0,30}?[电電讯訊]")
_JAPANESE_DATELINE = re.compile(r"^【[^】]{0,14}?(?P<credit>共同|時事|ロイター|ＡＦＰ|AFP)[^】]{0,6}】")
_END_CREDIT = re.compile(r"[.!?…。！？\"”»’']\s*[(（]\s*([^()（）]{2,60})\s*[)）]\W*$")


@dataclass(frozen=True, slots=True)
class _Credit:
    names: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()


def without_credits(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[str, ...], tuple[str, ...]]:
    """The blocks without those that are credits alone, and who is credited in them.

    Looks at the first two and the last three blocks.

    Returns:
        the blocks that stay, unchanged; the people credited as reporters (no editors, no contributors), in order;
        the agencies credited there, in a dateline or behind the last sentence, by their usual names.
    """
    names: dict[str, None] = {}
    agencies: dict[str, None] = {}
    kept: list[Block] = []
    for index, block in enumerate(blocks):
        is_first, is_last = index < _FIRST_BLOCKS, index >= len(blocks) - _LAST_BLOCKS
        credit = _credit(block) if is_first or is_last else None
        if credit is not None:
            names |= dict.fromkeys(credit.names)
            agencies |= dict.fromkeys(credit.agencies)
            continue
        if is_first:
            agencies |= dict.fromkeys(agencies_of_dateline(block.text))
        kept.append(block)
    if kept and (end := _END_CREDIT.search(kept[-1].text[-80:])) and is_agency_credit(end.group(1)):
        agencies |= dict.fromkeys(agencies_in(end.group(1)))
    return tuple(kept), tuple(names), tuple(agencies)


def agencies_of_dateline(text: str) -> tuple[str, ...]:
    """The agencies in the dateline that `text` begins with; none where it does not begin with one."""
    found = _dateline(text)
    return agencies_in(found.group("credit").replace("=", "/").replace("ＡＦＰ", "AFP")) if found else ()


def begins_with_dateline(text: str) -> bool:
    """Whether a text begins as a report does: with its place, and with its agency or a dash."""
    return _dateline(text) is not None or _PLACE_AND_DASH.match(text[:_DATELINE_MAX_CHARACTERS]) is not None


def _dateline(text: str) -> re.Match[str] | None:
    head = text[:_DATELINE_MAX_CHARACTERS]
    if found := _CHINESE_DATELINE.match(head) or _JAPANESE_DATELINE.match(head):
        return found
    for pattern in (_DATELINE, _SLASHED_DATELINE, _DASHED_DATELINE):
        found = pattern.match(head)
        if found and _is_place_and_day(found.group("place")):
            credit = found.group("credit").replace("=", "/")
            if is_agency_credit(credit) or (pattern is _DATELINE and agencies_in(credit)):
                return found
    return None


def _is_place_and_day(text: str) -> bool:
    """Whether a text is short and made of names, numbers and months: "NEW YORK, Nov 3"."""
    words = re.findall(r"[\w.]+", text)
    if text.endswith(("!", "?")) or (words and len(words) > 4 and text.endswith(".")):
        return False
    return len(words) <= 9 and (not words or not words[0][0].islower()) and sum(w[0].islower() for w in words) <= 2


def _credit(block: Block) -> _Credit | None:
    """What a block credits, where it is a credit and nothing else."""
    text = block.text.strip()
    if len(text) > _CREDIT_MAX_CHARACTERS or block.kind in ("heading", "row"):
        return None
    dateline = _dateline(text)
    if dateline and not text[dateline.end() :].strip(" .-–—"):
        return _Credit(agencies=agencies_of_dateline(text))
    bare = text.strip(_BRACKETS)
    return _agency_line(text, bare) or _reporters_line(bare) or _byline_line(bare)


def _agency_line(text: str, bare: str) -> _Credit | None:
    if is_agency_credit(bare):
        return _Credit(agencies=agencies_in(bare))
    if _UNNAMED_AGENCIES.match(bare):
        return _Credit()
    parts = [part for part in re.split(r"[\s/,;&()]+|\bund\b", bare) if part]
    if (
        len(bare) <= 60
        and parts
        and all(agency_named(p) or _INITIALS.fullmatch(p) for p in parts)
        and agencies_in(bare)
    ):
        return _Credit(agencies=agencies_in(re.sub(r"[()]", "/", bare)))
    for pattern in (_COPYRIGHT, _SOURCE):
        if (
            (found := pattern.match(text))
            and (named := agencies_in(found.group(1)))
            and len(text) <= _BYLINE_MAX_CHARACTERS
        ):
            return _Credit(agencies=named)
    if (found := _GIVEN.match(bare)) and _names_only(found.group(1)):
        return _Credit(agencies=agencies_in(_without_article(found.group(1))))
    if (found := _CONTRIBUTED.match(bare)) and _names_only(found.group("names")):
        return _Credit(agencies=agencies_in(_without_article(found.group("names"))))
    return None


def _reporters_line(bare: str) -> _Credit | None:
    """ "Reporting by A B in City, C D; editing by E F" """
    parts = [part.strip() for part in re.split(r"[;；]|\.\s+(?=[A-Z])", bare) if part.strip()]
    if not parts or not (_REPORTED.match(parts[0]) or _EDITED.match(parts[0])):
        return None
    if not has_author_lead(parts[0]) and not is_other_credit(parts[0]):
        return None
    if len(parts) == 1 and not _EDITED.match(bare) and not bare.lower().startswith(("reporting by", "writing by")):
        return None
    if not all(has_author_lead(p) or is_other_credit(p) or _GIVEN.match(p) for p in parts):
        return None
    reporters = [part for part in parts if has_author_lead(part) and not _GIVEN.match(part)]
    people = people_among(clean_names(reporters))
    if reporters and not people:
        return None
    return _Credit(people, agencies_in(bare))


def _byline_line(bare: str) -> _Credit | None:
    """ "Von Max Mustermann, dpa", "By Jane Doe", "Jane Doe, Reuters" """
    if len(bare) > _BYLINE_MAX_CHARACTERS or bare.endswith(("!", "?", ":", "…")):
        return None
    rest = without_lead(bare)
    has_lead = has_author_lead(bare)
    named = agencies_in(rest)
    names = clean_names([bare])
    people = people_among(names)
    if not (has_lead or named) or not (people or named):
        return None
    if not _names_only(rest, may_have_roles=has_lead):
        return None
    return _Credit(people, named)


def _names_only(text: str, *, may_have_roles: bool = False) -> bool:
    """Whether a text holds names of people and agencies and nothing that reads as a sentence."""
    if is_agency_credit(_without_article(text)):
        return True
    parts = [p.strip(" .") for p in re.split(r"\s*[,;/&|]\s*|\s(?:and|und|et|y|e|og|och|en)\s", text) if p.strip(" .")]
    if not parts:
        return False
    good = 0
    for part in parts:
        person = people_among(clean_names([part]))
        if agency_named(_without_article(part)) or is_person(part) or (person and len(part.split()) <= 6):
            good += 1
        elif not (may_have_roles and len(part.split()) <= 4):
            return False
    return good > 0


def _without_article(text: str) -> str:
    return re.sub(r"^(?:the|der|die|das|la|le|les|el|l['’])\s+", "", text.strip(), flags=re.IGNORECASE)
