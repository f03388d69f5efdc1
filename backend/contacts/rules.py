"""What contacts may say: pure, no session, no clock."""

from dataclasses import dataclass

from backend.accounts.errors import PhoneInvalid
from backend.accounts.phone_numbers import read_telephone
from backend.contacts.errors import DutyPhoneInvalid, VietnameseTextMissing
from backend.text import clean_line

LONGEST_LINE = 200


@dataclass(frozen=True)
class Contacts:
    """How a ward can be reached; None where it has told nothing. As typed until `checked`, then as stored."""

    duty_phone: str | None = None
    address: str | None = None
    hours_vi: str | None = None
    hours_en: str | None = None
    greeting_vi: str | None = None
    greeting_en: str | None = None


def checked(typed: Contacts) -> Contacts:
    """The same in the form that is stored: the telephone as E.164, lines clean, None for what is blank.

    Raises DutyPhoneInvalid, VietnameseTextMissing, TextTooLong, TextControlCharacters with the field's name.
    """
    clean = Contacts(
        duty_phone=_telephone(typed.duty_phone),
        address=_line(typed.address, "address"),
        hours_vi=_line(typed.hours_vi, "hours_vi"),
        hours_en=_line(typed.hours_en, "hours_en"),
        greeting_vi=_line(typed.greeting_vi, "greeting_vi"),
        greeting_en=_line(typed.greeting_en, "greeting_en"),
    )
    if clean.hours_en and not clean.hours_vi:
        raise VietnameseTextMissing(field="hours_vi")
    if clean.greeting_en and not clean.greeting_vi:
        raise VietnameseTextMissing(field="greeting_vi")
    return clean


def _telephone(typed: str | None) -> str | None:
    if not (typed or "").strip():
        return None
    try:
        return read_telephone(typed or "")
    except PhoneInvalid:
        raise DutyPhoneInvalid(field="duty_phone") from None


def _line(typed: str | None, field: str) -> str | None:
    return clean_line(typed or "", LONGEST_LINE, field=field) if (typed or "").strip() else None
