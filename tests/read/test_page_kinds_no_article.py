"""Pages among the links of real feeds that hold no article: each ends under its own status, and says why."""

from datetime import UTC, datetime

import pytest

from pipeline.read.reader import read_page
from pipeline.statuses import ArticleStatus as Status
from tests.read.page_builders import HEADLINES, SITE, news_article, page, teasers

FETCHED_AT = datetime(2025, 6, 1, tzinfo=UTC)


def wall(*texts: str, title: str = "The Selby Courier", lang: str = "en") -> bytes:
    """A consent page: no navigation, a few paragraphs and buttons."""
    inner = "".join(f"<p>{text}</p>" for text in texts)
    return page(f"<div class='c'>{inner}<button>OK</button></div>", title=title, lang=lang, chrome=False)


CONSENT = {
    "English": wall(
        "Before you continue to the Selby Courier",
        (
            "We and our 812 partners use cookies to store and/or access information on your device and to "
            "show personalised ads."
        ),
        "Accept all, reject all or manage your preferences. Your choices apply to this site only.",
        title="Before you continue",
    ),
    "German": wall(
        "Mit Werbung weiterlesen",
        "Wir und unsere 164 Partner verwenden Cookies und Tracking. Wir benötigen Ihre Einwilligung, um "
        "personalisierte "
        "Werbung zu zeigen.",
        "Alle akzeptieren und weiter. Einstellungen oder ablehnen. Unsere Datenschutzerklärung nennt Ihre Rechte.",
        lang="de",
    ),
    "French": wall(
        "Nous et nos 234 partenaires utilisons des cookies pour afficher des publicités personnalisées.",
        "Votre consentement est nécessaire. Vous pouvez tout accepter, paramétrer vos choix ou refuser. Vie privée",
        lang="fr",
    ),
    "Spanish": wall(
        "Nosotros y nuestros 150 socios utilizamos cookies para mostrar publicidad personalizada en este sitio.",
        "Puede aceptar todo, configurar o rechazar. Su consentimiento y su privacidad nos importan.",
        lang="es",
    ),
    "Italian": wall(
        "Noi e i nostri partner utilizziamo i cookie per annunci personalizzati. La tua privacy è importante.",
        "Accetta tutto, personalizza o rifiuta: il consenso può essere revocato in ogni momento.",
        lang="it",
    ),
    "Dutch": wall(
        "Wij en onze partners gebruiken cookies voor gepersonaliseerde advertenties.",
        "Met uw toestemming kunt u alles accepteren, instellingen wijzigen of weigeren. Uw privacy telt.",
        lang="nl",
    ),
    "Polish": wall(
        "My i nasi partnerzy używamy plików cookie. Szanujemy Twoją prywatność.",
        "Zgadzam się albo odrzuć wszystko; ustawienia można zmienić, a zgoda może zostać wycofana.",
        lang="pl",
    ),
    "Swedish": wall(
        "Vi och våra partner använder kakor för annonser. Din integritet är viktig.",
        "Godkänn alla, ändra inställningar eller avvisa. Ditt samtycke gäller ett år.",
        lang="sv",
    ),
    "Norwegian": wall(
        "Vi og våre partnere bruker informasjonskapsler for annonser. Personvern er viktig for oss.",
        "Godta alle, endre innstillinger eller avvis. Ditt samtykke gjelder ett år.",
        lang="no",
    ),
    "Portuguese": wall(
        "Nós e os nossos parceiros usamos cookies. A sua privacidade é importante.",
        "Pode aceitar tudo, gerir as opções ou rejeitar. O consentimento pode ser retirado.",
        lang="pt",
    ),
    "frame of a manager": page(
        '<iframe src="https://cdn.privacy-mgmt.example/consent/?id=7" title="SP Consent"></iframe>', chrome=False
    ),
    "with the article's own data": page(
        "<p>We value your privacy. We and our partners use cookies to store and/or access information on "
        "your device.</p>"
        "<p>Accept all or manage your options. Your consent can be withdrawn at any time.</p>",
        title=HEADLINES[0],
        og_type="article",
        ld=news_article(HEADLINES[0]),
        chrome=False,
    ),
}

