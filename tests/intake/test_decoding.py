"""Bytes that are not quite what they say they are."""

import pytest

from reader.intake.decode import UndecodableError, decoded

GERMAN = "Die Brücke über den Fluß ist für Fußgänger geöffnet, sagte Bürgermeisterin Müller. " * 3


@pytest.mark.parametrize("stray", [b"\xfc", b"\xe2\x82", b"\xff", b"\x80\xe9"])
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1"])
def test_a_stray_byte_spoils_no_other_letter(stray: bytes, declared: str | None) -> None:
    text = decoded(GERMAN.encode() + b"<p>" + stray + b"</p>", declared)
    assert text.startswith(GERMAN)
    assert "\ufffd" in text


def test_a_text_in_an_older_encoding_is_not_taken_for_utf_8() -> None:
    assert decoded(GERMAN.encode("cp1252")) == GERMAN
    assert decoded(GERMAN.encode("cp1252"), "iso-8859-1") == GERMAN


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gbk", "市议会周二晚上投票决定从五月一日起关闭这座旧桥，禁止汽车通行。"),
        ("shift_jis", "市議会は火曜日の夜、古い橋を五月から車両通行止めにすることを決めた。"),
        ("cp1251", "Городской совет во вторник вечером решил закрыть старый мост для машин. "),
        ("iso8859-7", "Το δημοτικό συμβούλιο αποφάσισε να κλείσει την παλιά γέφυρα. "),
    ],
)
def test_a_wrong_western_charset_is_not_believed(encoding: str, text: str) -> None:
    page = f'<html><head><meta charset="iso-8859-1"></head><body><p>{text * 4}</p></body></html>'
    assert decoded(page.encode(encoding), "iso-8859-1") == page


def test_a_few_nul_bytes_are_no_binary_data() -> None:
    page = f"<html><body><p>{GERMAN * 4}</p></body></html>".encode()
    assert GERMAN in decoded(page + b"\0" * 4 + b"<p>x</p>" + b"\0" * 5, "utf-8")
    with pytest.raises(UndecodableError, match="binary"):
        decoded(bytes(range(256)) * 40)
