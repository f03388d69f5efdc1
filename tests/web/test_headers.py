"""What every response says to the browser."""

from tests.web.conftest import make_app
from web import headers


def test_every_response_carries_the_security_headers(session: object) -> None:
    client = make_app().test_client()
    for path in ("/plain", "/missing"):
        sent = client.get(path).headers
        policy = sent["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert sent["Referrer-Policy"] == "no-referrer"
        assert sent["X-Content-Type-Options"] == "nosniff"
        assert sent["Permissions-Policy"].startswith("camera=(self), geolocation=(self)")
        assert "Strict-Transport-Security" not in sent


def test_https_is_asked_for_again(session: object) -> None:
    sent = make_app().test_client().get("/plain", base_url="https://binhyen.example").headers
    assert sent["Strict-Transport-Security"].startswith("max-age=")


def test_the_maps_origin_can_be_allowed() -> None:
    sources = headers.tiles_source("https://{s}.tiles.example.org/{z}/{x}/{y}.png")
    policy = str(headers.PAGES.allowing(img_src=sources))
    assert "img-src 'self' blob: data: https://*.tiles.example.org" in policy
    assert headers.tiles_source(None) == ()
