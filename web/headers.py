"""Security headers: what a browser may do with our pages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, request

ONE_YEAR = 31_536_000
COMMON = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()",
}


@dataclass(frozen=True)
class Policy:
    """A Content-Security-Policy: directive → sources. Inline script and style are never among them."""

    directives: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def allowing(self, **sources: tuple[str, ...]) -> "Policy":
        """This policy with more sources (`img_src=("https://tiles.example.org",)`)."""
        added = {name.replace("_", "-"): values for name, values in sources.items()}
        merged = {name: (*self.directives.get(name, ()), *values) for name, values in added.items()}
        return Policy(self.directives | merged)

    def __str__(self) -> str:
        return "; ".join(f"{name} {' '.join(values)}".rstrip() for name, values in self.directives.items())


API = Policy(
    {
        "default-src": ("'none'",),
        "base-uri": ("'none'",),
        "form-action": ("'none'",),
        "frame-ancestors": ("'none'",),
    }
)
PAGES = Policy(
    {
        "default-src": ("'self'",),
        "script-src": ("'self'",),
        "style-src": ("'self'",),
        "img-src": ("'self'", "blob:", "data:"),
        "connect-src": ("'self'",),
        "font-src": ("'self'",),
        "object-src": ("'none'",),
        "base-uri": ("'none'",),
        "form-action": ("'self'",),
        "frame-ancestors": ("'none'",),
    }
)


def tiles_source(map_tiles_url: str | None) -> tuple[str, ...]:
    """The origin of the map's pictures as a source of `img-src`; nothing when there is no map service."""
    if not map_tiles_url:
        return ()
    scheme, _, rest = map_tiles_url.partition("://")
    return (f"{scheme}://{rest.split('/', 1)[0].replace('{s}', '*')}",)


def headers_for(policy: Policy, *, secure: bool) -> dict[str, str]:
    """Every security header of a page under `policy`; `secure`: the request came over HTTPS."""
    sent = COMMON | {"Content-Security-Policy": str(policy)}
    if secure:
        sent["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"
    return sent


class HeadersMiddleware:
    """Adds the headers of `policy` to the responses of `app`; a header that is there already stays."""

    def __init__(self, app: WSGIApplication, policy: Policy) -> None:
        self._app = app
        self._sent = {secure: tuple(headers_for(policy, secure=secure).items()) for secure in (False, True)}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, given: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            names = {name.lower() for name, _ in given}
            added = self._sent[environ["wsgi.url_scheme"] == "https"]
            return start_response(status, given + [pair for pair in added if pair[0].lower() not in names], *rest)

        return self._app(environ, start)


def install(app: Flask, policy: Policy) -> None:
    """Send the headers with every response of `app`; a header that a view has set stays."""

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in headers_for(policy, secure=request.is_secure).items():
            response.headers.setdefault(name, value)
        return response
