"""Pages and refusals written after what the products send, and pages that only look like them."""

from __future__ import annotations

from pipeline.gather.transport import Response

PROSE = (
    "<p>The harbour reopened on Monday after six weeks of repairs, and the first ferry left shortly before seven with "
    "two hundred people on board, most of them on their way to work in the city across the bay.</p>"
) * 12
OPEN_GRAPH = '<meta property="og:type" content="article"><meta property="og:title" content="Harbour reopens">'
JSON_LD = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Harbour reopens"}</script>'


def page(title, body, head=""):
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def response(body="", status=200, **headers):
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Response(
        url="https://news.example/2026/03/02/harbour-reopens",
        http_status=status,
        reason="",
        http_version="HTTP/1.1",
        headers=(("Content-Type", "text/html"), ("Server", "cloudflare"), *named),
        body=body.encode() if isinstance(body, str) else body,
        request_headers=(),
        request_target="/2026/03/02/harbour-reopens",
    )


CLOUDFLARE = page(
    "Just a moment...",
    "<noscript>Enable JavaScript and cookies to "
    "continue</noscript><script>window._cf_chl_opt={cvId:'3',cType:'managed'};"
    "a.src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=8f';</script>",
)
CLOUDFLARE_BLOCK = page(
    "Attention Required! | Cloudflare",
    '<div id="cf-error-details"><h1>Sorry, you have been blocked</h1><h2>You are unable to access '
    "news.example</h2></div>",
)
CLOUDFLARE_1020 = page(
    "Access denied | news.example used Cloudflare to restrict access",
    '<div id="cf-error-details"><h1>Error 1020</h1><p>This website is using a security service.</p></div>',
)
DATADOME = page(
    "news.example",
    "<p id='cmsg'>Please enable JS and disable any ad blocker</p><script>var dd={'rt':'c','cid':'AHrlqAAAA','host':"
    "'geo.captcha-delivery.com'}</script><script src='https://ct.captcha-delivery.com/c.js'></script>",
)
HUMAN = page(
    "Access to this page has been denied.",
    '<h1>Press &amp; Hold to confirm you are a human (and not a bot).</h1><div id="px-captcha"></div>'
    "<script>window._pxAppId='PX0';window._pxUuid='0'</script>",
)
AKAMAI = (
    "<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\nYou don't have "
    "permission to access "
    '"http&#58;&#47;&#47;news&#46;example&#47;" on this server.<P>\nReference&#32;&#35;18&#46;2d351ab8&#46;1557333295\n'
    "<P>https&#58;&#47;&#47;errors&#46;edgesuite&#46;net&#47;18</P>\n</BODY>\n</HTML>"
)
AKAMAI_INTERSTITIAL = (
    '<!DOCTYPE html><html><head></head><body><div id="sec-if-cpt-container" role="main"><script '
    'src="/_sec/cp_challenge/crypto_message-4-3.htm"></script></div></body></html>'
)
INCAPSULA = (
    '<html style="height:100%"><head><META NAME="ROBOTS" CONTENT="NOINDEX, NOFOLLOW"></head><body style="margin:0px">'
    '<iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31&xinfo=1" frameborder=0 width="100%">Request '
    "unsuccessful. Incapsula incident ID: 1098000360-217</iframe></body></html>"
)
DISTIL = page(
    "Pardon Our Interruption",
    "<h1>Pardon Our Interruption...</h1><p>As you were browsing something about your browser made us think "
    "you were a bot.</p>",
)
AWS_CHALLENGE = page(
    "",
    '<script>window.gokuProps = {"key":"AQID","iv":"A6we","context":"q"};</script><script '
    'src="https://a.b.token.awswaf.com/a/b/challenge.js"></script><noscript>JavaScript is disabled</noscript>',
)
AWS_CAPTCHA = page(
    "Human Verification", "<div id='captcha-container'></div><script>AwsWafCaptcha.renderCaptcha()</script>"
)
SUCURI_BLOCK = page("Sucuri WebSite Firewall - Access Denied", "<h1>Access Denied - Sucuri Website Firewall</h1>")
SUCURI_CHALLENGE = page(
    "You are being redirected...",
    "<noscript>Javascript is required.</noscript><script>var s={},sucuri_cloudproxy_js='';</script>",
)
KASADA = (
    "<!DOCTYPE html><html><head></head><body><script>window.KPSDK={};KPSDK.now=1</script><script "
    'src="/149e9513-01fa-4fb0-aad4-566afd725d1b/ips.js?tkrm_alpekz"></script></body></html>'
)
RECAPTCHA = page(
    "Security check",
    '<form><p>Please complete the security check to access news.example.</p><div class="g-recaptcha" '
    'data-sitekey="k"></div></form>',
)
HCAPTCHA = page(
    "One more step",
    '<form><div class="h-captcha" data-sitekey="k"></div></form><script '
    'src="https://js.hcaptcha.com/1/api.js"></script>',
)
GOOGLE_SORRY = page(
    "https://news.google.com/",
    "<div>Our systems have detected unusual traffic from your computer network. This page checks to see if "
    "it's really you sending the requests, and not a robot.</div>",
)
BLOOMBERG = page(
    "Bloomberg - Are you a robot?",
    "<h2>We've detected unusual activity from your computer network</h2><p>To continue, please click the box "
    "below to let us know you're not a robot.</p><div id=px-captcha></div>",
)
VERCEL = page("Vercel Security Checkpoint", "<p>We're verifying your browser</p>")
ANUBIS = page("Making sure you&#39;re not a bot!", '<script id="anubis_challenge" type="application/json">{}</script>')
SGCAPTCHA = '<html><head><meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2F&y=ipr"></head></html>'
IMUNIFY = page("One moment, please...", "<h1>Please wait while your request is being verified...</h1>")
WORDFENCE = page("Your access to this site has been limited", "<p>Generated by Wordfence at Mon, 2 Mar 2026</p>")
F5 = (
    "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with "
    "your administrator.<br><br>Your support ID is: 12345678901234567890</body></html>"
)
DDOS_GUARD = page("DDoS-Guard", "<p>Checking your browser before accessing news.example</p>")
RADWARE = page("Radware Captcha Page", "<script src='https://validate.perfdrive.com/a.js'></script>")
PLAIN = page("news.example", "<h1>One more step</h1><p>Please verify you are human by completing the action below.</p>")
PLAIN_AUTOMATED = page("Blocked", "<p>We have noticed automated requests from your network.</p>")
FT = page(
    "Subscribe to read | Financial Example", "<h1>Subscribe to unlock this article</h1><p>Try unlimited access</p>"
)
LOGIN = page(
    "Log in | Gazette", '<form><input name="user"><input type="password" name="word"><button>Log in</button></form>'
)

