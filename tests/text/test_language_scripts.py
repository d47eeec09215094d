"""Languages whose script says much: a few Latin names in the text change nothing."""

import pytest

from reader.text.language import detect
from reader.text.sentences import sentences


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("hi", "नगर परिषद ने मंगलवार को कहा कि BBC और RTV के अनुसार पुराना पुल मई से बंद रहेगा।"),
        ("mr", "महापौरांनी सांगितले की जुना पूल BBC मे महिन्यापासून बंद राहील आणि नवीन पूल बांधला जाईल."),
        ("bn", "মেয়র বলেছেন যে পুরোনো সেতুটি Radio Tolken অনুযায়ী মে মাস থেকে বন্ধ থাকবে।"),
        ("ta", "பழைய பாலம் மே மாதம் முதல் மூடப்படும் என்று Tolken Post தெரிவித்தது."),
        ("te", "పాత వంతెన మూసివేస్తారని Tolken Post తెలిపింది."),
        ("gu", "મેયરે કહ્યું કે જૂનો પુલ Tolken Post મુજબ બંધ રહેશે."),
        ("my", "မြို့တော်ဝန်က တံတားကို Tolken Post ပိတ်မည်ဟု ပြောသည်။"),
        ("th", "นายกเทศมนตรีกล่าวกับ Tolken Post ว่าสะพานเก่าจะปิด"),
        ("de", "Der Bürgermeister sagte, die Brücke (पुराना पुल बंद है) bleibe seit Mai geschlossen."),
    ],
)
def test_a_few_words_in_another_script_change_no_language(language: str, text: str) -> None:
    assert detect(text) == language


def test_thai_is_parted_at_a_space_before_what_opens_a_sentence() -> None:
    first = "สภาเมืองลงมติเมื่อวันอังคารให้ปิดสะพานเก่าสำหรับรถยนต์ตั้งแต่เดือนหน้า"
    second = "อย่างไรก็ตาม คนเดินเท้ายังข้ามได้"
    assert [s.text for s in sentences(f"{first} {second}", "th")] == [first, second]
