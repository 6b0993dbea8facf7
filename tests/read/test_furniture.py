"""Lines: what is furniture goes, and no line that carries news does."""

import pytest

from pipeline.read.blocks import Block
from pipeline.read.furniture import without_furniture

LONG = "The port of Selby will close for two weeks in March while the northern quay is rebuilt, its master said."


def kept(*lines: str | Block, labels: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> list[str]:
    blocks = [line if isinstance(line, Block) else Block(line) for line in lines]
    return [block.text for block in without_furniture(blocks, labels=labels, names=names)]


@pytest.mark.parametrize(
    "line",
    [
        "Residents must sign up for a vaccination slot by Friday, the clinic said.",
        "More than 2,000 people subscribe to the water warnings.",
        "To subscribe, companies must show a licence, the new law says.",
        "“Subscribe now or lose your seat,” the letter to the members read.",
        "“Click here to claim your refund,” the message said, and hundreds did.",
        "Police asked witnesses to get in touch with the station in Mill Street.",
        "He got a tip about the cellar and called the inspector.",
        "The two ministers share this view, and share your worry, they wrote.",
        "The photo shows the bridge an hour before it fell.",
        "Photo agencies lost a third of their clients in 2024.",
        "The advertisement was banned in May because it misled buyers.",
        "Werbung für Tabak soll vom nächsten Jahr an verboten sein.",
        "The paper's newsletter has 40,000 readers, said its editor.",
        "A test alert will be sent to your phone at noon on Sunday, the council said.",
        "Users who download the app must agree to share their location.",
        "Follow the trial and the jury goes home, said Reyl.",
        "The results may not be reproduced in another laboratory, the authors warn.",
        "The post attacking the judge first appeared on a Russian site.",
        "Published in 1851, the novel sold 3,000 copies in its first year.",
        "March 3, 2024, was the day the bridge fell.",
        "12. 4. 2021 fiel die Mauer.",
        "Copyright law was changed in 2019.",
        "Related crimes rose by 4 percent.",
        "More: that is what the miners want.",
        "Recommended: eight hours of sleep.",
        "He said no.",
        "Thank you.",
        "Yes.",
        "“Never.”",
        "Sources close to the minister denied it.",
        "Reporting by neighbours led to the arrest.",
    ],
)
def test_a_line_of_news_stays(line: str) -> None:
    assert kept(line, LONG) == [line, LONG]
    assert kept(LONG, line) == [LONG, line]


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our daily briefing",
        "Subscribe to our newsletter.",
        "Get the news to your inbox every morning",
        "Please follow us on social media",
        "It is free. Click here to register.",
        "Folgen Sie uns auf allen Kanälen",
        "Hat Ihnen dieser Artikel gefallen?",
        "Abonnez-vous à partir de 1 euro",
        "Подписывайтесь на наш канал",
        "© 2024 Selby Star",
        "Copyright 2024 Selby Star. All rights reserved.",
        "This article may not be reproduced without permission.",
        "We may earn a commission from links on this page.",
        "Photo: Anna Brook / Selby Star",
        "(Foto: dpa)",
        "写真：共同",
        "Read more: Harbour to close in March",
        "Lesen Sie auch: Hafen schließt im März",
        "Читайте также: Порт закроют в марте",
        "Lire aussi : Le port fermera en mars",
        "Advertisement",
        "- Anzeige -",
        "Share",
        "Facebook | Twitter | WhatsApp",
        "3 min read",
        "Tempo de leitura: 4 minutos",
        "Table of Contents",
        "Artículos relacionados",
        "【関連記事】",
        "* * *",
        "Have a story to share? Write to our desk.",
        "Write to Anna Brook at anna@selby.example",
    ],
)
def test_a_line_of_furniture_goes(line: str) -> None:
    assert kept(LONG, line, LONG + " More.") == [LONG, LONG + " More."]


def test_what_a_list_in_the_news_names_stays() -> None:
    items = [Block(text, "item") for text in ("Facebook", "WhatsApp", "Print", "Newsletter", "42", "Tomas Reyl, 37")]
    lines = ("The ban names these:", *items, LONG)
    assert kept(*lines) == [line if isinstance(line, str) else line.text for line in lines]


def test_a_headline_and_a_date_are_repeated_near_the_top_only() -> None:
    headline = "Harbour closes in March"
    assert kept(headline, "3 May 2024", LONG, labels=(headline,)) == [LONG]
    below = [f"{LONG} ({number})" for number in range(7)]
    assert kept(*below, headline, LONG, labels=(headline,)) == [*below, headline, LONG]


@pytest.mark.parametrize(
    "line",
    [
        "By Tomas Reyl",
        "Tomas Reyl is a reporter of the Star and has covered the docks since 2009.",
        "Tomas Reyl (*1971) war lange Hafenmeister.",
        "Source: Selby Star",
        "Quelle: dpa",
        "Reporting by Tomas Reyl in Selby; editing by Anna Brook",
        "(Reporting by Tomas Reyl)",
        "The post Harbour closes in March appeared first on Selby Star.",
    ],
)
def test_what_follows_the_last_paragraph_goes(line: str) -> None:
    assert kept(LONG, line, labels=("Harbour closes in March",), names=("Tomas Reyl",)) == [LONG]


def test_a_sentence_about_the_author_in_the_middle_of_the_text_stays() -> None:
    line = "Tomas Reyl is a witness himself: he stood on the quay when the crane fell."
    assert kept(LONG, line, LONG + " More.", names=("Tomas Reyl",)) == [LONG, line, LONG + " More."]


def test_a_heading_without_text_under_it_goes_from_the_end() -> None:
    assert kept(LONG, Block("What is next", "heading")) == [LONG]


@pytest.mark.parametrize(
    "piece",
    ["sign up for ", "the post ", "- ", "| ", '. "', "© ", "read more ", "by Reyl ", "1 ", "\u3000", "photo: ", "! a"],
)
@pytest.mark.usefixtures("page_limit")
def test_lines_that_repeat_a_pattern_are_judged_within_the_limit_of_a_page(piece: str) -> None:
    lines = [Block((piece * 260)[:length]) for length in (90, 120, 260)] * 200 + [Block(piece * 200_000)]
    assert len(without_furniture(lines, labels=("Harbour",), names=("Tomas Reyl",))) <= len(lines)
