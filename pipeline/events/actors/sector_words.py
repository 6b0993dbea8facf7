"""The sector that the words of a phrase give: roles, organisations before the head, words that decide for any head."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.events.actors.lexicon import ActorLexicon, Organisation

_RANKS = frozenset({"deputy", "vice", "acting", "former", "senior", "assistant", "chief", "top", "interim"})
_FORMER = frozenset({"former", "ex", "ex-", "erstwhile", "onetime", "disgraced"})
# "former Soviet republics": what was something else and still is a state or a body.
_BODIES = frozenset({"government", "republic", "kingdom", "regime", "ministry", "administration", "party", "colony"})
# People of a body of this sector are of its sector, whatever these roles would say alone.
_TAKEN_BY = {
    "IGO": frozenset({"GOV", "MIL", "CVL", "NGO", "REF", "AGR", "LEG"}),
    "REB": frozenset({"CVL", "UAF", "MIL", "CRM"}),
    "CRM": frozenset({"CVL", "UAF", "REB"}),
    "NGO": frozenset({"CVL", "LAB"}),
    "LAB": frozenset({"CVL"}),
}
_LONGEST_TAIL_TOKENS = 4
# "mining minister", "education department": what the office is about, not whose it is.
_SUBJECT_MATTERS = frozenset({"BUS", "LAB", "AGR", "EDU", "HLH", "REL", "MED", "ELI", "REF", "CVL"})


def organisation_at_end(core: Span, lexicon: ActorLexicon) -> tuple[Organisation, int] | None:
    """The longest known organisation that the phrase ends in, and the token where its name begins."""
    for start in range(max(core.start, core.end - lexicon.longest_organisation_words - 2), core.end):
        if core.doc[start].lower_ not in lexicon.organisation_beginnings:
            continue
        words = core.doc[start : core.end].text
        found = lexicon.organisation(words) or lexicon.organisation(words.removesuffix("'s").removesuffix("’s"))
        if found:
            return found, start
    return None


def organisation_before(core: Span, lexicon: ActorLexicon) -> tuple[Organisation, int] | None:
    """A known organisation before the head ("Taliban fighters", "U.N. officials"), and the token where it ends."""
    for end in range(core.end - 1, core.start, -1):
        if not any(token.text[:1].isupper() for token in core.doc[core.start : end]):
            return None
        found = organisation_at_end(core.doc[core.start : end], lexicon)
        if found and not _is_against(core.doc[found[1]]):
            return found[0], end
    return None


def fixed_office(span: Span, core: Span, lexicon: ActorLexicon) -> Organisation | None:
    """The office that the phrase names with more than its head ("secretary of state"), or one of a single country."""
    words = [token.lower_ for token in core]
    for length in range(min(lexicon.longest_office_words, len(words)), 0, -1):
        phrase = tuple(words[-length:])
        if phrase in lexicon.office_countries:
            return Organisation(" ".join(phrase), lexicon.roles[phrase], lexicon.office_countries[phrase])
    if core.end >= span.end or span.doc[core.end].lower_ not in {"of", "to", "for"}:
        return None
    for end in range(min(span.end, core.end + _LONGEST_TAIL_TOKENS), core.end + 1, -1):
        for start in range(max(core.start, core.end - 3), core.end):
            phrase = tuple(token.lower_ for token in span.doc[start:end])
            if phrase in lexicon.roles:
                sector = lexicon.roles[phrase]
                sector = "ELI" if sector in {"GOV", "LEG"} and _is_former(core) else sector
                return Organisation(" ".join(phrase), sector, lexicon.office_countries.get(phrase))
    return None


def is_general(core: Span, lexicon: ActorLexicon) -> bool:
    """Whether the head acts for whatever stands beside it ("leader"), and no longer role decides ("party leader")."""
    return _general_noun(core, lexicon) in lexicon.general and _role_at_end(core, lexicon)[1] <= 1


def sector_of_role(core: Span, other: Organisation | None, lexicon: ActorLexicon) -> str | None:
    """The sector of the phrase's role, or of its general head, after what decides for any head."""
    sector = _role_at_end(core, lexicon)[0]
    decided = _decided(core, sector, lexicon)
    if decided is not None:
        return decided
    if is_general(core, lexicon):
        sector = lexicon.general[_general_noun(core, lexicon)] or sector
    if other is not None and (sector is None or sector in _TAKEN_BY.get(other.sector, ())):
        return other.sector if sector is not None or is_general(core, lexicon) else None
    if sector in {"GOV", "LEG"} and _is_former(core):
        return "ELI"
    return sector


