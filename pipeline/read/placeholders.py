"""Pages that stand where a page should be: errors of a server, shells that need JavaScript, empty templates, redirects.

And what asks for something before there is anything to read: logins, subscriptions, newsletters. All are told by the
whole of a heading together with little text, never by a word within an article.
"""

from __future__ import annotations

import re

from pipeline.read.page import texts_in
from pipeline.read.page_facts import PageFacts

_SERVER_ERROR = re.compile(
    r"error establishing a database connection|(?:error )?50[0-9][\s:.-]*(?:error|bad gateway"
    r"|service (?:temporarily )?unavailable"
    r"|gateway time-?out|internal server error)?|internal server error|bad gateway|gateway time-?out"
    r"|service (?:temporarily )?unavailable"
    r"|there has been a critical error on (?:this|your) website|(?:the )?site is (?:currently )?(?:down|unavailable"
    r"|experiencing technical difficulties)"
    r"|(?:under|scheduled|down for|site) maintenance|maintenance(?: mode)?|we[’']ll be (?:right )?back(?: soon)?"
    r"|wartungsarbeiten|wartung"
    r"|(?:site )?en maintenance|en mantenimiento|in manutenzione|em manutenção|технические работы"
    r"|origin (?:is unreachable|dns error)|web server is down"
    r"|access denied|403(?: forbidden)?|forbidden|connection timed out|too many requests|account suspended"
    r"|this account has been suspended"
    r"|index of /.*|welcome to nginx!?|apache2? .*default page.*|it works!?|default web site page|iis windows.*"
    r"|directory listing.*"
    r"|(?:this )?domain (?:is |may be )?for sale|(?:[\w.-]+ )?is for sale|domain parked|hello world!?|coming soon"
    r"|just another wordpress site"
    r"|the requested url was rejected.*|runtime error|server error(?: in .*)?|an error (?:has )?occurred"
    r"|something went wrong|application error"
    r"|ein fehler ist aufgetreten|une erreur (?:est survenue|s[’']est produite)|se ha producido un error"
    r"|si è verificato un errore",
    re.IGNORECASE,
)
_ERROR_TEXT = re.compile(
    r"^(?:fatal error: |parse error: |warning: \w+\(|the server encountered |the server is temporarily "
    r"|service unavailable"
    r"|error establishing a database|an unexpected error|nginx/\d|error code: \d{3}|varnish cache server"
    r"|guru meditation"
    r"|bad gateway|internal server error)",
    re.IGNORECASE,
)
_NEEDS_SCRIPT = re.compile(
    r"(?:enable|activate|requires?|turn on|without|needs?|supports?) (?:\w+ ){0,3}java ?script|java ?script (?:is "
    r"|seems |must |to be |has )"
    r"(?:\w+ ){0,3}(?:disabled|required|enabled|turned off)|java ?script (?:\w+ ){0,4}(?:aktivieren|deaktiviert"
    r"|einschalten|erforderlich)"
    r"|aktivieren sie (?:bitte )?java ?script|(?:activer|activez|active|activar|habilite|habilitar|abilita|attiva"
    r"|aktivera|aktiver|ativar?|włącz|povolte"
    r"|включите|увімкніть)(?: \w+){0,2} java ?script|java ?script(?: \w+){0,3} (?:désactivé|desactivado"
    r"|deshabilitado|disabilitato|отключ[её]н)"
    r"|browser (?:is (?:not supported|out of date|outdated)|does not support)|(?:启用|開啟|啟用|打开) ?java ?script"
    r"|java ?script ?を有効|java ?script를",
    re.IGNORECASE,
)
_LOADING = re.compile(
    r"(?:loading|please wait|laden|wird geladen|chargement|cargando|caricamento|carregando|загрузка"
    r"|加载中|読み込み中)\W*",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"\{\{[^{}]{1,80}\}\}|\{%[^%]{1,80}%\}|<%=?[^%]{1,80}%>|\[\[[a-z_.]{2,40}\]\]|\$\{[\w.]{2,40}\}")
