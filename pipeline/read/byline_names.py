"""Names out of byline texts: several in one text divided, without "By", roles, places, addresses and dates.

Titles in front and degrees glued behind belong to how a person is credited and stay as they stand; so does the case
of the letters. What follows a comma is another name, an agency, or something said of the name before it (its role,
its paper, its place), which goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pipeline.read.agencies import agency_named
from pipeline.read.byline_leads import has_author_lead, is_other_credit, without_lead
from pipeline.read.text import clean_line, folded
from pipeline.read.words import listed

MAX_NAMES = 30
_MAX_TEXTS = 200
_TEXT_MAX_CHARACTERS = 1_500
_NAME_MAX_CHARACTERS = 80
_NAME_MAX_WORDS = 7

_JOINED_LEAD = re.compile(r"^By(?=[A-Z][a-z])")
_TAIL = re.compile(
    r"\s*(?:\([^)]*\)|\[[^\]]*\]|\s[|•·–—-]\s.*|\s기자(?: 외 \d+명)?|記者|记者|특파원|\bon \w+ \d.*|@\S+"
    r"|<?\S+@\S+\.\S+|<[^>]*>"
    r"|\b(?:updated|published|posted|aktualisiert|follow|contact)\b.*|\d{1,2}[:./]\d{2}.*)\s*$",
    re.IGNORECASE,
)
_PLACE_TAIL = re.compile(
    r"^(\S+(?:\s\S+){1,4}?),?\s(?:in|aus|from|for|at|à|zu Gast|bei|zurzeit|reporting|en|im|i)\s\S.*$"
)
_SPLIT = re.compile(
    r"(\s*(?:;|\||/(?!\s*$)|&|•|·|\+|、|・|，|,|\b(?:and|und|et|og|och|ir|dan|ve|và|és|și|şi|και|with|mit|și)\b)\s*)"
)
_SHORT_AND = re.compile(r"\s(?:y|e|i|a|en|ja|и|та|і|й)\s(?=[^\W\d_a-zß-öø-ÿа-яё])")
_NO_BYLINE = re.compile(
    r"://|^www\.|^\S+@\S+$|^@|^\(?(?:image|photo|picture|foto|credit|bild)s?\b ?[:(]|\{\{|^(?!\w\.)\w+(?:\.\w+){3,}$"
    r"|\.(?:author|name)\b",
    re.IGNORECASE,
)
# Texts beside names that are none: accounts and placeholders, what links and buttons say, pictures, days.
_NO_NAME = re.compile(
    r"https?:|www\.|@|\.(?:php|html?)\b|^\W*$|^\d+$|^e-?mail\b"
    r"|^(?:admin\w*|authors?|editor|guest|unknown|none|null|nan|undefined|anonymous|wordpress|webmaster|true|false"
    r"|default|n/?a|by|by line|byline|on|and|written|posted|reviewed|contributor|name|e-?mail|website|bio|profile"
    r"|about the authors?|follow|share|comments?|links?|read more|more|view profile|(?:view )?all posts|menu|home"
    r"|opens in new window|log ?in|member login|image|photo|foto|news|article|blog|last|date"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)$"
    r"|\b(?:getty images|shutterstock|istock|image|photo|foto|picture|updated|published|subscribe|newsletter"
    r"|min(?:ute)?s? read|ago|posts by|articles by)\b",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"(?:jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)
_HANDLE = re.compile(r"[a-z][\w.-]*$|\S*[\d_]\S*$|\w+\.\w+$")
_PARTICLE_WORDS = (
    "de la le van von der den du da di dos das del della el al bin bint ibn ben ter ten te 't zu zur af av y e d"
)
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_FIRST_PARTICLES = _PARTICLES - {
    "le",
    "und",
    "y",
    "e",
    "av",
    "af",
    "bin",
    "bint",
    "ibn",
    "ben",
    "das",
    "do",
    "dos",
    "der",
    "den",
}
_NO_PERSON_CJK = re.compile(
    "新聞|新闻|編集|编辑|社$|网$|報$|报$|部$|記者会|デジタル|ニュース|電視|电视|기자단|신문|일보|뉴스|편집|방송|न्यूज|समाचार"
)


def clean_names(texts: Sequence[str]) -> tuple[str, ...]:
    """Names out of byline texts: several in one text divided, roles and dates dropped, each name once.

    At most 30 names, from the first 1,500 characters of each text.
    """
    names: dict[str, str] = {}
    for text in texts[:_MAX_TEXTS]:
        for name in _names_in(text):
            names.setdefault(folded(name), name)
            if len(names) >= MAX_NAMES:
                return tuple(names.values())
    return tuple(names.values())


def is_person(name: str) -> bool:
    """Whether `name` looks like a person's: two to five capitalised words, or a short text without capitals."""
    name = name.split(",", 1)[0]
    words = name.split()
    if not any(c.isupper() or c.islower() for c in name):
        return 2 <= len(name.replace(" ", "")) <= 20 and not _NO_PERSON_CJK.search(name)
    if not 2 <= len(words) <= 6 or agency_named(name) or any(c.isdigit() for c in name):
        return False
    bare = [word.strip(".,").lower() for word in words]
    if any(_is_listed(word, "organisations") or _is_listed(word, "roles") for word in bare):
        return False
    if name in listed("two_word_places"):
        return False
    if not (words[0][0].isupper() or bare[0] in _FIRST_PARTICLES):
        return False
    return all(word[0].isupper() or low in _PARTICLES or "'" in word for word, low in zip(words, bare, strict=True))


