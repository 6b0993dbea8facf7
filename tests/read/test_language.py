"""The language of an article: words before declarations, and the classifier only where both leave it open."""

import pytest

from pipeline.read import language
from pipeline.read.language import find_language, language_code
from pipeline.read.page import Page, parse_page
from pipeline.read.structured import StructuredArticle

TEXTS = {
    "en": (
        "The council closed the old bridge on Monday, and the buses will go round by the mill until the work "
        "is done, it said."
    ),
    "de": (
        "Der Rat hat die alte Brücke am Montag gesperrt, und die Busse fahren um die Mühle, bis die Arbeiten "
        "fertig sind."
    ),
    "fr": (
        "Le conseil a fermé le vieux pont lundi, et les bus passeront par le moulin jusqu’à la fin des "
        "travaux, selon la mairie."
    ),
    "es": (
        "El ayuntamiento cerró el viejo puente el lunes y los autobuses pasarán por el molino hasta que "
        "terminen las obras."
    ),
    "pt": (
        "A câmara fechou a velha ponte na segunda-feira e os autocarros passam pelo moinho até que as obras "
        "terminem, não antes."
    ),
    "it": (
        "Il comune ha chiuso il vecchio ponte lunedì e gli autobus passano dal mulino fino alla fine dei "
        "lavori, non prima."
    ),
    "nl": (
        "De gemeente heeft de oude brug op maandag gesloten en de bussen rijden langs de molen tot het werk klaar is."
    ),
    "sv": (
        "Kommunen stängde den gamla bron på måndagen och bussarna går förbi kvarnen till dess att arbetet är "
        "klart, inte förr."
    ),
    "da": (
        "Kommunen lukkede den gamle bro mandag, og busserne kører forbi møllen, indtil arbejdet er færdigt, "
        "siger den efter mødet."
    ),
    "no": (
        "Kommunen stengte den gamle broen mandag, og bussene går forbi møllen til arbeidet er ferdig, sier "
        "den etter møtet."
    ),
    "fi": (
        "Kunta sulki vanhan sillan maanantaina, ja bussit kulkevat myllyn ohi, kun työ ei ole vielä valmis, "
        "mutta se on alkanut."
    ),
    "pl": (
        "Gmina zamknęła stary most w poniedziałek i autobusy jeżdżą obok młyna, ale prace nie są jeszcze na "
        "ukończeniu, jak mówi."
    ),
    "cs": (
        "Obec v pondělí uzavřela starý most a autobusy jezdí kolem mlýna, protože práce se ještě neblíží ke "
        "konci, jak je vidět."
    ),
    "hu": (
        "A község hétfőn lezárta a régi hidat, és a buszok a malom felé járnak, de az nem biztos, hogy a "
        "munka már kész."
    ),
    "ro": (
        "Primăria a închis luni podul vechi și autobuzele trec pe la moară, dar nu este sigur că lucrările "
        "sunt gata după asta."
    ),
    "tr": (
        "Belediye eski köprüyü pazartesi günü kapattı ve otobüsler değirmenden geçiyor, ama iş daha bitmiş "
        "değil, çok sürecek."
    ),
    "id": (
        "Pemerintah kota menutup jembatan tua itu pada hari Senin dan bus akan lewat kincir sampai pekerjaan "
        "selesai, tidak lebih."
    ),
    "vi": (
        "Hội đồng đã đóng cây cầu cũ vào thứ hai và các xe buýt sẽ đi qua nhà máy cho đến khi công việc được "
        "hoàn thành."
    ),
    "sw": (
        "Halmashauri ilifunga daraja la zamani siku ya Jumatatu na mabasi yatapita kwa kinu kabla ya kazi "
        "hiyo kuwa tayari."
    ),
    "ru": (
        "Совет закрыл старый мост в понедельник, и автобусы пойдут мимо мельницы, пока работы не будут "
        "закончены, как он сказал."
    ),
    "uk": (
        "Рада закрила старий міст у понеділок, і автобуси підуть повз млин, доки роботи не буде завершено, "
        "як вона сказала."
    ),
    "bg": (
        "Съветът затвори стария мост в понеделник и автобусите ще минават край мелницата, докато работата не е готова."
    ),
    "sr": "Општина је затворила стари мост у понедељак и аутобуси ће ићи поред млина док радови не буду готови.",
    "el": "Το συμβούλιο έκλεισε την παλιά γέφυρα τη Δευτέρα και τα λεωφορεία θα περνούν από τον μύλο.",
    "he": "המועצה סגרה את הגשר הישן ביום שני והאוטובוסים ייסעו ליד הטחנה עד סוף העבודה.",
    "ar": (
        "أغلق المجلس الجسر القديم يوم الاثنين وستمر الحافلات من أمام الطاحونة إلى أن ينتهي العمل في الجسر على ما قال."
    ),
    "fa": "شورا پل قدیمی را روز دوشنبه بست و اتوبوس ها از کنار آسیاب می روند تا این کار به پایان برسد که آن را گفت.",
    "ur": "کونسل نے پیر کے روز پرانا پل بند کر دیا اور بسیں چکی کے پاس سے گزریں گی۔ یہ کام بہار تک جاری ہے، اس نے کہا۔",
    "hi": ("परिषद ने सोमवार को पुराना पुल बंद कर दिया और बसें चक्की के पास से जाएँगी, यह काम वसंत तक चलेगा और लोगों के लिए है।"),
    "bn": "পরিষদ সোমবার পুরনো সেতুটি বন্ধ করে দিয়েছে এবং বাসগুলি কলের পাশ দিয়ে যাবে।",
    "ta": "நகர சபை திங்கட்கிழமை பழைய பாலத்தை மூடியது, பேருந்துகள் ஆலை வழியாகச் செல்லும்.",
    "th": "สภาเมืองปิดสะพานเก่าเมื่อวันจันทร์ และรถประจำทางจะวิ่งอ้อมโรงสี",
    "ko": "시의회는 월요일 낡은 다리를 폐쇄했으며 버스는 방앗간 쪽으로 돌아간다고 밝혔다.",
    "ja": "市議会は月曜日に古い橋を閉鎖し、バスは水車小屋を回って走ることになった。",
    "zh": "市议会星期一关闭了旧桥，公交车将绕行磨坊，直到工程结束。",
}