_REDIRECT = re.compile(
    r"(?:you (?:are being|will (?:now )?be|are about to be|should be) )(?:automatically )?redirected.*"
    r"|redirect(?:ing|ion)?(?: (?:to|you) .*)?"
    r"|you are (?:now )?(?:leaving|about to leave) .*|leaving .{2,40}|(?:sie werden )?weiter(?:geleitet|leitung).*"
    r"|sie verlassen .*"
    r"|(?:vous (?:allez être|êtes) )?redirig[ée]+.*|redirection.*|vous quittez .*|redireccionando.*"
    r"|reindirizzamento.*|object moved.*"
    r"|(?:document |page )?moved(?: permanently| temporarily)?|30[1278](?: moved permanently| found)?"
    r"|перенаправление.*|正在跳转.*|external link(?: warning)?",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"(?:please )?(?:log|sign)[ -]?(?:in|on)(?: (?:to|or|with|required|page|here).*)?|(?:member|subscriber|user"
    r"|account) log[ -]?in|login required"
    r"|register(?: (?:to|for|now|or) .*)?|create (?:a |an |your )?(?:free )?account.*|anmelde[nr]?|anmeldung"
    r"|einloggen|registrieren|login"
    r"|(?:se )?connecter|connexion|identifiez-vous|iniciar sesión|inicia sesión|acceder|accedi|entrar|inloggen"
    r"|logga in|logg inn|log ind"
    r"|kirjaudu(?: sisään)?|zaloguj się|logowanie|přihlášení|přihlásit|bejelentkezés|войти|вход|авторизация|увійти"
    r"|giriş yap|ログイン|로그인|登录|登入",
    re.IGNORECASE,
)
_SUBSCRIBE = re.compile(
    r"subscri(?:be|ptions?)(?: (?:to|now|today|for|and|offers?|options|plans?).*)?|.{0,20}(?:choose|select"
    r"|pick) (?:a|your) (?:plan|subscription|offer).*|become a (?:member|subscriber).*"
    r"|(?:digital|print|full) (?:access|subscription)s?|subscribe to (?:continue|read|keep).*|support (?:our"
    r"|independent) journalism|abo(?:s|nnements?)?|abonnieren|jetzt abonnieren"
    r"|(?:digital)?abo(?:nnement)?(?: bestellen| abschließen)?|abonnez-vous.*|s[’']abonner|suscr[ií]bete.*"
    r"|suscripci(?:ón|ones)|assine.*|abbonati.*|abbonamenti"
    r"|abonneren|prenumerera|abonner|bli abonnent|tilaa|prenumerata|předplatné|подписка|оформить подписку"
    r"|this (?:article|content|story) is (?:for|only for|exclusive to|available to"
    r"|reserved for) subscribers(?: only)?"
    r"|dieser (?:artikel|inhalt) ist (?:nur )?für abonnenten|article réservé (?:aux|à nos) abonnés"
    r"|contenido exclusivo para suscriptores",
    re.IGNORECASE,
)
_NEWSLETTER = re.compile(
    r"(?:our |the |daily |weekly |free |e-?mail )*newsletters?(?: (?:sign-?up|signup|subscription|archive"
    r"|preferences|abonnieren|anmeldung|anmelden|bestellen))?"
    r"|(?:sign up|subscribe|register) (?:for|to) (?:our|the|.{1,40}) ?(?:newsletters?|e-?mails?|alerts|briefing)"
    r"|get (?:our|the) .{0,40}newsletter.*"
    r"|(?:inscri\w+|abonnez-vous) à (?:notre|la) newsletter|suscr[ií]bete (?:a|al) .{0,20}(?:newsletter|boletín)"
    r"|iscriviti alla newsletter|boletín(?:es)?|infolettres?",
    re.IGNORECASE,
)
_PRICE = re.compile(r"(?:[$€£₹¥]|USD|EUR|CHF|kr\.?|zł|руб)\s?\d|\d(?:[.,]\d\d)?\s?(?:[$€£₹¥]|USD|EUR|CHF|kr\b|zł|руб)")
_SHORT_CHARACTERS = 500
_SHELL_CHARACTERS = 900
_OFFER_CHARACTERS = 3_000
_TEMPLATE_MARKS = 2
_NO_TEXT_CHARACTERS = 120


