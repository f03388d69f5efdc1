"""Return addresses: where the reader goes back to. They only ever lead to pages of the panel itself."""

from urllib.parse import urlsplit

from flask import request, url_for
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

LONGEST = 500  # the return address is stored in a cookie, and browsers drop a cookie that is too large


def this_page() -> str:
    """The address of the present page. The answer to a form has none of its own: then the page that has the form."""
    if request.method == "GET":
        return request.script_root + request.full_path.rstrip("?")
    return previous_page() or request.script_root + request.path


def previous_page() -> str | None:
    """The page that this request was sent from; None when the browser does not tell, or when it is no page of ours.

    The answer to a form stands at the form's own address, which cannot be opened: then the page that has the form.
    """
    try:
        sent_from = urlsplit(request.referrer or "")
    except ValueError:
        return None
    path = sent_from.path.removeprefix(request.script_root)
    if sent_from.netloc != request.host or path == sent_from.path:
        return None
    query = f"?{sent_from.query}" if sent_from.query else ""
    while path and not _can_be_opened(path):
        path, query = path.rpartition("/")[0], ""
    return request.script_root + path + query if path else None


def _can_be_opened(path: str) -> bool:
    adapter = request_ctx.url_adapter
    try:
        return adapter is not None and bool(adapter.match(path, method="GET"))
    except (HTTPException, RequestRedirect):
        return False


def safe_path(wanted: str | None, *, otherwise: str = "home.start") -> str:
    """`wanted` when it is a path inside the panel, else the page `otherwise`."""
    return wanted if wanted and _is_inside(wanted) else url_for(otherwise)


def _is_inside(wanted: str) -> bool:
    # an address that begins with our own path names no other host, whatever follows; the rest is never taken apart
    if len(wanted) > LONGEST or not wanted.isprintable() or "\\" in wanted:
        return False
    return wanted.startswith(url_for("home.start")) and ".." not in urlsplit(wanted).path
