"""Bodies are bounded and stay in memory."""

import os
import sys
from typing import Any

from flask import request

from tests.web.conftest import make_app

MEGABYTE = 1024 * 1024
_written: list[str] = []
_watching = False


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching and event == "open" and len(arguments) == 3 and arguments[2] & (os.O_WRONLY | os.O_RDWR):
        _written.append(str(arguments[0]))


sys.addaudithook(_watch)


def test_an_uploaded_photo_touches_no_disk(session: object) -> None:
    global _watching
    app = make_app()
    # written by hand: the test client would itself spool a large file
    head = b'--edge\r\nContent-Disposition: form-data; name="photo"; filename="photo.jpg"\r\n\r\n'
    body = head + os.urandom(3 * MEGABYTE) + b"\r\n--edge--\r\n"
    _written.clear()
    _watching = True
    try:
        answer = app.test_client().post("/upload", data=body, content_type="multipart/form-data; boundary=edge")
    finally:
        _watching = False
    assert answer.json == {"bytes": 3 * MEGABYTE}
    assert _written == []


def test_a_body_beyond_the_limit_is_refused(session: object) -> None:
    client = make_app().test_client()
    assert client.post("/small", data=b"x" * MEGABYTE).status_code == 200
    assert client.post("/small", data=b"x" * (MEGABYTE + 1)).status_code == 413
    assert client.post("/upload", data=b"x" * 9 * MEGABYTE, content_type="multipart/form-data").status_code == 413


def test_a_form_read_before_the_view_is_bounded_too(session: object) -> None:
    app = make_app()
    app.before_request(lambda: request.form.get("token") and None)
    form = b'--edge\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n%s\r\n--edge--\r\n'
    client, kind = app.test_client(), "multipart/form-data; boundary=edge"
    assert client.post("/small", data=form % (b"x" * MEGABYTE), content_type=kind).status_code == 413
    parts = b"".join(b"--edge\r\nContent-Disposition: form-data; name=x\r\n\r\n1\r\n" for _ in range(41))
    assert client.post("/small", data=parts + b"--edge--\r\n", content_type=kind).status_code == 413
