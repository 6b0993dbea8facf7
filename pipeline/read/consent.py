"""Consent walls with status 200: a page that asks to accept cookies where the article should be.

A news page says of cookies what its banner says, and may report on them; a wall says nothing else, and says it to
its reader: "we and our partners", "your choices".
"""

from __future__ import annotations

import re

from pipeline.read.page_facts import PageFacts

# Each line is one thing that a consent page says; a news page says one of them, a consent page several.
_SAID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            r"cookies?\b|kakor\b|informasjonskapsler|evästee|sušenk|plik\w* cookie|файл\w* cookie|куки|çerez|クッキー"
            r"|쿠키"
        ),
        (
            r"before you continue|your privacy (?:matters|choices|settings|is important)|(?:value"
            r"|respect) your privacy"
            r"|datenschutz|privatsphäre|vie privée|privacidad|privacidade|la tua privacy|uw privacy|je privacy"
            r"|personvern"
            r"|integritet|prywatno|soukrom|конфиденциальн|gizlili|プライバシー|隐私|隱私|개인정보"
        ),
        (
            r"accept (?:all|cookies|and continue|and close)|agree (?:and|&|to) (?:continue|close)|\bi (?:agree"
            r"|accept)\b"
            r"|(?:alle[sn]? )?akzeptieren|zustimmen|einverstanden|(?:tout )?accepter|j[’']accepte|aceptar|acepto"
            r"|aceitar"
            r"|accetta|accetto|accepteren|akkoord|godkänn|acceptera|godta|aksepter|accepter alle|hyväksy|akceptuj"
            r"|zgadzam"
            r"|přijmout|souhlasím|elfogad|принять|согласен|kabul et|同意|동의"
        ),
        (
            r"manage (?:your |my )?(?:options|choices|preferences|settings|cookies)|reject all|decline|more options"
            r"|einstellungen|ablehnen|paramétrer|gérer (?:mes|vos)|refuser|configurar|rechazar|gestionar|gerir"
            r"|rejeitar"
            r"|gestisci|rifiuta|personalizza|instellingen|weigeren|inställningar|avvisa|innstillinger|avvis|asetukset"
            r"|ustawienia|odrzuć|nastavení|odmítnout|beállítás|настройк|отклонить|ayarlar|reddet|设置|拒绝|設定"
        ),
        (
            r"store and/or access|personali[sz]ed (?:ads|advertising|content)|legitimate interest|vendors"
            r"|ad measurement"
            r"|werbung und tracking|personalisierte|tracking|partner[ns]?\b|partenaires|publicités? personnalisée"
            r"|socios"
            r"|publicidad personalizada|parceiros|partnerzy|advertentie|gepersonaliseerde|annons\w+|annonser"
            r"|партн[её]р"
        ),
        (
            r"\bconsent\b|einwilligung|zustimmung|consentement|consentimiento|consentimento|consenso|toestemming"
            r"|samtycke"
            r"|samtykke|suostumu|zgod[aęy]\b|souhlas|hozzájárul|согласи|onay|rıza"
        ),
    )
)
# The voice of the page itself.
_TO_THE_READER = re.compile(
    r"\bwe (?:and (?:our|up to|\d)|use|value|need|ask|process|store|respect|care|would like)"
    r"|\bour (?:\d+ )?(?:partners|vendors)"
    r"|\byour (?:privacy|consent|choices?|personal data|preferences|device)|before you continue"
    r"|\bwir (?:und (?:unsere|bis)|verwenden|nutzen|benötigen|verarbeiten|setzen)|unsere(?:n|r)? (?:\d+ )?partner"
    r"|\bihre? (?:zustimmung|einwilligung|privatsphäre|auswahl|daten)|\bmit werbung"
    r"|\bnous (?:et nos|utilisons|avons besoin|respectons)|\bnos (?:\d+ )?partenaires|votre (?:consentement"
    r"|vie privée|choix)"
    r"|nosotros y nuestros|nuestros (?:\d+ )?socios|utilizamos cookies|usamos cookies|\b(?:tu|su) (?:privacidad"
    r"|consentimiento)"
    r"|nós e (?:os )?nossos|nossos parceiros|a sua privacidade|noi e i nostri|i nostri partner|utilizziamo"
    r"|la tua privacy"
    r"|wij en onze|onze partners|\b(?:uw|je) (?:privacy|toestemming)|vi och våra|våra partner|vi använder"
    r"|vi og våre|våre partnere|vi bruker|vi og vores|vores partnere|vi bruger|me ja kumppanimme|käytämme"
    r"|my i nasi|nasi partnerzy|naszych partnerów|używamy|my a naši|naši partneři|používáme"
    r"|mi és partnereink|мы (?:и наши|используем)|наши партн|çerez(?:ler)? kullan|biz ve|我们(?:使用|和)|我們使用"
    r"|当サイト",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"consent|\bcmp\b|cmp[.-]|privacy-mgmt|sourcepoint|sp-prod|usercentrics|didomi|quantcast|onetrust|trustarc"
    r"|cookiebot"
    r"|cookielaw|iubenda|cookie-?wall|axept|consentmanager",
    re.IGNORECASE,
)
_NEEDED = 3
_NEEDED_UNLESS_ALL = 4
_MOST_CHARACTERS = 2_500
_FEWEST_SHARE = 0.6  # of the text that was found
_NO_TEXT_CHARACTERS = 120


def consent_wall_in(facts: PageFacts) -> str | None:
    """What shows that the page asks for consent instead of showing an article; None where it does not."""
    if facts.characters > _MOST_CHARACTERS:
        return None
    if facts.characters < _NO_TEXT_CHARACTERS and _framed(facts):
        return "nothing but the frame of a consent manager"
    asking = [block.text for block in facts.blocks if _TO_THE_READER.search(block.text)]
    found = " ".join(block.text for block in facts.blocks)
    if asking and _hits(found) >= _NEEDED:
        about = sum(len(block.text) for block in facts.blocks if _hits(block.text) or _TO_THE_READER.search(block.text))
        if about >= _FEWEST_SHARE * len(found) and sum(map(len, asking)) >= len(found) / 4:
            return "asks for consent where the article should be"
    if facts.claims_article or facts.characters >= _NO_TEXT_CHARACTERS * 2 or len(facts.shown) > _MOST_CHARACTERS:
        return None
    # The text that was found is not the wall's: look at all that is shown.
    if _hits(facts.shown) >= _NEEDED_UNLESS_ALL and _TO_THE_READER.search(facts.shown):
        return "asks for consent where the article should be"
    return None


def _hits(text: str) -> int:
    return sum(pattern.search(text) is not None for pattern in _SAID)


def _framed(facts: PageFacts) -> bool:
    return any(
        _FRAME.search(f"{frame.get('src') or ''} {frame.get('id') or ''} {frame.get('title') or ''}")
        for frame in facts.page.tree.iter("iframe")
    )