@pytest.fixture
def no_classifier(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> None:
        raise AssertionError("the classifier was asked")

    monkeypatch.setattr(language, "_identifier", asked)


def page_in(declared: str | None, head: str = "") -> Page:
    page = parse_page(
        f"<html{f' lang={declared!r}' if declared else ''}><head>{head}</head><body><p>x</p></body></html>",
        "https://s.example/",
    )
    assert page is not None
    return page


@pytest.mark.usefixtures("no_classifier")
@pytest.mark.parametrize("code", TEXTS)
def test_a_right_declaration_is_confirmed_without_the_classifier(code: str) -> None:
    assert find_language(page_in(code), [], TEXTS[code] * 2, None) == (code, "page")


@pytest.mark.parametrize("code", TEXTS)
def test_a_template_in_english_does_not_make_the_text_english(code: str) -> None:
    expected = (code, "page") if code == "en" else (code, "words")
    assert find_language(page_in("en-US"), [], TEXTS[code] * 2, None) == expected


@pytest.mark.usefixtures("no_classifier")
@pytest.mark.parametrize("code", sorted(set(TEXTS) - {"cs", "pt", "uk", "da", "no", "bg", "sr"}))  # with near relatives
def test_a_wrong_declaration_is_refuted_without_the_classifier(code: str) -> None:
    assert find_language(page_in("eu"), [], TEXTS[code] * 2, None)[0] == code


@pytest.mark.parametrize("code", TEXTS)
def test_without_a_declaration_the_words_tell(code: str) -> None:
    assert find_language(page_in(None), [], TEXTS[code] * 2, None)[0] == code


@pytest.mark.usefixtures("no_classifier")
def test_of_two_declarations_the_one_that_the_words_confirm_stands() -> None:
    stated = StructuredArticle(origin="json_ld", language="de-AT")
    assert find_language(page_in("en"), [stated], TEXTS["de"] * 2, None) == ("de", "json_ld")
    locale = '<meta property="og:locale" content="fr_CA">'
    assert find_language(page_in("en", locale), [], TEXTS["fr"] * 2, None) == ("fr", "meta")


@pytest.mark.usefixtures("no_classifier")
def test_a_quotation_in_another_language_does_not_change_the_article() -> None:
    text = f"“{TEXTS['fr'][:70]}”, sagte sie. {TEXTS['de']} {TEXTS['de']}"
    assert find_language(page_in("de"), [], text, None) == ("de", "page")


@pytest.mark.usefixtures("no_classifier")
def test_a_foreign_name_does_not_change_the_article() -> None:
    assert find_language(page_in("en"), [], f"Tokyo (東京). Москва. {TEXTS['en']}", None)[0] == "en"
    assert find_language(page_in("ja"), [], f"YouTube, Facebook。{TEXTS['ja']}", None)[0] == "ja"


def test_short_texts_have_the_declared_or_the_assumed_language() -> None:
    assert find_language(page_in("de"), [], "Kurz.", "fr") == ("de", "page")
    assert find_language(page_in(None), [], "Bref.", "fr") == ("fr", "source")
    assert find_language(page_in(None), [], None, None) == (None, None)


def test_near_languages_keep_the_word_of_the_page() -> None:
    croatian = (
        "Vijeće je u ponedjeljak zatvorilo stari most i autobusi će ići pored mlina dok radovi ne budu "
        "gotovi, što nije dobro."
    )
    for code in ("hr", "bs", "sr"):
        assert find_language(page_in(code), [], croatian * 2, None)[0] == code
    assert find_language(page_in("ms"), [], TEXTS["id"] * 2, None)[0] == "ms"


def test_a_language_without_a_table_is_left_to_the_classifier() -> None:
    zulu = (
        "Umkhandlu uvale ibhuloho elidala ngoMsombuluko kanti amabhasi azodlula ngasesigayweni kuze kuphele "
        "umsebenzi, kusho wona. "
    )
    assert find_language(page_in("zu"), [], zulu * 3, None)[0] == "zu"


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("en-GB", "en"),
        ("pt_BR", "pt"),
        ("zh-Hans", "zh"),
        ("nb", "no"),
        ("nn-NO", "no"),
        ("deu", "de"),
        ("German", "de"),
        ("iw", "he"),
        ("de, en", "de"),
        (" FR ", "fr"),
        ("x", None),
        ("", None),
        (None, None),
        ("{{lang}}", None),
        ("default", None),
    ],
)
def test_declarations_are_read_in_all_their_spellings(declared: str | None, code: str | None) -> None:
    assert language_code(declared) == code