def is_handle(name: str) -> bool:
    """Whether `name` is somebody's name in a system rather than in the world: jdoe, jane.doe, jane_77."""
    return bool(_HANDLE.match(name)) and not agency_named(name)


def name_of_address(url: str) -> str | None:
    """The name in the address of an author's page (".../author/jane-doe" is Jane Doe); None where it is not sure."""
    found = re.search(
        r"/(?:authors?|autor(?:en|es)?|auteurs?|contributors?|staff|by)/([a-z]{2,}(?:-[a-z]{1,}){1,3})/?$", url
    )
    name = " ".join(part.capitalize() for part in found.group(1).split("-")) if found else ""
    return name if name and is_person(name) else None


def _names_in(text: str) -> Iterator[str]:
    text = clean_line(text[:_TEXT_MAX_CHARACTERS])
    if not text or _NO_BYLINE.search(text):
        return
    if (whole := text.strip(" .,:")) and (agency_named(whole) or _is_institution(whole)):
        yield whole
        return
    text = _without_tails(_JOINED_LEAD.sub("", text))
    pieces = _SPLIT.split(_SHORT_AND.sub(_divide_between_people, text))
    segments = [piece.strip(" .,:–—-") for piece in pieces[::2]]
    separators = ["", *(piece.strip() for piece in pieces[1::2])]
    if len(segments) == 2 and separators[1] == "," and _is_family_first(segments):
        segments, separators = [f"{segments[1]} {segments[0]}"], [""]  # "Family, Given" of a library record
    yield from _credited(segments, [piece.strip() for piece in pieces[::2]], separators)


def _credited(segments: list[str], as_shown: list[str], separators: list[str]) -> Iterator[str]:
    counts, last = True, ""
    several_single = len(segments) > 1 and all(len(s.split()) <= 1 for s in segments)
    for index, (segment, whole, separator) in enumerate(zip(segments, as_shown, separators, strict=False)):
        if is_other_credit(segment):
            counts = False
        elif has_author_lead(segment):
            counts = True
        if not counts or not segment:
            continue
        name = _one_name(segment)
        if separator == "," and last and _is_degree(segment):
            last = f"{last}, {whole}"
            continue
        if separator == "," and last and _AFTER_NAME.match(segment):
            last = f"{last} {whole}"
            continue
        if not _may_be_name(name):
            continue
        if index and not several_single and separator in {",", "|", "/", "·", "•", "，"} and not _stands_behind(name):
            continue
        if last:
            yield last
        last = name
    if last:
        yield last


