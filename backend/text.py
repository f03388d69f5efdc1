"""Vietnamese text: normal form, search without diacritics, dictionary order, and cleaning of input."""

import re
from itertools import groupby
from unicodedata import category, combining, normalize

from backend.errors import N_, DomainError, Kind

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; no mark is before them

_SHAPES = {("a", "\u0306"): "ă", ("a", "\u0302"): "â", ("e", "\u0302"): "ê", ("o", "\u0302"): "ô"}
_SHAPES |= {("o", "\u031b"): "ơ", ("u", "\u031b"): "ư"}
_LETTER_CODES = {letter: f"{place:02d}" for place, letter in enumerate(LETTERS, start=20)}
_NUMBER, _OTHER, _END = "10", "99", "00"
_LONGEST_NUMBER = 99
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # Unicode's categories Cc and Cs
# Characters that show nothing or change the writing direction: Unicode's Default_Ignorable_Code_Point and blank
# letters. Joiners and variation selectors are kept, because emoji need them.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


class TextEmpty(DomainError):
    """Nothing was written but blanks; write something."""

    kind = Kind.UNPROCESSABLE
    code = "text_empty"
    text = N_("Bạn chưa nhập nội dung.")


class TextTooLong(DomainError):
    """The text has `length` characters, more than `max` (after NFC, as a reader counts them); shorten it."""

    kind = Kind.UNPROCESSABLE
    code = "text_too_long"
    text = N_("Dài quá: %(length)s ký tự, nhiều nhất là %(max)s. Hãy viết gọn lại.")


class TextControlCharacters(DomainError):
    """The text has characters that no screen shows, often from pasting; delete that part and type it."""

    kind = Kind.UNPROCESSABLE
    code = "text_control_characters"
    text = N_("Có ký tự điều khiển không hiển thị được. Hãy xóa đoạn vừa dán và gõ lại.")


def nfc(text: str) -> str:
    """The composed form: the only one that is stored."""
    return normalize("NFC", text)


def fold(text: str) -> str:
    """For search: lower case, no diacritics, đ as d, single spaces. Folding twice changes nothing more."""
    folded = _fold_once(text)
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


def _fold_once(text: str) -> str:
    decomposed = normalize("NFKD", normalize("NFKD", text).casefold())
    bare = "".join(char for char in decomposed if not combining(char))
    return " ".join(bare.replace("đ", "d").split())


def vietnamese_sort_key(text: str) -> str:
    """A key of decimal digits that sorts like a Vietnamese dictionary, in any collation of the database.

    It compares syllable by syllable: first the letters (a ă â b c d đ e ê …), then the tones (ma mà mả mã má mạ).
    Numbers are compared by value, so "Tổ 2" comes before "Tổ 10", and they come before letters. Case and punctuation do
    not count.
    """
    return "".join(_word_key(word) for word in re.findall(r"\d+|[^\W\d_]+", _with_plain_digits(text)))


def _with_plain_digits(text: str) -> str:
    return normalize("NFC", normalize("NFKC", text).lower())


def _word_key(word: str) -> str:
    if word[0].isdecimal():
        digits = "".join(str(int(digit)) for digit in word).lstrip("0")[:_LONGEST_NUMBER]
        return f"{_NUMBER}{len(digits):02d}{digits}"
    letters: list[str] = []
    tones: list[str] = []
    for char in word:
        decomposed = normalize("NFD", char)
        letter = decomposed[0]
        for mark in decomposed[1:]:
            letter = _SHAPES.get((letter, mark), letter)
            tones += str(TONES.index(mark) + 1) if mark in TONES else ""
        letters.append(_LETTER_CODES.get(letter, f"{_OTHER}{ord(letter):07d}"))
    return "".join(letters) + _END + "".join(tones) + "0"


def clean_line(text: str, max_length: int, *, field: str = "text") -> str:
    """One line as it is stored: NFC, trimmed, single spaces.

    Raises TextEmpty, TextTooLong, TextControlCharacters for `field`.
    """
    visible = _INVISIBLE.sub("", text).strip()
    _refuse_controls(visible, allowed="", field=field)
    return _bounded(" ".join(visible.split()), max_length, field=field)


def clean_text(text: str, max_length: int, *, field: str = "text") -> str:
    """Several lines as they are stored: NFC, newlines as \\n, no blanks at line ends, at most one empty line in a row.

    Raises TextEmpty, TextTooLong, TextControlCharacters for `field`.
    """
    visible = re.sub("\r\n?|[\u2028\u2029\u0085]", "\n", _INVISIBLE.sub("", text))
    _refuse_controls(visible, allowed="\n\t", field=field)
    lines = [line.rstrip() for line in visible.strip().split("\n")]
    kept = [line for filled, run in groupby(lines, key=bool) for line in (run if filled else [""])]
    return _bounded("\n".join(kept), max_length, field=field)


def _refuse_controls(text: str, *, allowed: str, field: str) -> None:
    if any(char not in allowed for char in _CONTROLS.findall(text)):
        raise TextControlCharacters(field=field)


def _bounded(text: str, max_length: int, *, field: str) -> str:
    composed = nfc(text)
    if not any(category(char)[0] in "LNPS" for char in composed):  # a letter, a number, a sign: something to read
        raise TextEmpty(field=field)
    if len(composed) > max_length:
        raise TextTooLong(field=field, max=max_length, length=len(composed))
    return composed
