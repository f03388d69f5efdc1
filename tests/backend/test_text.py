"""Vietnamese text: one form, search without diacritics, dictionary order, and what is let in."""

import json
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend import text
from backend.text import clean_line, clean_text, fold, nfc, vietnamese_sort_key

VECTORS = json.loads((Path(__file__).parent / "text_vectors.json").read_text(encoding="utf-8"))
no_surrogates = st.text(st.characters(exclude_categories=["Cs"]))


def in_order(*words: str) -> bool:
    keys = [vietnamese_sort_key(word) for word in words]
    return keys == sorted(keys) and len(set(keys)) == len(keys)


@pytest.mark.parametrize("vector", VECTORS["kept"], ids=lambda vector: repr(vector["typed"])[:40])
def test_what_the_app_counts_and_sends_is_what_is_kept(vector):
    assert clean_text(vector["typed"], 200) == vector["kept"]
    assert clean_text(vector["kept"], 200) == vector["kept"]


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đường Nguyễn Thị Định", "duong nguyen thi dinh"),
        ("  MINH   XUÂN ", "minh xuan"),
        (normalize("NFD", "Phường Bến Nghé"), "phuong ben nghe"),
        ("Ｔổ ２", "to 2"),
        ("ĐĂK LĂK", "dak lak"),
        ("", ""),
    ],
)
def test_folding_is_what_people_type_without_marks(typed, folded):
    assert fold(typed) == folded


@given(no_surrogates)
def test_folding_twice_changes_nothing_and_ignores_case_and_form(typed):
    assert fold(fold(typed)) == fold(typed)
    assert fold(normalize("NFD", typed)) == fold(normalize("NFC", typed))


def test_tones_stand_in_dictionary_order():
    assert in_order("ma", "mà", "mả", "mã", "má", "mạ", "mai")
    assert in_order("Ân", "Ấn", "Ba", "Đa", "Ê", "Ơn", "U", "Ư")


def test_letters_stand_in_dictionary_order():
    assert in_order(*"aăâbcdđeêghiklmnoôơpqrstuưvxy")


def test_syllables_are_compared_one_by_one():
    assert in_order("ba", "ba ba", "ba hoa", "bà", "bà con", "bác")
    assert in_order("Tân Bình", "Tân Phú", "Tấn Tài")


def test_numbers_stand_by_value():
    assert in_order("Tổ 1", "Tổ 2", "Tổ 10", "Tổ 11A", "Tổ 24", "Tổ dân phố")
    assert vietnamese_sort_key("Tổ 02") == vietnamese_sort_key("tổ 2")


def test_case_form_and_punctuation_do_not_count():
    assert vietnamese_sort_key("Phường  Bến-Nghé") == vietnamese_sort_key(normalize("NFD", "PHƯỜNG BẾN NGHÉ"))
    assert vietnamese_sort_key("hoà") == vietnamese_sort_key("hòa")


@given(no_surrogates)
@example("❶ Ⅷ ₂")  # digits to isdigit(), but no decimals
def test_a_key_is_digits_so_any_collation_sorts_it_alike(typed):
    key = vietnamese_sort_key(typed)
    assert key == "" or (key.isascii() and key.isdecimal())


@given(no_surrogates, no_surrogates)
def test_more_text_never_sorts_before_less(start, more):
    assert vietnamese_sort_key(start) <= vietnamese_sort_key(f"{start} {more}")


def test_a_line_is_trimmed_and_composed():
    assert clean_line("  Nguyễn \u00a0 Thị   Ánh\n", 40) == "Nguyễn Thị Ánh"
    assert clean_line(normalize("NFD", "Ánh"), 3) == "Ánh"
    assert clean_line("\u202a0912 345 678\u202c", 40) == "0912 345 678"


def test_a_text_keeps_its_paragraphs():
    assert clean_text(" Dòng 1  \r\nDòng 2\r\r\n\n\n\nDòng 3\t!\n", 100) == "Dòng 1\nDòng 2\n\nDòng 3\t!"
    assert clean_text("một\u2028hai", 100) == "một\nhai"


@pytest.mark.parametrize("clean", [clean_line, clean_text])
@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  \n ",
        "\u200b",
        "\ufeff\u200e",
        "\u061c",
        "\u00ad",
        "\u3164 \u115f",
        "\u2800",
        "\U000e0041",
        "\u200d\ufe0f",
    ],
)
def test_nothing_is_refused_as_nothing(clean, typed):
    with pytest.raises(text.TextEmpty) as refused:
        clean(typed, 10, field="name")
    assert refused.value.field == "name"


@pytest.mark.parametrize("clean", [clean_line, clean_text])
@pytest.mark.parametrize("typed", ["a\0b", "a\x1bb", "a\x7fb", "a\ud800b", "a\x9bb"])
def test_control_characters_are_refused(clean, typed):
    with pytest.raises(text.TextControlCharacters):
        clean(typed, 10)


def test_a_line_has_no_second_line():
    with pytest.raises(text.TextControlCharacters):
        clean_line("một\nhai", 10)


@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_length_counts_letters_as_a_reader_does(clean):
    assert clean(normalize("NFD", "ệ" * 10), 10) == "ệ" * 10
    with pytest.raises(text.TextTooLong) as refused:
        clean("ệ" * 11, 10, field="text")
    assert refused.value.params == {"field": "text", "max": 10, "length": 11}


@given(no_surrogates)
def test_cleaning_twice_changes_nothing(typed):
    for clean in (clean_line, clean_text):
        try:
            once = clean(typed, 10_000)
        except (text.TextEmpty, text.TextControlCharacters):
            continue
        assert clean(once, 10_000) == once == nfc(once)
