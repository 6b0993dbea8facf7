"""Pitches: sentences that ask the reader to subscribe, follow, share or write, in many languages.

The news uses the same verbs. A pitch is told by its first words, at the beginning of a sentence, and by speaking of
"us", "our" or "your"; what is quoted is never one.
"""

from __future__ import annotations

import re

_YOU = r"(?=.{0,200}\b(?:our|us|you|your|here|now|today|free|newsletters?|alerts?|updates|emails?|inbox|app)\b)"
_PIECE = r"(?:article|story|post|page)"
_GERMAN_PIECE = r"(?:dieser|der) artikel"

# The first word, or several of which any will do, and what must follow.
_WORDED: dict[str, str] = {
    "please": rf" (?:sign up|subscribe)\b{_YOU}| (?:follow|like|support) us\b",
    "sign": rf" up (?:for|to|now|here)\b{_YOU}",
    "subscribe": rf" (?:to|now|here|for|via)\b{_YOU}",
    "follow like join find": r" us on\b",
    "stay keep": r" up to date with our\b",
    "download": r" (?:our|the .{2,30}) app\b",
    "support": r" our (?:journalism|work)\b",
    "become": r" a (?:member|subscriber)\b",
    "thanks": r" for signing up\b",
    "enjoy enjoyed": rf" this {_PIECE}\b",
    "did": rf" you enjoy this {_PIECE}\b| you like this {_PIECE}\b",
    "get": r" in touch (?:with (?:us|our)\b|at\b|by e-?mail)",
    "email contact": r" (?:us|me|the author|.{2,40}) at \S{1,60}@\S{1,60}$",
    "write": r" to .{2,40} at \S{1,60}@\S{1,60}$",
    "have got do": r" (?:you have )?a (?:news )?(?:story|tip|question)\b.{0,40}\?",
    "send": r" (?:us )?(?:your )?tips\b",
    "tell": r" us what you think\b",
    "let": r" us know.{0,40}\b(?:below|comments?)\b",
    "leave": r" a comment\b.{0,40}\bbelow\b",
    "share": rf" (?:this (?:{_PIECE}|with)|your thoughts.{{0,40}}\b(?:below|comments?))\b",
    "click tap": r" here (?:to|for)\b",
    "this the": rf" (?:{_PIECE}|site) (?:may )?contains? affiliate\b| (?:copy|article) is for your personal\b",
    "as": r" an amazon associate\b",
    "we": r" may (?:earn|receive) (?:a |an )?(?:\w+ )?commission\b",
    "to": r" view this video,? (?:please )?enable\b",
    "folgen": r" sie uns\b",
    "jetzt hier newsletter": r" (?:abonnieren|bestellen|anmelden)\b",
    "abonnieren": r" sie\b",
    "melden": r" sie sich (?:hier|jetzt)\b",
    "hat": rf" (?:ihnen|dir) {_GERMAN_PIECE} gefallen\b",
    "wie": rf" hat (?:ihnen|dir) {_GERMAN_PIECE}\b",
    "ihre": r" meinung ist uns\b",
    "haben": r" sie eine?n? (?:hinweis|fehler|frage)\b.{0,60}(?:\?|\buns\b)",
    "unterstützen": r" sie (?:uns|unsere)\b",
    "unabhängiger freier guter": r" journalismus (?:braucht|kostet)\b",
    "abonnez inscrivez": r"-vous\b",
    "suivez": r"-nous\b",
    "cliquez": r" ici\b",
    "suscríbete suscríbase síguenos iscriviti seguici odebírejte подпишитесь подписывайтесь": r"\b",
    "haz": r" clic aquí\b",
    "clique": r" aqui\b",
    "inscreva": r"-se\b",
    "siga": r"-nos\b",
    "assine": r" (?:já|nossa|a newsletter)\b",
    "clicca": r" qui\b",
    "volg": r" ons\b",
    "klik": r" hier\b",
    "abonneer": r" je\b",
    "schrijf": r" je in\b",
    "följ": r" oss\b",
    "følg": r" oss\b",
    "prenumerera": r" (?:på|nu|här)\b",
    "tilaa": r" uutiskirje",
    "śledź": r" nas\b",
    "zapisz": r" się (?:do|na)\b",
    "sledujte": r" nás\b",
    "следите": r" за нами\b",
    "bizi": r" takip\b",
    "ikuti": r" kami\b",
    "theo": r" dõi chúng tôi\b",
}
_PITCHES = {word: re.compile(rest, re.IGNORECASE) for words, rest in _WORDED.items() for word in words.split()}
_SENTENCE = re.compile(r"(?:^|[.!?:|>]\s)\W*(\w+)")
_QUOTES = re.compile('["“”„«»‹›「」『』]')
# What is furniture wherever it stands in a line; the words before the colon are looked for first, which is quick.
_NOTICES = {
    "reserved": r"\ball rights reserved\b",
    "vorbehalten": r"\balle rechte vorbehalten\b",
    "réservés": r"\btous droits réservés\b",
    "reservados": r"\b(?:todos los derechos|todos os direitos) reservados\b",
    "riservati": r"\btutti i diritti riservati\b",
    "защищены": r"\bвсе права защищены\b",
    "may not be": (
        r"\b(?:material|content|article|story|copy|transcript)s?\b.{0,60}\bmay not be (?:re-?)?(?:produced|published)\b"
    ),
    "©": r"^\W*(?:copyright )?©",
    "(c)": r"^\W*(?:copyright )?\(c\) ?\d{4}",
    "newsletter": (
        r"\bour (?:free |daily |weekly |morning |evening )*newsletters?\b"
        r"|\b(?:unseren?|kostenlosen?|notre|nuestra|nossa|nostra) newsletter\b"
    ),
    "inbox": r"\b(?:delivered|straight|directly?|right|sent|news) (?:in)?to your (?:e-?mail )?inbox\b",
    "boletín": r"\bnuestro boletín\b",
    "フォロー": r"フォローして(?:ください|ね)",
    "关注我们": r"关注我们",
    "点击这里": r"点击这里",
    "क्लिक करें": r"क्लिक करें",
}
_NOTICE_PATTERNS = [(word, re.compile(pattern, re.IGNORECASE)) for word, pattern in _NOTICES.items()]


def is_pitch(text: str) -> bool:
    """Whether a line asks the reader for something, or states rights; a line with quoted speech does not.

    Args:
        text: one line; the callers ask for short ones only.
    """
    lower = text.casefold()
    found = any(word in lower and pattern.search(text) for word, pattern in _NOTICE_PATTERNS) or any(
        (pitch := _PITCHES.get(sentence[1])) is not None and pitch.match(lower, sentence.end())
        for sentence in _SENTENCE.finditer(lower)
    )
    return found and not _QUOTES.search(text)
