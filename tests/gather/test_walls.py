"""Walls are named as such, and pages that only speak of walls are not."""

from __future__ import annotations

import pytest

from pipeline.gather.walls import wall_behind, wall_in
from tests.gather.wall_pages import NO_WALLS, WALLS


def test_there_are_sixty_pages_and_more():
    assert len(WALLS) >= 40
    assert len(NO_WALLS) >= 30


@pytest.mark.parametrize("name", WALLS)
def test_a_wall_is_named(name):
    answer, status, words = WALLS[name]
    wall = wall_in(answer)
    assert wall is not None
    assert wall.status == status
    assert words in wall.words


@pytest.mark.parametrize("name", NO_WALLS)
def test_what_is_no_wall_is_none(name):
    assert wall_in(NO_WALLS[name]) is None


ARTICLE = "https://news.example/2026/03/02/harbour-reopens"


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("https://news.example/consent?return=/2026", "consent_wall"),
        ("https://consent.news.example/collect", "consent_wall"),
        ("https://guce.news.example/consent?guccounter=1", "consent_wall"),
        ("https://news.example/cookie-wall.html", "consent_wall"),
        ("https://news.example/login?return=/2026/03/02/harbour-reopens", "login_wall"),
        ("https://news.example/account/login.aspx", "login_wall"),
        ("https://news.example/users/sign_in", "login_wall"),
        ("https://login.news.example/?r=1", "login_wall"),
        ("https://sso.publisher.example/check", "login_wall"),
        ("https://accounts.publisher.example/o/oauth2/auth", "login_wall"),
        ("https://news.example/wp-login.php?redirect_to=x", "login_wall"),
        ("https://news.example/subscribe", "paywall"),
        ("https://news.example/subscribe/digital?from=article", "paywall"),
        ("https://subscribe.news.example/offer", "paywall"),
        ("https://news.example/abonnement.html", "paywall"),
        ("https://geo.captcha-delivery.com/captcha/?initialCid=A", "bot_wall"),
        ("https://validate.perfdrive.com/b?ssa=1", "bot_wall"),
        ("https://news.example/captcha?back=/", "bot_wall"),
        ("https://www.news.example/tosv2.html?vid=&uuid=1&url=/", "bot_wall"),
        ("https://news.example/distil_r_captcha.html?x=1", "bot_wall"),
    ],
)
def test_a_redirect_to_a_wall_is_known_by_its_address(target, status):
    wall = wall_behind(ARTICLE, target)
    assert wall is not None
    assert wall.status == status
    assert target in wall.words


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        (ARTICLE, "https://www.news.example/2026/03/02/harbour-reopens"),
        (ARTICLE, "https://news.example/2026/03/02/harbour-reopens/?login=no&subscribe=1"),
        (ARTICLE, "https://news.example/news/login-of-a-lifetime"),
        (ARTICLE, "https://news.example/subscribers-only/harbour"),
        (ARTICLE, "https://news.example/login/how-to-choose-a-password"),
        (ARTICLE, "https://news.example/subscribe/2026/harbour"),
        (ARTICLE, "https://news.example/captcha/why-captchas-fail-old-people"),
        (ARTICLE, "https://logins.example/a"),
        (ARTICLE, "https://captcha-delivery.com.example/a"),
        (ARTICLE, "https://notperfdrive.com/a"),
        (ARTICLE, "https://news.example/consenting-adults/a"),
        ("https://news.example/login/a", "https://news.example/login/b"),
        ("https://news.example/consent/a", "https://www.news.example/consent/a"),
        ("http://login.example/a", "https://login.example/a"),
        ("https://sso.example/news/a", "https://sso.example/news/b"),
        ("https://news.example/subscribe/a", "https://news.example/subscribe/b.html"),
    ],
)
def test_a_redirect_to_an_article_is_none(asked, target):
    assert wall_behind(asked, target) is None
