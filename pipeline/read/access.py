"""Whether the article is said to be free, or stands behind a paywall; None where the page does not say.

What the page states comes first: schema.org's isAccessibleForFree
(https://developers.google.com/search/docs/appearance/structured-data/paywalled-content), then the meta elements of
the large content systems (https://developers.facebook.com/docs/instant-articles/subscriptions for content_tier).
Metered counts as not free, as schema.org wants it stated. Last comes a wall that stands after the text's beginning
and asks the reader to pay before he reads on; a button that sells subscriptions in general is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from pipeline.read.marks import MarkPattern
from pipeline.read.page import Page, element_text
from pipeline.read.structured import StructuredArticle

# What the parts of a meta name say; the value then says whether it is so.
_TIER_NAME = MarkPattern(
    r"(?:^|[:._-])(?:content_?tier|article[:._-]access|access_?(?:level|type|status)|lp[:._]type|entitlement)$"
)
_PAID_NAME = MarkPattern(
    r"(?:^|[:._-])(?:is_?|article_?is_?)?(?:premium|paid(?:_?content)?|paywall(?:ed)?|locked|plus_?article)$"
)
_FREE_NAME = MarkPattern(r"(?:^|[:._-])is_?(?:accessible_?for_?)?free$")
_FREE_WORDS = frozenset(
    {"free", "open", "public", "non-premium", "nonpremium", "unlocked", "frei", "gratis", "gratuit"}
)
_PAID_WORDS = frozenset(
    {"locked", "metered", "premium", "paid", "subscriber", "subscribers", "subscription", "plus", "abo", "hard",
     "payant", "paywall", "member", "members", "exclusive"}
)  # fmt: skip
_ADVERTISING = ("ad:", "ads:", "adv:", "ad.", "dfp", "gam:")  # premium there is a price of advertisements
_YES = frozenset({"true", "yes", "1", "y", "ja", "oui", "https://schema.org/true", "http://schema.org/true"})
_NO = frozenset({"false", "no", "0", "n", "nein", "non", "https://schema.org/false", "http://schema.org/false"})

# What a wall is marked as, without dashes; one of these words is in whatever the pattern finds.
_WALL_MARKS = (
    "paywall", "paygate", "regwall", "abowall", "pluswall", "premiumwall", "premiumgate", "subscribewall",
    "subscriberwall", "subscriptionwall", "subscribergate", "subscriptiongate", "articlegate", "contentgate",
    "articlebarrier", "contentbarrier", "articlelocked", "contentlocked", "lockedcontent", "subscriberonly",
    "subscribersonly", "memberonly", "membersonly", "meteredcontent", "meteredwall", "pianocontainer", "pianoinline",
    "pianooffer", "tpcontainer", "restrictedcontent",
)  # fmt: skip
_WALL = MarkPattern("|".join("[_-]*".join(word) for word in _WALL_MARKS))
# What a wall says, and no advertisement for a subscription: read on, for subscribers only, you are one already?
_WALL_WORDS = re.compile(
    r"to (?:continue|keep) reading|continue reading (?:this|with|by)|read the (?:full|rest of the) (?:article|story)"
    r"|(?:for|to) (?:our )?(?:subscribers|members) only|(?:subscriber|member)s?[- ]only|already (?:a|have a"
    r"|an?) (?:digital )?(?:subscri|member)"
    r"|subscribe (?:now )?to (?:read|unlock|continue)|unlock (?:this|the) (?:article|story)"
    r"|(?:jetzt |artikel )?weiterlesen (?:mit|als)|um (?:diesen|den) artikel|exklusiv für abonnent|nur für abonnent"
    r"|sie haben bereits ein|bereits abonnent|schon abonnent|réservé (?:aux|à nos) abonnés|pour lire la suite"
    r"|déjà abonné"
    r"|(?:solo|exclusivo|exclusiva) para suscriptores|(?:seguir|continuar) leyendo|ya (?:eres|soy) suscriptor"
    r"|per continuare a leggere|riservat[oa] agli abbonati|sei già abbonato|exclusivo para assinantes|já é assinante"
    r"|(?:om )?verder te lezen|alleen voor abonnees|al abonnee|för att läsa vidare|redan prenumerant|for abonnenter"
    r"|allerede abonnent|vain tilaajille|tylko dla (?:abonentów|prenumeratorów)|только (?:для|по) подпис"
    r"|чтобы (?:читать|продолжить)|会員限定|続きを読むには|有料会員|登录后|订阅后|구독자 전용",
    re.IGNORECASE,
)  # fmt: skip
_AWAY = frozenset({"header", "nav", "footer", "script", "style", "template", "noscript"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WALL_LONGEST_CHARACTERS = 2_000  # an element with more is the article, marked as one for subscribers
_MOST_WALLS = 20  # a hostile page may nest thousands
_PARAGRAPH_CHARACTERS = 120
_TEASED_PARAGRAPHS = 6  # that may stand in front of a wall; a longer text is there in full


def read_access(page: Page, structured: Sequence[StructuredArticle]) -> bool | None:
    """False: behind a paywall; True: said to be free; None: the page does not say.

    Args:
        page: the parsed page.
        structured: what JSON-LD and microdata say, the more trusted first.
    """
    for item in structured:
        stated = _truth(getattr(item, "is_accessible_for_free", None))
        if stated is not None:
            return stated
    stated = _stated_in_meta(page)
    if stated is not None:
        return stated
    return False if _has_wall(page) else None


def _truth(value: object) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    return True if word in _YES else False if word in _NO else None


def _stated_in_meta(page: Page) -> bool | None:
    for name, values in page.meta.items():
        if name.startswith(_ADVERTISING):
            continue
        value = values[0].strip().lower()
        if len(value) > 40:
            continue
        if _FREE_NAME.matches(name):
            stated = _truth(value)
        elif _PAID_NAME.matches(name):
            paid = _truth(value)
            stated = _tier(value) if paid is None else not paid
        elif _TIER_NAME.matches(name):
            stated = _tier(value)
        else:
            continue
        if stated is not None:
            return stated
    return None


def _tier(value: str) -> bool | None:
    return True if value in _FREE_WORDS else False if value in _PAID_WORDS else None


def _has_wall(page: Page) -> bool:
    """Whether an element that is marked as a wall, and reads like one, ends a text of few paragraphs."""
    spellings = "\n".join({marked.marks for marked in page.marked}).lower().replace("-", "").replace("_", "")
    if not any(word in spellings for word in _WALL_MARKS):
        return False
    looked_at = 0
    for _, element, tag, marks in page.marked:
        if tag in _AWAY or not _WALL.matches(marks) or _is_hidden(element):
            continue
        looked_at += 1
        if looked_at > _MOST_WALLS:
            return False
        text = element_text(element)
        if not text or len(text) > _WALL_LONGEST_CHARACTERS or not _WALL_WORDS.search(text):
            continue
        return _stands_at_the_end(page, element)
    return False


def _is_hidden(element: etree._Element) -> bool:
    node: etree._Element | None = element
    while node is not None:
        if node.tag in _AWAY or node.get("hidden") is not None or _HIDDEN.search(node.get("style") or ""):
            return True
        node = node.getparent()
    return False


def _stands_at_the_end(page: Page, wall: etree._Element) -> bool:
    """Whether some text stands before the wall, not too much of it, and none to speak of after it."""
    before = after = 0
    passed = False
    inside = set(wall.iter("p"))
    for node in page.tree.iter(wall.tag, "p"):
        if node is wall:
            passed = True
        elif node.tag == "p" and node not in inside and len(element_text(node)) >= _PARAGRAPH_CHARACTERS:
            if passed:
                after += 1
            else:
                before += 1
    return 0 < before <= _TEASED_PARAGRAPHS and after <= 1
