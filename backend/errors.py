"""Failures of the domain: named, with a stable code and a text for the reader.

The text is Vietnamese (the source language of every screen); each edge translates it and maps the Kind once.
"""

from enum import Enum
from typing import Any, ClassVar


def N_(text: str) -> str:  # noqa: N802 - gettext's own name, known to Babel's extraction
    """Mark `text` for translation without translating it here."""
    return text


class Kind(Enum):
    """What sort of failure it is; an edge maps it to a status or a page."""

    INVALID = "invalid"
    UNPROCESSABLE = "unprocessable"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    GONE = "gone"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    UNSUPPORTED = "unsupported"
    UNAVAILABLE = "unavailable"


class DomainError(Exception):
    """A use case cannot be carried out.

    `params` fill the text's %(name)s places and travel to API clients. Two names have a meaning of their own:
    `field` names the input that is wrong, `retry_after` is the number of seconds to wait.
    """

    kind: ClassVar[Kind] = Kind.UNPROCESSABLE
    code: ClassVar[str] = "unprocessable"
    text: ClassVar[str] = N_("Chưa làm được việc này.")

    def __init__(self, **params: Any) -> None:
        super().__init__(self.code)
        self.params = params

    @property
    def field(self) -> str | None:
        """The name of the input that is wrong, if it is one."""
        return self.params.get("field")

    @property
    def retry_after(self) -> int | None:
        """Seconds to wait before trying again, if waiting helps."""
        return self.params.get("retry_after")


class NotFound(DomainError):
    """It does not exist, or is of a place that the asker does not serve; go back to the list and choose again."""

    kind = Kind.NOT_FOUND
    code = "not_found"
    text = N_("Không tìm thấy. Có thể đã bị gỡ, hoặc đường dẫn chưa đúng.")


class SignInRequired(DomainError):
    """Nobody is signed in, or the session is over; sign in and ask again."""

    kind = Kind.UNAUTHENTICATED
    code = "sign_in_required"
    text = N_("Bạn cần đăng nhập để làm việc này.")


class NotPermitted(DomainError):
    """The asker's role never allows this; somebody with another role has to do it."""

    kind = Kind.FORBIDDEN
    code = "not_permitted"
    text = N_("Tài khoản của bạn không được làm việc này.")


class CursorUnknown(DomainError):
    """The cursor was not made by this list; read the list again from its start."""

    kind = Kind.UNPROCESSABLE
    code = "cursor_unknown"
    text = N_("Không đọc tiếp được từ đây. Hãy mở lại danh sách từ đầu.")
