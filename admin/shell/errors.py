"""Failures as pages: in the reader's language and the panel's look, never a stack trace, never a dead end."""

from contextlib import suppress
from typing import NamedTuple

import structlog
from flask import Flask, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from admin.shell import session
from admin.shell.navigation import previous_page, this_page
from admin.shell.rooms import current_rooms
from backend.db import unit_of_work
from backend.errors import DomainError, Kind, SignInRequired
from backend.permissions import NOBODY
from web import languages
from web.languages import render_error
from web.outages import is_outage
from web.statuses import STATUS

log = structlog.get_logger("admin")


class ErrorPage(NamedTuple):
    """What an error page shows. `retry` is the address of the page from which to try again."""

    symbol: str
    title: str
    text: str
    retry: str | None = None


def install(app: Flask) -> None:
    """Answer every failure of `app` with a page."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)
    app.after_request(_add_retry_after)


def refusal_page(refusal: DomainError, *, symbol: str, title: str) -> ResponseReturnValue:
    """A refusal as a page of its own. A room may register a handler for its own errors that calls this."""
    g.retry_after = refusal.retry_after
    return _render(ErrorPage(symbol, title, render_error(refusal)), STATUS[refusal.kind])


def to_sign_in() -> ResponseReturnValue:
    """Send the reader to sign in and back again; a fragment (htmx) reloads the whole page."""
    back = this_page() if request.method == "GET" and not _is_fragment() else previous_page()
    back = None if session.leads_in() else back
    address = url_for("sign_in.show", back=back, idle=1 if session.token() else None)
    if _is_fragment():
        return "", 204, {"HX-Redirect": address}
    return redirect(address)


def _refused(refusal: DomainError) -> ResponseReturnValue:
    if refusal.kind is Kind.UNAUTHENTICATED:
        return _session_over() if _typed_texts() else to_sign_in()
    titles = {
        Kind.FORBIDDEN: ("lock", _("Phần này không dành cho tài khoản của bạn")),
        Kind.NOT_FOUND: ("search", _("Không tìm thấy")),
        Kind.TOO_MANY: ("clock", _("Hãy đợi một lát")),
        Kind.UNAVAILABLE: ("retry", _("Tạm thời chưa làm được")),
    }
    symbol, title = titles.get(refusal.kind, ("info", _("Chưa làm được việc này")))
    return refusal_page(refusal, symbol=symbol, title=title)


def _add_retry_after(response: Response) -> Response:
    """How many seconds to wait, where a page or a form says that waiting helps."""
    if g.get("retry_after") is not None and response.status_code in (429, 503):
        response.headers["Retry-After"] = str(g.retry_after)
    return response


def _typed_texts() -> list[str]:
    """What somebody wrote in words, and a redirect would lose. A form with a secret in it is never repeated."""
    if request.method != "POST" or session.leads_in() or _is_fragment():
        return []
    try:
        sent = request.form.items(multi=True) if current_rooms().secrets.isdisjoint(request.form) else ()
    except RequestEntityTooLarge:
        return []
    return [value for _name, value in sent if " " in value.strip()]


def _session_over() -> ResponseReturnValue:
    """The session ended while the reader was writing: the browser has kept the words, and here they can be copied.

    Nothing is sent again by itself: another person may sign in, and the request need not have come from our own page.
    """
    return render_template("session_over.html", typed=_typed_texts(), back=previous_page()), 401


def _is_fragment() -> bool:
    return request.headers.get("HX-Request") == "true"


def _stale_form(error: CSRFError) -> ResponseReturnValue:
    if _is_signed_out():
        return _refused(SignInRequired())
    text = _("Trang này mở đã lâu nên chưa gửi được. Mở lại trang rồi gửi lần nữa.")
    if _typed_texts():
        text = _("Trang này mở đã lâu nên chưa gửi được. Mở lại trang: chữ bạn đang viết sẽ hiện lại, rồi gửi lần nữa.")
    return _render(ErrorPage("retry", _("Trang đã cũ"), text, retry=previous_page()), 400)


def _is_signed_out() -> bool:
    """Whether the page needs a session, and there is none."""
    try:
        with unit_of_work(read_only=True) as opened:
            session.load_actor(opened)
    except SignInRequired:
        return True
    return False


def _http_error(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error
    pages = {
        404: ErrorPage("search", _("Không tìm thấy"), _("Đường dẫn chưa đúng, hoặc trang đã được chuyển đi.")),
        405: ErrorPage("info", _("Không mở được như vậy"), _("Hãy quay lại trang trước và làm lại từ nút trên trang.")),
        413: ErrorPage("info", _("Dữ liệu gửi lên quá lớn"), _("Hãy bỏ bớt rồi gửi lại.")),
    }
    text = _("Yêu cầu chưa đúng. Hãy quay lại trang trước và thử lại.")
    other = ErrorPage("info", _("Chưa làm được việc này"), text)
    return _render(pages.get(code, other if code < 500 else _server_error()), code)


def _unexpected(error: Exception) -> ResponseReturnValue:
    log.error("unhandled", exc_info=error, reference=g.get("request_id"))
    if is_outage(error):
        return _render(_server_error()._replace(title=_("Tạm thời chưa làm được")), 503)
    return _render(_server_error(), 500)


def _server_error() -> ErrorPage:
    text = _(
        "Lỗi từ phía máy chủ, không phải do bạn. Việc vừa làm chưa được lưu. Hãy thử lại; nếu còn lỗi, báo quản trị."
    )
    return ErrorPage("retry", _("Chưa làm được, lỗi từ phía chúng tôi"), text)


def _render(page: ErrorPage, status: int) -> ResponseReturnValue:
    if status < 500 and session.token():
        with suppress(SignInRequired):
            return _in_frame(page), status
    reference = g.get("request_id") if status >= 500 else None
    return render_template("error.html", page=page, reference=reference), status


def _in_frame(page: ErrorPage) -> str:
    """The page inside its reader's frame. The view's session is over, and an unknown address never had one."""
    with unit_of_work(read_only=True) as opened:
        g.actor = session.load_actor(opened)
        languages.prefer(g.actor.language if g.actor is not NOBODY else None)
        g.session = opened
        try:
            return render_template("error.html", page=page)
        finally:
            g.pop("session")
