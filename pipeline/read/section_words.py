"""Words for sections in many languages, folded: a front page's names, names that say nothing, names of sections."""

from __future__ import annotations

_HOME = """
home, homepage, home page, start, startseite, start page, front page news, accueil, inicio, início, portada,
strona główna, hjem, forside, hem, etusivu, главная, головна, начало, домой, ana sayfa, anasayfa, haberler, 홈,
首页, 首頁, トップ, ホーム, होम, الرئيسية, בית, αρχική, domů, domov, kezdőlap, acasă, trang chủ, beranda, utama,
website, index, you are here, back
"""
_VAGUE = """
news, latest, latest news, all news, nachrichten, aktuell, aktuelles, actualité, actualités, actu, noticias,
notícias, notizie, nieuws, nyheder, uutiset, новости, новини, haber, genel, general, allgemein, uncategorized,
uncategorised, unkategorisiert, non classé, sin categoría, articles, article, artikel, blog, posts, stories,
story, ニュース, 速報, 新闻, 뉴스, समाचार, أخبار, חדשות, ειδήσεις, wiadomości, zprávy, tin tức, berita, default, main,
other, misc
"""
# Names that are a section's in any newspaper: the address alone is believed for these only.
_SECTIONS = """
politics, world, business, economy, finance, markets, sport, sports, football, culture, arts, science,
technology, tech, health, education, environment, climate, opinion, comment, lifestyle, travel, entertainment,
local, national, international, europe, africa, asia, weather, crime, media, religion, music, books, film, food,
politik, wirtschaft, kultur, wissen, wissenschaft, gesundheit, meinung, panorama, ausland, inland, gesellschaft,
reise, feuilleton, technik, digital, finanzen, politique, économie, economie, société, societe, monde, santé,
sante, environnement, planète, sciences, política, politica, economía, economia, sociedad, sociedade, mundo,
cultura, deportes, esportes, esporte, ciencia, ciência, tecnología, tecnologia, salud, saúde, saude, opinión,
opinião, internacional, nacional, esteri, cronaca, cronache, scienza, scienze, salute, politiek, buitenland,
binnenland, cultuur, wetenschap, gezondheid, utrikes, inrikes, ekonomi, verden, udland, indland, økonomi,
innenriks, utenriks, kotimaa, ulkomaat, talous, urheilu, polityka, gospodarka, świat, swiat, kraj, kultura,
nauka, zdrowie, ekonomika, svět, domácí, politika, gazdaság, belföld, külföld, siyaset, dünya, dunya, spor,
türkiye, turkiye, gündem, gundem, sağlık, saglik, политика, экономика, мир, общество, культура, спорт, наука,
nasional, internasional, olahraga
"""


def _listed(words: str) -> frozenset[str]:
    return frozenset(word for text in words.split(",") if (word := text.strip()))


HOME_WORDS = _listed(_HOME)
VAGUE_WORDS = _listed(_VAGUE)
SECTION_WORDS = _listed(_SECTIONS)