def _stands_behind(name: str) -> bool:
    """Whether what stands behind a comma or a bar is a name of its own."""
    return bool(agency_named(name)) or is_person(name)


def _one_name(segment: str) -> str:
    """A segment without lead, place, role and repetition."""
    name = _without_tails(without_lead(segment).strip()).strip(" .,:–—-")
    if (placed := _PLACE_TAIL.match(name)) and is_person(placed.group(1)):
        name = placed.group(1)
    words = name.split()
    half = len(words) // 2
    if len(words) > 1 and words[:half] == words[half:]:
        words = words[:half]  # the avatar's text and the link
    return " ".join(_without_role(words))


def _without_role(words: list[str]) -> list[str]:
    """The words of a name, without a role in front or behind, where a person's name is left over."""
    roles = [i for i, word in enumerate(words) if _is_listed(word.strip(".,").lower(), "roles")]
    if not roles:
        return words
    end = roles[0]
    while end > 2 and _is_listed(words[end - 1].lower(), "role_modifiers"):
        end -= 1
    if end >= 2 and is_person(" ".join(words[:end])):
        return words[:end]
    rest = words[roles[-1] + 1 :]
    return rest if is_person(" ".join(rest)) else words


def _without_tails(text: str) -> str:
    for _ in range(3):  # tails may stand behind each other
        shorter = _TAIL.sub("", text)
        if not shorter or shorter == text:
            break
        text = shorter
    return text


def _divide_between_people(found: re.Match[str]) -> str:
    """A comma for a one-letter "and", where two words of a name stand on either side; "Ortega y Gasset" is one."""
    before = re.split(r"[,;&/|]", found.string[: found.start()])[-1].split()
    after = re.split(r"[,;&/|]", found.string[found.end() :])[0].split()
    behind = " ".join(after)
    if len(without_lead(" ".join(before)).split()) >= 2 and len(after) >= 2 and behind not in listed("two_word_places"):
        return ", "
    return found.group(0)


def _is_family_first(segments: list[str]) -> bool:
    family, given = segments
    return (
        all(len(s.split()) == 1 for s in segments)
        and given.istitle()
        and not _is_degree(given)
        and not agency_named(given)
        and not has_author_lead(family)
    )


def _is_degree(text: str) -> bool:
    return text.replace(".", "").replace(" ", "") in _list("degrees")[0]


def _is_institution(text: str) -> bool:
    """Whether a text with "and" or "for" in it is one name, of an office or a company."""
    words = text.split()
    if "," in text or not 3 <= len(words) <= 8 or not words[0][0].isupper() or has_author_lead(text):
        return False
    joined = any(word in {"for", "of"} for word in words)
    return joined and sum(_is_listed(word.lower(), "organisations") for word in words) >= 1


def says_no_name(text: str) -> bool:
    """Whether a text beside names is none: an account, a placeholder, what a button says."""
    return bool(_NO_NAME.search(text))


def _may_be_name(name: str) -> bool:
    words = name.split()
    if not 2 <= len(name) <= _NAME_MAX_CHARACTERS or len(words) > _NAME_MAX_WORDS or _NO_NAME.search(name):
        return False
    if re.search(r"(?:^|\s)\d", name) and not name.isalnum():
        return False
    if len(words) == 1 and name.islower() and "-" in name and not agency_named(name):
        return False  # a slug
    return not (len(words) > 2 and sum(w[0].islower() for w in words) > len(words) / 2)


@cache
def _list(name: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """A word list as whole words and as beginnings."""
    entries = listed(name)
    whole = frozenset(entry for entry in entries if not entry.endswith("*"))
    return whole, tuple(entry.rstrip("*") for entry in entries if entry.endswith("*"))


def _is_listed(word: str, name: str) -> bool:
    whole, beginnings = _list(name)
    return word in whole or (bool(beginnings) and word.startswith(beginnings))


def people_among(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that look like people's."""
    return tuple(name for name in names if is_person(name))


def is_unspecific(name: str) -> bool:
    """Whether a name says no more than that there is a newsroom: "News", "Redaktion", "Staff"."""
    return all(_is_listed(word, "organisations") for word in folded(name).split())
