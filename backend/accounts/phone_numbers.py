"""Phone numbers: from the forms that people write to E.164."""

import re
from unicodedata import normalize

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from backend.accounts.errors import PhoneInvalid
from backend.config import settings

REGION = "VN"
_WRITTEN = re.compile(r"[0-9+().\- ]{8,25}")
# "+84 000 000 001": phonenumbers would strip the zeros
_ZEROS = re.compile(r"(?:\+?84|0)(000[0-9]{6})")
_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


def read_phone(text: str) -> str:
    """A Vietnamese mobile number as E.164: 0912345678, 84912345678 and +84 912 345 678 are +84912345678.

    In demo mode also a Vietnamese number that nobody can have. Raises PhoneInvalid.
    """
    written = _written(text)
    zeros = _ZEROS.fullmatch(re.sub(r"[^0-9+]", "", written))
    if zeros and settings().demo:
        return f"+84{zeros[1]}"
    number = _parsed(written)
    if not (phonenumbers.number_type(number) in _MOBILE and _is_subscribers(number)) and not _is_sample(number):
        raise PhoneInvalid(field="phone")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def read_telephone(text: str) -> str:
    """Any Vietnamese number that can be called, fixed lines with their area code among them, as E.164.

    In demo mode also one that nobody can have. Raises PhoneInvalid.
    """
    number = _parsed(_written(text))
    if not _is_subscribers(number) and not _is_sample(number):
        raise PhoneInvalid(field="phone")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _written(text: str) -> str:
    written = " ".join(normalize("NFKC", text).replace("–", "-").split())
    if not _WRITTEN.fullmatch(written):
        raise PhoneInvalid(field="phone")
    return written


def _parsed(written: str) -> PhoneNumber:
    try:
        number = phonenumbers.parse(written, REGION)
    except NumberParseException:
        raise PhoneInvalid(field="phone") from None
    if number.extension:
        raise PhoneInvalid(field="phone")
    return number


def _is_subscribers(number: PhoneNumber) -> bool:
    return bool(phonenumbers.is_valid_number_for_region(number, REGION))


def _is_sample(number: PhoneNumber) -> bool:
    return settings().demo and number.country_code == 84 and bool(phonenumbers.is_possible_number(number))
