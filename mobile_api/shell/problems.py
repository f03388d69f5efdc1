"""Every refusal in one shape: RFC 9457 problem+json, in the reader's language, saying what to do."""

import json
from typing import Any

import structlog
from flask import Flask, Response, g
from flask_babel import gettext
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException

from backend.errors import N_, DomainError, Kind
from mobile_api.shell.field_errors import field_errors
from web.languages import render_error
from web.outages import is_outage
from web.statuses import STATUS

log = structlog.get_logger()

TITLES = {
    400: N_("Yêu cầu chưa đúng"),
    401: N_("Cần đăng nhập"),
    403: N_("Không được phép"),
    404: N_("Không tìm thấy"),
    405: N_("Không có thao tác này"),
    406: N_("Không trả được dạng này"),
    408: N_("Gửi quá chậm"),
    409: N_("Không còn làm được"),
    410: N_("Đã hết hạn"),
    413: N_("Gửi quá nhiều"),
    414: N_("Địa chỉ quá dài"),
    415: N_("Kiểu nội dung không nhận"),
    422: N_("Nội dung chưa đúng"),
    429: N_("Thử lại sau"),
    431: N_("Đầu mục quá dài"),
    500: N_("Lỗi từ phía máy chủ"),
    503: N_("Tạm thời chưa phục vụ được"),
}

# what HTTP itself refuses, before any of our code: code and what to do
HTTP = {
    400: ("bad_request", N_("Máy chủ không hiểu yêu cầu này. Hãy cập nhật ứng dụng rồi thử lại.")),
    401: ("sign_in_required", N_("Bạn cần đăng nhập để làm việc này.")),
    403: ("not_permitted", N_("Tài khoản của bạn không được làm việc này.")),
    404: ("not_found", N_("Không tìm thấy. Có thể đã bị gỡ, hoặc đường dẫn chưa đúng.")),
    405: ("method_not_allowed", N_("Đường dẫn này không có thao tác vừa gọi. Hãy cập nhật ứng dụng.")),
    408: ("request_timeout", N_("Gửi quá lâu chưa xong. Hãy thử lại khi mạng tốt hơn.")),
    413: ("too_large", N_("Nội dung gửi lên quá lớn. Hãy bớt ảnh hoặc viết ngắn lại.")),
    414: ("uri_too_long", N_("Địa chỉ quá dài. Hãy cập nhật ứng dụng rồi thử lại.")),
    415: ("unsupported_media_type", N_("Máy chủ không nhận kiểu nội dung này. Hãy cập nhật ứng dụng rồi gửi lại.")),
    429: ("too_many_requests", N_("Gửi quá nhiều lần trong thời gian ngắn. Hãy đợi một lát rồi thử lại.")),
    503: ("unavailable", N_("Tạm thời chưa phục vụ được. Điều bạn viết vẫn còn trên máy; hãy thử lại sau ít phút.")),
}

INVALID = ("invalid_input", N_("Có mục chưa đúng. Hãy xem lại từng mục được nêu."))
CRASH = ("internal_error", N_("Lỗi từ phía chúng tôi, không phải của bạn. Điều bạn viết vẫn còn; hãy thử lại sau."))


def init_problems(app: Flask) -> None:
    """Answer every failure of `app` with a problem."""
    app.register_error_handler(DomainError, domain_problem)
    app.register_error_handler(ValidationError, validation_problem)
    app.register_error_handler(HTTPException, http_problem)
    app.register_error_handler(Exception, crash_problem)


def domain_problem(error: DomainError) -> Response:
    params = {name: value for name, value in error.params.items() if name not in ("field", "retry_after")}
    extra: dict[str, Any] = {"params": params} if params else {}
    if error.field is not None:
        extra["errors"] = [{"field": error.field, "code": error.code, "detail": render_error(error)}]
    response = problem(STATUS[error.kind], error.code, render_error(error), retry_after=error.retry_after, **extra)
    if error.kind is Kind.UNAUTHENTICATED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def validation_problem(error: ValidationError) -> Response:
    code, text = INVALID
    return problem(422, code, gettext(text), errors=field_errors(error.messages))


def http_problem(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return error.get_response()  # a redirect to the right spelling of the path
    code, text = HTTP.get(status, HTTP[400] if status < 500 else CRASH)
    wait = getattr(error, "retry_after", None)
    response = problem(status, code, gettext(text), retry_after=wait if isinstance(wait, int) else None)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "www-authenticate", "retry-after"):
            response.headers[name] = value
    return response


def crash_problem(error: Exception) -> Response:
    log.error("request_failed", exc_info=error, reference=g.get("request_id"))
    if is_outage(error):
        code, text = HTTP[503]
        return problem(503, code, gettext(text), retry_after=10)
    code, text = CRASH
    return problem(500, code, gettext(text))


def problem(status: int, code: str, detail: str, *, retry_after: int | None = None, **extra: Any) -> Response:
    """A problem+json response; `extra` holds the members `errors` and `params` where there are any."""
    body = {
        "type": "about:blank",
        "title": gettext(TITLES.get(status, TITLES[400])),
        "status": status,
        "code": code,
        "detail": detail,
        **extra,
        "reference": g.get("request_id", ""),
    }
    headers = {}
    if retry_after is not None:
        body["retry_after"] = retry_after
        headers["Retry-After"] = str(retry_after)
    text = json.dumps(body, ensure_ascii=False, default=str)
    return Response(text, status, headers, content_type="application/problem+json")
