"""Values that stand in an address or were typed into it: read without trust."""

from uuid import UUID


def uuid_in(text: str | None) -> UUID | None:
    """The UUID that `text` writes, None when it writes none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def number_in(text: str) -> int | None:
    """The number that `text` writes, None when it is none that the product ever gives."""
    return int(text) if text.isdecimal() and len(text) < 19 else None
