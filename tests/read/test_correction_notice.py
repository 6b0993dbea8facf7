"""Which words on a page own up to a correction, and which only speak of one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.read.correction_notice import correction_notice_in
from pipeline.read.joined_pages import join_pages
from pipeline.read.page import parse_page
from pipeline.read.page_lines import page_lines
from pipeline.read.page_reading import PageReading
from pipeline.read.reader import read_page
from pipeline.statuses import ArticleStatus
from tests.read.page_builders import FOOTER, HEADER, page, paragraphs


def notice_in(html: str) -> str | None:
    parsed = parse_page(f"<html><body>{html}</body></html>", "http://selby.example/1")
    return correction_notice_in(page_lines(parsed)) if parsed else None


NOTICES = [
    "Correction: The bridge was built in 1904, not 1940.",
    "CORRECTION – The bridge was built in 1904.",
    "Correction, 12 May: The mayor's first name is Anna.",
    "Correction (May 12, 2025): The mayor's first name is Anna.",
    "Correction added on 12 May 2025: The mayor's first name is Anna.",
    "Corrections and clarifications: The ferry takes 90 cars, not 900.",
    "Clarification: The company says that it sold only the ships.",
    "• This article was amended on 12 May 2025 to correct the number of cars.",
    "This article was amended on 12 May 2025. The ferry takes 90 cars.",
    "This story has been corrected to say that the ferry takes 90 cars.",
    "This story has been updated to correct the spelling of the mayor's name.",
    "An earlier version of this article misstated the number of cars on the ferry.",
    "A previous version of this report said the bridge was built in 1940.",
    "The headline of this article was amended on 12 May.",
    "Editor's note: An earlier version of this story misspelled the name of the mayor.",
    "Editor’s Note: This report has been changed to correct the date of the vote.",
    "Update, 3 p.m.: An earlier version of this article gave the wrong year.",
    "Due to an editing error, an earlier version of this article gave another year.",
    "(Corrects year in second paragraph)",
    "Erratum: the table on page 3 lists the wrong towns.",
    "Berichtigung: Die Brücke wurde 1904 gebaut.",
    "Korrektur: Die Fähre fasst 90 Autos, nicht 900.",
    "Korrekturhinweis: In einer früheren Version hieß es, die Fähre fasse 900 Autos.",
    "Anmerkung der Redaktion: In einer früheren Fassung stand, die Brücke sei von 1940. Wir haben das korrigiert.",
    "In einer früheren Version dieses Artikels war von 900 Autos die Rede.",
    "Rectificatif : le pont date de 1904.",
    "Une version précédente de cet article indiquait que le pont datait de 1940.",
    "Corrección: el puente es de 1904.",
    "Fe de errores: el puente es de 1904.",
    "Una versión anterior de este artículo decía que el puente era de 1940.",
    "Errata: a ponte é de 1904.",
    "Uma versão anterior deste texto dizia que a ponte era de 1940.",
    "Errata corrige: il ponte è del 1904.",
    "Rectificatie: de brug is van 1904.",
    "In een eerdere versie van dit artikel stond dat de brug van 1940 was.",
    "Rättelse: Bron byggdes 1904.",
    "I en tidigare version av artikeln stod att bron byggdes 1940.",
    "Rettelse: Broen er fra 1904.",
    "I en tidligere versjon av saken sto det at broen var fra 1940.",
    "Oikaisu: Silta on vuodelta 1904.",
    "Jutun aiemmassa versiossa sillan kerrottiin olevan vuodelta 1940.",
    "Sprostowanie: most pochodzi z 1904 roku.",
    "W poprzedniej wersji artykułu podaliśmy, że most pochodzi z 1940 roku.",
    "Oprava: most je z roku 1904.",
    "Helyesbítés: a híd 1904-ben épült.",
    "Исправление: мост построен в 1904 году.",
    "В предыдущей версии этой статьи мост был отнесён к 1940 году.",
    "Düzeltme: Köprü 1904 yılında yapıldı.",
    "【訂正】橋の完成は1904年でした。",
    "更正:大桥建于1904年。",
    "تصحيح: بني الجسر عام 1904.",
    "ورد في نسخة سابقة من هذا الخبر أن الجسر بني عام 1940.",
    "In a story May 12 about the ferry, we incorrectly gave the number of cars as 900.",
    "In einer früheren Version hieß es, die Fähre fasse 900 Autos.",
    "Zunächst stand an dieser Stelle im Text, die Fähre fasse 900 Autos.",
    "Wir haben die Zahl der Autos im dritten Absatz korrigiert.",
    "Dieser Artikel wurde am 12. Mai korrigiert.",
    "Cet article a été corrigé le 12 mai.",
    "Dans une version précédente de l'article, le pont datait de 1940.",
    "La primera versión de esta noticia decía que el puente era de 1940.",
    "Esta reportagem foi corrigida às 12h.",
    "In una precedente versione di quest'articolo il ponte era del 1940.",
    "Dit artikel is op 12 mei gecorrigeerd.",
    "本文较早前的版本误将大桥写成1940年。",
    "바로잡습니다: 다리는 1904년에 지어졌다.",
    "Ralat: Jembatan dibangun pada 1904.",
    "Rectificare: podul este din 1904.",
    "Διόρθωση: Η γέφυρα είναι του 1904.",
    "भूल सुधार: पुल 1904 में बना था।",
    "Editor's note: We wrongly gave the year as 1940.",
]


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_is_found_above_the_text_in_it_and_in_a_box_behind_it(notice: str) -> None:
    text = paragraphs(6)
    assert notice_in(f"<main><p>{notice}</p>{text}</main>") == notice
    assert notice_in(f"<main>{text}<p><em>{notice}</em></p></main>{FOOTER}") == notice
    assert notice_in(f"{HEADER}<main>{text}</main><aside class='box'><div>{notice}</div></aside>") == notice


@pytest.mark.parametrize(
    "line",
    [
        "The market correction wiped out a tenth of the value of the fund.",
        "Corrections officers mistakenly released two men on Monday.",
        "Correction officer Jim Hale said the error was found at noon.",
        "Corrections Minister Ada Lowe: no more money for prisons",
        "Corrections Act 1988: what the judges said",
        "The department of corrections said it was wrong about the numbers.",
        "Correctional staff went on strike.",
        "Clarifications were asked for by the opposition, incorrectly as it turned out.",
        "Editor's note: The author teaches history at the college of Selby.",
        "Editor's note: This story contains descriptions of violence.",
        "Editor's note: This story was updated at noon with a comment of the mayor.",
        "This article was updated on 12 May to include a comment of the mayor.",
        "This article has been edited for length and clarity.",
        "A version of this article first appeared in the Selby Courier.",
        "An earlier version of this article appeared in our newsletter.",
        "Update: The police corrected the number of dead to 12.",
        "Update: This article will be updated.",
        "“An earlier version of this article misstated the year,” the Courier wrote.",
        "The report was corrected by the ministry a week later, which critics called late.",
        "Corrections: If you see an error, write to the desk.",
        "To report an error or request a correction, contact our newsroom.",
        "Correction policy",
        "Corrections",
        "Hinweis: Der Bericht wird laufend aktualisiert.",
        "Die Korrektur am Aktienmarkt dauert an.",
        "Anmerkung der Redaktion: Der Autor lehrt in Selby.",
        "La corrección del mercado sigue.",
        "Rettelsen af opgaverne tog en uge.",
        "Errata are rare in first editions of the poet.",
        "In a report on Monday, the ministry wrongly said that 12 towns had no water.",
        "Update: The minister corrects his figures for the second time.",
        "Editor's note: The author was wrongly convicted in 1990 and teaches law.",
        "Editor's note: This story about the department of corrections contains descriptions of violence.",
        "In der ersten Fassung des Gesetzes stand ein anderer Satz.",
        "In der ursprünglichen Version dieses Telefons war ein Fehler.",
        "Zunächst war berichtet worden, dass zwölf Menschen starben.",
        "Zuvor stand in dieser Woche schon ein Fehler in der Zeitung.",
        "Wir haben die Preise nach unten korrigiert, sagte der Händler.",
        "Der Bericht wurde vom Ministerium korrigiert.",
        "Der Text wurde im Parlament berichtigt.",
        "La première version de l'appareil coûtait trop cher.",
        "Une première version de l'article 49 prévoyait une amende.",
        "La primera versión de este teléfono tenía un error.",
        "O texto foi corrigido pelo Senado na terça.",
        "A versão original do texto foi vetada.",
        "La prima versione dell'accordo era sbagliata.",
        "Een eerdere versie van dit wetsvoorstel was fout.",
        "En tidligere versjon av appen hadde en feil.",
        "W pierwotnej wersji tekstu ustawy był błąd.",
        "В первой версии этого телефона была ошибка.",
        "В первой версии текста закона была ошибка.",
        "في نسخة سابقة من هذا الهاتف كان هناك خطأ.",
    ],
)
def test_what_speaks_of_corrections_is_no_notice(line: str) -> None:
    assert notice_in(f"<main><p>{line}</p>{paragraphs(4)}<p>{line}</p></main>") is None


def test_a_label_of_its_own_is_read_with_the_line_below_it() -> None:
    box = "<div><h4>Correction</h4><p>An earlier version misstated the year.</p></div>"
    assert notice_in(paragraphs(3) + box) == "Correction: An earlier version misstated the year."
    assert notice_in("<h2>Correction</h2><p>The index fell by a tenth on Monday.</p>") is None
    assert notice_in("<h2>Corrections</h2>") is None
    bold = "<p><strong>Correction:</strong> The bridge is older.</p>"
    assert notice_in(bold) == "Correction: The bridge is older."


def test_a_heading_and_a_glossary_are_no_notices() -> None:
    assert notice_in("<h1>Correction: why prices must fall</h1><p>Prices are high.</p>") is None
    assert notice_in("<ul><li>Correction: a fall by a tenth</li><li>Crash: a fall by a fifth</li></ul>") is None


def test_notices_of_other_articles_and_words_of_readers_are_none() -> None:
    notice = NOTICES[0]
    assert notice_in(f"<ul><li><a href='/1'>{notice}</a></li></ul>{paragraphs(3)}") is None
    assert notice_in(f"{paragraphs(3)}<div class='comments'><div><p>{notice}</p></div></div>") is None
    assert notice_in(f"{paragraphs(3)}<p>{notice} <a href='/p'>Policy</a></p>") is not None


def test_several_notices_stand_in_order_each_once() -> None:
    first, second = NOTICES[0], NOTICES[7]
    html = f"<p>{first}</p>{paragraphs(3)}<p>{second}</p><p>{first}</p>"
    assert notice_in(html) == f"{first}\n\n{second}"


def test_a_text_that_begins_like_a_notice_and_goes_on_for_pages_is_none() -> None:
    assert notice_in(f"<p>{NOTICES[0]} {'The case began in May. ' * 100}</p>") is None


def test_the_reader_finds_the_notice_beside_the_text_and_leaves_the_one_in_it() -> None:
    inside, beside = NOTICES[9], NOTICES[0]
    text = f"<article><h1>Bridge closed</h1>{paragraphs(5)}<p>{inside}</p></article>"
    raw = page(f"{text}<div class='sidebar'><p>{beside}</p></div>", title="Bridge closed", og_type="article")
    reading = read_page(raw, url="http://selby.example/1", fetched_at=datetime(2025, 6, 1, tzinfo=UTC))
    assert reading.correction_notice == f"{inside}\n\n{beside}"
    assert reading.body is not None
    assert inside in reading.body
    assert beside not in reading.body


def test_an_article_of_several_pages_has_the_notice_of_its_last() -> None:
    def part(number: int, body: str, notice: str | None) -> PageReading:
        url = f"http://selby.example/1?page={number}"
        return PageReading(
            status=ArticleStatus.NEW,
            url=url,
            canonical_url="http://selby.example/1",
            headline="Bridge closed",
            body=body,
            correction_notice=notice,
        )

    joined = join_pages(part(1, "The bridge is closed.", None), [part(2, "It opens in May.", NOTICES[0])])
    assert (joined.page_count, joined.correction_notice) == (2, NOTICES[0])


@settings(max_examples=200, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(
            [
                "correction",
                ":",
                "this article",
                "an earlier version of",
                "was",
                "error",
                "(",
                ".",
                "12",
                "May",
                "the",
                "x ",
            ]
        ),
        max_size=60,
    )
)
def test_any_mixture_of_these_words_is_read(words: list[str]) -> None:
    line = " ".join(words)
    found = notice_in(f"<p>{line}</p>")
    assert found is None or found == " ".join(line.split())
