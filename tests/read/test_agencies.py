"""Agencies in credits: short forms, other spellings, and what must not pass for one."""

import pytest

from pipeline.read.agencies import agencies_in, agency_named, is_agency_credit
from pipeline.read.blocks import Block
from pipeline.read.credits import agencies_of_dateline, without_credits

TEXT = [
    Block("The harbour board met on Monday and agreed on a plan that keeps the school run."),
    Block("Boats will leave every ninety minutes, it said, once the new crews are trained."),
    Block("The union will put the offer to a vote next week."),
    Block("Its members stopped work on four weekends this autumn."),
]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("AP", "Associated Press"),
        ("(Reuters)", "Reuters"),
        ("REUTERS", "Reuters"),
        ("Reuters Staff", "Reuters"),
        ("The Canadian Press", "Canadian Press"),
        ("dpa", "dpa"),
        ("dpa-AFX", "dpa"),
        ("dpa/lno", "dpa"),
        ("AFP Deutschland", "Agence France-Presse"),
        ("Press Trust of India", "PTI"),
        ("ТАСС", "TASS"),
        ("新华社", "Xinhua"),
        ("연합뉴스", "Yonhap"),
        ("Meridian Wire", "Meridian Wire"),
        ("Northern Isles News Agency", "Northern Isles News Agency"),
    ],
)
def test_an_agency_is_known_by_every_usual_spelling(text: str, name: str) -> None:
    assert agency_named(text) == name


@pytest.mark.parametrize(
    "text", ["Sid", "Ani", "Efe Yilmaz", "AA Milne", "AP exam", "PA system", "The Wire", "Tt", "", "()", "Anna Brook"]
)
def test_given_names_and_other_uses_of_the_letters_are_no_agency(text: str) -> None:
    assert agency_named(text) is None


def test_several_agencies_in_one_credit_are_divided() -> None:
    assert agencies_in("dpa/afp") == ("dpa", "Agence France-Presse")
    assert agencies_in("Anna Brook, Reuters") == ("Reuters",)
    assert is_agency_credit("AFP, dpa and Reuters")
    assert not is_agency_credit("Anna Brook, Reuters")


@pytest.mark.parametrize(
    ("line", "names", "agencies"),
    [
        ("(Reuters)", (), ("Reuters",)),
        ("Meridian Wire", (), ("Meridian Wire",)),
        ("dpa/afp", (), ("dpa", "Agence France-Presse")),
        ("— dpa", (), ("dpa",)),
        ("(abc/dpa)", (), ("dpa",)),
        ("(c) AFP", (), ("Agence France-Presse",)),
        ("Source: Xinhua", (), ("Xinhua",)),
        ("Quelle: dpa", (), ("dpa",)),
        ("— With files from The Canadian Press", (), ("Canadian Press",)),
        ("(With inputs from PTI)", (), ("PTI",)),
        ("(With agency inputs)", (), ()),
        ("Additional reporting by Ines Calder", (), ()),
        ("Ines Calder contributed to this report.", (), ()),
        ("Editing by Ines Calder", (), ()),
        (
            "Reporting by Anna Brook in Selby and Tomas Reyl in Marrow; editing by Ines Calder",
            ("Anna Brook", "Tomas Reyl"),
            (),
        ),
        ("Von Max Mustermann, dpa", ("Max Mustermann",), ("dpa",)),
        ("By Anna Brook, Associated Press", ("Anna Brook",), ("Associated Press",)),
        ("Anna Brook, Reuters", ("Anna Brook",), ("Reuters",)),
    ],
)
def test_a_last_line_that_is_only_a_credit_is_no_text(
    line: str, names: tuple[str, ...], agencies: tuple[str, ...]
) -> None:
    kept, found_names, found_agencies = without_credits([*TEXT, Block(line)])
    assert kept == tuple(TEXT)
    assert (found_names, found_agencies) == (names, agencies)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the harbour was full.",
        "Von Berlin nach Hamburg.",
        "The AP exam was hard.",
        "TT won the race.",
        "Sid said no.",
        "With her mother, Anna Brook.",
        "Source: the board's own figures",
        "Reporting by the board showed a loss; editing it took a week.",
        "It is over.",
        "Anna Brook",
    ],
)
def test_a_last_sentence_that_only_looks_like_a_credit_stays(line: str) -> None:
    kept, names, agencies = without_credits([*TEXT, Block(line)])
    assert kept == (*TEXT, Block(line))
    assert (names, agencies) == ((), ())


def test_a_credit_in_the_middle_of_the_text_stays() -> None:
    blocks = [*TEXT[:2], Block("(Reuters)"), *TEXT, *TEXT]
    assert without_credits(blocks) == (tuple(blocks), (), ())


def test_a_first_line_that_is_a_byline_or_a_dateline_goes() -> None:
    assert without_credits([Block("By Anna Brook"), *TEXT]) == (tuple(TEXT), ("Anna Brook",), ())
    assert without_credits([Block("WASHINGTON, Nov 3 (Reuters) -"), *TEXT]) == (tuple(TEXT), (), ("Reuters",))


@pytest.mark.parametrize(
    ("sentence", "agency"),
    [
        ("ISTANBUL (Meridian Wire) — Delegates met.", "Meridian Wire"),
        ("BERLIN (dpa) - Der Rat tagt.", "dpa"),
        ("WASHINGTON, Nov 3 (Reuters) - The board met.", "Reuters"),
        ("Istanbul, 3 November (Meridian Wire) - Delegates met.", "Meridian Wire"),
        ("NEW YORK (AP) — Ships came.", "Associated Press"),
        ("Madrid, 3 nov (EFE).- El consejo se reunió.", "EFE"),
        ("(ANSA) - ROMA, 03 NOV - Il consiglio.", "ANSA"),
        ("МОСКВА, 3 ноя - РИА Новости. Совет собрался.", "RIA Novosti"),
        ("КИЕВ, 3 ноября. /ТАСС/. Совет собрался.", "TASS"),
        ("新华社北京11月3日电 会议开始。", "Xinhua"),
        ("(서울=연합뉴스) 회의가 열렸다.", "Yonhap"),
        ("【ワシントン共同】会議が開かれた。", "Kyodo"),
    ],
)
def test_a_dateline_stays_in_the_first_sentence_and_its_agency_is_credited(sentence: str, agency: str) -> None:
    blocks = [Block(sentence), *TEXT]
    assert without_credits(blocks) == (tuple(blocks), (), (agency,))


def test_both_agencies_of_a_dateline_are_credited() -> None:
    assert agencies_of_dateline("Berlin/Paris (dpa/AFP) - Die Räte tagen.") == ("dpa", "Agence France-Presse")


@pytest.mark.parametrize(
    "sentence",
    [
        "PARIS — The board met.",
        "The exam (AP) was hard for all.",
        "In May the board (PA) decided to wait.",
        "He (Sid) went home.",
    ],
)
def test_a_bracket_in_a_sentence_is_no_dateline(sentence: str) -> None:
    assert agencies_of_dateline(sentence) == ()


def test_an_agency_behind_the_last_sentence_is_credited_and_stays() -> None:
    blocks = [*TEXT, Block("The vote is on Friday. (AFP)")]
    assert without_credits(blocks) == (tuple(blocks), (), ("Agence France-Presse",))


def test_no_blocks_have_no_credits() -> None:
    assert without_credits([]) == ((), (), ())
