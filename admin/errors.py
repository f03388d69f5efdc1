"""Failures as pages: in the reader's language and the panel's look, never a stack trace, never a dead end."""

from contextlib import suppress
from typing import NamedTuple

import structlog
from flask import Flask, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from admin import session
from admin.back import page_before, this_page
from backend.db import unit_of_work
from backend.errors import DomainError, Kind, SignInRequired
from backend.permissions import NOBODY
from backend.staff.errors import NoTipAccess
from web import languages
from web.languages import render_error
from web.outages import is_outage
from web.statuses import STATUS

log = structlog.get_logger("admin")

# never written into a page, however short they were to lie there
SECRETS = frozenset({"old", "password", "again", "recovery_key"})


class Page(NamedTuple):
    """What an error page says."""

    symbol: str
    title: str
    text: str
    again: str | None = None


def install(app: Flask) -> None:
    """Answer every failure of `app` with a page."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)
    app.after_request(_say_when)


def _refused(error: DomainError) -> ResponseReturnValue:
    if error.kind is Kind.UNAUTHENTICATED:
        return _session_over() if _typed() else to_sign_in()
    titles = {
        Kind.FORBIDDEN: ("lock", _("Phần này không dành cho tài khoản của bạn")),
        Kind.NOT_FOUND: ("search", _("Không tìm thấy")),
        Kind.TOO_MANY: ("clock", _("Hãy đợi một lát")),
        Kind.UNAVAILABLE: ("retry", _("Tạm thời chưa làm được")),
    }
    g.retry_after = error.retry_after
    symbol, title = titles.get(error.kind, ("info", _("Chưa làm được việc này")))
    if isinstance(error, NoTipAccess):  # it is for their account, only not yet
        symbol, title = "seal", _("Bạn chưa được mở tin")
    return _page(Page(symbol, title, render_error(error)), STATUS[error.kind])


def _say_when(response: Response) -> Response:
    """How many seconds to wait, where a page or a form says that waiting helps."""
    if g.get("retry_after") is not None and response.status_code in (429, 503):
        response.headers["Retry-After"] = str(g.retry_after)
    return response


def to_sign_in() -> ResponseReturnValue:
    """Send the reader to sign in and back again; a piece of a page (htmx) reloads the whole."""
    leads_in = (request.endpoint or "").startswith(session.SIGN_IN)  # the way back must not be the way in
    back = this_page() if request.method == "GET" and not _is_piece() else page_before()
    back = None if leads_in else back
    address = url_for("sign_in.show", back=back, idle=1 if session.token() else None)
    if _is_piece():
        return "", 204, {"HX-Redirect": address}
    return redirect(address)


def _typed() -> list[str]:
    """What somebody wrote in words, and a redirect would lose."""
    leads_in = (request.endpoint or "").startswith(session.SIGN_IN)
    if request.method != "POST" or leads_in or _is_piece():
        return []
    try:
        sent = request.form.items(multi=True) if SECRETS.isdisjoint(request.form) else ()
    except RequestEntityTooLarge:
        return []
    return [value for _name, value in sent if " " in value.strip()]


def _session_over() -> ResponseReturnValue:
    """The session ended while the reader was writing: the browser has kept the words, and here they can be copied.

    Nothing is sent again by itself: another person may sign in, and the request need not have come from our own page.
    """
    return render_template("over.html", typed=_typed(), back=page_before()), 401


def _is_piece() -> bool:
    return request.headers.get("HX-Request") == "true"


def _stale_form(error: CSRFError) -> ResponseReturnValue:
    if _is_signed_out():
        return _refused(SignInRequired())
    text = _("Trang này mở đã lâu nên chưa gửi được. Mở lại trang rồi gửi lần nữa.")
    if _typed():
        text = _("Trang này mở đã lâu nên chưa gửi được. Mở lại trang: chữ bạn đang viết sẽ hiện lại, rồi gửi lần nữa.")
    return _page(Page("retry", _("Trang đã cũ"), text, again=page_before()), 400)


def _is_signed_out() -> bool:
    """Whether the page wants somebody who has signed in, and nobody has."""
    try:
        with unit_of_work(read_only=True) as opened:
            session.load_actor(opened)
    except SignInRequired:
        return True
    return False


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error
    pages = {
        404: Page("search", _("Không tìm thấy"), _("Đường dẫn chưa đúng, hoặc trang đã được chuyển đi.")),
        405: Page("info", _("Không mở được như vậy"), _("Hãy quay lại trang trước và làm lại từ nút trên trang.")),
        413: Page("info", _("Dữ liệu gửi lên quá lớn"), _("Hãy bỏ bớt rồi gửi lại.")),
    }
    other = Page("info", _("Chưa làm được việc này"), _("Yêu cầu chưa đúng. Hãy quay lại trang trước và thử lại."))
    return _page(pages.get(code, other if code < 500 else _own_fault()), code)


def _broken(error: Exception) -> ResponseReturnValue:
    log.error("unhandled", exc_info=error, reference=g.get("request_id"))
    if is_outage(error):
        return _page(_own_fault()._replace(title=_("Tạm thời chưa làm được")), 503)
    return _page(_own_fault(), 500)


def _own_fault() -> Page:
    text = _(
        "Lỗi từ phía máy chủ, không phải do bạn. Việc vừa làm chưa được lưu. Hãy thử lại; nếu còn lỗi, báo quản trị."
    )
    return Page("retry", _("Chưa làm được, lỗi từ phía chúng tôi"), text)


def _page(page: Page, status: int) -> ResponseReturnValue:
    if status < 500 and session.token():
        with suppress(SignInRequired):
            return _at_desk(page), status
    reference = g.get("request_id") if status >= 500 else None
    return render_template("error.html", **page._asdict(), reference=reference), status


def _at_desk(page: Page) -> str:
    """The page inside its reader's desk: the view's session has ended, and an address that leads nowhere had none."""
    with unit_of_work(read_only=True) as opened:
        g.actor = session.load_actor(opened)
        languages.prefer(g.actor.language if g.actor is not NOBODY else None)
        g.session = opened
        try:
            return render_template("error.html", **page._asdict())
        finally:
            g.pop("session")