BACK = "<p>Go back to the <a href='/'>front page</a> or use the search.</p>"
MISSING = {
    "English": page(
        f"<h1>Page not found</h1><p>The page you are looking for does not exist.</p>{BACK}",
        title="404 | The Selby Courier",
    ),
    "with a type": page(
        f"<h1>Sorry</h1><p>The page you requested could not be found.</p>{BACK}", ld={"@type": "WebPage", "name": "404"}
    ),
    "with teasers below": page(
        f"<h1>Page not found</h1>{BACK}<h2>Most read</h2>{teasers(6, standfirst=False)}", title="Page not found"
    ),
    "in the title alone": page(
        BACK + "<p>Try one of our sections, or write to the editors if you think this is a mistake.</p>",
        title="404 Not Found - The Selby Courier",
    ),
    "article expired": page(f"<p>This article is no longer available.</p>{BACK}"),
    "story removed": page(f"<h1>Oops!</h1><p>Sorry, this story has been removed by its publisher.</p>{BACK}"),
    "German": page("<h1>Seite nicht gefunden</h1><p>Die von Ihnen gesuchte Seite existiert nicht mehr.</p>", lang="de"),
    "German expired": page("<h1>Hoppla</h1><p>Dieser Artikel ist leider nicht mehr verfügbar.</p>", lang="de"),
    "French": page("<h1>Oups</h1><p>La page que vous recherchez n’existe plus ou a été déplacée.</p>", lang="fr"),
    "French label": page("<h1>Page introuvable</h1><p>Retournez à l’accueil.</p>", lang="fr"),
    "Spanish": page("<h1>Página no encontrada</h1><p>Lo sentimos.</p>", lang="es"),
    "Spanish sentence": page(
        "<h1>Lo sentimos</h1><p>La página que busca no existe o ha cambiado de dirección.</p>", lang="es"
    ),
    "Portuguese": page("<h1>Página não encontrada</h1>", lang="pt"),
    "Italian": page("<h1>Pagina non trovata</h1><p>La pagina che stai cercando non esiste.</p>", lang="it"),
    "Dutch": page("<h1>Pagina niet gevonden</h1><p>De pagina die u zoekt bestaat niet meer.</p>", lang="nl"),
    "Swedish": page("<h1>Hoppsan</h1><p>Sidan du söker finns inte längre på den här adressen.</p>", lang="sv"),
    "Danish": page("<h1>Siden findes ikke</h1>", lang="da"),
    "Polish": page("<h1>Ups</h1><p>Strona, której szukasz, nie istnieje.</p>", lang="pl"),
    "Czech": page("<h1>Stránka nenalezena</h1>", lang="cs"),
    "Russian": page("<h1>Ошибка 404</h1><p>Запрашиваемая страница не существует.</p>", lang="ru"),
    "Ukrainian": page("<h1>Сторінку не знайдено</h1>", lang="uk"),
    "Turkish": page("<h1>Sayfa bulunamadı</h1><p>Aradığınız sayfa kaldırılmış olabilir.</p>", lang="tr"),
    "Greek": page("<h1>Η σελίδα δεν βρέθηκε</h1>", lang="el"),
    "Chinese": page("<h1>页面不存在</h1><p>您访问的页面不存在或已被删除，请返回首页。</p>", lang="zh"),
    "Japanese": page("<h1>お探しのページは見つかりませんでした</h1><p>URLをご確認ください。</p>", lang="ja"),
    "Korean": page("<h1>페이지를 찾을 수 없습니다</h1>", lang="ko"),
    "Arabic": page("<h1>الصفحة غير موجودة</h1><p>الصفحة التي تبحث عنها غير متوفرة.</p>", lang="ar"),
}