WALLS = {
    "Cloudflare challenge by its header": (response("", 403, cf_mitigated="challenge"), "bot_wall", "Cloudflare"),
    "Cloudflare challenge, 403": (response(CLOUDFLARE, 403), "bot_wall", "Cloudflare"),
    "Cloudflare challenge, 503": (response(CLOUDFLARE, 503), "bot_wall", "Cloudflare"),
    "Cloudflare challenge, 200": (response(CLOUDFLARE, 200), "bot_wall", "Cloudflare"),
    "Cloudflare challenge in another language": (
        response(CLOUDFLARE.replace("Just a moment...", "Einen Moment"), 200),
        "bot_wall",
        "_cf_chl_opt",
    ),
    "Cloudflare block": (response(CLOUDFLARE_BLOCK, 403), "bot_wall", "Cloudflare"),
    "Cloudflare firewall rule": (response(CLOUDFLARE_1020, 403), "bot_wall", "Cloudflare"),
    "DataDome, 403": (response(DATADOME, 403), "bot_wall", "DataDome"),
    "DataDome, 401": (response(DATADOME, 401), "bot_wall", "DataDome"),
    "DataDome, 200": (response(DATADOME, 200), "bot_wall", "DataDome"),
    "DataDome by its header": (response("", 403, X_DataDome="protected"), "bot_wall", "DataDome"),
    "HUMAN, 403": (response(HUMAN, 403), "bot_wall", "HUMAN"),
    "HUMAN, 200": (response(HUMAN, 200), "bot_wall", "HUMAN"),
    "Akamai refusal": (response(AKAMAI, 403), "bot_wall", "Akamai"),
    "Akamai interstitial": (response(AKAMAI_INTERSTITIAL, 200), "bot_wall", "Akamai"),
    "Imperva, 200": (response(INCAPSULA, 200), "bot_wall", "Imperva"),
    "Imperva, 403": (response(INCAPSULA, 403), "bot_wall", "Imperva"),
    "Imperva's Distil": (response(DISTIL, 405), "bot_wall", "Imperva"),
    "AWS WAF challenge": (response(AWS_CHALLENGE, 202), "bot_wall", "AWS WAF"),
    "AWS WAF by its header": (response(None, 405, x_amzn_waf_action="captcha"), "bot_wall", "AWS WAF"),
    "AWS WAF captcha": (response(AWS_CAPTCHA, 405), "bot_wall", "AWS WAF"),
    "Sucuri block": (response(SUCURI_BLOCK, 403), "bot_wall", "Sucuri"),
    "Sucuri challenge": (response(SUCURI_CHALLENGE, 200), "bot_wall", "Sucuri"),
    "Kasada": (response(KASADA, 429), "bot_wall", "Kasada"),
    "Kasada by its header": (response("", 429, x_kpsdk_ct="0abc"), "bot_wall", "Kasada"),
    "reCAPTCHA": (response(RECAPTCHA, 403), "bot_wall", "check"),
    "reCAPTCHA, 200": (response(RECAPTCHA, 200), "bot_wall", "check"),
    "hCaptcha": (response(HCAPTCHA, 403), "bot_wall", "hCaptcha"),
    "unusual traffic": (response(GOOGLE_SORRY, 429), "bot_wall", "unusual traffic"),
    "unusual traffic, 200": (response(GOOGLE_SORRY, 200), "bot_wall", "unusual traffic"),
    "are you a robot": (response(BLOOMBERG, 200), "bot_wall", "are you a robot?"),
    "Vercel": (response(VERCEL, 429), "bot_wall", "Vercel"),
    "Vercel by its header": (response("", 403, X_Vercel_Mitigated="challenge"), "bot_wall", "Vercel"),
    "Anubis": (response(ANUBIS, 200), "bot_wall", "Anubis"),
    "SiteGround": (response(SGCAPTCHA, 202), "bot_wall", "SiteGround"),
    "Imunify360": (response(IMUNIFY, 200), "bot_wall", "hoster"),
    "Wordfence": (response(WORDFENCE, 503), "bot_wall", "Wordfence"),
    "F5, which answers 200": (response(F5, 200), "bot_wall", "F5"),
    "DDoS-Guard": (response(DDOS_GUARD, 403), "bot_wall", "DDoS-Guard"),
    "Radware": (response(RADWARE, 200), "bot_wall", "Radware"),
    "plain words": (response(PLAIN, 403), "bot_wall", "verify you are human"),
    "plain words, 200": (response(PLAIN, 200), "bot_wall", "verify you are human"),
    "automated requests": (response(PLAIN_AUTOMATED, 429), "bot_wall", "automated requests"),
    "999": (response("", 999), "bot_wall", "999"),
    "401": (response(page("Unauthorized", ""), 401), "login_wall", "401"),
    "401 with a captcha in its login": (
        response(page("Login", '<div class="g-recaptcha"></div>'), 401),
        "login_wall",
        "401",
    ),
    "402": (response(None, 402), "paywall", "402"),
    "subscription page": (response(FT, 403), "paywall", "subscribe to read"),
    "subscription page, 200": (response(FT, 200), "paywall", "subscribe to read"),
    "login page, 200": (response(LOGIN, 200), "login_wall", "log in"),
}