def role_sector(core: Span, other: tuple[Organisation, int] | None, lexicon: ActorLexicon) -> str | None:
    """What the words before a general head say: "union leader", "Pentagon official", "military spokesman"."""
    decided = _decided(core, None, lexicon)
    if decided is not None:
        return decided
    if other is not None and (other[0].sector == "IGO" or _adjacent(core, other[1])):
        return other[0].sector
    for end in range(core.end - 1, core.start, -1):
        before = core.doc[core.start : end]
        if before[-1].lower_ in _RANKS:
            continue
        found = _role_at_end(before, lexicon)[0] or lexicon.fields.get(before[-1].lower_)
        if found in _SUBJECT_MATTERS and _general_noun(core, lexicon) in lexicon.state_bodies:
            continue
        if found and not _is_against(before[-1]):
            return found
    return None


def _decided(core: Span, sector: str | None, lexicon: ActorLexicon) -> str | None:
    """What a word decides for any head; "rebel lawmakers" and "separatist parties" stay what they are."""
    for token in core[:-1]:
        decided = lexicon.overriding.get(token.lower_)
        if decided is not None and not _is_against(token) and not (decided == "REB" and sector in {"LEG", "PTY"}):
            return decided
    return None


def _adjacent(core: Span, end: int) -> bool:
    """Whether only ranks and possessives stand between a token and the head."""
    between = core.doc[end : core.end - 1]
    return all(token.lower_ in _RANKS or token.lower_ in {"'s", "’s", "'", "’"} for token in between)


def _general_noun(core: Span, lexicon: ActorLexicon) -> str:
    head = core[-1]
    return next((word for word in reversed(_spellings(head)) if word in lexicon.general), _singular(head))


def _role_at_end(core: Span, lexicon: ActorLexicon) -> tuple[str | None, int]:
    """The sector of the longest role phrase that `core` ends in, and its number of words."""
    words = [token.lower_ for token in core]
    if not words:
        return None, 0
    for length in range(min(lexicon.longest_role_words, len(words)), 0, -1):
        for last in _spellings(core[-1]):
            sector = lexicon.roles.get((*words[-length:-1], last))
            if sector:
                return sector, length
    return None, 0


def _spellings(token: Token) -> list[str]:
    """What a noun may be listed as; one that the parser takes for a name ("Rebels" begins a sentence) has no lemma."""
    word = token.lower_
    found = [_singular(token), word]
    if token.pos_ == "PROPN":
        if word.endswith("men"):
            found.append(word[:-3] + "man")
        elif word.endswith("ies"):
            found.append(word[:-3] + "y")
        elif word.endswith("s") and not word.endswith("ss"):
            found.append(word[:-1])
    return found


def _singular(token: Token) -> str:
    """The singular of a noun; the parser leaves names as they are."""
    word: str = token.lemma_.lower() if token.pos_ != "PROPN" else token.lower_
    if token.pos_ == "PROPN" and word.endswith("s") and token.tag_ == "NNPS":
        return word[:-1]
    return word


def _is_former(core: Span) -> bool:
    if core[-1].lemma_.lower() in _BODIES:
        return False
    return any(token.lower_ in _FORMER or token.lower_.startswith("ex-") for token in core)


def _is_against(token: Token) -> bool:
    """ "anti-terrorist police", "counter-insurgent": what they fight."""
    doc = token.doc
    return token.i >= 2 and doc[token.i - 1].text == "-" and doc[token.i - 2].lower_ in {"anti", "counter"}