PASSWORD = "<form><input type='email' name='e'><input type='password' name='p'><button>Log in</button></form>"
PLANS = "<p>Digital: $ 4.99 a month. Print: $ 12.99 a month. Cancel whenever you want, no questions asked.</p>"
PLACEHOLDERS = {
    "JavaScript": (
        page("<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div>", chrome=False),
        "JavaScript",
    ),
    "JavaScript in words": (
        page("<p>Please enable JavaScript in your browser to continue reading this site. Thank you.</p>", chrome=False),
        "JavaScript",
    ),
    "German JavaScript": (
        page(
            "<p>Bitte aktivieren Sie JavaScript, um diese Seite zu nutzen. Ohne geht es leider nicht.</p>",
            chrome=False,
            lang="de",
        ),
        "JavaScript",
    ),
    "template": (page("<h1>{{article.title}}</h1><p>{{article.lead}}</p><p>{{article.body}}</p>"), "template"),
    "database": (
        page("<h1>Error establishing a database connection</h1>", title="Database Error", chrome=False),
        "server",
    ),
    "bad gateway": (
        page("<h1>502 Bad Gateway</h1><hr><p>nginx/1.22</p>", title="502 Bad Gateway", chrome=False),
        "server",
    ),
    "maintenance": (
        page(
            "<h1>We'll be back soon</h1><p>Our site is being looked after. Please come again in an hour or two, "
            "and thank you for your patience with us.</p>",
            title="Maintenance",
        ),
        "server",
    ),
    "critical error": (
        page(
            "<p>There has been a critical error on this website.</p>",
            title="There has been a critical error on this website",
            chrome=False,
        ),
        "server",
    ),
    "redirect": (
        page(
            "<p>You are being redirected to the article. Click here if nothing happens within five seconds.</p>",
            title="Redirecting...",
            chrome=False,
        ),
        "leads to another",
    ),
    "leaving": (
        page(
            "<h1>You are leaving selby-courier.example</h1><p>We are not responsible for what other sites show. "
            "Click to go on to your destination.</p>"
        ),
        "leads to another",
    ),
    "login": (
        page(
            f"<h1>Log in</h1>{PASSWORD}<p>Forgot your password? We send you a new one at once, if you tell us the "
            "address with which you registered in the first place.</p>",
            title="Log in | The Selby Courier",
        ),
        "login",
    ),
    "German login": (
        page(
            f"<h1>Anmelden</h1>{PASSWORD}<p>Noch kein Konto? Hier können Sie sich in zwei Minuten registrieren "
            "und danach alle Texte lesen, die es bei uns gibt.</p>",
            lang="de",
        ),
        "login",
    ),
    "subscription": (
        page(
            f"<h1>Choose your subscription</h1>{PLANS}<p>All articles, the app and the newsletter, for as long as "
            "you like.</p>",
            title="Subscribe | The Selby Courier",
        ),
        "subscription",
    ),
    "newsletter": (
        page(
            "<h1>Newsletters</h1><p>Every morning at six the most important things from the town, picked "
            "by our editors "
            "and written so that they fit into one cup of coffee.</p><form><input type='email'></form>",
            title="Newsletters | The Selby Courier",
        ),
        "newsletter",
    ),
    "pdf": (page("<h1>Issue 12</h1><embed type='application/pdf' src='/issue-12.pdf'>"), "PDF"),
}


@pytest.mark.parametrize("case", CONSENT)
def test_a_consent_page_with_status_200_is_a_consent_wall(case: str) -> None:
    assert told(CONSENT[case], "/news/bridge-closed-until-spring-1")[0] == Status.CONSENT_WALL


@pytest.mark.parametrize("case", MISSING)
def test_a_page_that_says_not_found_is_a_soft_404(case: str) -> None:
    assert told(MISSING[case], "/news/bridge-closed-until-spring-1")[0] == Status.SOFT_404


@pytest.mark.parametrize("case", PLACEHOLDERS)
def test_what_stands_in_for_a_page_is_no_article_and_says_what_it_is(case: str) -> None:
    raw, said = PLACEHOLDERS[case]
    status, reason = told(raw, "/news/bridge-closed-until-spring-1")
    assert status == Status.NO_ARTICLE
    assert said in reason


def told(raw: bytes, path: str) -> tuple[Status, str]:
    reading = read_page(raw, url=SITE + path, fetched_at=FETCHED_AT)
    return reading.status, reading.reason or ""
