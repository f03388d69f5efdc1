"""The demo's own pages: how to sign in, and what was sent to telephones. Never mounted outside demo mode."""

import re
from pathlib import Path

import structlog
from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.exceptions import HTTPException

from backend.push.outbox import latest_outbox
from binhyen import demo_accounts
from binhyen.built import APP
from web import headers, languages
from web.outages import is_outage
from web.transaction import TransactionalFlask, detached

log = structlog.get_logger("demo")

ROLES = {
    "officer": _("Cán bộ Công an phường"),
    "chief": _("Chỉ huy Công an phường"),
    "organiser": _("Ban tổ chức"),
    "council": _("Hội đồng thi đua"),
    "province": _("Công an tỉnh"),
    "administrator": _("Quản trị"),
}
CHANNELS = {
    "sms": _("Tin nhắn SMS"),
    "console": _("Thông báo trên máy này"),
    "fcm": _("Thông báo ứng dụng (FCM)"),
    "fcm_token": _("Thông báo ứng dụng (FCM)"),
    "fcm_fid": _("Thông báo ứng dụng (FCM)"),
    "webpush": _("Thông báo trình duyệt (Web Push)"),
}

FACE = re.compile(r"@font-face\s*\{[^}]*\}")


def create_demo_pages() -> TransactionalFlask:
    """The app mounted at /demo."""
    app = TransactionalFlask("binhyen.demo", root_path=str(Path(__file__).parent), policy=headers.PAGES)
    languages.install(app)

    @app.before_request
    def choose_language() -> None:
        languages.prefer(request.args.get("lang"))

    @app.context_processor
    def language() -> dict[str, str]:
        return {"language": languages.language()}

    @app.get("/")
    @detached
    def sign_ins() -> str:
        return render_template("sign_ins.html", accounts=demo_accounts.load(), roles=ROLES)

    @app.get("/fonts.css")
    @detached
    def fonts() -> Response:
        return Response(_faces(), mimetype="text/css")

    @app.get("/outbox")
    def outbox() -> str:
        return render_template("outbox.html", entries=latest_outbox(g.session), channels=CHANNELS)

    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _broken)
    return app


def _refused(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error
    if code == 404:
        return _failed(gettext("Không tìm thấy"), gettext("Đường dẫn chưa đúng. Hãy chọn một trang ở trên."), code)
    return _failed(gettext("Chưa làm được việc này"), gettext("Hãy chọn một trang ở trên rồi thử lại."), code)


def _broken(error: Exception) -> ResponseReturnValue:
    log.error("unhandled", exc_info=error, reference=g.get("request_id"))
    text = gettext("Lỗi từ phía máy chủ, không phải do bạn. Hãy đợi một lát rồi thử lại.")
    return _failed(gettext("Chưa làm được việc này"), text, 503 if is_outage(error) else 500)


def _failed(title: str, text: str, code: int) -> ResponseReturnValue:
    return render_template("failed.html", title=title, text=text), code


def _faces() -> str:
    """The type face as the app's build declares it; without a build the system's own is used."""
    sheets = sorted((APP / "assets").glob("index-*.css"))
    return "\n".join(face for sheet in sheets for face in FACE.findall(sheet.read_text()))
