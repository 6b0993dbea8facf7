"""Bytes become the right text, whatever is declared about them."""

import pytest

from pipeline.read.charset import decode_page

CHINESE = "<html><head><meta charset='gb2312'></head><body><p>两岸工程师同意共享水位数据。鎔</p></body></html>"
RUSSIAN = "<html><body><p>Городской совет утвердил бюджет на будущий год, расходы выросли втрое.</p></body></html>"
FRENCH = "<html><body><p>“Le café était fermé”, dit-elle – à côté, l’école ouvrait.</p></body></html>"


def test_gb2312_is_read_as_its_superset_gb18030() -> None:
    decoded = decode_page(CHINESE.encode("gb18030"))
    assert decoded.text == CHINESE
    assert decoded.encoding == "gb18030"


@pytest.mark.parametrize("content_type", [None, "text/html", "text/html; charset=utf-8", "text/html; charset=x-none"])
def test_windows_1251_is_found_where_nothing_or_a_wrong_thing_is_declared(content_type: str | None) -> None:
    assert "Городской совет утвердил" in decode_page((RUSSIAN * 5).encode("cp1251"), content_type).text


def test_a_western_header_gives_way_to_what_the_document_says() -> None:
    page = RUSSIAN.replace("<html>", "<html><head><meta charset=windows-1251></head>")
    assert decode_page(page.encode("cp1251"), "text/html; charset=ISO-8859-1").text == page


def test_latin_1_is_read_as_windows_1252_with_its_quotes() -> None:
    assert decode_page(FRENCH.encode("cp1252"), "text/html; charset=iso-8859-1").text == FRENCH


def test_valid_utf_8_is_believed_before_any_declaration() -> None:
    page = FRENCH.replace("<html>", "<html><head><meta charset=iso-8859-1></head>")
    assert decode_page(page.encode(), "text/html; charset=windows-1252").text == page


def test_a_torn_last_letter_does_not_refute_utf_8() -> None:
    raw = FRENCH.encode()[: FRENCH.encode().index("é".encode()) + 1]
    assert decode_page(raw, "text/html; charset=utf-8").text.endswith("caf\ufffd")


def test_curly_quotes_under_a_wrong_utf_8_label_become_quotes() -> None:
    page = "<html><body><p>The town’s “open door” week began – with tea.</p></body></html>"
    assert decode_page(page.encode("cp1252"), "text/html; charset=utf-8").text == page


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    raw = ("\ufeff" if encoding == "utf-16-le" else "").encode("utf-16-le") + FRENCH.encode(encoding)
    assert decode_page(raw).text.lstrip("\ufeff") == FRENCH


def test_a_declaration_that_is_no_encoding_of_text_is_passed_over() -> None:
    assert "caf" in decode_page(FRENCH.encode("cp1252"), "text/html; charset=hex").text