COOKIE_BANNER = (
    '<div id="onetrust-banner">We value your privacy. We and our partners use cookies. <button>Accept '
    "all</button></div>"
)
CHROME = '<a href="/login">Log in</a><a href="/subscribe">Subscribe</a><div class="g-recaptcha"></div>'
SHORT = "<p>Verify you are human: that is what half of all sites now ask, a survey found on Monday.</p>"
JSD = "<script>window.__CF$cv$params={r:'8f'};a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'</script>"

NO_WALLS = {
    "an article": response(page("Harbour reopens", PROSE)),
    "an article about captchas": response(page("Are you a robot? Why captchas fail", PROSE + SHORT)),
    "an article whose whole title is a wall's": response(page("Just a moment...", PROSE)),
    "a short article of that title that says it is one": response(page("Are you a robot?", SHORT, OPEN_GRAPH)),
    "a short article about humans and robots, with JSON-LD": response(page("Robots", SHORT, JSON_LD)),
    "an article about a Cloudflare outage": response(
        page("Cloudflare outage: Attention Required! | Cloudflare seen by millions", PROSE)
    ),
    "an article that quotes Cloudflare's page": response(
        page("Cloudflare", PROSE + "<code>window._cf_chl_opt</code>", OPEN_GRAPH)
    ),
    "an article about cookies": response(page("Before you continue: what cookies are", PROSE)),
    "an article about paywalls": response(page("Subscribe to read less: paywalls and the news", PROSE)),
    "an article with Subscribe to read in its title": response(page("Subscribe to read", PROSE)),
    "an article about DataDome": response(
        page("DataDome raises 35 million", PROSE + "captcha-delivery.com/ is its host", OPEN_GRAPH)
    ),
    "an article about unusual traffic": response(
        page("Unusual traffic from your port to ours", PROSE + "unusual traffic from your port")
    ),
    "an article with a cookie banner": response(page("Harbour reopens", COOKIE_BANNER + PROSE)),
    "a cookie banner and little more, for read to judge": response(
        page("Harbour", COOKIE_BANNER + "<p>The harbour reopened.</p>")
    ),
    "login and captcha in the header of a page": response(page("Harbour reopens", CHROME + PROSE)),
    "login and captcha in the header of a short page": response(
        page("Harbour reopens", CHROME + "<p>It reopened.</p>")
    ),
    "a paywall's teaser under an article's beginning": response(
        page("Harbour reopens", PROSE[:600] + "<div class='paywall'>Subscribe to continue reading</div>", OPEN_GRAPH)
    ),
    "a page that Cloudflare let through": response(page("Harbour reopens", "<p>It reopened.</p>" + JSD)),
    "a page that Imperva let through": response(
        page("Harbour", '<script src="/_Incapsula_Resource?SWJIYLWA=719"></script>')
    ),
    "a page that HUMAN let through": response(
        page("Harbour", "<script>window._pxAppId='PX0'</script><p>It reopened.</p>")
    ),
    "a page that DataDome let through": response(
        page("Harbour", "<script src='https://js.datadome.co/tags.js'></script>"), X_DataDome="protected"
    ),
    "a page that AWS WAF let through": response(
        page(
            "Harbour",
            "<script src='https://a.token.awswaf.com/challenge.js'></script><script>"
            "AwsWafIntegration.getToken()</script>",
        )
    ),
    "a page that Kasada let through": response(page("Harbour", "<p>It reopened.</p>"), x_kpsdk_ct="0abc"),
    "a page with a password field and a text": response(page("Log in | Gazette", '<input type="password">' + PROSE)),
    "an article that begins with a login": response(page("Log in to your past: a diary", PROSE)),
    "a short text on logging in without a field for it": response(page("Log in", "<p>How to log in.</p>")),
    "an empty page": response(""),
    "a page without a body": response(None),
    "a page of one word": response("Harbour"),
    "a title that never ends": response("<html><title>" + "just a moment" * 500),
    "a wall's words on a large page": response(page("Just a moment...", "<p>x</p>" * 20_000)),
    "binary": response(bytes(range(256)) * 40),
    "403 of the site itself": response(page("Forbidden", "<h1>403</h1><p>You may not see this.</p>"), 403),
    "403 within the whole page of the site": response(page("Forbidden", CHROME + PROSE), 403),
    "503 of the site itself": response(page("Maintenance", "<p>Back at noon.</p>"), 503),
    "429 of the site itself": response(page("Too many requests", "<p>Slow down.</p>"), 429),
    "404 with a captcha": response(page("Not found", RECAPTCHA), 404),
    "500 that speaks of robots": response(PLAIN, 500),
    "451": response(page("Unavailable", "For legal reasons"), 451),
    "302": response(CLOUDFLARE, 302),
}
