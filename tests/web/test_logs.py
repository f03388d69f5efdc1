"""The log says what happened, and to nobody."""

import json
import logging
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
import structlog

from tests.web.conftest import make_app
from web import logs

Lines = Callable[[], list[dict[str, object]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    written = StringIO()
    logs.configure(stream=written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.handlers[:], root.level = before
    structlog.reset_defaults()


@pytest.mark.usefixtures("session")
def test_a_request_is_one_line_without_query_address_or_body(lines: Lines) -> None:
    client = make_app().test_client()
    answer = client.post("/small?phone=0912345678", data="bí mật", environ_base={"REMOTE_ADDR": "192.0.2.77"})
    (line,) = lines()
    assert line["route"] == "/small"
    assert line["status"] == 200
    assert line["reference"] == answer.headers["X-Reference"]
    text = json.dumps(line, ensure_ascii=False)
    assert not any(word in text for word in ("0912345678", "bí mật", "192.0.2.77"))


def test_of_an_exception_only_its_type_and_place_are_kept(lines: Lines) -> None:
    try:
        raise ValueError("duplicate key: phone=+84912345678")
    except ValueError as error:
        structlog.get_logger().exception("request_failed", exc_info=error)
        logging.getLogger("library").exception("it failed")
    ours, theirs = lines()
    for line in (ours, theirs):
        assert line["exception"] == "builtins.ValueError"
        assert "test_logs.py" in str(line["at"])
        assert "+84912345678" not in json.dumps(line)


def test_an_app_served_in_another_way_prints_no_local_variable(capsys: pytest.CaptureFixture[str]) -> None:
    structlog.reset_defaults()
    make_app()
    data_key = "a key of a tip"
    try:
        raise ValueError(data_key)
    except ValueError:
        structlog.get_logger().exception("request_failed")
    written = capsys.readouterr()
    structlog.reset_defaults()
    assert "builtins.ValueError" in written.out
    assert data_key not in written.out + written.err
