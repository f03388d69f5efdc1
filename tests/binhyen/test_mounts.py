"""One address for everything."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from backend import config, db
from binhyen import mounts
from binhyen.built import APP, ROOT


class Browser(Client):
    """Reads every answer to its end, so that files are closed."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        return super().open(*args, buffered=True, **kwargs)


@pytest.fixture
def client(database: str) -> Client:
    return Browser(mounts.create_app())


def test_health_asks_the_database(client: Client, session: object) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


@pytest.fixture
def _no_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("BINHYEN_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    config.reset_settings()
    db.dispose()
    yield
    monkeypatch.undo()
    config.reset_settings()
    db.dispose()


@pytest.mark.usefixtures("_no_database")
def test_health_says_when_the_database_is_away() -> None:
    answer = Browser(mounts.create_app()).get("/healthz")
    assert (answer.status_code, answer.json) == (503, {"status": "unavailable"})


def test_every_screen_of_the_app_is_its_one_page(client: Client) -> None:
    for path in ("/", "/alerts/4b6f9c", "/tips/new"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert '<div id="app"' in answer.text
        assert answer.headers["Cache-Control"] == "no-cache"


def test_a_file_that_is_not_there_is_not_the_app(client: Client) -> None:
    assert client.get("/assets/gone-12345678.js").status_code == 404
    assert client.post("/alerts/4b6f9c").status_code == 404


@pytest.mark.parametrize("prefix", ["APP", "PANEL"])
def test_a_file_that_a_later_build_took_away_is_not_there(
    database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, prefix: str
) -> None:
    name = "assets/gone-12345678.js"
    (tmp_path / "assets").mkdir()
    for coding in ("", ".br"):
        (tmp_path / f"{name}{coding}").write_text("old")
    monkeypatch.setattr(mounts, prefix, tmp_path)
    client = Browser(mounts.create_app())
    address = f"/{name}" if prefix == "APP" else f"/admin/static/{name}"
    assert client.get(address).text == "old"
    for file in (tmp_path / "assets").iterdir():
        file.unlink()
    for coding in ("identity", "br"):
        answer = client.get(address, headers={"Accept-Encoding": coding})
        assert answer.status_code == 404
        assert "immutable" not in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_hashed_files_are_kept_and_the_service_worker_is_asked_for_again(client: Client) -> None:
    script = re.search(r'src="(/assets/[^"]+\.js)"', (APP / "index.html").read_text())
    assert script is not None
    assert "immutable" in client.get(script[1]).headers["Cache-Control"]
    assert client.get("/sw.js").headers["Cache-Control"] == "no-cache"


def test_static_files_carry_the_security_headers(client: Client) -> None:
    for path in ("/", "/sw.js", "/gone.js"):
        sent = client.get(path).headers
        assert "script-src 'self'" in sent["Content-Security-Policy"]
        assert sent["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in sent


@pytest.mark.parametrize(
    ("address", "made_with"),
    [("/licences.txt", "mobile_app/package.json"), ("/admin/static/dist/licences.txt", "admin/assets/package.json")],
)
def test_whatever_is_shipped_comes_with_its_licence(client: Client, address: str, made_with: str) -> None:
    answer = client.get(address)
    assert answer.mimetype == "text/plain"
    shipped = json.loads((ROOT / made_with).read_text())["dependencies"]
    missing = [name for name in shipped if not re.search(rf"^{name} \d\S+ \(.+\)$", answer.text, re.MULTILINE)]
    assert missing == []
    assert "SIL OPEN FONT LICENSE Version 1.1" in answer.text


def test_the_manifest_says_what_it_is(client: Client) -> None:
    assert client.get("/manifest.webmanifest").headers["Content-Type"] == "application/manifest+json"


def test_compressed_files_are_sent_to_those_who_read_them(client: Client) -> None:
    if not (APP / "index.html.br").exists():
        pytest.fail("the app was built without its compressed files: run `make build`")
    assert client.get("/", headers={"Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"


def test_the_demos_pages_are_in_the_demo_only(client: Client, monkeypatch: pytest.MonkeyPatch, session: object) -> None:
    assert '<div id="app"' in client.get("/demo/outbox").text  # only the app answers there
    assert client.get("/demo/design/tokens.css").status_code == 404
    monkeypatch.setenv("BINHYEN_DEMO", "1")
    config.reset_settings()
    try:
        demo = Browser(mounts.create_app())
        for path, words in (
            ("/demo/xyz", "Đường dẫn chưa đúng"),
            ("/demo/xyz?lang=en", "The address is not right"),
            ("/demo/outbox", "Hộp gửi đi"),
            ("/demo/outbox?lang=en", "Outbox"),
            ("/demo/", "Cách đăng nhập"),
        ):
            answer = demo.get(path)
            assert answer.status_code == (404 if "xyz" in path else 200)
            assert words in answer.text
        assert demo.get("/demo/design/tokens.css").status_code == 200
    finally:
        monkeypatch.undo()
        config.reset_settings()


def test_a_trusted_proxy_says_who_asks(monkeypatch: pytest.MonkeyPatch, database: str) -> None:
    monkeypatch.setenv("BINHYEN_TRUSTED_PROXIES", "1")
    config.reset_settings()
    try:
        answer = Browser(mounts.create_app()).get("/sw.js", headers={"X-Forwarded-Proto": "https"})
        assert "Strict-Transport-Security" in answer.headers
    finally:
        monkeypatch.undo()
        config.reset_settings()
