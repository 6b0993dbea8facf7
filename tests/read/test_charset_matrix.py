"""Twenty texts in twenty-five encodings, with right, missing and wrong declarations: the text comes back."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.read.charset import decode_page

TEXTS = {
    "ru": (
        "Городской совет утвердил бюджет на будущий год, расходы на ремонт дорог выросли втрое. Жители ждут автобусы."
    ),
    "uk": "Міська рада затвердила бюджет на наступний рік, видатки на ремонт доріг зросли втричі. Її мешканці чекають.",
    "bg": "Градският съвет прие бюджета за следващата година, разходите за ремонт на пътищата нараснаха тройно.",
    "de": "Der Stadtrat hat die Brücke über den Mühlbach gesperrt, größere Fahrzeuge müssen außen herum fahren.",
    "fr": "Le conseil a voté le budget de l’année prochaine, l’école sera rénovée et les élèves déjà prévenus.",
    "es": "El ayuntamiento aprobó el presupuesto; ¿quién pagará la reparación? La señora Núñez pidió más información.",
    "pl": (
        "Rada miasta przyjęła budżet na przyszły rok, wydatki na naprawę dróg wzrosły. Mieszkańcy są "
        "zadowoleni, że będą światła."
    ),
    "cs": (
        "Městská rada schválila rozpočet na příští rok, výdaje na opravy silnic se ztrojnásobily. Řidiči "
        "čekají na léto."
    ),
    "hu": (
        "A városi tanács elfogadta a jövő évi költségvetést, az útjavításra szánt összeg nőtt. Örülnek az "
        "őszi felújításnak."
    ),
    "tr": (
        "Belediye meclisi gelecek yılın bütçesini onayladı, yol onarımı için ödenek üç katına çıktı. Işıklar değişecek."
    ),
    "el": (
        "Το δημοτικό συμβούλιο ενέκρινε τον προϋπολογισμό του επόμενου έτους, οι δαπάνες για τους δρόμους "
        "τριπλασιάστηκαν."
    ),
    "he": "מועצת העיר אישרה את תקציב השנה הבאה, ההוצאות על תיקון הכבישים גדלו פי שלושה.",
    "ar": "وافق مجلس المدينة على ميزانية العام المقبل وتضاعفت نفقات إصلاح الطرق ثلاث مرات وقال السكان إنهم ينتظرون.",
    "lt": (
        "Miesto taryba patvirtino kitų metų biudžetą, išlaidos kelių remontui išaugo. Gyventojai džiaugiasi, "
        "kad bus žibintų."
    ),
    "lv": (
        "Pilsētas dome apstiprināja nākamā gada budžetu, izdevumi ceļu remontam pieauga. Iedzīvotāji gaida jaunās ēkas."
    ),
    "th": "สภาเมืองอนุมัติงบประมาณปีหน้า ค่าใช้จ่ายในการซ่อมถนนเพิ่มขึ้นสามเท่า ชาวบ้านรอรถประจำทางสายใหม่",
    "zh": (
        "市议会通过了明年的预算，道路维修的支出增加了两倍。居民说，他们希望新的公共汽车在夏天以前开通，这是最大的变化。"
    ),
    "tw": "市議會通過了明年的預算，道路維修的支出增加了兩倍。居民說，他們希望新的公車在夏天以前開通，這是最大的變化。",
    "ja": (
        "市議会は来年度の予算を可決し、道路の補修にかかる費用は三倍になった。住民は夏までに新しいバスが走るこ"
        "とを期待している。"
    ),
    "ko": (
        "시의회는 내년 예산을 통과시켰으며 도로 보수에 드는 비용은 세 배로 늘었다. 주민들은 여름까지 새 "
        "버스가 다니기를 기대한다."
    ),
}
ENCODINGS = {
    "ru": "cp1251 koi8-r iso8859-5 cp866",
    "uk": "cp1251 koi8-u",
    "bg": "cp1251 iso8859-5",
    "de": "cp1252 iso8859-15",
    "fr": "cp1252",
    "es": "cp1252",
    "pl": "cp1250 iso8859-2",
    "cs": "cp1250 iso8859-2",
    "hu": "cp1250 iso8859-2",
    "tr": "cp1254",
    "el": "cp1253 iso8859-7",
    "he": "cp1255 iso8859-8",
    "ar": "cp1256 iso8859-6",
    "lt": "cp1257",
    "lv": "cp1257",
    "th": "cp874",
    "zh": "gb18030 gb2312",
    "tw": "big5 big5hkscs",
    "ja": "cp932 euc_jp iso2022_jp",
    "ko": "cp949 euc_kr",
}
UNICODE = "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be"
LABELS = [
    None,
    "utf-8",
    "iso-8859-1",
    "windows-1252",
    "windows-1251",
    "koi8-r",
    "gb2312",
    "shift_jis",
    "euc-kr",
    "big5",
    "iso-8859-2",
    "windows-1256",
    "tis-620",
    "x-none",
    "utf-16",
]
CASES = [(code, encoding) for code in TEXTS for encoding in f"{ENCODINGS[code]} {UNICODE}".split()]


@given(
    st.sampled_from(CASES), st.sampled_from([*LABELS, "right"]), st.sampled_from([*LABELS, "right"]), st.integers(1, 4)
)
@settings(max_examples=1500, deadline=None)
def test_the_text_comes_back_whatever_is_declared(
    case: tuple[str, str], header: str | None, meta: str | None, times: int
) -> None:
    code, encoding = case
    header, meta = (encoding if label == "right" else label for label in (header, meta))
    declared = f"<meta charset={meta!r}>" if meta else ""
    page = f"<html><head>{declared}<title>News</title></head><body>{f'<p>{TEXTS[code]}</p>' * times}</body></html>"
    raw = page.encode(encoding, "ignore")
    assert decode_page(raw, f"text/html; charset={header}" if header else None).text == raw.decode(encoding)


@pytest.mark.parametrize("code", TEXTS)
def test_utf_8_with_a_few_bad_bytes_is_utf_8(code: str) -> None:
    page = f"<p>{TEXTS[code]}</p>" * 3
    raw = page.encode()
    torn = raw[:200] + b"\xc3<br>" + raw[200:] if raw[200] < 0x80 else raw + b"<p>\xc3</p>"
    decoded = decode_page(torn, "text/html; charset=windows-1251")
    assert decoded.encoding == "utf-8"
    assert TEXTS[code] in decoded.text


def test_a_page_cut_within_a_letter_is_utf_8() -> None:
    raw = f"<p>{TEXTS['zh']}</p>".encode()
    for cut in range(len(raw) - 12, len(raw) - 4):
        assert decode_page(raw[:cut]).encoding == "utf-8"


def test_a_sentence_pasted_in_windows_1252_is_read_within_utf_8() -> None:
    raw = f"<p>{TEXTS['de']} {TEXTS['fr']}</p>".encode() + "<p>the town’s caf\u00e9s – “open”</p>".encode("cp1252")
    assert "the town’s caf" in decode_page(raw).text
    assert "– “open”" in decode_page(raw).text


@pytest.mark.parametrize("code", ["de", "fr", "ru", "zh", "el"])
def test_a_page_encoded_twice_is_decoded_twice(code: str) -> None:
    once = f"<p>{TEXTS[code]}</p>".encode()
    twice = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in once).encode()
    assert decode_page(twice).text == once.decode()


def test_a_page_that_shows_mojibake_beside_right_letters_is_left_alone() -> None:
    page = f"<p>{TEXTS['de']} Falsch gelesen wird daraus „BrÃ¼cke“ – so war’s. Привет</p>"
    assert decode_page(page.encode()).text == page


@pytest.mark.parametrize(
    "label", ["win-1251", "windows-874", "x-euc-jp", "ks_c_5601-1987", "x-x-big5", "KOI8", "macintosh"]
)
def test_labels_that_python_does_not_know_are_understood(label: str) -> None:
    meant = {
        "win-1251": "ru",
        "windows-874": "th",
        "x-euc-jp": "ja",
        "ks_c_5601-1987": "ko",
        "x-x-big5": "tw",
        "KOI8": "uk",
        "macintosh": "de",
    }
    codecs = {
        "ru": "cp1251",
        "th": "cp874",
        "ja": "euc_jp",
        "ko": "cp949",
        "tw": "big5",
        "uk": "koi8-u",
        "de": "mac-roman",
    }
    text = TEXTS[meant[label]]
    assert text in decode_page(f"<p>{text}</p>".encode(codecs[meant[label]]), f"text/html; charset={label}").text


@pytest.mark.parametrize(
    "start", [b"", b"<", b"<script", b">\xe9", "é".encode() * 100_000], ids=["noise", "lt", "script", "gt", "half"]
)
@pytest.mark.parametrize("label", [None, "gb18030", "shift_jis", "utf-8"])
@pytest.mark.usefixtures("page_limit")
def test_twenty_megabytes_of_noise_are_decoded_within_the_limit_of_a_page(start: bytes, label: str | None) -> None:
    noise = (
        random.Random(7).randbytes(1_000_000) * 20
        if not start or len(start) > 10
        else start * (20_000_000 // len(start))
    )
    assert decode_page(
        start + noise if len(start) > 10 else noise, f"text/html; charset={label}" if label else None
    ).text
