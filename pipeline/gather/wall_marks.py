"""What walls are known by: words in addresses, headers, titles, and marks in the body of the products that build them.

Collected from the products' documentation and from the pages themselves as the field describes them. A mark must not
stand in the pages a product lets through: `/cdn-cgi/challenge-platform/`, `_Incapsula_Resource` or `AwsWafIntegration`
alone do, which is why they are not here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.statuses import FetchStatus

CONSENT, BOT, LOGIN, PAY = (
    FetchStatus.CONSENT_WALL,
    FetchStatus.BOT_WALL,
    FetchStatus.LOGIN_WALL,
    FetchStatus.PAYWALL,
)


def _by_word(words: dict[FetchStatus, str]) -> dict[str, FetchStatus]:
    return {word: status for status, listed in words.items() for word in listed.split()}


HOST_LABELS = _by_word(
    {
        CONSENT: "consent consents guce cmp cookieconsent privacywall",
        BOT: "captcha",
        LOGIN: "login signin sso account accounts myaccount auth oauth idp",
        PAY: "subscribe subscription subscriptions paywall abo abonnement abonnements suscripciones abbonamenti",
    }
)
PATH_SEGMENTS = _by_word(
    {
        CONSENT: "consent consent-wall consentwall consent-gate collectconsent cookie-consent cookieconsent "
        "cookie-wall cookiewall cookies-required gdpr-consent privacy-consent privacy-gate privacywall zustimmung",
        BOT: "captcha recaptcha captcha-page robot-check robotcheck are-you-a-robot areyouarobot bot-check botcheck "
        "human-verification distil_r_captcha distil_r_blocked _incapsula_resource sgcaptcha tosv2",
        LOGIN: "login log-in logon signin sign-in sign_in signon sign-on sso auth oauth oauth2 authorize authenticate "
        "wp-login loginpage user-login regwall registration-wall connexion anmelden einloggen iniciar-sesion accedi "
        "inloggen",
        PAY: "subscribe subscription subscriptions subscribe-now subscribenow paywall pay-wall abonnement abonnements "
        "abonnieren abo abos suscripcion suscripciones suscribete abbonamenti abbonati assine prenumerera",
    }
)
# Hosts that serve nothing but challenges.
WALL_DOMAINS = ("captcha-delivery.com", "perfdrive.com", "challenges.cloudflare.com", "hcaptcha.com", "arkoselabs.com")


class HeaderMark(NamedTuple):
    """A header that a product sends with its wall."""

    value: str  # what its value contains, in lower case
    product: str


HEADER_MARKS = {
    "cf-mitigated": HeaderMark("challenge", "Cloudflare"),
    "x-amzn-waf-action": HeaderMark("", "AWS WAF"),
    "x-vercel-mitigated": HeaderMark("", "Vercel"),
    "sg-captcha": HeaderMark("challenge", "SiteGround"),
    "x-sucuri-block": HeaderMark("", "Sucuri"),
    "x-dd-b": HeaderMark("", "DataDome"),
}
# These come with pages that are let through as well; with a refusal they say who refused.
REFUSAL_HEADER_MARKS = {
    "x-datadome": HeaderMark("", "DataDome"),
    "x-kpsdk-ct": HeaderMark("", "Kasada"),
    "x-kpsdk-r": HeaderMark("", "Kasada"),
    "x-px-authorization": HeaderMark("", "HUMAN"),
}

# (whole title in lower case, status, product)
WALL_TITLES = tuple(
    (re.compile(pattern), status, product)
    for pattern, status, product in (
        (r"just a moment(?:\.\.\.|…)?", BOT, "Cloudflare"),
        (
            r"attention required! \| cloudflare|(?:please wait|access denied)(?:\.\.\.|…)? \| .*cloudflare.*",
            BOT,
            "Cloudflare",
        ),
        (r"access to this page has been (?:denied|blocked)\.?", BOT, "HUMAN"),
        (r"robot or human\??", BOT, "HUMAN"),
        (r"pardon our interruption(?:\.\.\.|…)?", BOT, "Imperva"),
        (r"challenge validation", BOT, "Akamai"),
        (r"human verification", BOT, "AWS WAF"),
        (r"sucuri web ?site firewall - .*|you are being redirected(?:\.\.\.|…)", BOT, "Sucuri"),
        (r"vercel security checkpoint", BOT, "Vercel"),
        (r"making sure you(?:'|&#39;|’)re not a bot!", BOT, "Anubis"),
        (r"ddos-guard", BOT, "DDoS-Guard"),
        (r"one moment, please(?:\.\.\.|…)?|bot verification", BOT, "a hoster's bot check"),
        (r"request rejected", BOT, "F5"),
        (r"radware (?:bot manager )?captcha(?: page)?", BOT, "Radware"),
        (r"robot challenge screen", BOT, "SiteGround"),
        (r"client challenge", BOT, "Fastly"),
        (r"(?:[\w .]{1,40} [-–|] )?are you a robot\?", BOT, "a bot check"),
        (
            r"(?:robot|bot|security|browser|captcha) check|captcha(?: challenge)?|security verification",
            BOT,
            "a bot check",
        ),
        (r"verify(?:ing)? (?:that )?you are (?:a )?human|checking your browser.*", BOT, "a bot check"),
        (r"subscribe to (?:read|continue(?: reading)?)(?: [|–-] .{1,60})?", PAY, "a subscription page"),
    )
)
LOGIN_TITLE = re.compile(
    r"(?:log ?in|sign ?in|log on|member login|please log in|anmelden|connexion)(?: *$| ?[|–:-] | to )"
)

# Marks that no page has which a product let through.
BODY_MARKS = (
    (b"_cf_chl_opt", "Cloudflare"),
    (b"captcha-delivery.com/", "DataDome"),
    (b'id="px-captcha', "HUMAN"),
    (b"Incapsula incident ID", "Imperva"),
    (b'src="/_Incapsula_Resource?SWUDNSAI', "Imperva"),
    (b"gokuProps", "AWS WAF"),
    (b"sucuri_cloudproxy_js", "Sucuri"),
    (b"sec-if-cpt-container", "Akamai"),
    (b"errors.edgesuite.net", "Akamai"),
    (b"window.KPSDK={}", "Kasada"),
    (b"anubis_challenge", "Anubis"),
    (b"/.well-known/sgcaptcha/", "SiteGround"),
    (b"validate.perfdrive.com", "Radware"),
    (b"Your support ID is", "F5"),
)
REFUSAL_BODY_MARKS = (
    (b"cf-error-details", "Cloudflare"),
    (b"Sorry, you have been blocked", "Cloudflare"),
    (b"Reference&#32;&#35;", "Akamai"),
    (b"Reference #", "Akamai"),
    (b"_Incapsula_Resource", "Imperva"),
    (b"_pxAppId", "HUMAN"),
    (b"Sucuri WebSite Firewall", "Sucuri"),
    (b"Generated by Wordfence", "Wordfence"),
)
# Any form may have one of these; on a page that refuses it is the way in.
CAPTCHA_MARKS = (
    (b"www.google.com/recaptcha/", "reCAPTCHA"),
    (b"g-recaptcha", "reCAPTCHA"),
    (b"js.hcaptcha.com/", "hCaptcha"),
    (b"h-captcha", "hCaptcha"),
    (b"cf-turnstile", "Cloudflare"),
)
# What a wall says to its reader, whoever built it.
PLAIN_WORDS = re.compile(
    r"""
      verify(?:ing)?\ (?:that\ )?you(?:\ are|['’]re)\ (?:a\ |not\ a\ )?(?:human|robot|bot)
    | (?:prove|confirm)\ (?:that\ )?you(?:\ are|['’]re)\ (?:a\ |not\ a\ )?(?:human|robot|bot)
    | are\ you\ a\ (?:human|robot)\b
    | (?:detected|noticed|seeing)\ unusual\ (?:traffic|activity) | unusual\ traffic\ from\ your
    | enable\ javascript\ and\ cookies\ to\ continue
    | complete\ the\ (?:security\ check|captcha) | checking\ your\ browser\ before
    | automated\ (?:requests|traffic|access)\ (?:from|is|was|has|have)
    | press\ (?:&|&amp;|and)\ hold\ to\ confirm
    """,
    re.IGNORECASE | re.VERBOSE,
)