def stands_in_for_a_page(facts: PageFacts) -> str | None:
    """What the page is in place of one that could be read; None where it is a page of its own."""
    if _is_template(facts):
        return "a template that nobody filled in"
    if facts.claims_article and facts.characters >= _NO_TEXT_CHARACTERS:
        return None
    texts = [block.text for block in facts.blocks] or [facts.shown[:_SHORT_CHARACTERS]]
    short = facts.characters < _SHORT_CHARACTERS
    if short and (any(map(_NEEDS_SCRIPT.search, texts[:3])) or _says_scripts_needed(facts)):
        return "asks for JavaScript"
    if facts.characters < _NO_TEXT_CHARACTERS and _LOADING.fullmatch(texts[0]):
        return "a page that was still loading"
    if facts.characters < _SHELL_CHARACTERS and (_labelled(facts, _SERVER_ERROR) or _ERROR_TEXT.match(texts[0])):
        return "an error page of the server"
    if short and (_labelled(facts, _REDIRECT) or _REDIRECT.fullmatch(texts[0][:_NO_TEXT_CHARACTERS])):
        return "a page that leads to another"
    if short and _is_pdf_viewer(facts):
        return "a viewer for a PDF"
    return _asks_first(facts)


def _asks_first(facts: PageFacts) -> str | None:
    """Logins, subscriptions, newsletters; a page that says it is an article has a teaser, and stays one."""
    if facts.hints_article and facts.prose_words > 0:
        return None
    if facts.characters >= _OFFER_CHARACTERS:
        return None
    fields = {(field.get("type") or "").lower() for field in facts.page.tree.iter("input")}
    if facts.characters < _SHELL_CHARACTERS and _labelled(facts, _LOGIN) and fields & {"password", "email"}:
        return "a login page"
    if (
        facts.characters < _SHELL_CHARACTERS
        and _labelled(facts, _NEWSLETTER)
        and fields & {"email", "text", "checkbox"}
    ):
        return "a sign-up page for newsletters"
    if _labelled(facts, _SUBSCRIBE):
        prices = len(_PRICE.findall(facts.shown)) if len(facts.shown) < 4 * _OFFER_CHARACTERS else 0
        if prices >= 2 or (facts.characters < _SHORT_CHARACTERS and not facts.hints_article):
            return "offers a subscription"
    return None


def _labelled(facts: PageFacts, pattern: re.Pattern[str]) -> bool:
    return any(pattern.fullmatch(label) for label in facts.labels)


def _is_template(facts: PageFacts) -> bool:
    if facts.headline and _TEMPLATE.fullmatch(facts.headline.strip()):
        return True
    marked = [block.text for block in facts.blocks if "{" in block.text or "[[" in block.text or "<%" in block.text]
    if not marked:
        return False
    marks = sum(len(_TEMPLATE.findall(text)) for text in marked)
    left = sum(len(_TEMPLATE.sub("", block.text)) for block in facts.blocks)
    return marks >= _TEMPLATE_MARKS and left < _NO_TEXT_CHARACTERS * 2


def _says_scripts_needed(facts: PageFacts) -> bool:
    if facts.characters >= _NO_TEXT_CHARACTERS:
        return False
    silent = " ".join(text for element in facts.page.tree.iter("noscript") for text in texts_in(element))
    return _NEEDS_SCRIPT.search(silent) is not None


def _is_pdf_viewer(facts: PageFacts) -> bool:
    if facts.prose_words > _SHORT_CHARACTERS // 10:
        return False
    for element in facts.page.tree.iter("embed", "object", "iframe"):
        address = (element.get("src") or element.get("data") or "").lower()
        if ".pdf" in address or "application/pdf" in (element.get("type") or "").lower():
            return True
    return any(mark.element.get("id") == "viewerContainer" for mark in facts.page.marked)
